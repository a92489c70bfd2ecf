import { Subject, combineLatest, filter, map, pairwise, scan, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { olderPlace, openTranscript } from '../model/index.js';
import type { Transcript, WorkspaceState } from '../model/index.js';
import { PAGE_SIZE, freshPage, paged } from './paging.js';
import type { PageRequest, PagedSource, PagingOptions } from './paging.js';
import { shareGrace } from './share-grace.js';
import type { TranscriptView } from './workspace.js';

/** Transcripts that are being looked at. */
export class Transcripts {
  readonly #options: PagingOptions;
  readonly #views = new Map<string, Observable<TranscriptView>>();
  readonly #older$ = new Subject<string>();

  constructor(options: PagingOptions) {
    this.#options = options;
  }

  /** Subscribing loads the newest page. The same observable for the same interaction. */
  view$(interaction: string): Observable<TranscriptView> {
    const view$ = this.#views.get(interaction) ?? this.#make(interaction);
    this.#views.set(interaction, view$);
    return view$;
  }

  loadOlder(interaction: string): void {
    this.#older$.next(interaction);
  }

  #make(interaction: string): Observable<TranscriptView> {
    const { store, closed$, scheduler } = this.#options;
    const older$ = this.#older$.pipe(filter((wanted) => wanted === interaction));
    const loading$ = paged(transcriptSource(interaction, this.#options), older$, this.#options);
    // null: nobody is signed in, or another agent has just come.
    const window$ = store.select(({ agent, transcripts }) => (agent ? transcripts.get(interaction) : null));
    return combineLatest([window$, loading$]).pipe(
      scan(
        (shown: TranscriptView, [window, loading]) => ({ ...loading, ...held(shown.transcript, window) }),
        {
          transcript: openTranscript(interaction),
          loaded: false,
          loading: false,
          error: null,
        },
      ),
      takeUntil(closed$),
      shareGrace(undefined, scheduler),
    );
  }
}

/** While a window that was lost is loaded again, what was shown stays: the reader's place must not jump. */
function held(
  shown: Transcript,
  window: Transcript | null | undefined,
): Pick<TranscriptView, 'transcript' | 'loaded'> {
  if (window === null) return { transcript: openTranscript(shown.interaction), loaded: false };
  const transcript = window?.loaded || !shown.loaded ? (window ?? shown) : shown;
  return { transcript, loaded: transcript.loaded };
}

function transcriptSource(interaction: string, options: PagingOptions): PagedSource {
  const windowOf = (state: WorkspaceState): Transcript | undefined => state.transcripts.get(interaction);
  return {
    opened: { kind: 'transcript-opened', interaction },
    closed: { kind: 'transcript-closed', interaction },
    isOpen: (state) => windowOf(state) !== undefined,
    isLoaded: (state) => windowOf(state)?.loaded ?? false,
    returns$: options.store
      .select(({ interactions }) => interactions.has(interaction))
      .pipe(
        pairwise(),
        filter(([, here]) => here),
      ),
    next: (state) => {
      const window = windowOf(state);
      return window ? nextPage(interaction, window, options) : null;
    },
  };
}

function nextPage(interaction: string, window: Transcript, options: PagingOptions): PageRequest | null {
  const { store } = options;
  const place = window.loaded ? olderPlace(window) : { interaction, before: null };
  if (!place) return null;
  // Of the newest page nothing may be missing that came after it was made; older ones do not change.
  const floor = window.loaded ? 0 : (store.state.cursor?.seq ?? 0);
  const fits = (): boolean => {
    const now = store.state.transcripts.get(interaction);
    // A window that has grown beyond its size forgets its top: a page above that would leave a hole.
    return !window.loaded || (now !== undefined && samePlace(olderPlace(now), place));
  };
  return {
    page$: freshPage({ name: 'transcript', args: { ...place, limit: PAGE_SIZE } }, () => floor, options).pipe(
      map((page) => (fits() ? { kind: 'transcript-page', interaction, of: place.interaction, page } : null)),
    ),
  };
}

type Place = ReturnType<typeof olderPlace>;

function samePlace(a: Place, b: Place): boolean {
  return a?.interaction === b?.interaction && a?.before === b?.before;
}
