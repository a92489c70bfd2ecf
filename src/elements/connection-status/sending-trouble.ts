import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { SendingTrouble, WorkspaceState } from '../../model/index.js';
import { moreIcon } from '../base/index.js';

type Troubles = WorkspaceState['troubles'];

/** One and the same each time, so that nothing is rendered while all is well. */
export const NO_TROUBLES: Troubles = new Map();

const STOPPED = {
  access: 'connection.stopped.access',
  restricted: 'connection.stopped.restricted',
  payment: 'connection.stopped.payment',
  registration: 'connection.stopped.registration',
  outage: 'connection.stopped.outage',
  other: 'connection.stopped.other',
} as const satisfies Record<Exclude<SendingTrouble, 'rate'>, string>;

/** Whether, and why, WhatsApp takes no messages, in one sentence for each reason. */
export function troubleSentences(troubles: Troubles, words: Localizer): readonly string[] {
  const kinds = new Set([...troubles.values()].flatMap(({ trouble }) => trouble ?? []));
  return [...kinds].map((kind) =>
    kind === 'rate'
      ? words.t('connection.slow')
      : `${words.t(STOPPED[kind])} ${words.t('connection.stopped.wait')}`,
  );
}

export function troublesView(troubles: Troubles, words: Localizer): TemplateResult | typeof nothing {
  if (troubles.size === 0) return nothing;
  return html`${troubleSentences(troubles, words).map(
    (sentence) =>
      html`<div class="notice stopped" part="notice">
        ${moreIcon('alert-triangle')}
        <div class="words"><p>${sentence}</p></div>
      </div>`,
  )}`;
}
