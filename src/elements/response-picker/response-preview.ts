import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { PreparedResponse, ResponseAttachment } from '../../model/index.js';
import { fileSize } from '../whatsapp-message/amounts.js';
import { formattedText } from '../whatsapp-message/formatted-text.js';
import { iconOf } from '../base/index.js';
import { ICON_PATHS } from './icon-paths.js';

interface Preview {
  readonly response: PreparedResponse;
  /** Its body with the field codes filled. */
  readonly text: string;
  /** What its notification says; null when it has none, or says nothing else. */
  readonly notification: string | null;
  /** Why it cannot be inserted; null when it can. */
  readonly obstacle: string | null;
  readonly words: Localizer;
  readonly insert: () => void;
  /** Makes it a favourite, or takes it out of them; null where there are none. */
  readonly setFavourite: ((favourite: boolean) => void) | null;
}

/** What the contact would get: the text as WhatsApp formats it, and the files. */
export function responsePreview({
  response,
  text,
  notification,
  obstacle,
  words,
  insert,
  setFavourite,
}: Preview): TemplateResult {
  const { name, language, attachments } = response;
  return html`<div class="preview" part="preview" role="group" aria-label=${words.t('responses.preview')}>
    <div class="bubble" tabindex="0" role="group" aria-label=${name}>
      ${
        text === ''
          ? nothing
          : html`<div lang=${language ?? nothing}>
              ${formattedText(text, words, { shown: nothing, room: nothing })}
            </div>`
      }
      ${notification === null ? nothing : notificationLine(notification, words)}
      ${
        attachments.length === 0
          ? nothing
          : html`<ul class="attachments">
              ${attachments.map((file) => fileLine(file, words))}
            </ul>`
      }
    </div>
    <div class="do">
      ${setFavourite && favouriteButton(response, words, setFavourite)}
      ${obstacle === null ? nothing : html`<p class="small muted" id="obstacle">${obstacle}</p>`}
      <button
        class="button primary"
        part="insert-button"
        type="button"
        aria-disabled=${String(obstacle !== null)}
        aria-describedby=${obstacle === null ? nothing : 'obstacle'}
        @click=${insert}
      >
        ${words.t('responses.insert')}
      </button>
    </div>
  </div>`;
}

function notificationLine(text: string, words: Localizer): TemplateResult {
  return html`<p class="file small">
      ${iconOf(ICON_PATHS.notification, 14)}<span class="muted">${words.t('responses.notification')}</span>
    </p>
    <div>${formattedText(text, words, { shown: nothing, room: nothing })}</div>`;
}

function favouriteButton(
  { favourite = false }: PreparedResponse,
  words: Localizer,
  setFavourite: (favourite: boolean) => void,
): TemplateResult {
  const name = words.t('responses.favourite');
  return html`<button
    class="icon-button star"
    part="favourite-button"
    type="button"
    aria-pressed=${String(favourite)}
    aria-label=${name}
    title=${name}
    @click=${() => setFavourite(!favourite)}
  >
    ${iconOf(ICON_PATHS.star, 18)}
  </button>`;
}

function fileLine({ fileName, bytes }: ResponseAttachment, words: Localizer): TemplateResult {
  return html`<li class="file small">
    ${iconOf(ICON_PATHS.clip, 14)}<bdi class="truncate" title=${fileName ?? nothing}
      >${fileName ?? words.t('responses.unnamed')}</bdi
    ><span class="muted">${fileSize(words, bytes)}</span>
  </li>`;
}
