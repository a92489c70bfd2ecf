import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What a tile is asked to be wide, where a style sheet says nothing that can be counted with. */
const TILE = 144;
/** At least this many tiles are in a strip, however narrow: the selected and the most urgent one. */
const LEAST = 2;
/** How wide the button is that tells of hidden tiles: see the styles. */
const MORE = 48;

/** Whether the bar is a strip, and how many whole tiles it then has room for. */
export class StripLayout implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #resizes: ResizeObserver | null =
    typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#measureSoon());
  #frame = 0;
  #isStrip = false;
  #width = 0;
  #tile = TILE;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get isStrip(): boolean {
    return this.#isStrip;
  }

  /** How many of `count` tiles a strip shows. */
  fitting(count: number): number {
    const room = count * this.#tile <= this.#width ? this.#width : this.#width - MORE;
    return Math.max(LEAST, Math.floor(room / this.#tile));
  }

  hostConnected(): void {
    // Before the first rendering, which so has as many tiles as fit.
    this.#measure();
    this.#resizes?.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** In the next frame: what is drawn anew while sizes are being told may have another size itself, of which a browser would complain to the page. */
  #measureSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(this.#measure);
  }

  readonly #measure = (): void => {
    const style = getComputedStyle(this.#host);
    const isStrip = style.getPropertyValue('--whatsapp-interaction-bar-flow').trim() === 'row';
    const width = isStrip ? this.#host.clientWidth : 0;
    this.#tile = parseFloat(style.getPropertyValue('--whatsapp-interaction-bar-tile-size')) || TILE;
    if (isStrip === this.#isStrip && width === this.#width) return;
    this.#isStrip = isStrip;
    this.#width = width;
    this.#host.requestUpdate();
  };
}
