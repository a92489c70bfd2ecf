import { combineLatest, distinctUntilChanged, filter, map, merge, mergeMap, pairwise, skip } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Interaction, WorkspaceState } from '../../model/index.js';
import type { Workspace } from '../../streams/index.js';
import {
  AttentionChangeEvent,
  ConnectionChangeEvent,
  InteractionAcceptedEvent,
  InteractionDoneEvent,
  InteractionParkedEvent,
  InteractionSelectedEvent,
  MessageSentEvent,
  UnreadChangeEvent,
} from './whatsapp-workspace.events.js';

/** What a workspace's streams have to tell the host page, as events to dispatch. */
export function notices(workspace: Workspace): Observable<Event> {
  const interactions$ = workspace.state$.pipe(
    map(({ interactions }) => interactions),
    distinctUntilChanged(),
  );
  return merge(
    accepted(workspace.state$),
    selected(workspace.selected$, interactions$),
    unread(workspace.unread$, interactions$),
    // What is so from the beginning is no news.
    workspace.attention$.pipe(
      skip(1),
      map((attention) => new AttentionChangeEvent(attention)),
    ),
    workspace.connection$.pipe(
      distinctUntilChanged(),
      map((connection) => new ConnectionChangeEvent(connection)),
    ),
  );
}

/** The same workspace; says when one of these wishes of an element came true. */
export function telling(workspace: Workspace, tell: (event: Event) => void): Workspace {
  const told: Partial<Workspace> = {
    async markDone(id) {
      const interaction = workspace.state.interactions.get(id);
      const outcome = await workspace.markDone(id);
      if (outcome.ok && interaction) tell(new InteractionDoneEvent(interaction));
      return outcome;
    },
    async moveToWorkbin(id, workbin) {
      const interaction = workspace.state.interactions.get(id);
      const outcome = await workspace.moveToWorkbin(id, workbin);
      if (outcome.ok && interaction) tell(new InteractionParkedEvent(interaction, workbin));
      return outcome;
    },
    sendText(id, text) {
      const clientId = workspace.sendText(id, text);
      tell(new MessageSentEvent(workspace.state.interactions.get(id) ?? null, clientId, text));
      return clientId;
    },
  };
  return new Proxy(workspace, {
    get(target, name) {
      const value: unknown = Reflect.get(name in told ? told : target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function accepted(state$: Observable<WorkspaceState>): Observable<Event> {
  return state$.pipe(
    pairwise(),
    filter(([before, now]) => before.interactions !== now.interactions),
    map(([before, now]) =>
      [...now.interactions.values()].filter(
        ({ id, state, agent }) =>
          state === 'active' && agent === now.agent?.id && before.interactions.get(id)?.state === 'offered',
      ),
    ),
    mergeMap((interactions) => interactions.map((one) => new InteractionAcceptedEvent(one))),
  );
}

function selected(
  selected$: Observable<string | null>,
  interactions$: Observable<ReadonlyMap<string, Interaction>>,
): Observable<Event> {
  return combineLatest([selected$, interactions$]).pipe(
    // One that was just accepted or opened may be chosen before it is here.
    filter(([id, interactions]) => id === null || interactions.has(id)),
    distinctUntilChanged(([before], [now]) => before === now),
    skip(1),
    map(
      ([id, interactions]) =>
        new InteractionSelectedEvent(id === null ? null : (interactions.get(id) ?? null)),
    ),
  );
}

function unread(
  unread$: Observable<ReadonlyMap<string, number>>,
  interactions$: Observable<ReadonlyMap<string, Interaction>>,
): Observable<Event> {
  return combineLatest([unread$, interactions$]).pipe(
    map(([counts, interactions]) => ({
      unread: [...counts.values()].reduce((sum, count) => sum + count, 0),
      pending: [...interactions.values()].filter(({ state, pendency }) => state === 'active' && pendency)
        .length,
    })),
    distinctUntilChanged((a, b) => a.unread === b.unread && a.pending === b.pending),
    skip(1),
    map(({ unread: count, pending }) => new UnreadChangeEvent(count, pending)),
  );
}
