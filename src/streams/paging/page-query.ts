import { asyncScheduler, defer, map, retry, take, throwError, timer } from 'rxjs';
import type { Observable, ObservableInput, SchedulerLike } from 'rxjs';
import type { Query, ResultOf } from '../../model/index.js';
import type { Store } from '../state/index.js';

/** How many items or interactions a page has at most. */
export const PAGE_SIZE = 50;

/** How long to wait before a page is asked for again that is behind what is known already, in milliseconds. */
export const STALE_DELAY = 500;

export interface PageQueryOptions {
  readonly store: Store;
  readonly query: <Q extends Query>(query: Q) => ObservableInput<ResultOf<Q>>;
  readonly scheduler?: SchedulerLike;
}

/** A page is behind what has been folded: facts between the two would be lost with it. */
class StalePage extends Error {}

/** Asks for a page until it is at least of `floor`, a place in the log. Emits once; errors as the query does. */
export function queryPage<Q extends Query>(
  query: Q,
  floor: number,
  { store, query: ask, scheduler = asyncScheduler }: PageQueryOptions,
): Observable<ResultOf<Q>> {
  return defer(() => ask(query)).pipe(
    take(1),
    map((page) => {
      if (page.cursor.epoch !== store.state.epoch || page.cursor.seq < floor) throw new StalePage();
      return page;
    }),
    retry({
      delay: (error) =>
        error instanceof StalePage ? timer(STALE_DELAY, scheduler) : throwError(() => error),
    }),
  );
}
