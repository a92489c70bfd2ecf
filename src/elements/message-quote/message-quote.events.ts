import { NoticeEvent } from '../base/events.js';

/** What is being written is to answer no message after all. */
export class QuoteCancelEvent extends NoticeEvent<null> {
  constructor() {
    super('quote-cancel', null);
  }
}

declare global {
  interface HTMLElementEventMap {
    'quote-cancel': QuoteCancelEvent;
  }
}
