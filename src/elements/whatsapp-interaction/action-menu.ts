import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { icon, RovingFocus } from '../base/index.js';
import type { IconName } from '../base/index.js';

/** One thing that can be chosen from a menu. */
export interface MenuItem {
  readonly key: string;
  readonly text: string;
  readonly icon: IconName;
  readonly run: () => void;
}

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Menus that open from buttons, one at a time. Arrow keys go through the items; Escape, a choice, and the focus going elsewhere close it, and the focus
 * goes back to the button. Escape that closes a menu does not reach the page.
 */
export class ActionMenu {
  readonly #host: Host;
  readonly #roving: RovingFocus;
  #open: string | null = null;

  constructor(host: Host, direction: () => 'ltr' | 'rtl') {
    this.#host = host;
    this.#roving = new RovingFocus(host, direction);
  }

  /** Whether the menu of this name is open. */
  isOpen(name: string): boolean {
    return this.#open === name;
  }

  close(): void {
    if (this.#open === null) return;
    this.#open = null;
    this.#host.requestUpdate();
  }

  /** A button with its menu. `trigger` is the button's content. */
  render(name: string, label: string, trigger: TemplateResult, items: readonly MenuItem[]): TemplateResult {
    const open = this.isOpen(name);
    if (open) this.#roving.setKeys(items.map(({ key }) => key));
    return html`<div class="menu-place" @focusout=${this.#onFocusOut} @keydown=${this.#onKeyDown}>
      <button
        class="button quiet trigger"
        type="button"
        data-menu=${name}
        aria-haspopup="menu"
        aria-expanded=${String(open)}
        aria-label=${label}
        title=${label}
        @click=${() => this.#toggle(name)}
      >
        ${trigger}
      </button>
      ${open ? this.#renderItems(label, items) : nothing}
    </div>`;
  }

  #renderItems(label: string, items: readonly MenuItem[]): TemplateResult {
    return html`<div class="menu" role="menu" part="menu" aria-label=${label}>
      ${items.map(
        (item) =>
          html`<button
            class="menu-item"
            type="button"
            role="menuitem"
            data-roving=${item.key}
            tabindex=${this.#roving.tabIndex(item.key)}
            @keydown=${this.#roving.onKeyDown}
            @focusin=${this.#roving.onFocusIn}
            @click=${() => this.#choose(item)}
          >
            ${icon(item.icon, 16)}<span>${item.text}</span>
          </button>`,
      )}
    </div>`;
  }

  #toggle(name: string): void {
    this.#open = this.isOpen(name) ? null : name;
    this.#host.requestUpdate();
    if (this.#open !== null) void this.#host.updateComplete.then(() => this.#focusFirst());
  }

  #focusFirst(): void {
    const first = this.#host.shadowRoot?.querySelector<HTMLElement>('[role=menu] [data-roving]');
    if (first?.dataset['roving'] !== undefined) this.#roving.focus(first.dataset['roving']);
  }

  #choose(item: MenuItem): void {
    this.#backToButton();
    item.run();
  }

  #backToButton(): void {
    const name = this.#open;
    this.close();
    this.#host.shadowRoot?.querySelector<HTMLElement>(`[data-menu="${name ?? ''}"]`)?.focus();
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#open === null) return;
    event.preventDefault();
    this.#backToButton();
  };

  readonly #onFocusOut = (event: FocusEvent): void => {
    const place = event.currentTarget as HTMLElement;
    const { relatedTarget } = event;
    if (relatedTarget instanceof Node && place.contains(relatedTarget)) return;
    // The page itself losing the focus is no reason: coming back, the menu is as it was.
    if (relatedTarget !== null || document.hasFocus()) this.close();
  };
}
