import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { ResponseSearch } from '../../model/index.js';
import type { Trouble } from '../base/found-pages.js';
import type { ResponseGroup } from './picker-groups.js';

/** Whether a search leaves nothing out. */
export function isEverything({ text, category, language, of = null }: ResponseSearch): boolean {
  return text.trim() === '' && category === null && language === null && of === null;
}

export function loadingNote(words: Localizer): TemplateResult {
  return html`<div class="skeletons" role="img" aria-label=${words.t('common.loading')}>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}

/** Says that nothing was found, and how all is shown again; of a search that leaves nothing out, that there is nothing. */
export function nothingFound(
  search: ResponseSearch,
  group: ResponseGroup | null,
  words: Localizer,
  showAll: () => void,
): TemplateResult {
  if (group === null && isEverything(search)) return html`<p class="empty">${words.t('responses.empty')}</p>`;
  const text = search.text.trim();
  const isFiltered = search.category !== null || search.language !== null;
  const isOfGroup = group !== null && (group === 'suggested' || text === '');
  const sentence = isOfGroup
    ? words.t(`responses.none-${group}`)
    : text === ''
      ? words.t('responses.none-here')
      : words.t(isFiltered ? 'responses.none-here-with' : 'responses.none', { text });
  return html`<div class="empty">
    <p>${sentence}</p>
    <button class="button" type="button" @click=${showAll}>${words.t('responses.show-all')}</button>
  </div>`;
}

/** Says why responses could not be loaded, with *Try again* where that may help. */
export function troubleNote(trouble: Trouble, words: Localizer, again: () => void): TemplateResult {
  if (trouble === 'refused' || trouble === 'unauthorized')
    return html`<p>${words.t('responses.refused')}</p>`;
  const key = trouble === 'offline' || trouble === 'timeout' ? 'responses.no-link' : 'responses.failed';
  return html`<p>${words.t(key)}</p>
    <button class="button" type="button" @click=${again}>${words.t('common.try-again')}</button>`;
}
