import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Message } from '../../model/index.js';
import { moreIcon } from '../base/index.js';
import { contentIcon } from './content-icon.js';
import { breakable } from './formatted-text.js';
import type { Tail } from './formatted-text.js';
import { contentView, note } from './message-content.js';
import type { ViewContext } from './message-content.js';

const NO_TAIL: Tail = { shown: nothing, room: nothing };

/** A message that was changed: what it says by now with what it said before, or that it was deleted. */
export function changedMessageView(message: Message, context: ViewContext): TemplateResult {
  const { words } = context;
  // The time stands in the last line.
  const untimed = { ...context, tail: NO_TAIL };
  if (message.deletedAt !== null) {
    const by = message.direction === 'inbound' ? 'message.deleted-contact' : 'message.deleted';
    return html`${note(moreIcon('deleted', 16), words.t(by), untimed)}
      <div class="tail-line">
        <details class="former small">
          <summary class="button quiet small">${words.t('message.deleted-content')}</summary>
          ${contentView(message.content, untimed)}
        </details>
        ${context.tail.shown}
      </div>`;
  }
  if (message.editedAt === null) return contentView(message.content, context);
  return html`${contentView(message.content, untimed)}
    <div class="tail-line">${edits(message, words)}${context.tail.shown}</div>`;
}

function edits({ former }: Message, words: Localizer): TemplateResult {
  if (former.length === 0)
    return html`<p class="kind small muted">${contentIcon('edit', 14)} ${words.t('message.edited')}</p>`;
  return html`<details class="former small">
    <summary class="button quiet small">${words.t('message.edited')}</summary>
    <ol aria-label=${words.t('message.former')}>
      ${former.map(
        ({ text, at }) =>
          html`<li>
            <p class="text" dir="auto">${breakable(text)}</p>
            <p class="muted numbers">${words.dateTime(at)}</p>
          </li>`,
      )}
    </ol>
  </details>`;
}
