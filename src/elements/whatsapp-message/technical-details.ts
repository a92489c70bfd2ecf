import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { excerpt } from '../../model/index.js';

/** In characters; words of another system may be anything. */
const LONGEST = 1000;

/** What only a technician asks for: codes, types, words of another system. */
export function technicalDetails(text: string, words: Localizer): TemplateResult {
  return html`<details class="technical">
    <summary class="button quiet">${words.t('failures.details')}</summary>
    <p class="muted" dir="auto">${excerpt(text, LONGEST)}</p>
  </details>`;
}
