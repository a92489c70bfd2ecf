import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

const MOVES: Readonly<Record<string, 'next' | 'previous' | 'first' | 'last'>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
};

/**
 * Makes a list one stop of the Tab key, with arrow keys, Home and End inside it. Items are the elements with `data-roving="KEY"`; the template
 * binds `tabindex=${roving.tabIndex(KEY)}` and `@keydown=${roving.onKeyDown}`. The focus stays on its item when the list is sorted anew, and goes to
 * the neighbour when the item goes; so it does from a button of an item that is marked with `data-beside="KEY"`.
 */
export class RovingFocus implements ReactiveController {
  readonly #host: Host;
  readonly #direction: () => 'ltr' | 'rtl';
  #current: string | null = null;
  #keys: readonly string[] = [];
  #wanted: string | null = null;
  #focused: { readonly key: string; readonly index: number } | null = null;

  constructor(host: Host, direction: () => 'ltr' | 'rtl') {
    this.#host = host;
    this.#direction = direction;
    host.addController(this);
  }

  /** Tells which items are about to be rendered, in their order. `preferred` is the stop until the user has moved. */
  setKeys(keys: readonly string[], preferred: string | null = null): void {
    this.#keys = keys;
    if (this.#current !== null && keys.includes(this.#current)) return;
    this.#current = preferred !== null && keys.includes(preferred) ? preferred : (keys[0] ?? null);
  }

  /** The item that Tab leads to; null when there is none. */
  get current(): string | null {
    return this.#current;
  }

  tabIndex(key: string): 0 | -1 {
    return key === this.#current ? 0 : -1;
  }

  /** Puts the focus on an item: when it is rendered, if it is not yet. Does nothing when there is no such item. */
  focus(key: string): void {
    if (!this.#keys.includes(key)) return;
    this.#current = key;
    this.#host.requestUpdate();
    const item = this.#find(key);
    this.#wanted = item ? null : key;
    item?.focus();
  }

  hostUpdate(): void {
    const active = this.#host.shadowRoot?.activeElement;
    const { roving, beside } = active instanceof HTMLElement ? active.dataset : {};
    const key = roving ?? beside;
    const index = this.#items().findIndex(({ dataset }) => dataset['roving'] === key);
    this.#focused = key === undefined ? null : { key, index };
  }

  hostUpdated(): void {
    const wanted = this.#wanted ?? this.#lost();
    this.#focused = null;
    this.#wanted = null;
    // What is not here by now is not waited for: asking for one more rendering each time would never end.
    if (wanted === null || !this.#find(wanted)) return;
    // Later, because the focus asks for another update.
    queueMicrotask(() => this.focus(wanted));
  }

  /** The item to focus because this update has taken the focus away: the same one in its new place, or the neighbour of one that is gone. */
  #lost(): string | null {
    const before = this.#focused;
    if (!before || this.#host.shadowRoot?.activeElement) return null;
    if (this.#find(before.key)) return before.key;
    const items = this.#items();
    return items[Math.min(before.index, items.length - 1)]?.dataset['roving'] ?? null;
  }

  #find(key: string): HTMLElement | undefined {
    return this.#items().find((item) => item.dataset['roving'] === key);
  }

  readonly onFocusIn = (event: FocusEvent): void => {
    const key = (event.target as HTMLElement).dataset['roving'];
    // Other lists of the element may be inside this one.
    if (key === undefined || key === this.#current || !this.#keys.includes(key)) return;
    this.#current = key;
    this.#host.requestUpdate();
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const from = this.#keys.indexOf((event.target as HTMLElement).dataset['roving'] ?? '');
    const move = this.#move(event.key);
    if (from < 0 || !move) return;
    const last = this.#keys.length - 1;
    const to = { next: Math.min(from + 1, last), previous: Math.max(from - 1, 0), first: 0, last }[move];
    event.preventDefault();
    const key = this.#keys[to];
    if (key !== undefined) this.focus(key);
  };

  #move(key: string): (typeof MOVES)[string] | undefined {
    const forward = this.#direction() === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (key === 'ArrowLeft' || key === 'ArrowRight') return key === forward ? 'next' : 'previous';
    return MOVES[key];
  }

  #items(): readonly HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])];
  }
}
