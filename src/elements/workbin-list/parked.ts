import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Clock, Interaction, PendencyThresholds } from '../../model/index.js';
import { renderPendency, renderPreview } from '../base/index.js';

interface Parked {
  readonly interaction: Interaction;
  /** Its place in the list, from 0, and how many there are; -1 when not known. */
  readonly index: number;
  readonly count: number;
  readonly selected: boolean;
  /** On its way back to the desk. */
  readonly busy: boolean;
  readonly tabIndex: 0 | -1;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
  readonly localizer: Localizer;
  readonly thresholds: PendencyThresholds;
  readonly clock: Clock | null;
  readonly now: number;
}

/** One parked interaction. A click chooses it; a double click, Enter or the button takes it back to the desk. */
export function renderParked(parked: Parked): TemplateResult {
  const { interaction, localizer, busy, tabIndex } = parked;
  const name = contactLabel(interaction.contact);
  const id = `parked-${interaction.id}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.repeat) return;
    event.preventDefault();
    parked.onOpen();
  };
  return html`<li
    class="item ${busy ? 'busy' : ''}"
    aria-busy=${busy ? 'true' : 'false'}
    aria-posinset=${parked.index + 1}
    aria-setsize=${parked.count}
  >
    <button
      class="row"
      part="row"
      type="button"
      data-roving=${interaction.id}
      tabindex=${tabIndex}
      aria-current=${parked.selected ? 'true' : nothing}
      @click=${parked.onSelect}
      @dblclick=${parked.onOpen}
      @keydown=${onKeyDown}
    >
      <span class="line">
        <bdi class="name truncate" id=${id} title=${name}>${name}</bdi>
        ${renderPendency(interaction, parked.thresholds, parked.clock)}
      </span>
      <span class="line small">
        <span class="said">${renderPreview(localizer, interaction.lastMessage)}</span>
        ${renderParkedAt(parked)}
      </span>
    </button>
    <button
      class="button take"
      part="open-button"
      type="button"
      tabindex=${tabIndex}
      aria-describedby=${id}
      aria-disabled=${busy ? 'true' : nothing}
      @click=${parked.onOpen}
    >
      ${localizer.t('workbins.open')}
    </button>
  </li>`;
}

function renderParkedAt({ interaction, localizer, now }: Parked): TemplateResult | typeof nothing {
  const { parking } = interaction;
  if (!parking) return nothing;
  const time = localizer.moment(parking.at, now);
  const title = localizer.t('workbins.parked-at', { time: localizer.dateTime(parking.at) });
  return html`<span class="time numbers" title=${title}>${time}</span>`;
}
