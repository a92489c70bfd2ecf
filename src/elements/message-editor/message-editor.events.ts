import type { OutboundContent } from '../../model/index.js';
import { ActionEvent, NoticeEvent } from '../base/events.js';
import type { Form } from './forms.js';

/** The agent wants something sent that is not the draft: a location, a contact card, a question with buttons or a list. Prevented, it is not sent and stays. */
export class ContentSendEvent extends ActionEvent<{ readonly content: OutboundContent }> {
  constructor(content: OutboundContent) {
    super('content-send', { content });
  }
}

/** The agent has changed what stands in the fields. */
export class FormChangeEvent extends NoticeEvent<{ readonly form: Form }> {
  constructor(form: Form) {
    super('form-change', { form });
  }
}

/** The editor is done with: its message was sent, or is not wanted. */
export class EditorCloseEvent extends NoticeEvent<{ readonly sent: boolean }> {
  constructor(sent: boolean) {
    super('editor-close', { sent });
  }
}

declare global {
  interface HTMLElementEventMap {
    'content-send': ContentSendEvent;
    'form-change': FormChangeEvent;
    'editor-close': EditorCloseEvent;
  }
}
