import { EMPTY, filter, map, of, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { isKnown } from '../../model/index.js';
import type { WorkspaceInput, WorkspaceState } from '../../model/index.js';
import type { Locks } from '../platform.js';
import type { Store } from '../state/index.js';
import type { AgentScope } from '../storage/index.js';
import type { Alert } from '../workspace.js';

export interface AlertOptions {
  readonly store: Store;
  readonly scope$: Observable<AgentScope | null>;
  /** The interactions that the agent can see in any tab. Replays. */
  readonly lookedAt$: Observable<ReadonlySet<string>>;
  readonly locks: Locks;
  readonly visible$: Observable<boolean>;
}

/**
 * Each new invitation, and each message in a conversation that the agent sees in no tab, once: in one tab among those that subscribe, visible ones first. What
 * a snapshot brings is not new.
 */
export function alerts({ store, scope$, lookedAt$, locks, visible$ }: AlertOptions): Observable<Alert> {
  const news$ = lookedAt$.pipe(
    switchMap((looked) => store.folded$.pipe(map((input) => alertOf(input, store.state, looked)))),
    filter((alert) => alert !== null),
  );
  return scope$.pipe(
    switchMap((scope) => (scope ? locks.hold(`${scope.name} alerts`, { visible$ }) : of(false))),
    switchMap((held) => (held ? news$ : EMPTY)),
  );
}

function alertOf(
  input: WorkspaceInput,
  { agent, interactions }: WorkspaceState,
  looked: ReadonlySet<string>,
): Alert | null {
  if (input.kind !== 'event' || !isKnown(input.event)) return null;
  const { type, interaction: id } = input.event;
  const interaction = interactions.get(id ?? '');
  if (!interaction) return null;
  const isOffered = type === 'interaction-offered' && interaction.offer?.agent === agent?.id;
  if (isOffered) return { kind: 'invitation', interaction };
  const isWaiting = interaction.state === 'active' && interaction.pendency !== null;
  const isNews = type === 'message-received' && isWaiting && !looked.has(interaction.id);
  return isNews ? { kind: 'message', interaction } : null;
}
