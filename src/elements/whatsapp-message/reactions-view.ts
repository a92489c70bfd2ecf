import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Message } from '../../model/index.js';
import { shownEmoji, shownName } from './names.js';

/** Who reacted how. */
export function reactionsView({ reactions }: Message, contact: string, words: Localizer): TemplateResult {
  const standing = reactions.filter(({ emoji }) => emoji !== null);
  return html`<ul class="reactions" part="reactions" aria-label=${words.t('message.reactions')}>
    ${standing.map(({ by, emoji }) => {
      const name = shownName(by?.name ?? contact);
      return html`<li title=${name}>
        ${shownEmoji(emoji ?? '')}<span class="visually-hidden">
          ${words.t('message.reacted', { name })}</span
        >
      </li>`;
    })}
  </ul>`;
}
