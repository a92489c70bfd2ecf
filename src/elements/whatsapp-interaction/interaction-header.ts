import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { contactAddress, contactLabel } from '../../model/index.js';
import type { Clock, Contact, Interaction, PendencyThresholds } from '../../model/index.js';
import { channelMark, renderCut, renderPendency } from '../base/index.js';
import { windowChip } from './window-chip.js';

interface HeaderContext {
  readonly words: Localizer;
  readonly thresholds: PendencyThresholds;
  readonly clock: Clock | null;
  readonly now: number;
}

/**
 * Who one talks to, alone on a line; below it how, for how long, and how long free text can be sent. `actions` is what can be done. Pendency takes the place
 * of the channel's name beside the mark, so that nothing moves when it comes and goes.
 */
export function interactionHeader(
  interaction: Interaction,
  actions: unknown,
  { words, thresholds, clock, now }: HeaderContext,
): TemplateResult {
  const { contact, session } = interaction;
  const channel = words.t('interaction.channel');
  return html`<header class="header" part="header">
    ${renderName(contact)}
    <div class="facts small">
      <span class="channel" title=${channel}>
        ${channelMark(16)}<span class=${interaction.pendency ? 'visually-hidden' : ''}>${channel}</span>
        ${renderPendency(interaction, thresholds, clock)}
      </span>
      <span class="details muted">
        <span class="visually-hidden"
          >${words.tOr(`interaction.${session.direction}`, session.direction)}</span
        >
        ${renderAddress(contact)}
        <span class="elapsed" title=${words.t('interaction.elapsed')}
          ><elapsed-time .since=${session.startedAt} .clock=${clock}></elapsed-time
        ></span>
      </span>
      ${windowChip(interaction.windowClosesAt, now, contactLabel(contact), words)}
    </div>
    ${actions}
  </header>`;
}

function renderName(contact: Contact): TemplateResult {
  const label = contactLabel(contact);
  return html`<h2 class="name cut" title=${label}>${renderCut(label)}</h2>`;
}

/** Where the contact can be reached, unless that is what the contact is called. */
function renderAddress(contact: Contact): TemplateResult | typeof nothing {
  const address = contactAddress(contact);
  if (contactLabel(contact) === address) return nothing;
  return html`<span class="address cut numbers" title=${address}>${renderCut(address)}</span>`;
}
