import { combineLatest, distinctUntilChanged, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { byUrgency } from '../model/index.js';
import type { Interaction } from '../model/index.js';
import { sameElements } from './equal.js';
import type { Attention } from './workspace.js';

/**
 * Interactions whose contact waits while the agent sees them in no tab, longest waiting first: what title, badge and host are told, whatever the level.
 */
export function attention(
  interactions$: Observable<ReadonlyMap<string, Interaction>>,
  lookedAt$: Observable<ReadonlySet<string>>,
): Observable<Attention> {
  return combineLatest([interactions$, lookedAt$]).pipe(
    map(([interactions, looked]) =>
      [...interactions.values()].filter(({ id, pendency }) => pendency && !looked.has(id)).sort(byUrgency),
    ),
    distinctUntilChanged(sameElements),
    map((calling) => ({ interactions: calling })),
  );
}
