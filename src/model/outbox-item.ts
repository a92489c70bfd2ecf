import type { RefusalKind } from './command.js';
import type { MessageBatch } from './message.js';
import type { Open } from './open.js';
import type { OutboundContent } from './outbound-content.js';
import type { Cursor } from './query.js';

/** How long a refusal that may change is heard and the message tried again, in milliseconds. */
export const OUTBOX_PATIENCE = 10 * 60_000;

/**
 * How far a message of the outbox has come.
 * saving: being written to the disk; only ever seen in the page where it was written, never stored. `yields`: it cannot at present be put in the place of
 * this failed one, and nothing waits for it meanwhile.
 * queued: stored, waits for its turn or for the connection. uploading, sending: on its way to the contact centre.
 * busy: the contact centre cannot take it now; it is tried again until the message expires, and what is behind it waits.
 * accepted: in the log, which had come as far as `cursor`; a tab shows it until its own log has come there. `logged`: one of them has; for those that are
 * behind it is stored a little longer.
 * failed: the words stay until the agent edits, resends or discards them.
 */
export type OutboxStep =
  | { readonly at: 'saving'; readonly yields?: string }
  | { readonly at: 'queued' | 'uploading' | 'sending' }
  | { readonly at: 'busy'; readonly kind: Open<RefusalKind>; readonly sentence: string }
  | { readonly at: 'accepted'; readonly cursor: Cursor; readonly logged?: true }
  | {
      readonly at: 'failed';
      /**
       * refusal: for a reason; the same message would be refused again. expiry: the contact centre could not take it until it expired.
       * transport: the other side could not read it. doubt: whether it went cannot be known.
       */
      readonly cause: 'refusal' | 'expiry' | 'transport' | 'doubt';
      readonly kind: Open<RefusalKind>;
      /** English, for details; desks word it by `kind`. */
      readonly sentence: string;
    };

/** A message that an agent has sent and the log has not shown yet, as it is stored. */
export interface OutboxItem {
  /** The form of this object. What has another is left to the version that wrote it. */
  readonly v: 1;
  /** Also the id of its `send-message` command. */
  readonly clientId: string;
  /** Who the contact was when it was written: earlier versions, in other tabs, keep messages of one lane in order. This one goes by the interaction. */
  readonly lane: string;
  readonly interaction: string;
  /** Milliseconds since the epoch, by the workspace's clock, like all instants here. */
  readonly createdAt: number;
  /** Until when a refusal that may change holds the lane. A message that waits for a link does not expire. */
  readonly expiresAt: number;
  /** The place among messages that were sent as one; null for one alone. */
  readonly batch: MessageBatch | null;
  /** Our id of the message that is answered. */
  readonly replyTo: string | null;
  readonly body: OutboundContent;
  readonly step: OutboxStep;
}
