/** How far from the end still counts as being there. */
const NEAR_END = 80;

/** Where a reader was: so far from the end, or with these rows at these heights. */
type Place =
  | { readonly at: 'end'; readonly distance: number }
  | { readonly at: 'row'; readonly rows: readonly (readonly [key: string, top: number])[] };

/**
 * Keeps what is being read where it is on the screen while rows come, go and change their heights: remember the place when all is well, restore it
 * after a change. Looks at what the browser laid out, so it does not matter why something moved.
 */
export class ReadingPlace {
  /** Whether the last row is not the last one there is: nobody stays at it when more comes below. */
  cut = false;
  readonly #scroller: () => HTMLElement | null;
  readonly #rows: () => readonly HTMLElement[];
  #place: Place = { at: 'end', distance: 0 };
  /** The scroll position that is known of, by a scroll event or from here; null after being out of sight, where browsers forget it. */
  #top: number | null = 0;

  /** @param rows The rows in the document, each with its key in `data-key` and what is read in it in `.body`. */
  constructor(scroller: () => HTMLElement | null, rows: () => readonly HTMLElement[]) {
    this.#scroller = scroller;
    this.#rows = rows;
  }

  /** Whether the reader is at the end, and goes along when something comes there. */
  get atEnd(): boolean {
    return this.#place.at === 'end';
  }

  /** From now on the place is the very end. */
  follow(): void {
    this.#place = { at: 'end', distance: 0 };
  }

  /** From now on the place is where a row stands so far below the top, in pixels. */
  stay(key: string, top: number): void {
    this.#place = { at: 'row', rows: [[key, top]] };
  }

  /** Off the page or out of sight, browsers forget where something was scrolled to: that is nobody's wish either. */
  leave(): void {
    this.#top = null;
  }

  remember(): void {
    const scroller = this.#scroller();
    if (!scroller || scroller.clientHeight === 0) return;
    this.#top = scroller.scrollTop;
    const distance = Math.max(0, scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
    if (distance <= NEAR_END && !this.cut) this.#place = { at: 'end', distance };
    else this.#place = { at: 'row', rows: this.#visibleRows(scroller) };
  }

  /** Takes up where the reader has scrolled without anyone having heard of it yet; returns whether that was so. */
  refresh(): boolean {
    const scroller = this.#scroller();
    if (!scroller || scroller.clientHeight === 0 || !this.#wasScrolled(scroller)) return false;
    this.remember();
    return true;
  }

  /** Scrolls to the place; returns whether that moved anything. */
  restore(): boolean {
    const scroller = this.#scroller();
    if (!scroller || scroller.clientHeight === 0) {
      this.leave();
      return false;
    }
    if (this.refresh()) return false;
    const before = scroller.scrollTop;
    const by = this.#place.at === 'end' ? this.#toEnd(scroller, this.#place.distance) : this.#toRow(scroller);
    // Browsers round positions to whole pixels of the device.
    if (Math.abs(by) < 0.5) return false;
    scroller.scrollTop = before + by;
    this.#top = scroller.scrollTop;
    return scroller.scrollTop !== before;
  }

  /** Whether the reader has scrolled and the event for it is still to come. */
  #wasScrolled(scroller: HTMLElement): boolean {
    if (this.#top === null) return false;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    if (scrollTop > this.#top + 1) return true;
    if (scrollTop >= this.#top - 1) return false;
    if (scrollTop < scrollHeight - clientHeight - 1) return true;
    // Where rows got less, the browser scrolls up by itself, to the very end. Noted, or it would look like a reader's wish once rows get more again.
    this.#top = scrollTop;
    return false;
  }

  #toEnd(scroller: HTMLElement, distance: number): number {
    return scroller.scrollHeight - scroller.clientHeight - distance - scroller.scrollTop;
  }

  #toRow(scroller: HTMLElement): number {
    if (this.#place.at !== 'row') return 0;
    const rows = new Map(this.#rows().map((row) => [row.dataset['key'], row]));
    const edge = scroller.getBoundingClientRect().top;
    for (const [key, top] of this.#place.rows) {
      const row = rows.get(key);
      if (row) return bodyOf(row).getBoundingClientRect().top - edge - top;
    }
    return 0;
  }

  /** Visible rows in the order in which they are good for finding the place: one with the focus, those that begin in view, one that reaches in. */
  #visibleRows(scroller: HTMLElement): readonly (readonly [string, number])[] {
    const { top: edge, bottom: floor } = scroller.getBoundingClientRect();
    const focused: [string, number][] = [];
    const inside: [string, number][] = [];
    const reaching: [string, number][] = [];
    for (const row of this.#rows()) {
      const { top, bottom } = bodyOf(row).getBoundingClientRect();
      if (bottom <= edge || top >= floor) continue;
      const kind = row.matches(':focus-within') ? focused : top >= edge ? inside : reaching;
      kind.push([row.dataset['key'] ?? '', top - edge]);
    }
    return [...focused, ...inside.sort((a, b) => a[1] - b[1]), ...reaching];
  }
}

function bodyOf(row: HTMLElement): Element {
  return row.querySelector('.body') ?? row;
}
