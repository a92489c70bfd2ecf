import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ReadingPlace } from './reading-place.js';
import { RowPositions } from './row-positions.js';
import type { RowSource } from './row-positions.js';

/** A row to render. */
export interface WindowRow {
  readonly index: number;
  readonly key: string;
}

type Host = ReactiveControllerHost & HTMLElement & { readonly isUpdatePending: boolean };

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

/** Rows beyond either edge that are rendered, so that scrolling shows no gaps. */
const OVERSCAN = 8;
/** The same until the first rows have been painted: they come sooner when they are few. */
const FIRST_OVERSCAN = 1;
/** Below the last row, in pixels. */
const PADDING_END = 12;
const MOST_ROUNDS = 30;

/**
 * Keeps only those rows of a long list in the document that are in view or near it, and the place where one reads still.
 *
 * How it settles: the host renders the rows of the window; when their insides are rendered too, their heights are taken, which may move the window
 * and render again; when nothing moves any more, the place is put right. All of it happens before the browser paints.
 */
export class RowWindow implements ReactiveController {
  readonly #host: Host;
  readonly #dom: Dom;
  readonly #place: ReadingPlace;
  readonly #positions = new RowPositions();
  #scroller: HTMLElement | null = null;
  /** How far the window is scrolled, as far as is known here, in pixels: ahead of the scroller while rows are rendered to scroll to. */
  #offset = 0;
  /** The height of the scroller, in pixels; 0 while it is out of sight. */
  #viewport = 0;
  /** The height of what stands above the rows, in pixels. */
  #headHeight = 0;
  #overscan = FIRST_OVERSCAN;
  /** First and last row in view when the rows were last rendered. */
  #shown: readonly [number, number] = [-1, -1];
  readonly #viewportObserver = new ResizeObserver(() => this.#onViewport());
  readonly #observed = new Set<HTMLElement>();
  #observer: ResizeObserver | null = null;
  #delivering = false;
  #rounds = 0;
  #round = 0;
  #settled: Promise<void> = Promise.resolve();

  constructor(host: Host, dom: Dom) {
    this.#host = host;
    this.#dom = dom;
    this.#place = new ReadingPlace(dom.scroller, dom.rows);
    host.addController(this);
  }

