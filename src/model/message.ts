import type { Content } from './content.js';
import type { Delivery } from './delivery.js';

export type Direction = 'inbound' | 'outbound';

/** One message of a transcript. */
export interface Message {
  readonly id: string;
  /** Made once by the composer that sent it; the idempotency key all the way to the Cloud API. null for inbound messages. */
  readonly clientId: string | null;
  readonly interaction: string;
  readonly session: string;
  readonly direction: Direction;
  /** When the contact sent it, or when the gateway took it from the agent; milliseconds since the epoch. */
  readonly at: number;
  /** The agent who wrote it; null for inbound messages. */
  readonly author: { readonly id: string; readonly name: string } | null;
  readonly content: Content;
  /** The message answered to, and marks of forwarding; null when there is nothing to say. */
  readonly context: MessageContext | null;
  /** null for inbound messages. */
  readonly delivery: Delivery | null;
}

export interface MessageContext {
  /** The provider's id (wamid) of the message that this one answers. */
  readonly replyTo: string | null;
  readonly forwarded: boolean;
}

/** The last message of an interaction as lists show it. */
export interface MessagePreview {
  readonly id: string;
  readonly direction: Direction;
  readonly at: number;
  readonly kind: Content['kind'];
  /** At most 160 characters; null for kinds without text. */
  readonly text: string | null;
}
