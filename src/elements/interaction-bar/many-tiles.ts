import { html, nothing } from 'lit';
import type { ReactiveController, TemplateResult } from 'lit';
import type { Interaction } from '../../model/index.js';
import { Popover, renderPendency, VirtualList } from '../base/index.js';
import type { PopoverHost, RovingFocus, RowContext } from '../base/index.js';
import { mostUrgent } from './bar-order.js';

export { manyTilesStyles } from './many-tiles.styles.js';

/** The key of the button among those of the tiles. */
const MORE_KEY = ':more';

type Row = (interaction: Interaction) => TemplateResult;

/**
 * What a bar needs when it may have more tiles than are in sight: it renders those near what is in sight, counts the others, and brings them into sight. In a
 * strip they are in a list that opens from the button that counts them; a column scrolls on.
 */
export class ManyTiles implements ReactiveController {
  readonly key = MORE_KEY;
  readonly #host: PopoverHost;
  readonly #roving: RovingFocus;
  readonly #popover: Popover;
  readonly #rows: VirtualList;
  readonly #resizes: ResizeObserver | null =
    typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#lookSoon());
  #list: HTMLElement | null = null;
  #frame = 0;
  /** The rows of the column that are in sight: the first one, and the first one after them. */
  #first = 0;
  #end = Infinity;

  constructor(host: PopoverHost, roving: RovingFocus) {
    this.#host = host;
    this.#roving = roving;
    this.#popover = new Popover(host, 'hidden-tiles');
    this.#rows = new VirtualList(host, () => this.#popover.element ?? this.#column);
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#popover.isOpen;
  }

  close(): void {
    this.#popover.close();
  }

  hostUpdated(): void {
    if (this.#host.isConnected) this.#watch(this.#column);
  }

  hostDisconnected(): void {
    this.#watch(null);
    cancelAnimationFrame(this.#frame);
  }

  /** What is scrolled out of sight. */
  outOfSight(open: readonly Interaction[]): readonly Interaction[] {
    return [...open.slice(0, this.#first), ...open.slice(this.#end)];
  }

  /** Of many rows those near what is in sight, and those `kept`: one may have the focus, another is to be brought into sight. */
  renderRows(list: readonly Interaction[], kept: readonly (string | null)[], row: Row): unknown {
    const pinned = kept.map((key) => list.findIndex(({ id }) => id === key));
    return this.#rows.render(list, pinned, row);
  }

  /** The button that counts what a strip hides, and the list that opens from it. */
  renderHidden(hidden: readonly Interaction[], row: Row, context: RowContext): TemplateResult {
    const { id, isOpen } = this.#popover;
    return html`<div
      class="popover-place"
      @focusout=${this.#popover.onFocusOut}
      @keydown=${this.#popover.onKeyDown}
    >
      <button
        class="more"
        type="button"
        popovertarget=${id}
        data-roving=${MORE_KEY}
        tabindex=${this.#roving.tabIndex(MORE_KEY)}
        aria-expanded=${String(isOpen)}
        @click=${(event: Event) => this.#toggle(event, hidden)}
      >
        ${renderCount(hidden, context)}
      </button>
      <ul
        id=${id}
        class="popover hidden-tiles"
        popover="auto"
        tabindex="-1"
        aria-label=${context.localizer.t('bar.hidden')}
        @beforetoggle=${this.#popover.onBeforeToggle}
      >
        ${isOpen ? this.renderRows(hidden, [this.#roving.current], row) : nothing}
      </ul>
    </div>`;
  }

  /** The button that counts what is scrolled out of sight. No stop of the Tab key: arrow keys bring each tile into sight. */
  renderOn(hidden: readonly Interaction[], context: RowContext): TemplateResult {
    return html`<button class="more" type="button" tabindex="-1" aria-hidden="true" @click=${this.#scrollOn}>
      ${renderCount(hidden, context)}
    </button>`;
  }

  get #column(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector('.tiles') ?? null;
  }

  #toggle(event: Event, hidden: readonly Interaction[]): void {
    // The browser would open it too, but only after this, and what opens must be there to take the focus.
    event.preventDefault();
    if (this.isOpen) return this.close();
    this.#popover.open();
    this.#roving.focus(hidden[0]?.id ?? MORE_KEY);
  }

  readonly #scrollOn = (): void => {
    const list = this.#list;
    if (!list) return;
    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
    list.scrollTo({ top: isAtEnd ? 0 : list.scrollTop + list.clientHeight });
  };

  #watch(list: HTMLElement | null): void {
    if (list === this.#list) return;
    this.#list?.removeEventListener('scroll', this.#look);
    this.#resizes?.disconnect();
    this.#list = list;
    list?.addEventListener('scroll', this.#look, { passive: true });
    if (list) this.#resizes?.observe(list);
  }

  /** In the next frame: the button makes the list smaller, and a browser would complain to the page of sizes that change while they are being told. */
  #lookSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(this.#look);
  }

  /** A row of which less than half is in sight is not. */
  readonly #look = (): void => {
    const list = this.#list;
    const height = list?.querySelector<HTMLElement>('.item')?.offsetHeight;
    if (!list || !height) return;
    const first = Math.round(list.scrollTop / height);
    const end = Math.round((list.scrollTop + list.clientHeight) / height);
    if (first === this.#first && end === this.#end) return;
    this.#first = first;
    this.#end = end;
    this.#host.requestUpdate();
  };
}

/** How many are hidden, and the mark of the one that has waited longest. */
function renderCount(hidden: readonly Interaction[], context: RowContext): TemplateResult {
  const { localizer } = context;
  const count = hidden.length;
  const worst = mostUrgent(hidden);
  return html`<span class="numbers" dir="ltr" aria-hidden="true">+${localizer.number(count)}</span>
    <span class="visually-hidden">${localizer.t('bar.more', { count })}</span>
    ${worst ? renderPendency(worst, context.thresholds, context.clock) : nothing}`;
}
