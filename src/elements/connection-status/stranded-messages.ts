import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { outboundText } from '../../model/index.js';
import type { OutboxItem, WorkspaceState } from '../../model/index.js';
import { moreIcon } from '../base/index.js';

/** One and the same each time, so that what goes through the outbox without failing renders nothing. */
export const NONE_FAILED: readonly OutboxItem[] = [];

export function failedMessages(outbox: readonly OutboxItem[]): readonly OutboxItem[] {
  const failed = outbox.filter(({ step }) => step.at === 'failed');
  return failed.length > 0 ? failed : NONE_FAILED;
}

/** Failed messages whose conversation is no longer on this desk: no transcript shows them, and their words must not be lost. */
export function strandedMessages(
  failed: readonly OutboxItem[],
  { cursor, interactions }: Pick<WorkspaceState, 'cursor' | 'interactions'>,
): readonly OutboxItem[] {
  // Before the first snapshot no conversation is here yet.
  return cursor ? failed.filter(({ interaction }) => !interactions.has(interaction)) : [];
}

export function strandedView(
  messages: readonly OutboxItem[],
  words: Localizer,
  discard: (clientId: string) => void,
): TemplateResult | typeof nothing {
  if (messages.length === 0) return nothing;
  return html`<div class="notice stranded" part="notice">
    ${moreIcon('alert-triangle')}
    <div class="words"><p>${words.t('connection.stranded', { count: messages.length })}</p></div>
    <details class="small">
      <summary>${words.t('failures.details')}</summary>
      <ul>
        ${messages.map(
          ({ clientId, body }) =>
            html`<li>
              <p class="text" dir="auto">${outboundText(body)}</p>
              <button class="button quiet" type="button" @click=${() => discard(clientId)}>
                ${words.t('message.discard')}
              </button>
            </li>`,
        )}
      </ul>
    </details>
  </div>`;
}
