import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { PreparedResponse } from '../../model/index.js';
import type { WordSearch } from '../../model/word-search.js';
import { iconOf } from '../base/index.js';
import { ICON_PATHS } from './icon-paths.js';
import { lineOf, marked } from './marked.js';

interface Row {
  readonly response: PreparedResponse;
  /** Its body with the field codes filled. */
  readonly text: string;
  readonly id: string;
  /** Its place in the list, from 0, and how many there are; -1 when not known. */
  readonly index: number;
  readonly count: number;
  readonly active: boolean;
  readonly search: WordSearch | null;
  readonly words: Localizer;
  readonly goTo: () => void;
  readonly insert: () => void;
}

/** One response in the list: its name, how it is typed, its files, and a line of its text. A press leads to it, a double one inserts it. */
export function responseRow(row: Row): TemplateResult {
  const { response, text, id, index, count, active, search, words, goTo, insert } = row;
  const { name, shortcut, attachments, language, favourite, notification } = response;
  const files = attachments.length;
  return html`<li
    class="row ${active ? 'active' : ''}"
    part="row"
    role="option"
    id=${id}
    aria-selected=${String(active)}
    aria-posinset=${index + 1}
    aria-setsize=${count}
    title=${name}
    @pointerdown=${keepFocus}
    @click=${goTo}
    @dblclick=${insert}
  >
    <span class="line"
      ><bdi class="name truncate" lang=${language ?? nothing}>${marked(name, search)}</bdi>${
        shortcut === null ? nothing : html`<bdi class="shortcut small muted" dir="auto">/${shortcut}</bdi>`
      }${
        favourite
          ? html`<span class="star small"
              >${iconOf(ICON_PATHS.star, 14)}<span class="visually-hidden"
                >${words.t('responses.favourite')}</span
              ></span
            >`
          : nothing
      }${
        notification
          ? html`<span class="files muted" title=${words.t('responses.notification')}
              >${iconOf(ICON_PATHS.notification, 14)}<span class="visually-hidden"
                >${words.t('responses.notification')}</span
              ></span
            >`
          : nothing
      }${
        files === 0
          ? nothing
          : html`<span class="files small muted"
              >${iconOf(ICON_PATHS.clip, 14)}<span aria-hidden="true">${words.number(files)}</span
              ><span class="visually-hidden">${words.t('responses.files', { count: files })}</span></span
            >`
      }</span
    >
    <bdi class="text truncate small muted" lang=${language ?? nothing}
      >${marked(lineOf(text, search), search)}</bdi
    >
  </li>`;
}

/** It stays in the field, and the arrow keys lead on from here. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
