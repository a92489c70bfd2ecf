import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Interaction } from '../../model/index.js';
import { renderInteractionRow } from '../base/index.js';
import type { RowContext } from '../base/index.js';
import { shortcutName } from './bar-shortcuts.js';

interface Tile {
  readonly interaction: Interaction;
  /** Its place in the bar, from 0, and how many there are. */
  readonly index: number;
  readonly count: number;
  readonly selected: boolean;
  readonly blinking: boolean;
  readonly unread: number;
  readonly tabIndex: 0 | -1;
  readonly onSelect: () => void;
  /** What can be done with it, beside its row. */
  readonly actions: unknown;
}

/** One open interaction. */
export function renderTile({ index, count, actions, ...tile }: Tile, context: RowContext): TemplateResult {
  const last = tile.interaction.lastMessage;
  const row = {
    ...tile,
    part: 'tile',
    moment: last && { at: last.at },
    shortcut: index < 9 ? shortcutName(index + 1) : undefined,
  };
  return html`<li class="item" aria-posinset=${index + 1} aria-setsize=${count}>
    ${renderInteractionRow(row, context)}${actions}
  </li>`;
}
