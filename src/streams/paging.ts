import {
  EMPTY,
  NEVER,
  asyncScheduler,
  catchError,
  concat,
  concatMap,
  defer,
  exhaustMap,
  filter,
  finalize,
  map,
  merge,
  of,
  pairwise,
  retry,
  startWith,
  switchMap,
  take,
  takeUntil,
  throwError,
  timer,
} from 'rxjs';
import type { Observable, ObservableInput, SchedulerLike } from 'rxjs';
import type { Cursor, Query, ResultOf, WorkspaceInput, WorkspaceState } from '../model/index.js';
import { failureOf } from './failure.js';
import type { Store } from './store.js';
import type { Loading } from './workspace.js';

/** How many items or interactions a page has at most. */
export const PAGE_SIZE = 50;

/** How long to wait before a page is asked for again that is behind what is known already, in milliseconds. */
export const STALE_DELAY = 500;

export interface PagingOptions {
  readonly store: Store;
  readonly query: <Q extends Query>(query: Q) => ObservableInput<ResultOf<Q>>;
  /** Whether there is a link and a place in its log. Replays. */
  readonly ready$: Observable<boolean>;
  /** Ends everything. Replays. */
  readonly closed$: Observable<unknown>;
  readonly scheduler?: SchedulerLike;
}

/** Something of which the desk has a window of pages while anybody looks at it. */
export interface PagedSource {
  readonly opened: WorkspaceInput;
  readonly closed: WorkspaceInput;
  isOpen(state: WorkspaceState): boolean;
  isLoaded(state: WorkspaceState): boolean;
  /** When its window, lost because it left the desk, is wanted again. */
  readonly returns$: Observable<unknown>;
  /** The next page to load, the first one included; null when there is none. Asked afresh for each try. */
  next(state: WorkspaceState): PageRequest | null;
}

export interface PageRequest {
  /** Emits what is to be folded; null when the page no longer fits to what is here. */
  readonly page$: Observable<WorkspaceInput | null>;
}

const IDLE: Loading = { loading: false, error: null };
const LOADING: Loading = { loading: true, error: null };

/** That a page is behind what has been folded: facts between the two would be lost with it. */
class StalePage extends Error {}

/**
 * Keeps a window of pages while subscribed to: opens it (so that events are folded into it), then asks for its first page, and for more when `more$`
 * says so. After a snapshot, which may hide a gap, it starts anew; what failed is tried again when the link is back. Failures are values.
 */
export function paged(
  source: PagedSource,
  more$: Observable<unknown>,
  options: PagingOptions,
): Observable<Loading> {
  const { store, ready$, closed$ } = options;
  return defer(() => {
    let failed = false;
    const load = (first: boolean): Observable<Loading> => {
      if (first ? source.isLoaded(store.state) : !source.next(store.state)) return EMPTY;
      failed = false;
      return concat(
        of(LOADING),
        loadNext(source, options).pipe(
          map(() => IDLE),
          catchError((error: unknown) => {
            failed = true;
            return of({ loading: false, error: failureOf(error) });
          }),
        ),
      );
    };
    const relinked$ = ready$.pipe(
      pairwise(),
      filter(([before, now]) => !before && now && failed),
    );
    const wanted$ = merge(merge(more$, relinked$).pipe(map(() => false)), of(true));
    const snapshot$ = store.folded$.pipe(filter(({ kind }) => kind === 'snapshot'));
    const lost$ = merge(snapshot$, source.returns$).pipe(filter(() => !source.isOpen(store.state)));
    return lost$.pipe(
      startWith(null),
      switchMap(() => store.fold$(source.opened).pipe(switchMap(() => wanted$.pipe(exhaustMap(load))))),
      startWith(IDLE),
      takeUntil(closed$),
      finalize(() => store.dispatch(source.closed)),
    );
  });
}

/** Emits once when a page with anything in it has been folded, or there is none. */
function loadNext(source: PagedSource, options: PagingOptions): Observable<unknown> {
  const { store, ready$ } = options;
  return ready$.pipe(
    // A link that is lost takes the question with it: the next one is asked again.
    switchMap((ready) => (ready ? (source.next(store.state)?.page$ ?? of(null)) : NEVER)),
    take(1),
    concatMap((input) => {
      if (!input) return of(null);
      const goesOn = (): boolean => isEmpty(input) && source.next(store.state) !== null;
      return store.fold$(input).pipe(concatMap(() => (goesOn() ? loadNext(source, options) : of(null))));
    }),
  );
}

function isEmpty(input: WorkspaceInput): boolean {
  return input.kind === 'transcript-page' && input.page.items.length === 0;
}

/** Asks for a page until it is not behind `floor()`, the place in the log that it must have come to. */
export function freshPage<Q extends Query>(
  query: Q,
  floor: () => number,
  { store, query: ask, scheduler = asyncScheduler }: PagingOptions,
): Observable<ResultOf<Q>> {
  return defer(() => ask(query)).pipe(
    take(1),
    map((page) => {
      const cursor: Cursor = page.cursor;
      if (cursor.epoch !== store.state.epoch || cursor.seq < floor()) throw new StalePage();
      return page;
    }),
    retry({
      delay: (error) =>
        error instanceof StalePage ? timer(STALE_DELAY, scheduler) : throwError(() => error),
    }),
  );
}
