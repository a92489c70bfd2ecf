import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { actionsWords } from '../../i18n/actions-words.js';
import { isReferable, takesReaction } from '../../model/index.js';
import type { Message } from '../../model/index.js';
import {
  announce,
  asFlag,
  asObject,
  asText,
  coerce,
  controlStyles,
  FocusHome,
  iconOf,
  moreIcon,
  Menu,
  Popover,
  popoverStyles,
  WhatsAppElement,
} from '../base/index.js';
import type { MenuItem } from '../base/index.js';
import { copyText } from '../base/copy-text.js';
import type { EmojiSelectEvent } from '../whatsapp-emoji-picker/whatsapp-emoji-picker.events.js';
import { copiedText, forwardedContent } from './forwarded-content.js';
import { ICON_PATHS } from './icon-paths.js';
import { ForwardRequestEvent, ReactRequestEvent, ReplyRequestEvent } from './message-actions.events.js';
import { messageActionsStyles } from './message-actions.styles.js';
import type { MessageOffer } from './message-offer.js';

/** What people react with most. */
const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏'];
/** How long a finger rests on a message before its actions come, in milliseconds. */
const LONG_PRESS = 500;

/**
 * What can be done with a message, at the edge of its bubble: answer it, react to it, and behind `…` copy its text and send it on. What cannot be done now is
 * there and says why; what never can be is not there.
 *
 * @summary What can be done with a message.
 * @fires {ReplyRequestEvent} reply-request - The agent wants to answer the message.
 * @fires {ReactRequestEvent} react-request - The agent wants to react to the message, or to take the reaction back.
 * @fires {ForwardRequestEvent} forward-request - The agent wants to send the message on.
 * @csspart bar - The buttons.
 * @csspart reactions - What to react with, while that is open.
 * @csspart menu - The menu, while it is open.
 */
