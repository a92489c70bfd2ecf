import { html } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** Rows beyond either edge that are rendered, so that scrolling shows no gaps. */
const OVERSCAN = 12;
/** Up to how many rows all are rendered. */
const FEW = 60;

/** What to render: a row by its index, or room (in pixels) for rows that are not rendered. */
type Slot = { readonly row: number } | { readonly room: number };

/**
 * Renders, of thousands of rows of one height, those in sight. `list` gives the scrolling element; its children are the rows, and room for those that are
 * not rendered, which is `aria-hidden`. Rendering keeps it where it is scrolled to: what scrolls it after a rendering is made after this one.
 */
export class VirtualList implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #list: () => HTMLElement | null;
  readonly #resizes: ResizeObserver | null =
    typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#look());
  #watched: HTMLElement | null = null;
  #rowHeight = 44;
  #first = 0;
  #last = FEW;
  /** How far the list was scrolled before a rendering. */
  #scrolled = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, list: () => HTMLElement | null) {
    this.#host = host;
    this.#list = list;
    host.addController(this);
  }

  /** The rows of `items` in sight, by their ids, as `<li>`. Those `pinned` are rendered wherever they are: one may have the focus. */
  render<T extends { readonly id: string }>(
    items: readonly T[],
    pinned: readonly number[],
    row: (item: T, index: number) => TemplateResult,
  ): unknown {
    return repeat(
      this.#slots(items.length, pinned),
      (slot, place) => ('row' in slot ? items[slot.row]?.id : `room-${place === 0 ? 'above' : place}`),
      (slot) => {
        if ('room' in slot) {
          return html`<li aria-hidden="true" .style=${`block-size: ${slot.room}px`}></li>`;
        }
        const item = items[slot.row];
        return item && row(item, slot.row);
      },
    );
  }

  /** What to render of `count` rows. Those `pinned` are rendered wherever they are: one may have the focus. */
  #slots(count: number, pinned: readonly number[]): readonly Slot[] {
    const rows = new Set<number>();
    const [first, last] = count <= FEW ? [0, count - 1] : [this.#first, Math.min(this.#last, count - 1)];
    for (let row = Math.min(first, count); row <= last; row++) rows.add(row);
    for (const row of pinned) if (row >= 0 && row < count) rows.add(row);
    const slots: Slot[] = [];
    let next = 0;
    for (const row of [...rows].toSorted((a, b) => a - b)) {
      if (row > next) slots.push({ room: (row - next) * this.#rowHeight });
      slots.push({ row });
      next = row + 1;
    }
    if (count > next) slots.push({ room: (count - next) * this.#rowHeight });
    return slots;
  }

  hostUpdate(): void {
    this.#scrolled = this.#watched?.scrollTop ?? 0;
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    const list = this.#list();
    // WebKit may go back to the beginning where all rows in sight are replaced.
    if (list && list === this.#watched && list.scrollTop !== this.#scrolled) list.scrollTop = this.#scrolled;
    if (list === this.#watched) return;
    this.#unwatch();
    this.#watched = list;
    list?.addEventListener('scroll', this.#look, { passive: true });
    if (list) this.#resizes?.observe(list);
  }

  hostDisconnected(): void {
    this.#unwatch();
  }

  #unwatch(): void {
    this.#watched?.removeEventListener('scroll', this.#look);
    this.#resizes?.disconnect();
    this.#watched = null;
  }

  readonly #look = (): void => {
    const list = this.#watched;
    if (!list) return;
    const height = list.querySelector(':scope > :not([aria-hidden])')?.getBoundingClientRect().height;
    if (height) this.#rowHeight = height;
    // Moves in steps of half the overscan: not each pixel is worth a rendering.
    const step = OVERSCAN / 2;
    const top = Math.floor(list.scrollTop / this.#rowHeight / step) * step;
    const first = Math.max(0, top - OVERSCAN);
    const last = top + Math.ceil(list.clientHeight / this.#rowHeight) + OVERSCAN + step;
    if (first === this.#first && last === this.#last) return;
    this.#first = first;
    this.#last = last;
    this.#host.requestUpdate();
  };
}
