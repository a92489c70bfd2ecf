import { filter, map, merge, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { EMPTY_STATE } from '../../model/index.js';
import type { Store } from './store.js';

/**
 * Which interaction may have changed: its id, or null when several may have. Begins with null. What is derived from it costs the same per event, however
 * many interactions are open.
 */
export function changedInteractions({ folded$, state$ }: Store): Observable<string | null> {
  const event$ = folded$.pipe(
    map((input) => (input.kind === 'event' ? input.event : null)),
    filter((event) => event !== null && event.interaction !== null),
    // What ended in another one is told with it: no reader of sums sees one without the other.
    map((event) => (event?.type === 'interaction-merged' ? null : (event?.interaction ?? null))),
  );
  const snapshot$ = folded$.pipe(filter(({ kind }) => kind === 'snapshot' || kind === 'restored'));
  const emptied$ = state$.pipe(filter((state) => state === EMPTY_STATE));
  const any$ = merge(snapshot$, emptied$).pipe(map(() => null));
  return merge(of(null), event$, any$);
}
