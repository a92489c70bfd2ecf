import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../../i18n/index.js';
import { announce } from './announcer.js';
import { icon } from './icons.js';

/** Short news of something that is over, which asks for nothing. */
export interface Toast {
  readonly text: string;
  /** What can be done about it, such as to undo it. */
  readonly action?: { readonly text: string; readonly run: () => void };
}

interface ShownToast extends Toast {
  readonly id: number;
}

/** How long one is shown, in milliseconds. */
const STAY = 6_000;
/** How many are shown at most; the oldest go first. */
const SHOWN = 3;

/**
 * Short news at the foot of the page, in the top layer, where they move nothing. Screen readers hear them; each goes by itself after six seconds, and none
 * while the pointer is on them or the focus in them. What must not be missed does not belong here. `toastStyles` has the looks.
 */
export class Toasts implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #words: () => Localizer;
  readonly #stay: number;
  #toasts: readonly ShownToast[] = [];
  #last = 0;
  #isHeld = false;
  #timer = 0;

  /** @param stay How long one is shown, in milliseconds. */
  constructor(host: ReactiveControllerHost & HTMLElement, words: () => Localizer, stay = STAY) {
    this.#host = host;
    this.#words = words;
    this.#stay = stay;
    host.addController(this);
  }

  show(toast: Toast): void {
    this.#toasts = [...this.#toasts, { ...toast, id: ++this.#last }].slice(-SHOWN);
    const { locale, direction } = this.#words();
    announce(toast.text, { locale, direction }, String(this.#last));
    this.#host.requestUpdate();
    this.#schedule();
  }

  hostUpdated(): void {
    const element = this.#element;
    if (element?.isConnected && !element.matches(':popover-open')) element.showPopover();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#toasts = [];
    this.#isHeld = false;
  }

  render(): TemplateResult | typeof nothing {
    if (this.#toasts.length === 0) return nothing;
    const words = this.#words();
    return html`<div
      class="toasts"
      popover="manual"
      dir=${words.direction}
      @pointerenter=${() => this.#hold(true)}
      @pointerleave=${() => this.#hold(false)}
      @focusin=${() => this.#hold(true)}
      @focusout=${() => this.#hold(false)}
    >
      ${repeat(
        this.#toasts,
        ({ id }) => id,
        (toast) => this.#renderToast(toast, words),
      )}
    </div>`;
  }

  #renderToast({ id, text, action }: ShownToast, words: Localizer): TemplateResult {
    const run = (): void => {
      this.#dismiss(id);
      action?.run();
    };
    return html`<div class="toast">
      <p><bdi>${text}</bdi></p>
      ${action ? html`<button class="button" type="button" @click=${run}>${action.text}</button>` : nothing}
      <button
        class="icon-button"
        type="button"
        aria-label=${words.t('common.close')}
        title=${words.t('common.close')}
        @click=${() => this.#dismiss(id)}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  get #element(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.toasts') ?? null;
  }

  #dismiss(id: number): void {
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id);
    // What held them has gone with the last one, and says so no more.
    if (this.#toasts.length === 0) this.#isHeld = false;
    this.#host.requestUpdate();
    this.#schedule();
  }

  #hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#schedule();
  }

  /** One after the other, oldest first: each has its time to be read. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const [oldest] = this.#toasts;
    if (!oldest || this.#isHeld) return;
    this.#timer = window.setTimeout(() => this.#dismiss(oldest.id), this.#stay);
  }
}
