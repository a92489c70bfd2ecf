import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Clock, Interaction, PendencyThresholds } from '../../model/index.js';
import { renderPendency, renderPreview } from '../base/index.js';
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

/** One open interaction. */
export function renderTile(tile: Tile, context: TileContext): TemplateResult {
  const { interaction } = tile;
  const { localizer } = context;
  const name = contactLabel(interaction.contact);
  const last = interaction.lastMessage;
  return html`<li>
    <button
      class=${classMap({ tile: true, row: true, selected: tile.selected, blinking: tile.blinking, news: tile.unread > 0 })}
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
        ${renderPendency(interaction, context.thresholds, context.clock)}
      </span>
      <span class="line small">
        <span class="said">${renderPreview(localizer, last)}</span>
        ${last ? html`<span class="time numbers">${localizer.moment(last.at, context.now)}</span>` : nothing}
        ${tile.unread > 0 ? renderUnread(tile.unread, localizer) : nothing}
      </span>
    </button>
  </li>`;
}

function renderUnread(count: number, localizer: Localizer): TemplateResult {
  const shown = count > 99 ? `${localizer.number(99)}+` : localizer.number(count);
  return html`<span class="pill unread" part="unread" dir="ltr" aria-hidden="true">${shown}</span
    ><span class="visually-hidden">${localizer.t('bar.unread', { count })}</span>`;
}
