import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows beyond either edge that are rendered, so that scrolling shows no gaps. */
const OVERSCAN = 12;
/** Up to how many rows all are rendered. */
const FEW = 60;

/** What to render: a row by its index, or room (in pixels) for rows that are not rendered. */
export type Slot = { readonly row: number } | { readonly room: number };

/** Renders, of thousands of rows of one height, those in sight. */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #list: () => HTMLElement | null;
  readonly #resizes: ResizeObserver | null =
    typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#look());
  #watched: HTMLElement | null = null;
  #rowHeight = 45;
  #first = 0;
  #last = FEW;

  constructor(host: ReactiveControllerHost, list: () => HTMLElement | null) {
    this.#host = host;
    this.#list = list;
    host.addController(this);
  }

  /** What to render of `count` rows. `pinned` is rendered wherever it is: it may have the focus. */
  slots(count: number, pinned: number): readonly Slot[] {
    const rows = new Set<number>();
    const [first, last] = count <= FEW ? [0, count - 1] : [this.#first, Math.min(this.#last, count - 1)];
    for (let row = Math.min(first, count); row <= last; row++) rows.add(row);
    if (pinned >= 0 && pinned < count) rows.add(pinned);
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

  hostUpdated(): void {
    const list = this.#list();
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
    const height = list.querySelector('.item')?.getBoundingClientRect().height;
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
