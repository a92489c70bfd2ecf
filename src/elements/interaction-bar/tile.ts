import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Clock, Interaction, PendencyThresholds } from '../../model/index.js';
import { previewText } from '../base/index.js';
import { shortcutName } from './bar-shortcuts.js';

/** What a tile or an invitation is drawn with. */
export interface TileContext {
  readonly localizer: Localizer;
  readonly clock: Clock | null;
  readonly now: number;
  readonly thresholds: PendencyThresholds;
}

interface Tile {
  readonly interaction: Interaction;
  /** Its place in the bar, from 0. */
  readonly index: number;
  readonly selected: boolean;
  readonly blinking: boolean;
  readonly unread: number;
  readonly tabIndex: 0 | -1;
  readonly onSelect: () => void;
}

/** How long the contact has waited; nothing when nobody waits. */
export function renderPendency(
  { pendency }: Interaction,
  context: TileContext,
): TemplateResult | typeof nothing {
  if (!pendency) return nothing;
  return html`<pending-indicator
    .since=${pendency.since}
    .warning=${context.thresholds.pendingWarning / 1000}
    .critical=${context.thresholds.pendingCritical / 1000}
    .clock=${context.clock}
  ></pending-indicator>`;
}

/** One open interaction. */
export function renderTile(tile: Tile, context: TileContext): TemplateResult {
  const { interaction } = tile;
  const { localizer } = context;
  const name = contactLabel(interaction.contact);
  const last = interaction.lastMessage;
  return html`<li>
    <button
      class="tile ${tile.selected ? 'selected' : ''} ${tile.blinking ? 'blinking' : ''}"
      part="tile"
      type="button"
      data-roving=${interaction.id}
      tabindex=${tile.tabIndex}
      aria-current=${tile.selected ? 'true' : nothing}
      aria-keyshortcuts=${tile.index < 9 ? shortcutName(tile.index + 1) : nothing}
      @click=${tile.onSelect}
    >
      <span class="line">
        <bdi class="name truncate" title=${name}>${name}</bdi>
        ${renderPendency(interaction, context)}
      </span>
      <span class="line small">
        <bdi class="last truncate">${previewText(localizer, last)}</bdi>
        ${last ? html`<span class="time numbers">${localizer.moment(last.at, context.now)}</span>` : nothing}
        ${tile.unread > 0 ? renderUnread(tile.unread, localizer) : nothing}
      </span>
    </button>
  </li>`;
}

function renderUnread(count: number, localizer: Localizer): TemplateResult {
  const shown = count > 99 ? `${localizer.number(99)}+` : localizer.number(count);
  return html`<span class="pill unread" part="unread" aria-hidden="true">${shown}</span
    ><span class="visually-hidden">${localizer.t('bar.unread', { count })}</span>`;
}
