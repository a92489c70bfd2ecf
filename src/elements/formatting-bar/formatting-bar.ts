import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formattingWords } from '../../i18n/formatting-words.js';
import { controlStyles, FocusHome, iconOf, RovingFocus, WhatsAppElement } from '../base/index.js';
import { FormatRequestEvent } from './formatting-bar.events.js';
import type { TextFormat } from './formatting-bar.events.js';
import { formattingBarStyles } from './formatting-bar.styles.js';
import { ICON_PATHS } from './icon-paths.js';

interface Choice {
  readonly name: keyof typeof ICON_PATHS;
  readonly format: TextFormat;
  /** What a keyboard has for it, as `aria-keyshortcuts` writes it. */
  readonly keys?: string;
}

const CHOICES: readonly Choice[] = [
  { name: 'bold', format: { mark: '*' }, keys: 'Control+B' },
  { name: 'italic', format: { mark: '_' }, keys: 'Control+I' },
  { name: 'strike', format: { mark: '~' }, keys: 'Control+Shift+X' },
  { name: 'code', format: { mark: '`' } },
  { name: 'numbers', format: { lines: 'numbers' } },
  { name: 'bullets', format: { lines: 'bullets' } },
  { name: 'quote', format: { lines: 'quote' } },
];

/**
 * The formats that WhatsApp knows, as buttons. Pressing one leaves the focus and the selection where they are.
 *
 * @summary Formats for the text that is selected.
 * @fires {FormatRequestEvent} format-request - The agent wants what is selected formatted, or the format taken away.
 * @csspart button - Each of the buttons.
 */
export class FormattingBar extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, formattingBarStyles];

  static override readonly words = [formattingWords];

  readonly #roving = new RovingFocus(this, () => this.localize.direction);

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll('button'));
  }

  override render(): TemplateResult {
    this.#roving.setKeys(CHOICES.map(({ name }) => name));
    return html`<div
      class="bar"
      role="toolbar"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${this.localize.t('formatting.toolbar')}
      @pointerdown=${this.#onPointerDown}
      @focusin=${this.#roving.onFocusIn}
    >
      ${CHOICES.map((choice) => this.#renderChoice(choice))}
    </div>`;
  }

  #renderChoice({ name, format, keys }: Choice): TemplateResult {
    const words = this.localize.t(`formatting.${name}`);
    const shown = keys?.replace('Control', this.localize.t('formatting.control'));
    return html`<button
      class="icon-button"
      part="button"
      type="button"
      data-roving=${name}
      tabindex=${this.#roving.tabIndex(name)}
      aria-label=${words}
      aria-keyshortcuts=${keys ?? ''}
      title=${shown === undefined ? words : `${words} (${shown})`}
      @keydown=${this.#roving.onKeyDown}
      @click=${() => this.dispatchEvent(new FormatRequestEvent(format))}
    >
      ${iconOf(ICON_PATHS[name], 18)}
    </button>`;
  }

  // The text keeps the focus, and with it the selection that is seen.
  readonly #onPointerDown = (event: Event): void => event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'formatting-bar': FormattingBar;
  }
}