export class MessageActions extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, popoverStyles, messageActionsStyles];

  static override readonly words = [actionsWords];

  /** The message. */
  @coerce(asObject('a message', { content: 'object' }))
  @property({ attribute: false })
  message: Message | null = null;

  /** What the conversation lets the agent do. */
  @coerce(asObject('what can be done with messages', { features: 'object', policy: 'object' }))
  @property({ attribute: false })
  offer: MessageOffer | null = null;

  /** What the agent has reacted with; null for nothing. */
  @coerce(asText(null))
  @property()
  reaction: string | null = null;

  /** A finger is on the message. */
  @coerce(asFlag)
  @property({ type: Boolean })
  pressed = false;

  /** Shown although neither the pointer is on the message nor the focus in it. */
  @coerce(asFlag)
  @property({ type: Boolean, reflect: true })
  held = false;

  @state() private picks = false;

  readonly #reactions = new Popover(this, 'reactions');
  readonly #menu = new Menu(this, 'more', () => this.localize.direction);
  #timer = 0;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('button'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#release();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('pressed')) return;
    clearTimeout(this.#timer);
    if (this.pressed) this.#timer = window.setTimeout(this.#hold, LONG_PRESS);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message, offer } = this;
    if (!message || !offer) return nothing;
    return html`<div
      class="bar"
      part="bar"
      role="toolbar"
      aria-label=${this.localize.t('actions.label')}
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      @keydown=${this.#onKeyDown}
    >
      ${offer.mine ? this.#renderAnswers(message, offer) : nothing} ${this.#renderMenu(message, offer)}
    </div>`;
  }

  #renderAnswers(message: Message, { features, unavailable }: MessageOffer): TemplateResult {
    const now = Date.now();
    const reply = this.localize.t('actions.reply');
    return html`${
      isReferable(message, now)
        ? html`<button
            class="icon-button"
            type="button"
            aria-label=${reply}
            title=${unavailable ?? reply}
            aria-disabled=${unavailable === null ? nothing : 'true'}
            @click=${() => unavailable === null && this.dispatchEvent(new ReplyRequestEvent(message))}
          >
            ${moreIcon('reply', 18)}
          </button>`
        : nothing
    }
    ${features.includes('send-reaction') && takesReaction(message, now) ? this.#renderReact(message, unavailable) : nothing}`;
  }

  #renderReact(message: Message, unavailable: string | null): TemplateResult {
    const name = this.localize.t('actions.react');
    const { id, isOpen, onFocusOut, onBeforeToggle } = this.#reactions;
    return html`<div class="popover-place" @keydown=${this.#reactions.onKeyDown} @focusout=${onFocusOut}>
      <button
        class="icon-button"
        type="button"
        popovertarget=${id}
        aria-haspopup="dialog"
        aria-expanded=${String(isOpen)}
        aria-label=${name}
        title=${unavailable ?? name}
        aria-disabled=${unavailable === null ? nothing : 'true'}
        @click=${(event: Event) => this.#onReactClick(event, unavailable)}
      >
        ${iconOf(ICON_PATHS.react, 18)}
      </button>
      <div
        id=${id}
        class="popover"
        part="reactions"
        popover="auto"
        role="dialog"
        tabindex="-1"
        aria-label=${name}
        @beforetoggle=${onBeforeToggle}
      >
        ${isOpen ? (this.picks ? this.#renderPicker(message) : this.#renderUsual(message)) : nothing}
      </div>
    </div>`;
  }

  #renderUsual(message: Message): TemplateResult {
    const { reaction } = this;
    const more = this.localize.t('actions.more-emoji');
    // One of another kind that stands must be there to be taken back.
    const shown = reaction === null || USUAL.includes(reaction) ? USUAL : [reaction, ...USUAL.slice(0, -1)];
    return html`<div class="emoji-row">
      ${shown.map(
        (emoji) =>
          html`<button
            class="icon-button"
            type="button"
            aria-pressed=${String(emoji === reaction)}
            title=${emoji === reaction ? this.localize.t('actions.take-back', { emoji }) : nothing}
            @click=${() => this.#react(message, emoji)}
          >
            ${emoji}
          </button>`,
      )}
      <button class="icon-button" type="button" aria-label=${more} title=${more} @click=${this.#onMore}>
        ${iconOf(ICON_PATHS.plus, 18)}
      </button>
    </div>`;
  }

  #renderPicker(message: Message): TemplateResult {
    return html`<whatsapp-emoji-picker
      @emoji-select=${({ detail }: EmojiSelectEvent) => this.#react(message, detail.emoji)}
    ></whatsapp-emoji-picker>`;
  }

  #renderMenu(message: Message, offer: MessageOffer): TemplateResult | typeof nothing {
    const items = [...this.#copyItem(message), ...this.#forwardItem(message, offer)];
    if (items.length === 0) return nothing;
    const label = this.localize.t('actions.more');
    return this.#menu.render({ label, content: moreIcon('more', 18), look: 'icon-button' }, items);
  }

  #copyItem({ content, deletedAt }: Message): readonly MenuItem[] {
    const text = deletedAt === null ? copiedText(content) : '';
    if (text === '') return [];
    const mark = iconOf(ICON_PATHS.copy, 16);
    return [{ key: 'copy', text: this.localize.t('actions.copy'), mark, run: () => void this.#copy(text) }];
  }

  #forwardItem(message: Message, { features, policy }: MessageOffer): readonly MenuItem[] {
    if (!forwardedContent(message, { features, policy })) return [];
    const run = (): unknown => this.dispatchEvent(new ForwardRequestEvent(message));
    return [{ key: 'forward', text: this.localize.t('actions.forward'), mark: moreIcon('forward', 16), run }];
  }

  #react(message: Message, emoji: string): void {
    this.#reactions.close();
    this.dispatchEvent(new ReactRequestEvent(message, emoji === this.reaction ? null : emoji));
  }

  async #copy(text: string): Promise<void> {
    const done = await copyText(text);
    announce(this.localize.t(done ? 'actions.copied' : 'actions.copy-failed'), this.localize);
  }

  #focusFirst(): void {
    const { element } = this.#reactions;
    const button =
      element?.querySelector<HTMLElement>('[aria-pressed=true]') ?? element?.querySelector('button');
    button?.focus();
  }

  // The browser would open it too, but only after this, and what opens must be there to take the focus.
  #onReactClick(event: Event, unavailable: string | null): void {
    event.preventDefault();
    if (unavailable !== null) return;
    if (this.#reactions.isOpen) return this.#reactions.close();
    this.picks = false;
    this.#reactions.open();
    this.#focusFirst();
  }

  readonly #onMore = (): void => {
    this.picks = true;
    // Not before the focus can go on: where it was is about to go.
    this.#reactions.element?.focus();
    this.renderNow();
    this.renderRoot.querySelector<HTMLElement>('whatsapp-emoji-picker')?.focus();
  };

  /** Arrow keys go from button to button, in the bar and among the emoji. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const { key, target, defaultPrevented } = event;
    const isStep = key === 'ArrowLeft' || key === 'ArrowRight';
    if (!isStep || defaultPrevented || !(target instanceof HTMLButtonElement)) return;
    const row = target.closest('.emoji-row') ?? this.renderRoot.querySelector('.bar');
    const buttons = [...(row?.querySelectorAll('button') ?? [])].filter(
      (button) => button.closest('.emoji-row') === target.closest('.emoji-row') && !button.closest('.menu'),
    );
    const forward = (key === 'ArrowRight') === (this.localize.direction === 'ltr');
    buttons[buttons.indexOf(target) + (forward ? 1 : -1)]?.focus();
    event.preventDefault();
  };

  readonly #hold = (): void => {
    this.held = true;
    document.addEventListener('pointerdown', this.#onPointerDown, true);
  };

  readonly #onPointerDown = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#release();
  };

  #release(): void {
    this.held = false;
    document.removeEventListener('pointerdown', this.#onPointerDown, true);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-actions': MessageActions;
  }
}
