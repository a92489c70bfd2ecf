import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { icon, moreIcon } from '../base/index.js';
import { technicalDetails } from '../whatsapp-message/technical-details.js';

/** What there is above the rows. */
interface Above {
  readonly loading: boolean;
  readonly failed: boolean;
  /** Whether more can be asked for. */
  readonly older: boolean;
}

/** What stands above the first row. */
export function headView(above: Above, words: Localizer, ask: () => void): TemplateResult | typeof nothing {
  if (above.loading) {
    return html`<p class="small muted" role="status">${words.t('transcript.loading-older')}</p>`;
  }
  if (above.failed) {
    return html`<p class="small" role="status">${words.t('transcript.failed-older')}</p>
      <button class="button" type="button" @click=${ask}>${words.t('common.try-again')}</button>`;
  }
  if (!above.older) return nothing;
  return html`<button class="button quiet small muted" type="button" @click=${ask}>
    ${words.t('transcript.older')}
  </button>`;
}

/** What stands below the last row of a window that is not at the end. */
export function newerView(words: Localizer, ask: () => void): TemplateResult {
  return html`<div class="foot">
    <button class="button quiet small muted" type="button" @click=${ask}>
      ${words.t('transcript.newer')}
    </button>
  </div>`;
}

/** The name of a day. */
export function dayView(name: string): TemplateResult {
  return html`<p class="day small" part="day"><span>${name}</span></p>`;
}

/** The line above what was unread. */
export function unreadView(text: string): TemplateResult {
  return html`<p class="unread small"><span>${text}</span></p>`;
}

/** Something that happened; what a technician would ask for on request. */
export function noticeView(text: string, at: number, words: Localizer, technical = ''): TemplateResult {
  return html`<div class="notice small muted" part="notice">
    <p>${text} · <time title=${words.dateTime(at)}>${words.time(at)}</time></p>
    ${technical === '' ? nothing : technicalDetails(technical, words)}
  </div>`;
}

/** In the place of rows while the first page is on its way. */
export function loadingView(words: Localizer): TemplateResult {
  return html`<div class="skeletons" role="status">
    <span class="visually-hidden">${words.t('transcript.loading')}</span>
    ${[46, 62, 38, 54, 30].map(
      (width, i) =>
        html`<div class="skeleton ${i % 2 ? 'out' : ''}" .style=${`inline-size:${width}%`}></div>`,
    )}
  </div>`;
}

/** In the place of rows where there are none. */
export function emptyView(words: Localizer): TemplateResult {
  return html`<div class="empty">
    ${icon('message', 24)}
    <p>${words.t('transcript.empty')}</p>
  </div>`;
}

/** In the place of rows when the first page could not be had. */
export function errorView(offline: boolean, words: Localizer, retry: () => void): TemplateResult {
  return html`<div class="error" role="status">
    ${moreIcon(offline ? 'offline' : 'alert-circle', 24)}
    <p>${words.t(offline ? 'transcript.failed-offline' : 'transcript.failed')}</p>
    <button class="button" type="button" @click=${retry}>${words.t('common.try-again')}</button>
  </div>`;
}
