import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ChoiceList, InteractiveContent, ReplyButtons } from '../../model/index.js';
import { contentIcon } from './content-icon.js';
import { formattedText } from './formatted-text.js';
import type { ViewContext } from './message-content.js';
import { shownName } from './names.js';

/** A question with what the contact can tap on. */
export function interactiveView(
  { header, body, footer, action }: InteractiveContent,
  { words, tail }: ViewContext,
): TemplateResult {
  return html`${header ? html`<p class="strong" dir="auto">${shownName(header)}</p>` : nothing}
    <div class="content">${formattedText(body, words, { shown: nothing, room: nothing })}</div>
    ${footer ? html`<p class="small muted" dir="auto">${shownName(footer)}</p>` : nothing}
    <div class="tail-line">${tail.shown}</div>
    ${action.kind === 'list' ? listView(action) : buttonsView(action)}`;
}

function buttonsView({ buttons }: ReplyButtons): TemplateResult {
  return html`<ul class="choices" role="list">
    ${buttons.map(({ title }) => html`<li class="choice-button">${contentIcon('reply', 14)} <bdi>${shownName(title)}</bdi></li>`)}
  </ul>`;
}

/** What the contact sees after a tap is open here: the agent wants to know what was offered. */
function listView({ button, sections }: ChoiceList): TemplateResult {
  return html`<div class="choices">
    <p class="choice-button">${contentIcon('form', 14)} <bdi>${shownName(button)}</bdi></p>
    ${sections.map(
      ({ title, rows }) =>
        html`${title ? html`<p class="small strong" dir="auto">${shownName(title)}</p>` : nothing}
          <ul role="list">
            ${rows.map(
              (row) =>
                html`<li class="small" dir="auto">
                  ${shownName(row.title)}
                  ${row.description ? html`<span class="muted" dir="auto">${shownName(row.description)}</span>` : nothing}
                </li>`,
            )}
          </ul>`,
    )}
  </div>`;
}
