import type { Draft, Interaction } from '../../model/index.js';
import { ActionEvent } from '../base/index.js';

/** An agent is about to send what is in the draft. Prevented, it is not sent and stays in the composer. */
export class MessageSendEvent extends ActionEvent<{
  readonly interaction: Interaction;
  readonly draft: Draft;
}> {
  constructor(interaction: Interaction, draft: Draft) {
    super('message-send', { interaction, draft });
  }
}

declare global {
  interface HTMLElementEventMap {
    'message-send': MessageSendEvent;
  }
}
