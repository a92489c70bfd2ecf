import type { Agent } from './agent.js';
import type { ChannelHealth } from './channel-health.js';
import type { Contact } from './contact.js';
import type { Delivery } from './delivery.js';
import type { FailureNotice } from './failure-notice.js';
import type { Interaction, Session } from './interaction.js';
import type { Message } from './message.js';
import type { RevisedChange } from './message-change.js';
import type { Open } from './open.js';
import type { Policy } from './policy.js';
import type { TeamWorkbin } from './workbin.js';

/**
 * Facts about an interaction that change who may see it carry the interaction as it then is, so that a desk which sees it for the first
 * time knows all of it. `fromWorkbin` is the workbin that the fact took it out of; null for none.
 */
export interface InteractionFact {
  readonly interaction: Interaction;
  readonly fromWorkbin: string | null;
}

/** Two contacts who turned out to be one person, as each was known before: of the interaction that goes on, and of the one that ended in it. */
export interface MergedContacts {
  readonly kept: Contact;
  readonly ended: Contact;
}

export type QueueCause = 'contact-wrote' | 'rejected' | 'offer-expired' | 'agent-left';

export type AssignmentCause = 'accepted' | 'opened';

/** Body of each event, by type. */
export interface EventBodies {
  'interaction-created': InteractionFact;
  'interaction-queued': InteractionFact & {
    readonly cause: Open<QueueCause>;
  };
  'interaction-offered': InteractionFact;
  'interaction-assigned': InteractionFact & { readonly cause: Open<AssignmentCause> };
  'interaction-parked': InteractionFact;
  'interaction-done': InteractionFact;
  /**
   * Two contacts turned out to be one person: this interaction of theirs ended, and what waited in it went over into the other one. Logs of earlier
   * versions do not say who the two were.
   */
  'interaction-merged': InteractionFact & {
    readonly into: Interaction;
    readonly contacts?: MergedContacts;
  };
  /** The contact's name, number or BSUID became known or changed. */
  'contact-changed': InteractionFact;
  'session-started': { readonly session: Session };
  'message-received': { readonly message: Message };
  /** The gateway took an outbound message: it will be delivered once. */
  'message-sent': { readonly message: Message };
  'delivery-changed': {
    readonly message: string;
    readonly delivery: Delivery;
    /** Only when the message failed and its conversation is not on the author's desk. */
    readonly notice?: FailureNotice;
    /** The agent who wrote the message and was told that it failed or is in doubt, now that it went. */
    readonly relieved?: string;
  };
  /** Something happened to a message of the conversation, also to one of an interaction that is done. */
  'message-changed': { readonly message: string } & RevisedChange;
  'agent-status-changed': { readonly agent: Agent };
  /** The contact centre decides otherwise from now on. `workbins` are all of the team's that can be seen, in their order. */
  'centre-changed': {
    readonly policy: Policy;
    readonly workbins: readonly TeamWorkbin[];
  };
  /** A business number stopped sending, or sends again. For all desks. */
  'channel-changed': { readonly channel: ChannelHealth };
}

export type EventType = keyof EventBodies;

/** What happened, before the log gave it a place. */
export type EventDraft<T extends EventType = EventType> = {
  [K in T]: {
    readonly type: K;
    /** Milliseconds since the epoch. */
    readonly at: number;
    /** The interaction concerned; null for facts about an agent or a business number. */
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
