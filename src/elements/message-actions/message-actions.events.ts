import type { Message } from '../../model/index.js';
import { ActionEvent } from '../base/events.js';

/** An agent wants to answer a message. */
export class ReplyRequestEvent extends ActionEvent<{ readonly message: Message }> {
  constructor(message: Message) {
    super('reply-request', { message });
  }
}

/** An agent wants to react to a message, or, with null, to take the reaction back. */
export class ReactRequestEvent extends ActionEvent<{
  readonly message: Message;
  readonly emoji: string | null;
}> {
  constructor(message: Message, emoji: string | null) {
    super('react-request', { message, emoji });
  }
}

/** An agent wants to send a message on to another conversation. */
export class ForwardRequestEvent extends ActionEvent<{ readonly message: Message }> {
  constructor(message: Message) {
    super('forward-request', { message });
  }
}

declare global {
  interface HTMLElementEventMap {
    'reply-request': ReplyRequestEvent;
    'react-request': ReactRequestEvent;
    'forward-request': ForwardRequestEvent;
  }
}
