import { NoticeEvent } from '../base/events.js';

/** The agent is done with sending a message on, whether it was sent or not. */
export class ForwardEndEvent extends NoticeEvent<null> {
  constructor() {
    super('forward-end', null);
  }
}

declare global {
  interface HTMLElementEventMap {
    'forward-end': ForwardEndEvent;
  }
}
