import {
  EMPTY,
  combineLatest,
  defer,
  distinctUntilChanged,
  filter,
  from,
  ignoreElements,
  map,
  merge,
  switchMap,
  tap,
  timer,
  withLatestFrom,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { isKnown } from '../../model/index.js';
import type { Clock, WorkspaceInput, WorkspaceState } from '../../model/index.js';
import type { Locks } from '../platform.js';
import type { Store } from '../state/index.js';
import type { AgentScope } from '../storage/index.js';
import type { Alert } from '../workspace.js';

/** How long what is heard when the link is back waits for the lock, in milliseconds, in the tab that had it when the link was lost. */
export const LOCK_PATIENCE = 2_000;

export interface AlertOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly scope$: Observable<AgentScope | null>;
  /** The interactions that the agent can see in any tab. Replays. */
  readonly lookedAt$: Observable<ReadonlySet<string>>;
  readonly locks: Locks;
  readonly online$: Observable<boolean>;
  readonly visible$: Observable<boolean>;
  readonly scheduler: SchedulerLike;
}

/**
 * Each new invitation, and each message in a conversation that the agent sees in no tab, once: in one tab among those that subscribe and have a link, visible
 * ones first. What a snapshot brings is not new.
 */
export function alerts({
  store,
  clock,
  scope$,
  lookedAt$,
  locks,
  online$,
  visible$,
  scheduler,
}: AlertOptions): Observable<Alert> {
  const news$ = store.folded$.pipe(
    withLatestFrom(lookedAt$),
    map(([input, looked]) => alertOf(input, store.state, looked, clock.now())),
    filter((alert) => alert !== null),
  );
  return defer(() => {
    let held = false;
    return combineLatest([scope$, online$]).pipe(
      map(([scope, online]) => (online && scope ? `${scope.name} alerts` : null)),
      distinctUntilChanged(),
      switchMap((name) => {
        if (name === null) return EMPTY;
        let early: Alert[] | null = held ? [] : null;
        held = false;
        return merge(
          locks.hold(name, { visible$ }).pipe(
            tap((now) => (held = now)),
            switchMap((now) => (now && early ? from(early.splice(0)) : EMPTY)),
          ),
          timer(LOCK_PATIENCE, scheduler).pipe(
            tap(() => (early = null)),
            ignoreElements(),
          ),
          news$.pipe(
            tap((alert) => held || early?.push(alert)),
            filter(() => held),
          ),
        );
      }),
    );
  });
}

function alertOf(
  input: WorkspaceInput,
  { agent, interactions }: WorkspaceState,
  looked: ReadonlySet<string>,
  now: number,
): Alert | null {
  if (input.kind !== 'event' || !isKnown(input.event)) return null;
  const { type, interaction: id } = input.event;
  const interaction = interactions.get(id ?? '');
  if (!interaction) return null;
  const { offer } = interaction;
  // When the link is back, one comes again that has rung long enough.
  const isOffered = type === 'interaction-offered' && offer?.agent === agent?.id;
  if (isOffered && offer && offer.expiresAt > now) return { kind: 'invitation', interaction };
  const isWaiting = interaction.state === 'active' && interaction.pendency !== null;
  const isNews = type === 'message-received' && isWaiting && !looked.has(interaction.id);
  return isNews ? { kind: 'message', interaction } : null;
}
