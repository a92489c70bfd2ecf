import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { Range, VirtualItem } from '@tanstack/virtual-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ReadingPlace } from './reading-place.js';

/** A list of rows, which is asked only for those that are needed. */
export interface RowSource {
  readonly count: number;
  keyAt(index: number): string;
  /** About how high a row is, in pixels, before it has been laid out. */
  heightOf(index: number): number;
}

/** What the element gives: where rows scroll, what is above them there, and the rows in the document (`data-index`, `data-key`, `.body`). */
interface Dom {
  readonly scroller: () => HTMLElement | null;
  readonly head: () => HTMLElement | null;
  readonly rows: () => readonly HTMLElement[];
  /** Settles when what is inside a row has been rendered. */
  readonly rendered: (row: HTMLElement) => Promise<unknown>;
  /** After each change of position. */
  readonly moved: () => void;
}

const NO_ROWS: RowSource = { count: 0, keyAt: () => '', heightOf: () => 0 };
const OVERSCAN = 8;
const MOST_ROUNDS = 30;

/**
 * Keeps only those rows of a long list in the document that are in view or near it, and the place where one reads still.
 *
 * How it settles: the host renders the rows of the window; when their insides are rendered too, their heights are taken, which may move the window
 * and render again; when nothing moves any more, the place is put right. All of it happens before the browser paints.
 */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement & { readonly isUpdatePending: boolean };
  readonly #dom: Dom;
  readonly #place: ReadingPlace;
  #rows: RowSource = NO_ROWS;
  #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #report: ((offset: number, scrolling: boolean) => void) | null = null;
  readonly #observed = new Set<HTMLElement>();
  #observer: ResizeObserver | null = null;
  #delivering = false;
  #rounds = 0;
  #round = 0;
  #settled: Promise<void> = Promise.resolve();

  constructor(host: ReactiveControllerHost & HTMLElement & { readonly isUpdatePending: boolean }, dom: Dom) {
    this.#host = host;
    this.#dom = dom;
    this.#place = new ReadingPlace(dom.scroller, dom.rows);
    this.#virtualizer = this.#fresh();
    host.addController(this);
  }

  /** The rows to render, in order. */
  get items(): readonly VirtualItem[] {
    return this.#virtualizer.getVirtualItems();
  }

  /** Where a row begins, in pixels below the beginning of the list. */
  startOf(item: VirtualItem): number {
    return item.start - this.#virtualizer.options.scrollMargin;
  }

  /** The height of all rows, known or estimated, in pixels. */
  get height(): number {
    return this.#virtualizer.getTotalSize();
  }

  get atEnd(): boolean {
    return this.#place.atEnd;
  }

  /** Settles when heights have been taken after the latest rendering; if that moved anything, the host has another update pending. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#round++;
    this.#virtualizer._didMount()();
    this.#observer?.disconnect();
    this.#observer = null;
    this.#observed.clear();
  }

  hostUpdated(): void {
    this.#virtualizer._willUpdate();
    this.#settled = this.#settle(++this.#round);
  }

  /** Shows other rows. What is read keeps its place, unless the reader is at the end and something came there. */
  show(rows: RowSource): void {
    this.#hearScroll();
    const last = this.#rows.count > 0 ? this.#rows.keyAt(this.#rows.count - 1) : null;
    const grew = rows.count > 0 && rows.keyAt(rows.count - 1) !== last;
    if (grew && this.atEnd) this.#place.follow();
    this.#rows = rows;
    this.#virtualizer.setOptions(this.#options());
  }

  /** Begins anew, at the end of other rows. */
  restart(rows: RowSource): void {
    this.#virtualizer._didMount()();
    this.#place.follow();
    this.#rows = rows;
    this.#virtualizer = this.#fresh();
  }

  /** Goes to the end and stays there. */
  toEnd(): void {
    this.#place.follow();
    this.#host.requestUpdate();
  }

  #fresh(): Virtualizer<HTMLElement, HTMLElement> {
    return new Virtualizer<HTMLElement, HTMLElement>(this.#options());
  }

  #options(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    const rows = this.#rows;
    return {
      count: rows.count,
      getItemKey: (index) => rows.keyAt(index),
      estimateSize: (index) => rows.heightOf(index),
      getScrollElement: this.#dom.scroller,
      scrollMargin: this.#dom.head()?.offsetHeight ?? 0,
      paddingEnd: 12,
      anchorTo: 'end',
      // Following is the reading place's: a scroll command goes on for frames and would undo what the reader does meanwhile.
      followOnAppend: false,
      scrollEndThreshold: 80,
      overscan: OVERSCAN,
      rangeExtractor: (range) => this.#range(range),
      scrollToFn: (...args) => {
        // What is still to be corrected of the place before must not undo what the reader does meanwhile.
        if (this.#hearScroll()) return;
        elementScroll(...args);
        this.#place.scrolled();
      },
      observeElementRect: (instance, changed) =>
        observeElementRect(instance, (rect) => {
          changed(rect);
          this.#restore();
        }),
      observeElementOffset: (instance, changed) => {
        this.#report = changed;
        return observeElementOffset(instance, (offset, scrolling) => {
          if (scrolling) this.#place.remember();
          changed(offset, scrolling);
          this.#dom.moved();
        });
      },
      onChange: () => this.#host.requestUpdate(),
    };
  }

  /** The rows in view and some around, and the one that has the focus, so that it is not lost on scrolling. */
  #range({ startIndex, endIndex, overscan, count }: Range): number[] {
    const first = Math.max(startIndex - overscan, 0);
    const last = Math.min(endIndex + overscan, count - 1);
    const indexes = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const focused = this.#dom.rows().find((row) => row.matches(':focus-within'));
    if (!focused) return indexes;
    const index = this.#indexOf(focused.dataset['key'] ?? '', Number(focused.dataset['index']));
    if (index !== null && index < first) indexes.unshift(index);
    if (index !== null && index > last) indexes.push(index);
    return indexes;
  }

  /** Where a row is now that was at `index` when it was rendered. */
  #indexOf(key: string, index: number): number | null {
    if (this.#rows.keyAt(index) === key) return index;
    for (let i = 0; i < this.#rows.count; i++) if (this.#rows.keyAt(i) === key) return i;
    return null;
  }

  async #settle(round: number): Promise<void> {
    const rows = this.#dom.rows();
    await Promise.all(rows.map((row) => this.#dom.rendered(row)));
    if (round !== this.#round) return;
    this.#observe(rows);
    if (!this.#mayGoOn()) return;
    this.#measure(rows);
    // The place is looked at when the rows are where their heights put them.
    if (this.#host.isUpdatePending) return;
    this.#restore();
    if (this.#host.isUpdatePending) return;
    this.#place.remember();
    this.#dom.moved();
  }

  /** Heights that never agree must not hold up the page: after so many rounds in one task things stay as they are. */
  #mayGoOn(): boolean {
    if (this.#rounds === 0) setTimeout(() => (this.#rounds = 0));
    return ++this.#rounds <= MOST_ROUNDS;
  }

  /** Takes the heights of rows as they are. Those out of sight have none. */
  #measure(rows: readonly HTMLElement[]): void {
    if (!this.#dom.scroller()?.clientHeight) return;
    if ((this.#dom.head()?.offsetHeight ?? 0) !== this.#virtualizer.options.scrollMargin) {
      this.#virtualizer.setOptions(this.#options());
      this.#host.requestUpdate();
    }
    const heights = rows.map(
      (row) => [Number(row.dataset['index']), row.dataset['key'] ?? '', row.offsetHeight] as const,
    );
    for (const [index, key, height] of heights) {
      if (this.#rows.keyAt(index) !== key || this.#virtualizer.itemSizeCache.get(key) === height) continue;
      this.#virtualizer.resizeItem(index, height);
      // The next one is judged by where it is now.
      this.#virtualizer.getTotalSize();
    }
  }

  /** Hears of heights that change later: a font that loads, details that are opened. */
  #observe(rows: readonly HTMLElement[]): void {
    this.#observer ??= new ResizeObserver(() => this.#onResize());
    const present = new Set(rows);
    for (const row of this.#observed) {
      if (present.has(row)) continue;
      this.#observer.unobserve(row);
      this.#observed.delete(row);
    }
    // While sizes are being delivered, one more to deliver would be reported to the page as an error: it waits for the next frame.
    if (this.#delivering) return;
    for (const row of rows) {
      if (this.#observed.has(row)) continue;
      this.#observer.observe(row, { box: 'border-box' });
      this.#observed.add(row);
    }
  }

  #onResize(): void {
    if (!this.#delivering) {
      this.#delivering = true;
      requestAnimationFrame(() => {
        this.#delivering = false;
        if (this.#observer) this.#observe(this.#dom.rows());
      });
    }
    this.#measure(this.#dom.rows());
    if (!this.#host.isUpdatePending) this.#restore();
  }

  /** The event of a scroll comes later than what it changes: who decides by the place asks first. */
  #hearScroll(): boolean {
    if (!this.#place.refresh()) return false;
    this.#report?.(this.#dom.scroller()?.scrollTop ?? 0, false);
    return true;
  }

  #restore(): void {
    if (!this.#place.restore()) return;
    this.#report?.(this.#dom.scroller()?.scrollTop ?? 0, false);
  }
}
