import type { Agent } from './agent.js';
import type { Delivery } from './delivery.js';
import type { Interaction, Session } from './interaction.js';
import type { Message } from './message.js';

/**
 * Facts about an interaction that change who may see it carry the interaction as it then is, so that a desk which sees it for the first
 * time knows all of it. `left` names the workbin that the fact took it out of.
 */
export interface InteractionFact {
  readonly interaction: Interaction;
  readonly left: string | null;
}

/** Body of each event, by type. */
export interface EventBodies {
  'interaction-created': InteractionFact;
  'interaction-queued': InteractionFact & {
    readonly cause: 'contact-wrote' | 'rejected' | 'offer-expired' | 'agent-left';
  };
  'interaction-offered': InteractionFact;
  'interaction-assigned': InteractionFact & { readonly cause: 'accepted' | 'opened' };
  'interaction-parked': InteractionFact;
  'interaction-done': InteractionFact;
  /** The contact's name, number or BSUID became known or changed. */
  'contact-changed': InteractionFact;
  'session-started': { readonly session: Session };
  'message-received': { readonly message: Message };
  /** The gateway took an outbound message: it will be delivered once. */
  'message-sent': { readonly message: Message };
  'delivery-changed': { readonly message: string; readonly delivery: Delivery };
  'agent-status-changed': { readonly agent: Agent };
}

export type EventType = keyof EventBodies;

/** What happened, before the log gave it a place. */
export type EventDraft<T extends EventType = EventType> = {
  [K in T]: {
    readonly type: K;
    /** Milliseconds since the epoch. */
    readonly at: number;
    /** The interaction concerned; null for facts about an agent. */
    readonly interaction: string | null;
    /** The agent who caused it; null for contacts, WhatsApp and clocks. */
    readonly actor: string | null;
    /** The command that caused it. */
    readonly command: string | null;
    readonly body: EventBodies[K];
  };
}[T];

/** A fact of the log. */
export type DomainEvent<T extends EventType = EventType> = {
  [K in T]: EventDraft<K> & {
    /** Place in the log; grows, without gaps in the log as a whole. */
    readonly seq: number;
    readonly id: string;
  };
}[T];

/** An event of a type that this version does not know: kept visible, never thrown away. */
export interface UnknownEvent {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly interaction: string | null;
  readonly actor: string | null;
  readonly command: string | null;
  readonly body: unknown;
}
