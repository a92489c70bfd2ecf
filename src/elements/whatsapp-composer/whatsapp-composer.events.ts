import { ActionEvent, NoticeEvent } from '../base/events.js';

/** An agent wants a text sent. The composer keeps it until its `value` is changed from outside. */
export class SendRequestEvent extends ActionEvent<{ readonly text: string }> {
  constructor(text: string) {
    super('send-request', { text });
  }
}

/** The text in the composer has been changed by the agent. */
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
