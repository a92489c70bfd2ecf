import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { fillPlaceholders } from '../../model/index.js';
import type { Template } from '../../model/index.js';
import { localeOf } from '../../model/notification-values.js';
import type { WordSearch } from '../../model/word-search.js';
import { lineOf, marked } from '../response-picker/marked.js';
import { templateMark } from './obstacle.js';

interface Row {
  readonly template: Template;
  readonly id: string;
  /** Its place in the list, from 0, and how many there are; -1 when not known. */
  readonly index: number;
  readonly count: number;
  readonly active: boolean;
  readonly search: WordSearch | null;
  readonly words: Localizer;
  readonly choose: () => void;
}

/** One template in the list: its name, what keeps it from being sent, its language and category, and a line of its text. */
export function templateRow(row: Row): TemplateResult {
  const { template, id, index, count, active, search, words, choose } = row;
  const { name, body } = template;
  const mark = templateMark(template, words);
  // As it is called, and with its words as words.
  const text = fillPlaceholders(body, {});
  return html`<li
    class="row ${active ? 'active' : ''} ${mark === null ? '' : 'blocked'}"
    part="row"
    role="option"
    id=${id}
    aria-selected=${String(active)}
    aria-disabled=${String(mark !== null)}
    aria-posinset=${index + 1}
    aria-setsize=${count}
    title=${name}
    @pointerdown=${keepFocus}
    @click=${choose}
  >
    <span class="head-line"
      ><bdi class="template-name truncate">${marked(name, search)}</bdi>${
        mark === null ? nothing : html`<span class="mark small">${mark}</span>`
      }</span
    >
    <bdi class="text truncate small" lang=${localeOf(template.language) ?? nothing}
      >${marked(lineOf(text, search), search)}</bdi
    >
    <span class="truncate small muted">${kindLine(template, words)}</span>
  </li>`;
}

/** Its language and what it is for, in the agent's language. */
export function kindLine({ language, category }: Template, words: Localizer): string {
  const known = words.tOr(`notification.${category}`, category);
  return `${languageName(language, words)} · ${known}`;
}

/** WhatsApp may have languages that the browser has no name for. */
function languageName(language: string, words: Localizer): string {
  const tag = localeOf(language);
  return (tag && new Intl.DisplayNames(words.locale, { type: 'language' }).of(tag)) || language;
}

/** It stays in the field, and the arrow keys lead on from here. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
