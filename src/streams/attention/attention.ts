import { asyncScheduler, distinctUntilChanged, map, switchMap, throttleTime } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { byUrgency } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';
import { changedInteractions } from '../state/index.js';
import { sameElements } from '../operators/index.js';
import type { Store } from '../state/index.js';
import type { Attention } from '../workspace.js';

/** How far what calls for attention may lag behind a burst of events, in milliseconds: each would else walk over all that is open. */
export const ATTENTION_LAG = 250;

/**
 * Interactions whose contact waits while the agent sees them in no tab, longest waiting first: what title, badge and host are told, whatever the level.
 */
export function attention(
  store: Store,
  lookedAt$: Observable<ReadonlySet<string>>,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<Attention> {
  const changed$ = changedInteractions(store).pipe(
    throttleTime(ATTENTION_LAG, scheduler, { leading: true, trailing: true }),
  );
  return lookedAt$.pipe(
    switchMap((looked) => changed$.pipe(map(() => calling(store, looked)))),
    distinctUntilChanged(sameElements),
    map((interactions) => ({ interactions })),
  );
}

function calling({ state }: Store, looked: ReadonlySet<string>): readonly Interaction[] {
  // A copy says who waited, not who waits.
  if (state.asOf !== null) return [];
  return [...state.interactions.values()]
    .filter(({ id, pendency }) => pendency !== null && !looked.has(id))
    .sort(byUrgency);
}
