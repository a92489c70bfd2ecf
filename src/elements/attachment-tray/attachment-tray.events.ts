import type { DraftAttachment } from '../../model/index.js';
import { ActionEvent, NoticeEvent } from '../base/events.js';

/** The agent has removed, moved or captioned files. */
export class AttachmentsChangeEvent extends NoticeEvent<{
  readonly attachments: readonly DraftAttachment[];
}> {
  constructor(attachments: readonly DraftAttachment[]) {
    super('attachments-change', { attachments });
  }
}

/** The agent does not want a file any more that was not taken into the draft. */
export class DismissRequestEvent extends ActionEvent<{ readonly key: string }> {
  constructor(key: string) {
    super('dismiss-request', { key });
  }
}

declare global {
  interface HTMLElementEventMap {
    'attachments-change': AttachmentsChangeEvent;
    'dismiss-request': DismissRequestEvent;
  }
}
