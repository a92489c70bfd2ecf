import { ActionEvent, NoticeEvent } from '../base/events.js';

/** An agent wants a text sent. The composer empties itself unless that is prevented. */
export class SendRequestEvent extends ActionEvent<{ readonly text: string }> {
  constructor(text: string) {
    super('send-request', { text });
  }
}

/** The agent has changed the text in the composer. */
export class DraftChangeEvent extends NoticeEvent<{ readonly text: string }> {
  constructor(text: string) {
    super('draft-change', { text });
  }
}

declare global {
  interface HTMLElementEventMap {
    'send-request': SendRequestEvent;
    'draft-change': DraftChangeEvent;
  }
}
