import { ActionEvent } from '../base/events.js';

/** An agent wants the words of a failed message sent again. */
export class ResendRequestEvent extends ActionEvent<{ readonly clientId: string }> {
  constructor(clientId: string) {
    super('resend-request', { clientId });
  }
}

/** An agent wants a failed message thrown away. */
export class DiscardRequestEvent extends ActionEvent<{ readonly clientId: string }> {
  constructor(clientId: string) {
    super('discard-request', { clientId });
  }
}

/** An agent wants the words of a failed message back in the composer. */
export class EditRequestEvent extends ActionEvent<{
  /** null for a message that no desk of ours has sent. */
  readonly clientId: string | null;
  readonly text: string;
}> {
  constructor(clientId: string | null, text: string) {
    super('edit-request', { clientId, text });
  }
}

/** An agent wants to see another message of the conversation. */
export class GoToRequestEvent extends ActionEvent<{
  /** Our id of the message. */
  readonly item: string;
}> {
  constructor(item: string) {
    super('go-to-request', { item });
  }
}

declare global {
  interface HTMLElementEventMap {
    'resend-request': ResendRequestEvent;
    'discard-request': DiscardRequestEvent;
    'edit-request': EditRequestEvent;
    'go-to-request': GoToRequestEvent;
  }
}
