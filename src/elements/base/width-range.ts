import type { LitElement, ReactiveController } from 'lit';

/**
 * In which of a few ranges the width of an element's outermost node lies: null until it was measured. Renders the element again when it is another one. For
 * what cannot be said by container queries, because more than the look depends on it.
 */
export class WidthRange<R extends string> implements ReactiveController {
  readonly #host: LitElement;
  readonly #rangeAt: (width: number) => R;
  readonly #observer = new ResizeObserver((entries) => {
    const width = entries.at(-1)?.contentRect.width;
    // Not shown, it has no width, and comes back as it was.
    if (width) this.#use(this.#rangeAt(width));
  });
  #range: R | null = null;
  #observed: Element | null = null;

  /** @param rangeAt The range of a width in pixels. */
  constructor(host: LitElement, rangeAt: (width: number) => R) {
    this.#host = host;
    this.#rangeAt = rangeAt;
    host.addController(this);
  }

  get range(): R | null {
    return this.#range;
  }

  hostConnected(): void {
    this.#observe();
  }

  hostUpdated(): void {
    this.#observe();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#observed = null;
  }

  #observe(): void {
    const outermost = this.#host.isConnected ? this.#host.renderRoot.firstElementChild : null;
    if (!outermost || outermost === this.#observed) return;
    this.#observed = outermost;
    this.#observer.observe(outermost);
  }

  #use(range: R): void {
    if (range === this.#range) return;
    this.#range = range;
    this.#host.requestUpdate();
  }
}
