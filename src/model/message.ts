import type { Content } from './content.js';
import type { Delivery, DeliveryError } from './delivery.js';
import type { Open } from './open.js';

export type Direction = 'inbound' | 'outbound';

export interface Author {
  readonly id: string;
  readonly name: string;
}

/** One message of a transcript, as it is by now. */
export interface Message extends MessageHistory {
  readonly id: string;
  /** Made once by the composer that sent it; the idempotency key all the way to the Cloud API. null for inbound messages. */
  readonly clientId: string | null;
  readonly interaction: string;
  readonly session: string;
  readonly direction: Open<Direction>;
  /** When the contact sent it, or when the gateway took it from the agent; milliseconds since the epoch. */
  readonly at: number;
  /** The agent who wrote it; null for inbound messages. */
  readonly author: Author | null;
  readonly content: Content;
  /** What WhatsApp says about the message besides its content; null when there is nothing to say. */
  readonly context: MessageContext | null;
  /** Of one of several that were sent together, such as a text and its files; missing for one alone. Where one fails, those behind it that have not gone do not go. */
  readonly batch?: MessageBatch;
  /** null for inbound messages. */
  readonly delivery: Delivery | null;
}

/** The place of a message among those that were sent together. */
export interface MessageBatch {
  readonly id: string;
  /** Counted from 0. */
  readonly index: number;
  readonly of: number;
}

/** What has happened to a message since it was written. Deliveries are not part of it: those have an order of their own. */
export interface MessageHistory {
  /** How many changes are in this: grows by one with each `message-changed`. */
  readonly rev: number;
  /** At most one of the contact and one of ours, whichever agent's: WhatsApp knows the business as one. */
  readonly reactions: readonly Reaction[];
  /** When it was last edited, by WhatsApp's clock; null when it never was. */
  readonly editedAt: number | null;
  /** What it said before its edits, oldest first. */
  readonly former: readonly FormerText[];
  /** When its author deleted it for everybody; null when it stands. */
  readonly deletedAt: number | null;
}

/** The history of a message that nothing has happened to. */
export const UNCHANGED: MessageHistory = {
  rev: 0,
  reactions: [],
  editedAt: null,
  former: [],
  deletedAt: null,
};

export interface Reaction {
  /** The agent; null is the contact. */
  readonly by: Author | null;
  /** null: taken back. It stays, so that an older reaction that comes later does not count. */
  readonly emoji: string | null;
  readonly at: number;
  /** Of one of ours that did not reach the contact, or of which nobody knows whether it did; missing for all others. */
  readonly trouble?: ReactionTrouble;
}

export interface ReactionTrouble {
  readonly state: Open<'failed' | 'unknown'>;
  readonly error: DeliveryError | null;
}

export interface FormerText {
  /** A text or caption. */
  readonly text: string;
  /** When it was written. */
  readonly at: number;
}

export interface MessageContext {
  /** Whether it answers another message. */
  readonly reply: boolean;
  /** Our id of the message that it answers; null when that is not known, or it answers none. */
  readonly replyTo: string | null;
  readonly forwarded: boolean;
  /** Forwarded so often that WhatsApp marks it. */
  readonly forwardedOften: boolean;
  /** The advertisement or post that led the contact here. */
  readonly referral: Referral | null;
  /** The product of a catalogue that the message is about. */
  readonly product: { readonly catalog: string | null; readonly product: string } | null;
}

/** The context of a message that answers none and came from nowhere. */
export const NO_CONTEXT: MessageContext = {
  reply: false,
  replyTo: null,
  forwarded: false,
  forwardedOften: false,
  referral: null,
  product: null,
};

/** Where a contact came from. All of it is the advertiser's text. */
export interface Referral {
  /** `ad` or `post`; open. */
  readonly source: string | null;
  readonly id: string | null;
  readonly url: string | null;
  readonly headline: string | null;
  readonly body: string | null;
  /** The picture or video of the advertisement, at Meta. */
  readonly mediaUrl: string | null;
  /** Meta's id of the click (`ctwa_clid`). */
  readonly click: string | null;
}

/** The last message of an interaction as lists show it. */
export interface MessagePreview {
  readonly id: string;
  readonly direction: Open<Direction>;
  readonly at: number;
  readonly kind: Content['kind'];
  /** At most 160 characters; null for kinds without text. */
  readonly text: string | null;
}
