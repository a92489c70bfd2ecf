import type { Attention, Connection } from '../../streams/index.js';
import type { Interaction } from '../../model/index.js';
import { NoticeEvent } from '../base/index.js';
import type { InteractionDetail } from '../base/index.js';

/** An invitation was accepted: the moment for a screen pop. */
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

/** An interaction was marked done on this page. */
export class InteractionDoneEvent extends NoticeEvent<InteractionDetail> {
  constructor(interaction: Interaction) {
    super('interaction-done', { interaction });
  }
}

/** An interaction was moved to a workbin on this page. */
export class InteractionParkedEvent extends NoticeEvent<InteractionDetail & { readonly workbin: string }> {
  constructor(interaction: Interaction, workbin: string) {
    super('interaction-parked', { interaction, workbin });
  }
}

/** The agent sent a message on this page: it is stored and goes out in its turn. */
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

/** The link to the contact centre came up, was lost, or was refused. */
export class ConnectionChangeEvent extends NoticeEvent<{ readonly connection: Connection }> {
  constructor(connection: Connection) {
    super('connection-change', { connection });
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
    'connection-change': ConnectionChangeEvent;
  }
}
