import type { Draft } from '../../model/index.js';
import { ActionEvent, NoticeEvent } from '../base/events.js';

/** An agent wants a draft sent. The composer empties itself unless that is prevented. */
export class SendRequestEvent extends ActionEvent<{ readonly draft: Draft }> {
  constructor(draft: Draft) {
    super('send-request', { draft });
  }
}

/** The agent has chosen, dropped or pasted files that are to be sent. Prevented, nothing becomes of them. */
export class AttachRequestEvent extends ActionEvent<{ readonly files: readonly File[] }> {
  constructor(files: readonly File[]) {
    super('attach-request', { files });
  }
}

/** The agent wants to choose a prepared response. */
export class ResponsesRequestEvent extends ActionEvent<null> {
  constructor() {
    super('responses-request', null);
  }
}

/** The agent has changed what is in the composer. */
export class DraftChangeEvent extends NoticeEvent<{ readonly draft: Draft }> {
  constructor(draft: Draft) {
    super('draft-change', { draft });
  }
}

declare global {
  interface HTMLElementEventMap {
    'send-request': SendRequestEvent;
    'attach-request': AttachRequestEvent;
    'responses-request': ResponsesRequestEvent;
    'draft-change': DraftChangeEvent;
  }
}
