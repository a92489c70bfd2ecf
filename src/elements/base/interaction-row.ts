import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Clock, Interaction, PendencyThresholds } from '../../model/index.js';
import { renderCut } from './cut.js';
import { renderPendency } from './pendency.js';
import { renderPreview } from './preview.js';

/** What rows and invitations are drawn with. */
export interface RowContext {
  readonly localizer: Localizer;
  readonly clock: Clock | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly thresholds: PendencyThresholds;
}

export interface InteractionRow {
  readonly interaction: Interaction;
  /** The name of the row to style sheets outside. */
  readonly part: string;
  readonly selected: boolean;
  readonly tabIndex: 0 | -1;
  /** Told while nobody waits: milliseconds since the epoch, and what that moment is, in words. */
  readonly moment: { readonly at: number; readonly title?: string } | null;
  readonly unread?: number;
  /** Its contact has just written. */
  readonly blinking?: boolean;
  /** As `aria-keyshortcuts` has it. */
  readonly shortcut?: string | undefined;
  readonly onSelect: () => void;
  /** By a double click or Enter; without it, both only select. */
  readonly onOpen?: () => void;
}

/** The id of the name in the row of an interaction, for what stands beside it to refer to. */
export function rowNameId({ id }: Pick<Interaction, 'id'>): string {
  return `name-${id}`;
}

/**
 * The button that stands for an interaction in a list: who it is, how long they have waited or when something was last said, the last message, how
 * much is unread.
 */
export function renderInteractionRow(row: InteractionRow, context: RowContext): TemplateResult {
  const { interaction, unread = 0, onOpen } = row;
  const { localizer } = context;
  const name = contactLabel(interaction.contact);
  return html`<button
    class="row ${row.blinking ? 'blinking' : ''} ${unread > 0 ? 'news' : ''}"
    part=${row.part}
    type="button"
    data-roving=${interaction.id}
    tabindex=${row.tabIndex}
    aria-current=${row.selected ? 'true' : nothing}
    aria-keyshortcuts=${row.shortcut ?? nothing}
    @click=${row.onSelect}
    @dblclick=${onOpen ?? nothing}
    @keydown=${onOpen ? onEnter(onOpen) : nothing}
  >
    <span class="name cut" title=${name}>${renderCut(name, rowNameId(interaction))}</span>
    <span class="waited">${renderWaited(row, context)}</span>
    <span class="below">
      <span class="said">${renderPreview(localizer, interaction.lastMessage)}</span>
      ${unread > 0 ? renderUnread(unread, localizer) : nothing}
    </span>
  </button>`;
}

/** How long the contact has waited, or when something was last said: never both. */
function renderWaited(
  { interaction, moment }: InteractionRow,
  { localizer, clock, now, thresholds }: RowContext,
): TemplateResult | typeof nothing {
  if (interaction.pendency) return renderPendency(interaction, thresholds, clock);
  if (!moment) return nothing;
  return html`<span class="time numbers" title=${moment.title ?? nothing}
    >${localizer.moment(moment.at, now)}</span
  >`;
}

function renderUnread(count: number, localizer: Localizer): TemplateResult {
  const shown = count > 99 ? `${localizer.number(99)}+` : localizer.number(count);
  return html`<span class="pill unread" part="unread" dir="ltr" aria-hidden="true">${shown}</span
    ><span class="visually-hidden">${localizer.t('bar.unread', { count })}</span>`;
}

function onEnter(open: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || event.repeat) return;
    event.preventDefault();
    open();
  };
}
