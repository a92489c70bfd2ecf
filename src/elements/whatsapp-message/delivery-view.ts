import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { DeliveryState, Open } from '../../model/index.js';
import { moreIcon } from '../base/index.js';
import type { MoreIconName } from '../base/index.js';

/** How far a message has come, from being stored on this machine to being read. */
export type MessageState = DeliveryState | 'saving' | 'busy';

const ICONS: { readonly [S in MessageState]: MoreIconName } = {
  saving: 'clock',
  busy: 'clock',
  queued: 'clock',
  sending: 'clock',
  unknown: 'question',
  sent: 'check',
  failed: 'alert-circle',
  delivered: 'check-all',
  read: 'check-all',
  played: 'check-all',
};

/** How far a message has come: a mark to see, with its name as tooltip and for screen readers. */
export function deliveryMark(state: Open<MessageState>, words: Localizer): TemplateResult {
  // Why it waits stands below the bubble, for all to read.
  const name = words.tOr(`message.state.${state === 'busy' ? 'queued' : state}`, state);
  // A state of a later version has its name, and the mark of what is not certain.
  const mark = Object.hasOwn(ICONS, state) ? ICONS[state as MessageState] : ICONS.unknown;
  return html`<span class="state ${state}" part="status" title=${name}
    >${moreIcon(mark, mark.startsWith('check') ? 16 : 14)}<span class="visually-hidden">${name}</span></span
  >`;
}