  /** The rows to render, in order: those in view and some around, and the one that has the focus, so that it is not lost on scrolling. */
  get items(): readonly WindowRow[] {
    this.#shown = this.#inView();
    const [start, end] = this.#shown;
    if (end < 0) return [];
    const first = Math.max(start - this.#overscan, 0);
    const last = Math.min(end + this.#overscan, this.#positions.rows.count - 1);
    const indexes = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const focused = this.#focusedRow();
    if (focused !== null && focused < first) indexes.unshift(focused);
    if (focused !== null && focused > last) indexes.push(focused);
    return indexes.map((index) => ({ index, key: this.#positions.rows.keyAt(index) }));
  }

  /** Where a row begins, in pixels below the beginning of the list. */
  startOf({ index }: WindowRow): number {
    return this.#positions.startOf(index);
  }

  /** The height of all rows, known or estimated, in pixels. */
  get height(): number {
    return this.#positions.height + PADDING_END;
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
    this.#place.leave();
    this.#watch(null);
    this.#observer?.disconnect();
    this.#observer = null;
    this.#observed.clear();
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    this.#watch(this.#dom.scroller());
    this.#settled = this.#settle(++this.#round);
  }

  /** Shows other rows. What is read keeps its place, unless the reader is at the end and something came there. */
  show(rows: RowSource): void {
    this.#takeScroll();
    this.#place.cut = rows.cut;
    const before = this.#positions.rows;
    const last = before.count > 0 ? before.keyAt(before.count - 1) : null;
    const grew = rows.count > 0 && rows.keyAt(rows.count - 1) !== last;
    if (grew && this.atEnd) this.#place.follow();
    this.#rounds = 0;
    this.#keepInView(() => this.#positions.show(rows));
  }

  /** Begins anew, at the end of other rows. */
  restart(rows: RowSource): void {
    this.#place.cut = rows.cut;
    this.#place.follow();
    this.#rounds = 0;
    this.#overscan = FIRST_OVERSCAN;
    this.#keepInView(() => this.#positions.restart(rows));
  }

  /** Goes to the end and stays there. */
  toEnd(): void {
    this.#place.follow();
    this.#keepInView(() => undefined);
    this.#host.requestUpdate();
  }

  /** Goes to a row, and stays there: a third of the way down. Returns its key. */
  toRow(index: number): string {
    const top = this.#viewport / 3;
    const key = this.#positions.rows.keyAt(index);
    this.#place.stay(key, top);
    this.#offset = Math.max(0, this.#headHeight + this.#positions.startOf(index) - top);
    this.#host.requestUpdate();
    return key;
  }

  /** Changes rows or heights, and has the same rows in the window after it. The scroller follows when they are rendered. */
  #keepInView(change: () => void): void {
    const place = this.#offset - this.#headHeight;
    const index = this.#positions.indexAt(place);
    const key = index < 0 ? '' : this.#positions.rows.keyAt(index);
    const into = place - this.#positions.startOf(index);
    change();
    const now = this.atEnd ? null : this.#positions.indexOf(key, index);
    if (this.atEnd) this.#offset = Math.max(0, this.#headHeight + this.height - this.#viewport);
    else if (now !== null) this.#offset = this.#headHeight + this.#positions.startOf(now) + into;
  }

  #inView(): readonly [number, number] {
    if (this.#viewport === 0) return [-1, -1];
    const top = this.#offset - this.#headHeight;
    return [this.#positions.indexAt(top), this.#positions.indexAt(top + this.#viewport)];
  }

  #focusedRow(): number | null {
    const row = this.#dom.rows().find((one) => one.matches(':focus-within'));
    return row ? this.#positions.indexOf(row.dataset['key'] ?? '', Number(row.dataset['index'])) : null;
  }

  /** Listens to a scroller, and to no other one. */
  #watch(scroller: HTMLElement | null): void {
    if (scroller === this.#scroller) return;
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#viewportObserver.disconnect();
    this.#scroller = scroller;
    if (!scroller) return;
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#viewportObserver.observe(scroller);
    this.#takeViewport();
  }

  #takeViewport(): void {
    this.#viewport = this.#scroller?.clientHeight ?? 0;
    this.#keepInView(() => undefined);
    this.#renderIfMoved();
  }

  #onViewport(): void {
    this.#takeViewport();
    this.#restore();
  }

  readonly #onScroll = (): void => {
    this.#place.remember();
    this.#scrolledTo();
    this.#dom.moved();
  };

  #scrolledTo(): void {
    this.#offset = this.#scroller?.scrollTop ?? 0;
    this.#renderIfMoved();
  }

  #renderIfMoved(): void {
    const [first, last] = this.#inView();
    if (first !== this.#shown[0] || last !== this.#shown[1]) this.#host.requestUpdate();
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
    if (rows.length > 0 && this.#overscan < OVERSCAN) this.#widenAfterPaint(round);
  }

  #widenAfterPaint(round: number): void {
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (round !== this.#round) return;
        this.#overscan = OVERSCAN;
        this.#host.requestUpdate();
      }),
    );
  }

  /** Heights that never agree must not hold up the page: after so many rounds in one task, for the same rows, things stay as they are. */
  #mayGoOn(): boolean {
    if (this.#rounds === 0) setTimeout(() => (this.#rounds = 0));
    return ++this.#rounds <= MOST_ROUNDS;
  }

  /** Takes the heights of rows as they are. Those out of sight have none. */
  #measure(rows: readonly HTMLElement[]): void {
    if (!this.#dom.scroller()?.clientHeight) return;
    // After each rendering: what the browser did about it must not be taken for the reader's doing later.
    this.#takeScroll();
    const headHeight = this.#dom.head()?.offsetHeight ?? 0;
    const heights = rows.map((row) => [row.dataset['key'] ?? '', row.offsetHeight] as const);
    let news = headHeight !== this.#headHeight;
    this.#keepInView(() => {
      for (const [key, height] of heights) if (this.#positions.take(key, height)) news = true;
    });
    this.#offset += headHeight - this.#headHeight;
    this.#headHeight = headHeight;
    if (news) this.#host.requestUpdate();
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
  #takeScroll(): void {
    if (this.#place.refresh()) this.#scrolledTo();
  }

  #restore(): void {
    if (this.#place.restore()) this.#scrolledTo();
  }
}
