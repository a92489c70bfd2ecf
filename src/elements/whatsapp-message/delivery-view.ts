import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { DeliveryState } from '../../model/index.js';
import { icon } from '../base/index.js';
import type { IconName } from '../base/index.js';

const ICONS: { readonly [S in DeliveryState]: IconName } = {
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
export function deliveryMark(state: DeliveryState, words: Localizer): TemplateResult {
  const name = words.t(`message.state.${state}`);
  return html`<span class="state ${state}" part="status" title=${name}
    >${icon(ICONS[state], ICONS[state].startsWith('check') ? 16 : 14)}<span class="visually-hidden"
      >${name}</span
    ></span
  >`;
}
