import type { Interaction } from '../../model/index.js';
import { ActionEvent } from '../base/index.js';

/** An agent is about to send a text. Prevented, it is not sent and stays in the composer. */
export class MessageSendEvent extends ActionEvent<{
  readonly interaction: Interaction;
  readonly text: string;
}> {
  constructor(interaction: Interaction, text: string) {
    super('message-send', { interaction, text });
  }
}

declare global {
  interface HTMLElementEventMap {
    'message-send': MessageSendEvent;
  }
}
