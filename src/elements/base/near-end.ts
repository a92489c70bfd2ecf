import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Says when the end of a scrolling list comes near: when the marker at its end is less than `margin` pixels away. */
export class NearEnd implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #marker: () => Element | null;
  readonly #reached: () => void;
  readonly #margin: number;
  #observer: IntersectionObserver | null = null;
  #observed: Element | null = null;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    { marker, reached, margin = 400 }: { marker: () => Element | null; reached: () => void; margin?: number },
  ) {
    this.#host = host;
    this.#marker = marker;
    this.#reached = reached;
    this.#margin = margin;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    const marker = this.#marker();
    this.#observer?.disconnect();
    this.#observed = marker;
    if (!marker) return;
    // Observed anew after each rendering: a page that did not fill the list must bring the next one without any scrolling.
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting) && this.#observed === marker)
          this.#reached();
      },
      { root: marker.parentElement, rootMargin: `${this.#margin}px` },
    );
    this.#observer.observe(marker);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#observed = null;
  }
}
