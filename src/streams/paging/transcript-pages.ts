import { filter, map, merge, pairwise } from 'rxjs';
import type { Observable } from 'rxjs';
import { olderPlace } from '../../model/index.js';
import type { ReadingPlace, Transcript, WorkspaceInput, WorkspaceState } from '../../model/index.js';
import { endingIn } from '../endings/index.js';
import { PAGE_SIZE, queryPage } from './page-query.js';
import type { PageQueryOptions } from './page-query.js';
import type { PagedSource } from './paging.js';

export interface TranscriptPagesOptions extends PageQueryOptions {
  /** Where somebody reads in a transcript that has to begin anew. */
  readonly readingPlace: () => ReadingPlace;
  readonly left: () => void;
}

/** The pages of one interaction's transcript, from the newest upwards. */
export function transcriptPages(interaction: string, options: TranscriptPagesOptions): PagedSource {
  const { readingPlace, left } = options;
  const windowOf = (state: WorkspaceState): Transcript | undefined => state.transcripts.get(interaction);
  return {
    opened: () => ({ kind: 'transcript-opened', interaction, reading: readingPlace() }),
    isOpen: (state) => windowOf(state) !== undefined,
    isLoaded: (state) => windowOf(state)?.loaded ?? false,
    returns$: merge(
      options.store
        .select(({ interactions }) => interactions.has(interaction))
        .pipe(
          pairwise(),
          filter(([, here]) => here),
        ),
      options.store.folded$.pipe(
        filter(
          (input) =>
            // A reader who is back at an end that had been left out.
            (input.kind === 'transcript-reading' && input.interaction === interaction) ||
            // Another one ended in it: there is more above it than there was.
            endingIn(input)?.into === interaction,
        ),
      ),
    ),
    next: (state) => {
      const window = windowOf(state);
      return window ? nextPage(interaction, window, options) : null;
    },
    left,
  };
}

function nextPage(
  interaction: string,
  window: Transcript,
  options: PageQueryOptions,
): Observable<WorkspaceInput | null> | null {
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
  return queryPage({ name: 'transcript', args: { ...place, limit: PAGE_SIZE } }, floor, options).pipe(
    map((page) => (fits() ? { kind: 'transcript-page', interaction, of: place.interaction, page } : null)),
  );
}

type Place = ReturnType<typeof olderPlace>;

function samePlace(a: Place, b: Place): boolean {
  return a?.interaction === b?.interaction && a?.before === b?.before;
}
