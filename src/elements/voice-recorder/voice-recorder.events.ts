import { NoticeEvent } from '../base/events.js';

/** There is nothing more to record: it was sent, kept, discarded, or never began. */
export class RecordingEndEvent extends NoticeEvent<{ readonly kept: boolean }> {
  constructor(kept: boolean) {
    super('recording-end', { kept });
  }
}

declare global {
  interface HTMLElementEventMap {
    'recording-end': RecordingEndEvent;
  }
}
