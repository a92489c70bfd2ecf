import type { InlineMark, LineMark } from '../../model/index.js';
import { ActionEvent } from '../base/events.js';

/** How text is formatted: by marks around what is selected, or at the beginning of its lines. */
export type TextFormat = { readonly mark: InlineMark } | { readonly lines: LineMark };

/** The agent wants what is selected formatted, or the format taken away. */
export class FormatRequestEvent extends ActionEvent<{ readonly format: TextFormat }> {
  constructor(format: TextFormat) {
    super('format-request', { format });
  }
}

declare global {
  interface HTMLElementEventMap {
    'format-request': FormatRequestEvent;
  }
}
