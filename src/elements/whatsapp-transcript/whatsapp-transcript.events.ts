import { ActionEvent } from '../base/events.js';

/** The page above is wanted: the agent asked for it, or scrolled near the top. */
export class OlderRequestEvent extends ActionEvent<null> {
  constructor() {
    super('older-request', null);
  }
}

declare global {
  interface HTMLElementEventMap {
    'older-request': OlderRequestEvent;
  }
}
