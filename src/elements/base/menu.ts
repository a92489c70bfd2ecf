import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from './icons.js';
import { Popover } from './popover.js';
import type { PopoverHost } from './popover.js';
import { RovingFocus } from './roving-focus.js';
import { Typeahead } from './typeahead.js';

/** One thing that can be chosen from a menu. */
export interface MenuItem {
  readonly key: string;
  readonly text: string;
  /** In front of the text. */
  readonly mark: TemplateResult;
  /** Whether it is what holds now. */
  readonly current?: boolean;
  /** Begins another kind of things. */
  readonly apart?: boolean;
  readonly run: () => void;
}

/** What a menu opens from. */
export interface MenuButton {
  readonly label: string;
  readonly content: unknown;
  /** Its classes; the looks are those of `controlStyles`. */
  readonly look?: string;
  readonly part?: string;
  readonly disabled?: boolean;
}

/**
 * A menu that opens from a button, by pointer, Enter, Space and the arrow keys up and down. In it, arrow keys, Home, End and the first letters of an
 * item lead to items; Escape, Tab, a choice, a press and the focus going elsewhere close it.
 */
export class Menu {
  readonly #host: PopoverHost;
  readonly #popover: Popover;
  readonly #roving: RovingFocus;
  readonly #typeahead = new Typeahead();
  #items: readonly MenuItem[] = [];

  /** `id` is its own among the popovers of the element. */
  constructor(host: PopoverHost, id: string, direction: () => 'ltr' | 'rtl') {
    this.#host = host;
    this.#popover = new Popover(host, id);
    this.#roving = new RovingFocus(host, direction);
  }

  get isOpen(): boolean {
    return this.#popover.isOpen;
  }

  close(): void {
    this.#popover.close();
  }

  render(button: MenuButton, items: readonly MenuItem[], beside: unknown = nothing): TemplateResult {
    const { id, isOpen } = this.#popover;
    this.#items = items;
    if (isOpen) this.#roving.setKeys(items.map(({ key }) => key));
    return html`<div class="popover-place" @focusout=${this.#popover.onFocusOut} @keydown=${this.#onKeyDown}>
      ${this.#renderButton(button)}
      <div
        id=${id}
        class="popover menu"
        popover="auto"
        role="menu"
        part="menu"
        tabindex="-1"
        aria-label=${button.label}
        @beforetoggle=${this.#popover.onBeforeToggle}
      >
        ${
          isOpen
            ? repeat(
                items,
                ({ key }) => key,
                (item) => this.#renderItem(item),
              )
            : nothing
        }
      </div>
      ${beside}
    </div>`;
  }

  #renderButton({
    label,
    content,
    look = 'button quiet',
    part,
    disabled = false,
  }: MenuButton): TemplateResult {
    return html`<button
      class=${look}
      type="button"
      part=${part ?? nothing}
      popovertarget=${this.#popover.id}
      aria-haspopup="menu"
      aria-expanded=${String(this.isOpen)}
      aria-label=${label}
      title=${label}
      ?disabled=${disabled}
      @click=${this.#onClick}
    >
      ${content}
    </button>`;
  }

  #renderItem(item: MenuItem): TemplateResult {
    return html`<button
      class=${item.apart ? 'menu-item apart' : 'menu-item'}
      type="button"
      role="menuitem"
      data-roving=${item.key}
      tabindex=${this.#roving.tabIndex(item.key)}
      aria-current=${item.current ? 'true' : nothing}
      @keydown=${this.#roving.onKeyDown}
      @focusin=${this.#roving.onFocusIn}
      @click=${() => this.#choose(item)}
    >
      ${item.mark}<span class="text"><bdi>${item.text}</bdi></span
      >${item.current ? icon('check', 16) : nothing}
    </button>`;
  }

  #open(at: 'first' | 'last'): void {
    this.#popover.open();
    const item = this.#items.at(at === 'first' ? 0 : -1);
    if (item) this.#roving.focus(item.key);
  }

  #choose(item: MenuItem): void {
    this.close();
    item.run();
  }

  // The browser would open it too, but only after this, and what opens must be there to take the focus.
  readonly #onClick = (event: Event): void => {
    event.preventDefault();
    if (this.isOpen) this.close();
    else this.#open('first');
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (!this.isOpen) return this.#onButtonKey(event);
    this.#popover.onKeyDown(event);
    // From the button, Tab goes where it would have gone without the menu.
    if (event.key === 'Tab') return this.close();
    const key = this.#typeahead.find(event, this.#items, this.#focused);
    if (key !== null) this.#roving.focus(key);
  };

  #onButtonKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#open(event.key === 'ArrowDown' ? 'first' : 'last');
  }

  get #focused(): string | null {
    const active = this.#host.shadowRoot?.activeElement;
    return active instanceof HTMLElement ? (active.dataset['roving'] ?? null) : null;
  }
}
