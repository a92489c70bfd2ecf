import { asyncScheduler, filter, interval, merge, skip, startWith, switchMap, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { Store } from '../state/index.js';
import type { TabMessageOf, Tabs } from './tab-messages.js';

/** How long after news from another tab the disk is looked at once more, in milliseconds: the tab may have died before what it announced was done. */
const SECOND_LOOK = 1_000;

/** How often a tab looks at the disk although nobody has said that anything has changed, in milliseconds. */
export const LOOK_AGAIN = 30_000;

export interface LookOptions {
  readonly store: Store;
  readonly online$: Observable<boolean>;
  readonly visible$: Observable<boolean>;
  readonly scheduler?: SchedulerLike;
}

/**
 * Emits when the disk is to be looked at: at first, when another tab has changed it, when this one has woken or may have missed what others said, and
 * now and then, because the disk may not have answered in time.
 */
export function looks(
  tabs: Tabs,
  what: TabMessageOf<'changed'>['what'],
  { store, online$, visible$, scheduler = asyncScheduler }: LookOptions,
): Observable<unknown> {
  const news$ = tabs.messages$('changed').pipe(
    filter((news) => news.what === what),
    switchMap(() => timer(SECOND_LOOK, scheduler).pipe(startWith(null))),
  );
  const snapshot$ = store.folded$.pipe(filter(({ kind }) => kind === 'snapshot'));
  const wake$ = merge(visible$.pipe(skip(1)), online$.pipe(skip(1))).pipe(filter((awake) => awake));
  return merge(news$, snapshot$, wake$, interval(LOOK_AGAIN, scheduler)).pipe(startWith(null));
}
