import type { Attention, Connection, LateFailure, TokenExpiry } from '../../streams/index.js';
import type { Interaction } from '../../model/index.js';
import { NoticeEvent } from '../base/index.js';
import type { InteractionDetail } from '../base/index.js';

/** The agent accepted an invitation on this page: the moment for a screen pop. The agent's other tabs do not tell of it. */
export class InteractionAcceptedEvent extends NoticeEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-accepted', { interaction });
  }
}

/** Another interaction is in front, or none (null). */
export class InteractionSelectedEvent extends NoticeEvent<{ readonly interaction: Interaction | null }> {
  constructor(interaction: Interaction | null) {
    super('interaction-selected', { interaction });
  }
}

/** The agent marked an interaction done on this page; the interaction as it is now. */
export class InteractionDoneEvent extends NoticeEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-done', { interaction });
  }
}

/** The agent moved an interaction to a workbin on this page; the interaction as it is now. */
export class InteractionParkedEvent extends NoticeEvent<InteractionDetail & { readonly workbin: string }> {
  constructor(interaction: Interaction, workbin: string) {
    super('interaction-parked', { interaction, workbin });
  }
}

/**
 * The agent sent a message on this page. It is being stored in this browser and goes out in its turn; that it was stored, sent or delivered is told by
 * `outbox$` and the transcript.
 */
export class MessageSentEvent extends NoticeEvent<{
  readonly interaction: Interaction | null;
  readonly clientId: string;
  readonly text: string;
}> {
  constructor(interaction: Interaction | null, clientId: string, text: string) {
    super('message-sent', { interaction, clientId, text });
  }
}

/** How many messages are unread, and how many of the open interactions wait for an answer. */
export class UnreadChangeEvent extends NoticeEvent<{ readonly unread: number; readonly pending: number }> {
  constructor(unread: number, pending: number) {
    super('unread-change', { unread, pending });
  }
}

/** Other interactions than before wait for an answer while nobody looks at them; none, when the agent has gone to them. */
export class AttentionChangeEvent extends NoticeEvent<Attention> {
  constructor(attention: Attention) {
    super('attention-change', attention);
  }
}

/** A message failed after its conversation had left the desk, or the agent dismissed one; those that are left, oldest first. */
export class FailuresChangeEvent extends NoticeEvent<{ readonly failures: readonly LateFailure[] }> {
  constructor(failures: readonly LateFailure[]) {
    super('failures-change', { failures });
  }
}

/** The link to the contact centre came up, was lost, or was refused. */
export class ConnectionChangeEvent extends NoticeEvent<{ readonly connection: Connection }> {
  constructor(connection: Connection) {
    super('connection-change', { connection });
  }
}

/** The agent's token ends soon, and with it the connection. Whoever prevents this says that a new one is coming; else a warning is written. */
export class TokenExpiringEvent extends CustomEvent<TokenExpiry> {
  constructor(expiry: TokenExpiry) {
    super('token-expiring', { detail: expiry, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'interaction-accepted': InteractionAcceptedEvent;
    'interaction-selected': InteractionSelectedEvent;
    'interaction-done': InteractionDoneEvent;
    'interaction-parked': InteractionParkedEvent;
    'message-sent': MessageSentEvent;
    'unread-change': UnreadChangeEvent;
    'attention-change': AttentionChangeEvent;
    'failures-change': FailuresChangeEvent;
    'connection-change': ConnectionChangeEvent;
    'token-expiring': TokenExpiringEvent;
  }
}
