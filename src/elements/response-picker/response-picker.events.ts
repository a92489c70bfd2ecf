import type { Interaction, PreparedResponse } from '../../model/index.js';
import { ActionEvent } from '../base/events.js';

/** An agent is about to put a prepared response into a conversation's draft. Prevented, the draft stays as it is. */
export class ResponseInsertEvent extends ActionEvent<{
  readonly response: PreparedResponse;
  readonly interaction: Interaction;
}> {
  constructor(response: PreparedResponse, interaction: Interaction) {
    super('response-insert', { response, interaction });
  }
}

declare global {
  interface HTMLElementEventMap {
    'response-insert': ResponseInsertEvent;
  }
}
