import {
  combineLatest,
  distinctUntilChanged,
  filter,
  map,
  merge,
  mergeMap,
  skip,
  take,
  throttleTime,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { outboundText } from '../../model/index.js';
import type { DomainEvent, Interaction, OutboxItem } from '../../model/index.js';
import type { Workspace } from '../../streams/index.js';
import {
  AttentionChangeEvent,
  ConnectionChangeEvent,
  FailuresChangeEvent,
  InteractionAcceptedEvent,
  InteractionDoneEvent,
  InteractionParkedEvent,
  InteractionSelectedEvent,
  MessageSentEvent,
  UnreadChangeEvent,
} from './whatsapp-workspace.events.js';

/** How far the sums of `unread-change` may lag behind, in milliseconds. */
const SUMS_LAG = 250;

/** What a workspace's streams have to tell the host page, as events to dispatch. */
export function notices(workspace: Workspace): Observable<Event> {
  const interactions$ = workspace.state$.pipe(
    map(({ interactions }) => interactions),
    distinctUntilChanged(),
  );
  return merge(
    workspace.caused$.pipe(mergeMap(caused)),
    selected(workspace.selected$, interactions$),
    unread(workspace.unread$, interactions$),
    // What is so from the beginning is no news.
    workspace.attention$.pipe(
      skip(1),
      map((attention) => new AttentionChangeEvent(attention)),
    ),
    workspace.failures$.pipe(
      skip(1),
      map((failures) => new FailuresChangeEvent(failures)),
    ),
    workspace.connection$.pipe(
      distinctUntilChanged(),
      map((connection) => new ConnectionChangeEvent(connection)),
    ),
  );
}

/** The same workspace; says when a message was sent over it. */
export function announcingSent(workspace: Workspace, tell: (event: Event) => void): Workspace {
  const sent = (interaction: string, clientId: string, text: string): void =>
    tell(new MessageSentEvent(workspace.state.interactions.get(interaction) ?? null, clientId, text));
  const told: Partial<Workspace> = {
    sendText(id, text) {
      const clientId = workspace.sendText(id, text);
      sent(id, clientId, text);
      return clientId;
    },
    sendContent(id, content) {
      const clientId = workspace.sendContent(id, content);
      if (content.kind !== 'reaction') sent(id, clientId, outboundText(content));
      return clientId;
    },
    resend(failed) {
      const clientId = workspace.resend(failed);
      const item = queued(workspace).find((one) => one.clientId === clientId);
      if (item) sent(item.interaction, item.clientId, outboundText(item.body));
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

/** The outbox as it is now. */
function queued({ outbox$ }: Workspace): readonly OutboxItem[] {
  let items: readonly OutboxItem[] = [];
  outbox$.pipe(take(1)).subscribe((now) => (items = now));
  return items;
}

/** What the agent's commands on this page have led to. */
function caused(event: DomainEvent): readonly Event[] {
  switch (event.type) {
    case 'interaction-assigned':
      return event.body.cause === 'accepted' ? [new InteractionAcceptedEvent(event.body.interaction)] : [];
    case 'interaction-done':
      return [new InteractionDoneEvent(event.body.interaction)];
    case 'interaction-parked': {
      const { interaction } = event.body;
      return interaction.parking
        ? [new InteractionParkedEvent(interaction, interaction.parking.workbin)]
        : [];
    }
    default:
      return [];
  }
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
    // A burst of messages must not cost a walk over the desk each.
    throttleTime(SUMS_LAG, undefined, { leading: true, trailing: true }),
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
