import { NoticeEvent } from '../base/events.js';

/** The agent is done with looking for something in the conversation. */
export class SearchEndEvent extends NoticeEvent<null> {
  constructor() {
    super('search-end', null);
  }
}

declare global {
  interface HTMLElementEventMap {
    'search-end': SearchEndEvent;
  }
}
