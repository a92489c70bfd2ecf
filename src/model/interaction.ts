import type { Contact } from './contact.js';
import type { Direction, MessagePreview } from './message.js';
import type { Open } from './open.js';

/**
 * queued: waits for an agent. offered: rings at one agent. active: on an agent's desk. parked: in a workbin. done: closed for good.
 */
export type InteractionState = 'queued' | 'offered' | 'active' | 'parked' | 'done';

/** One stretch of conversation, begun by the contact (inbound) or by an agent (outbound). */
export interface Session {
  readonly id: string;
  readonly direction: Open<Direction>;
  readonly startedAt: number;
}

/** The contact wrote last and waits. */
export interface Pendency {
  /** When the oldest unanswered message came, in milliseconds since the epoch. */
  readonly since: number;
  /** How many messages wait for an answer. */
  readonly count: number;
}

/** The handling of one contact's matter on one channel, from its start to Done. Instants are milliseconds since the epoch. */
export interface Interaction {
  readonly id: string;
  /** The business phone number's id at the Cloud API. */
  readonly channel: string;
  readonly contact: Contact;
  readonly state: Open<InteractionState>;
  /** Grows by one with each change of state or owner; a command may say `ifVersion`. */
  readonly version: number;
  readonly createdAt: number;
  readonly session: Session;
  /** On whose desk it is; null unless active. */
  readonly agent: string | null;
  /** Who had it last: gets the first offer when the contact writes again. */
  readonly formerAgent: string | null;
  /** To whom it is offered; null unless offered. */
  readonly offer: { readonly agent: string; readonly expiresAt: number } | null;
  /** Who let an offer go by since it was queued, oldest first: they come last. */
  readonly passes: readonly { readonly agent: string; readonly at: number }[];
  /** Where it is parked; null unless parked. */
  readonly parking: { readonly workbin: string; readonly by: string; readonly at: number } | null;
  readonly pendency: Pendency | null;
  /** The pendency that the messages in `messages` answered: it returns if all of them fail. */
  readonly answered: { readonly pendency: Pendency; readonly messages: readonly string[] } | null;
  /** Until when free text may be sent: 24 hours from the contact's last message; null before the first. */
  readonly windowClosesAt: number | null;
  readonly lastMessage: MessagePreview | null;
  /** The interaction that this one ended in, when two contacts turned out to be one person. */
  readonly mergedInto?: string;
  /** The interactions of the same person that have ended in this one; missing when there are none. */
  readonly joined?: readonly string[];
}

/** The interaction on a desk that one has ended in; its own id where none is known. */
export function successorOf(desk: ReadonlyMap<string, Interaction>, id: string): string {
  return (desk.has(id) ? null : [...desk.values()].find(({ joined }) => joined?.includes(id))?.id) ?? id;
}

/** Whether an agent has it on the desk. */
export function isOnDesk({ state, agent }: Interaction, agentId: string): boolean {
  return state === 'active' && agent === agentId;
}
