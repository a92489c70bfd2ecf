import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { contactAddress, contactLabel } from '../../model/index.js';
import type { Clock, Interaction, PendencyThresholds } from '../../model/index.js';
import { channelMark, renderPendency } from '../base/index.js';
import { windowChip } from './window-chip.js';

interface HeaderContext {
  readonly words: Localizer;
  readonly thresholds: PendencyThresholds;
  readonly clock: Clock | null;
  readonly now: number;
}

/** Who one talks to, how, for how long, and how long free text can be sent; `actions` is what can be done. */
export function interactionHeader(
  interaction: Interaction,
  actions: unknown,
  { words, thresholds, clock, now }: HeaderContext,
): TemplateResult {
  const name = contactLabel(interaction.contact);
  const address = contactAddress(interaction.contact);
  const channel = words.t('interaction.channel');
  return html`<header class="header" part="header">
    <span class="channel" title=${channel}
      >${channelMark(20)}<span class="visually-hidden">${channel}</span></span
    >
    ${renderPendency(interaction, thresholds, clock)}
    <div class="who">
      <h2 class="name" title=${name}><bdi class="truncate">${name}</bdi></h2>
      <p class="facts small muted">
        <span class="direction">${words.t(`interaction.${interaction.session.direction}`)}</span>
        <span class="address truncate numbers" title=${address}><bdi dir="ltr">${address}</bdi></span>
        <span class="elapsed numbers" title=${words.t('interaction.elapsed')}
          >${words.elapsed(now - interaction.session.startedAt)}</span
        >
      </p>
    </div>
    ${windowChip(interaction.windowClosesAt, now, name, words)} ${actions}
  </header>`;
}
