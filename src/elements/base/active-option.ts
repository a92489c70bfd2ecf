import { nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { scrollToShow } from './scroll-to-show.js';

/** Over how many options Page Up and Page Down go. */
const PAGE = 10;

/**
 * Which option of a list the keyboard is at while the focus stays on the list, or on a text box beside it: there the template binds
 * `aria-activedescendant=${active.descendant}`, and on each option `id=${active.optionId(KEY)}`. Brings the option into sight in its list.
 */
export class ActiveOption implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #id: string;
  #keys: readonly string[] = [];
  #places: ReadonlyMap<string, number> = new Map();
  #current: string | null = null;
  #toShow = false;

  /** `id` is its own among the ids of the element. */
  constructor(host: ReactiveControllerHost & HTMLElement, id: string) {
    this.#host = host;
    this.#id = id;
    host.addController(this);
  }

  /** null while the keyboard is at none. */
  get current(): string | null {
    return this.#current;
  }

  get descendant(): string | typeof nothing {
    return this.#current === null ? nothing : this.optionId(this.#current);
  }

  /** By its place: keys may hold what an id may not. */
  optionId(key: string): string {
    return `${this.#id}-option-${this.#places.get(key)}`;
  }

  /** Tells which options are about to be rendered, in their order. The keyboard stays at its option while there is one. */
  setKeys(keys: readonly string[]): void {
    this.#keys = keys;
    this.#places = new Map(keys.map((key, place) => [key, place]));
    if (this.#current !== null && !this.#places.has(this.#current)) this.#current = null;
  }

  /** Goes to an option; to none by null. */
  goTo(key: string | null): void {
    this.#current = key !== null && this.#places.has(key) ? key : null;
    this.#toShow = this.#current !== null;
    this.#host.requestUpdate();
  }

  /** Goes where a key leads. @returns Whether the key leads anywhere. */
  move(key: string): boolean {
    const last = this.#keys.length - 1;
    const from = this.#current === null ? -1 : (this.#places.get(this.#current) ?? -1);
    const to = {
      ArrowDown: from + 1,
      ArrowUp: from < 0 ? last : from - 1,
      PageDown: from + PAGE,
      PageUp: from - PAGE,
      Home: 0,
      End: last,
    }[key];
    if (to === undefined || last < 0) return false;
    this.goTo(this.#keys[Math.max(0, Math.min(to, last))] ?? null);
    return true;
  }

  hostUpdated(): void {
    if (!this.#toShow || this.#current === null) return;
    this.#toShow = false;
    const option = this.#host.shadowRoot?.getElementById(this.optionId(this.#current));
    const list = option?.closest<HTMLElement>('[role=listbox]');
    if (option && list) scrollToShow(list, option);
  }
}
