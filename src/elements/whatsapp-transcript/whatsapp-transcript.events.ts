import type { ReadingPlace } from '../../model/index.js';
import { ActionEvent, NoticeEvent } from '../base/events.js';

/** The page above is wanted: the agent asked for it, or scrolled near the top. */
export class OlderRequestEvent extends ActionEvent<null> {
  constructor() {
    super('older-request', null);
  }
}

/** The page below is wanted: the agent asked for it, or scrolled near the bottom of a window that is not at the conversation's end. */
export class NewerRequestEvent extends ActionEvent<null> {
  constructor() {
    super('newer-request', null);
  }
}

/** The agent has left the end of the transcript, or is back there. */
export class ReadingChangeEvent extends NoticeEvent<{ readonly at: ReadingPlace }> {
  constructor(at: ReadingPlace) {
    super('reading-change', { at });
  }
}

declare global {
  interface HTMLElementEventMap {
    'older-request': OlderRequestEvent;
    'newer-request': NewerRequestEvent;
    'reading-change': ReadingChangeEvent;
  }
}
