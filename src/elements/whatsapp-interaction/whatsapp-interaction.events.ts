import type { Draft, Interaction, OutboundContent } from '../../model/index.js';
import { ActionEvent } from '../base/index.js';

/** An agent is about to send what is in the draft. Prevented, it is not sent and stays in the composer. */
export class MessageSendEvent extends ActionEvent<{
  readonly interaction: Interaction;
  readonly draft: Draft;
  /**
   * What is sent, where that is not the draft: a location, contact cards, a question with buttons, or a message once more. The draft then has its words alone.
   */
  readonly content: OutboundContent | null;
}> {
  constructor(interaction: Interaction, draft: Draft, content: OutboundContent | null = null) {
    super('message-send', { interaction, draft, content });
  }
}

/** An agent is about to attach files to what is being written. Prevented, they are not looked at. */
export class FilesAttachEvent extends ActionEvent<{
  readonly interaction: Interaction;
  readonly files: readonly File[];
}> {
  constructor(interaction: Interaction, files: readonly File[]) {
    super('files-attach', { interaction, files });
  }
}

declare global {
  interface HTMLElementEventMap {
    'message-send': MessageSendEvent;
    'files-attach': FilesAttachEvent;
  }
}
