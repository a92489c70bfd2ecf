import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Interaction } from '../../model/index.js';
import { renderInteractionRow, rowNameId } from '../base/index.js';
import type { RowContext } from '../base/index.js';

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
}

/** One parked interaction. A click chooses it; a double click, Enter or the button takes it back to the desk. */
export function renderParked(parked: Parked, context: RowContext): TemplateResult {
  const { interaction, busy, tabIndex, selected, onSelect, onOpen } = parked;
  const { localizer } = context;
  const at = interaction.parking?.at;
  const moment =
    at === undefined
      ? null
      : { at, title: localizer.t('workbins.parked-at', { time: localizer.dateTime(at) }) };
  return html`<li
    class="item ${busy ? 'busy' : ''}"
    aria-busy=${busy ? 'true' : 'false'}
    aria-posinset=${parked.index + 1}
    aria-setsize=${parked.count}
  >
    ${renderInteractionRow({ interaction, part: 'row', selected, tabIndex, moment, onSelect, onOpen }, context)}
    <button
      class="button take"
      part="open-button"
      type="button"
      data-beside=${interaction.id}
      tabindex=${tabIndex}
      aria-describedby=${rowNameId(interaction)}
      aria-disabled=${busy ? 'true' : nothing}
      @click=${onOpen}
    >
      ${localizer.t('workbins.open')}
    </button>
  </li>`;
}
