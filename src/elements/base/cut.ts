import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

/**
 * What stands in an element of class `cut`: text of any direction in one line, which ends after a whole word where there is no room for all, so that no
 * number is read that was never written. `text-overflow` cuts through words. `id` is that of the text.
 */
export function renderCut(text: string, id?: string): TemplateResult {
  return html`<bdi
    ><span class="words" id=${id ?? nothing}>${text}</span
    ><span class="copy" aria-hidden="true"><span class="dots" data-text=${text}></span></span
  ></bdi>`;
}
