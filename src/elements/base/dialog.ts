import { html, nothing } from 'lit';
import type { ReactiveController, TemplateResult } from 'lit';
import { icon } from './icons.js';
import type { PopoverHost } from './popover.js';

/** What is in a dialog. */
export interface DialogContent {
  readonly label: string;
  /** What closes it, in words. */
  readonly close: string;
  readonly content: unknown;
}

/**
 * A modal dialog, in the top layer, over a light scrim. Escape, its button, and a press beside it close it; that Escape does not reach the page. The focus goes
 * into it and then back to what it opened from. What was chosen in it holds without being confirmed. `dialogStyles` has its looks.
 */
export class Dialog implements ReactiveController {
  readonly #host: PopoverHost;
  readonly #id: string;
  #open = false;
  #opener: HTMLElement | null = null;

  /** `id` is its own among the ids of the element. */
  constructor(host: PopoverHost, id: string) {
    this.#host = host;
    this.#id = id;
    host.addController(this);
  }

  hostUpdated(): void {
    const element = this.#element;
    if (!this.#open || !element?.isConnected || element.open) return;
    element.showModal();
    element.focus();
  }

  /** A dialog that is taken out while it is open would come back as one that is not modal. */
  hostDisconnected(): void {
    this.close();
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Opens it at once. `opener` is what gets the focus back. */
  open(opener: HTMLElement | null): void {
    this.#opener = opener;
    this.#open = true;
    this.#host.requestUpdate();
    this.#host.renderNow();
  }

  close(): void {
    // A rendering may come before the browser says that it is closed.
    this.#open = false;
    this.#element?.close();
  }

  render({ label, close, content }: DialogContent): TemplateResult {
    const titleId = `${this.#id}-title`;
    return html`<dialog
      id=${this.#id}
      class="dialog"
      part="dialog"
      tabindex="-1"
      aria-labelledby=${titleId}
      @cancel=${this.#onCancel}
      @close=${this.#onClose}
      @keydown=${this.#onKeyDown}
      @click=${this.#onClick}
    >
      ${
        this.#open
          ? html`<div class="dialog-head">
                <h2 id=${titleId}>${label}</h2>
                <button
                  class="icon-button"
                  type="button"
                  aria-label=${close}
                  title=${close}
                  @click=${() => this.close()}
                >
                  ${icon('close')}
                </button>
              </div>
              <div class="dialog-body">${content}</div>`
          : nothing
      }
    </dialog>`;
  }

  get #element(): HTMLDialogElement | null {
    const element = this.#host.shadowRoot?.getElementById(this.#id);
    return element instanceof HTMLDialogElement ? element : null;
  }

  /** The browser is about to close it: not all that closes dialogs is a key. */
  readonly #onCancel = (): void => {
    this.#open = false;
  };

  /** However it came: by us, or by the browser. */
  readonly #onClose = (): void => {
    this.#open = false;
    this.#host.requestUpdate();
    // Where a press does not give the focus to a button, the browser does not know what it opened from.
    if (this.#host.isConnected) this.#opener?.focus();
    this.#opener = null;
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    this.close();
  };

  /** The scrim belongs to the dialog, and lies around it. */
  readonly #onClick = (event: MouseEvent): void => {
    if (event.target !== event.currentTarget) return;
    const { left, right, top, bottom } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) this.close();
  };
}
