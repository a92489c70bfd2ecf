import { NoticeEvent } from '../base/events.js';

/** The agent is done with saving a conversation, whether it was saved or not. */
export class ExportEndEvent extends NoticeEvent<null> {
  constructor() {
    super('export-end', null);
  }
}

declare global {
  interface HTMLElementEventMap {
    'export-end': ExportEndEvent;
  }
}
