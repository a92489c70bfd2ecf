import { Subject, combineLatest, defer, filter, scan, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { openTranscript } from '../../model/index.js';
import type { ReadingPlace, Transcript } from '../../model/index.js';
import { KeptTranscripts } from './kept-transcripts.js';
import { paged } from './paging.js';
import type { PagingOptions } from './paging.js';
import { OBSERVED, RecentlyMade, shareGrace } from '../operators/index.js';
import { transcriptPages } from './transcript-pages.js';
import type { TranscriptView } from '../workspace.js';

/** Transcripts that are being looked at, and those that stay because their interactions are on the desk. */
export class Transcripts {
  readonly #options: PagingOptions;
  readonly #kept: KeptTranscripts;
  readonly #views = new RecentlyMade(OBSERVED, (interaction: string) => this.#make(interaction));
  readonly #older$ = new Subject<string>();
  /** What is read above its end: a snapshot forgets that with the windows. */
  readonly #readAbove = new Set<string>();

  constructor(options: PagingOptions) {
    this.#options = options;
    this.#kept = new KeptTranscripts(options.store);
  }

  /** Subscribing loads the newest page. The same observable for the same interaction. */
  view$(interaction: string): Observable<TranscriptView> {
    return this.#views.get(interaction);
  }

  loadOlder(interaction: string): void {
    this.#older$.next(interaction);
  }

  setReading(interaction: string, at: ReadingPlace): void {
    if (at === 'above') this.#readAbove.add(interaction);
    else this.#readAbove.delete(interaction);
    this.#options.store.dispatch({ kind: 'transcript-reading', interaction, at });
  }

  #make(interaction: string): Observable<TranscriptView> {
    const { store, closed$, scheduler } = this.#options;
    const older$ = this.#older$.pipe(filter((wanted) => wanted === interaction));
    const pages = transcriptPages(interaction, {
      ...this.#options,
      readingPlace: () => (this.#readAbove.has(interaction) ? 'above' : 'end'),
      left: () => {
        this.setReading(interaction, 'end');
        this.#kept.leave(interaction);
      },
    });
    const loading$ = defer(() => {
      this.#kept.take(interaction);
      return paged(pages, older$, this.#options);
    });
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
