import {
  NEVER,
  catchError,
  concat,
  concatMap,
  defer,
  filter,
  finalize,
  map,
  merge,
  of,
  pairwise,
  startWith,
  switchMap,
  take,
  takeUntil,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { WorkspaceInput, WorkspaceState } from '../../model/index.js';
import { failureOf } from '../connection/index.js';
import type { PageQueryOptions } from './page-query.js';
import type { Store } from '../state/index.js';
import type { Loading } from '../workspace.js';

export interface PagingOptions extends PageQueryOptions {
  /** Whether there is a link and a place in its log. Replays. */
  readonly ready$: Observable<boolean>;
  /** Ends everything. Replays. */
  readonly closed$: Observable<unknown>;
}

/** Something of which the desk has a window of pages while anybody looks at it. */
export interface PagedSource {
  /** Makes the window: from then on events are folded into it. */
  opened(): WorkspaceInput;
  isOpen(state: WorkspaceState): boolean;
  isLoaded(state: WorkspaceState): boolean;
  /** When a window that was lost is wanted again. */
  readonly returns$: Observable<unknown>;
  /**
   * Emits the next page to fold, the first one included, or null when the page that came no longer fits; null when there is nothing to ask for. Called
   * afresh for each try.
   */
  next(state: WorkspaceState): Observable<WorkspaceInput | null> | null;
  /** Nobody looks at it any more. */
  left(): void;
}

const IDLE: Loading = { loading: false, error: null };
const LOADING: Loading = { loading: true, error: null };

/**
 * Keeps a window of pages while subscribed to, and says how its loading goes. After a snapshot, which may hide a gap, the window starts anew. Failures
 * are values.
 * @param more$ When another page is wanted; ignored while one is on its way.
 */
export function paged(
  source: PagedSource,
  more$: Observable<unknown>,
  options: PagingOptions,
): Observable<Loading> {
  return windows(source, options.store).pipe(
    switchMap(() => pages(source, more$, options)),
    startWith(IDLE),
    takeUntil(options.closed$),
    finalize(() => source.left()),
  );
}

/** Opens the window, and again each time it is lost. Emits when it is open. */
function windows(source: PagedSource, store: Store): Observable<unknown> {
  const snapshot$ = store.folded$.pipe(filter(({ kind }) => kind === 'snapshot'));
  return merge(snapshot$, source.returns$).pipe(
    filter(() => !source.isOpen(store.state)),
    startWith(null),
    switchMap(() => store.fold$(source.opened())),
  );
}

/** Loads the first page, and more when they are wanted. What failed is tried again when the link is back. */
function pages(source: PagedSource, more$: Observable<unknown>, options: PagingOptions): Observable<Loading> {
  const { store, ready$ } = options;
  return defer(() => {
    let failed = false;
    let loading = false;
    const load = (): Observable<Loading> => {
      failed = false;
      loading = true;
      const loaded$ = nextPage(source, options).pipe(
        map(() => IDLE),
        catchError((error: unknown) => {
          failed = true;
          return of({ loading: false, error: failureOf(error) });
        }),
      );
      return concat(of(LOADING), loaded$).pipe(finalize(() => (loading = false)));
    };
    const relinked$ = ready$.pipe(
      pairwise(),
      filter(([before, now]) => !before && now && failed),
    );
    const first$ = of(null).pipe(filter(() => !source.isLoaded(store.state)));
    const further$ = merge(more$, relinked$).pipe(filter(() => source.next(store.state) !== null));
    return merge(further$, first$).pipe(
      filter(() => !loading),
      concatMap(load),
    );
  });
}

/** Emits once when a page with anything in it has been folded, or there is none. */
function nextPage(source: PagedSource, options: PagingOptions): Observable<unknown> {
  const { store, ready$ } = options;
  return ready$.pipe(
    // A link that is lost takes the question with it: the next one is asked again.
    switchMap((ready) => (ready ? (source.next(store.state) ?? of(null)) : NEVER)),
    take(1),
    concatMap((input) => {
      if (!input) return of(null);
      // An empty page shows nothing: whoever asked wants the one behind it.
      const goesOn = (): boolean => isEmpty(input) && source.next(store.state) !== null;
      return store.fold$(input).pipe(concatMap(() => (goesOn() ? nextPage(source, options) : of(null))));
    }),
  );
}

function isEmpty(input: WorkspaceInput): boolean {
  return input.kind === 'transcript-page' && input.page.items.length === 0;
}
