import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Counts the items of a scrolling list that lie beyond its end, out of sight. */
export class HiddenTiles implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #list: () => HTMLElement | null;
  readonly #hidden = new Set<Element>();
  #observer: IntersectionObserver | null = null;
  #root: HTMLElement | null = null;
  #observed = new Set<Element>();
  #count = 0;

  constructor(host: ReactiveControllerHost, list: () => HTMLElement | null) {
    this.#host = host;
    this.#list = list;
    host.addController(this);
  }

  get count(): number {
    return this.#count;
  }

  hostUpdated(): void {
    const list = this.#list();
    if (list !== this.#root) this.#start(list);
    const items = new Set<Element>(list?.children ?? []);
    for (const item of this.#observed) if (!items.has(item)) this.#forget(item);
    for (const item of items) if (!this.#observed.has(item)) this.#observer?.observe(item);
    this.#observed = items;
  }

  hostDisconnected(): void {
    this.#start(null);
  }

  /** Brings the next ones into sight. */
  scrollOn(): void {
    const next = [...(this.#list()?.children ?? [])].find((item) => this.#hidden.has(item));
    if (next) scrollToShow(this.#root, next, 'start');
  }

  #start(list: HTMLElement | null): void {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#root = list;
    this.#observed = new Set();
    this.#hidden.clear();
    this.#count = 0;
    if (list)
      this.#observer = new IntersectionObserver((entries) => this.#note(entries), {
        root: list,
        threshold: 0.5,
      });
  }

  #forget(item: Element): void {
    this.#observer?.unobserve(item);
    this.#hidden.delete(item);
  }

  #note(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      if (entry.intersectionRatio < 0.5 && isBeyond(entry)) this.#hidden.add(entry.target);
      else this.#hidden.delete(entry.target);
    }
    if (this.#hidden.size === this.#count) return;
    this.#count = this.#hidden.size;
    this.#host.requestUpdate();
  }
}

/** Below the list, or past the end of its line in the direction of writing; not scrolled by. */
function isBeyond({ target, boundingClientRect: box, rootBounds: root }: IntersectionObserverEntry): boolean {
  if (!root) return false;
  if (box.bottom > root.bottom + 1) return true;
  return getComputedStyle(target).direction === 'rtl' ? box.left < root.left - 1 : box.right > root.right + 1;
}

/** Scrolls a list, and nothing around it, until an item is in sight; with `start`, until the item is the first. */
export function scrollToShow(
  list: HTMLElement | null,
  item: Element,
  to: 'nearest' | 'start' = 'nearest',
): void {
  if (!list) return;
  const box = item.getBoundingClientRect();
  const view = list.getBoundingClientRect();
  const forward = getComputedStyle(list).direction === 'rtl';
  const left =
    forward && to === 'start'
      ? box.right - view.right
      : distance(box.left, box.right, view.left, view.right, to);
  list.scrollBy({ left, top: distance(box.top, box.bottom, view.top, view.bottom, to) });
}

function distance(start: number, end: number, from: number, until: number, to: 'nearest' | 'start'): number {
  if (to === 'start' || start < from) return start - from;
  return end > until ? Math.min(end - until, start - from) : 0;
}
