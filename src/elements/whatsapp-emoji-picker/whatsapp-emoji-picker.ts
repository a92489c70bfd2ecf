import { html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { emojiWords } from '../../i18n/emoji-words.js';
import { controlStyles, FocusHome, WhatsAppElement } from '../base/index.js';
import type * as emojiGrid from './emoji-grid.js';
import { EmojiSelectEvent } from './whatsapp-emoji-picker.events.js';
import { styles } from './whatsapp-emoji-picker.styles.js';

type Grid = typeof emojiGrid;

/**
 * All emoji by category, those that the agent uses often, and a search. What shows them (emoji-picker-element) and their names are loaded when the element is
 * first on the page; nothing is asked of another host. Fills the room that it is given.
 *
 * @summary Emoji to choose from.
 * @fires {EmojiSelectEvent} emoji-select - An emoji was chosen.
 */
export class WhatsAppEmojiPicker extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, styles];

  static override readonly words = [emojiWords];

  @state() private grid: Grid | 'failed' | null = null;

  constructor() {
    super();
    new FocusHome(this, () => [this.#search, this.renderRoot.querySelector('button')]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // It waits for what is on its way.
    this.tabIndex = -1;
    if (this.grid === null) void this.#load();
  }

  override focus(options?: FocusOptions): void {
    const search = this.#search;
    if (search) search.focus(options);
    else super.focus(options);
  }

  protected override updated(changed: PropertyValues): void {
    // Not by `:focus`, which WebKit does not see on an element inside another one.
    const { activeElement } = this.getRootNode() as Document | ShadowRoot;
    if (changed.has('grid') && activeElement === this) this.focus();
  }

  protected override render(): TemplateResult {
    return html`<div class="picker" dir=${this.localize.direction} lang=${this.localize.lang}>
      ${this.#renderContent()}
    </div>`;
  }

  #renderContent(): TemplateResult {
    const { grid } = this;
    if (grid === null)
      return html`<div class="skeleton" role="status" aria-label=${this.localize.t('emoji.loading')}></div>`;
    if (grid === 'failed') {
      return html`<div class="failed" role="alert">
        <p>${this.localize.t('emoji.failed')}</p>
        <button class="button secondary" type="button" @click=${this.#load}>
          ${this.localize.t('common.try-again')}
        </button>
      </div>`;
    }
    return html`<whatsapp-emoji-grid
      .locale=${grid.EMOJI_DATA}
      .dataSource=${grid.EMOJI_DATA}
      .i18n=${grid.gridWords(this.localize.localizer)}
      @emoji-click=${this.#onEmojiClick}
    ></whatsapp-emoji-grid>`;
  }

  get #search(): HTMLElement | null {
    return this.renderRoot?.querySelector('whatsapp-emoji-grid')?.shadowRoot?.querySelector('input') ?? null;
  }

  readonly #load = async (): Promise<void> => {
    this.grid = null;
    try {
      this.grid = await import('./emoji-grid.js');
    } catch {
      this.grid = 'failed';
    }
  };

  readonly #onEmojiClick = (event: CustomEvent<{ readonly unicode?: string }>): void => {
    event.stopPropagation();
    const { unicode } = event.detail;
    if (unicode !== undefined) this.dispatchEvent(new EmojiSelectEvent(unicode));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-emoji-picker': WhatsAppEmojiPicker;
  }
}
