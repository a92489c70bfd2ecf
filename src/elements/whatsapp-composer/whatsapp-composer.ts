import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { DEFAULT_POLICY, textLength } from '../../model/index.js';
import { announce, controlStyles, icon, WhatsAppElement } from '../base/index.js';
import { DraftChangeEvent, SendRequestEvent } from './whatsapp-composer.events.js';
import { composerStyles } from './whatsapp-composer.styles.js';

/** From this part of the limit on the characters are counted out. */
const COUNT_FROM = 0.8;
/** What browsers call a key that an input method has taken. */
const TAKEN_BY_INPUT_METHOD = 229;

// Whoever has sent something knows how; the hint is for the first time.
let hintNeeded = true;

/**
 * Where an agent writes. Grows from one line to eight; Enter sends and Shift+Enter begins a line, or with `enter="newline"` the other way (Ctrl+Enter
 * sends). Text beyond the limit is kept, counted and not sent.
 *
 * @summary The text box of a conversation.
 * @fires {SendRequestEvent} send-request - The agent wants the text sent.
 * @fires {DraftChangeEvent} draft-change - The agent has changed the text.
 * @csspart input - The text box.
 * @csspart send-button - The button that sends.
 * @csspart count - How many characters there are.
 * @csspart unavailable - Why nothing can be sent.
 */
export class WhatsAppComposer extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, composerStyles];

  /** The text as it stands. */
  @property() value = '';

  /** The longest text that can be sent, in characters (code points). */
  @property({ type: Number }) limit = DEFAULT_POLICY.textLimit;

  /** What Enter does: `send`, or `newline`. */
  @property() enter: 'send' | 'newline' = 'send';

  /** Why nothing can be sent now, as a sentence; null when it can. What was typed stays. */
  @property() unavailable: string | null = null;

  @state() private refused = false;

  #over = false;
  #crossed = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') && !changed.has('limit')) return;
    const over = this.#length() > this.limit;
    if (!over) this.refused = false;
    this.#crossed = over && !this.#over && this.hasUpdated;
    this.#over = over;
  }

  protected override updated(): void {
    if (this.#crossed) this.#announceCount();
    this.#crossed = false;
  }

  /** Puts text where the caret is, in place of what is selected. */
  insertText(text: string): void {
    const input = this.#input;
    if (!input || this.unavailable !== null) {
      this.#change(this.value + text);
      return;
    }
    input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end');
    this.#change(input.value);
  }

  override focus(options?: FocusOptions): void {
    this.#input?.focus(options);
  }

  override render(): TemplateResult {
    return html`<div class="composer" dir=${this.localize.direction}>
      ${this.unavailable === null ? nothing : this.#renderUnavailable(this.unavailable)}
      ${this.unavailable !== null && this.value === '' ? nothing : this.#renderLine(this.unavailable === null)}
    </div>`;
  }

  #renderUnavailable(reason: string): TemplateResult {
    return html`<div class="unavailable" part="unavailable">
      ${icon('info')}
      <p>${reason}</p>
    </div>`;
  }

  #renderLine(available: boolean): TemplateResult {
    return html`<div class="line">
        <div class="grow" data-text=${this.value}>
          <textarea
            class="field"
            part="input"
            rows="1"
            dir="auto"
            autocomplete="off"
            aria-label=${this.localize.t('composer.message')}
            aria-describedby=${this.#described(available)}
            aria-invalid=${String(this.#over)}
            placeholder=${this.localize.t('composer.placeholder')}
            ?readonly=${!available}
            .value=${live(this.value)}
            @input=${this.#onInput}
            @keydown=${this.#onKeydown}
          ></textarea>
        </div>
        ${available ? this.#renderSend() : nothing}
      </div>
      ${available ? this.#renderBelow() : nothing}`;
  }

  #renderSend(): TemplateResult {
    const name = this.localize.t('composer.send');
    return html`<button
      class="icon-button primary"
      part="send-button"
      type="button"
      aria-label=${name}
      title=${name}
      ?disabled=${this.value.trim() === ''}
      @click=${this.#onSendClick}
    >
      ${icon('send')}
    </button>`;
  }

  #renderBelow(): TemplateResult | typeof nothing {
    const count = this.#countText();
    if (count === null && !hintNeeded) return nothing;
    const hint = this.enter === 'newline' ? 'composer.hint-newline' : 'composer.hint-send';
    return html`<div class="below small muted">
      ${
        count === null
          ? html`<span id="hint">${this.localize.t(hint)}</span>`
          : html`<span
              id="count"
              class=${this.#over ? 'count over numbers' : 'count numbers'}
              part="count"
              role=${this.refused ? 'alert' : nothing}
              >${count}</span
            >`
      }
    </div>`;
  }

  #described(available: boolean): string | typeof nothing {
    if (!available) return nothing;
    if (this.#countText() !== null) return 'count';
    return hintNeeded ? 'hint' : nothing;
  }

  #countText(): string | null {
    const used = this.#length();
    const { limit } = this;
    if (used < limit * COUNT_FROM) return null;
    return used > limit
      ? this.localize.t('composer.over', { used, limit, count: used - limit })
      : this.localize.t('composer.count', { used, limit });
  }

  #announceCount(): void {
    const text = this.#countText();
    const { locale, direction } = this.localize;
    if (text !== null) announce(text, { lang: locale, dir: direction });
  }

  /** Of what would be sent: white space around it is not. */
  #length(): number {
    return textLength(this.value.trim());
  }

  #change(text: string): void {
    if (text === this.value) return;
    this.value = text;
    this.dispatchEvent(new DraftChangeEvent(text));
  }

  #send(): void {
    const text = this.value.trim();
    if (text === '' || this.unavailable !== null) return;
    if (textLength(text) > this.limit) {
      this.refused = true;
      return;
    }
    if (!this.dispatchEvent(new SendRequestEvent(text))) return;
    hintNeeded = false;
    this.value = '';
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot?.querySelector('textarea') ?? null;
  }

  readonly #onInput = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement) this.#change(event.target.value);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD) return;
    const sends =
      this.enter === 'newline' ? event.ctrlKey || event.metaKey : !event.shiftKey && !event.altKey;
    if (!sends) return;
    event.preventDefault();
    this.#send();
  };

  readonly #onSendClick = (): void => {
    this.#send();
    this.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-composer': WhatsAppComposer;
  }
}
