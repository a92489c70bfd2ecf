import type { CSSResult, LitElement } from 'lit';

/** A part of an element that is loaded beside it: when it is first asked for, and again when it could not be had. */
export class LazyPart<T> {
  readonly #host: LitElement;
  readonly #load: () => Promise<T>;
  #part: T | null = null;
  #loading: Promise<void> | null = null;

  constructor(host: LitElement, load: () => Promise<T>) {
    this.#host = host;
    this.#load = load;
  }

  /** null until it is here: then the element is rendered again. */
  get value(): T | null {
    if (!this.#part) this.#loading ??= this.#fetch();
    return this.#part;
  }

  /** Pending while it is on its way; null else. Never rejects. */
  get loading(): Promise<void> | null {
    return this.#loading;
  }

  async #fetch(): Promise<void> {
    try {
      this.#part = await this.#load();
      this.#host.requestUpdate();
    } catch {
      // With the next rendering it is tried again.
    }
    this.#loading = null;
  }
}

/** Gives an element the styles of a part that came later. */
export function adoptStyles({ shadowRoot }: Pick<Element, 'shadowRoot'>, { styleSheet }: CSSResult): void {
  if (shadowRoot && styleSheet) shadowRoot.adoptedStyleSheets.push(styleSheet);
}
