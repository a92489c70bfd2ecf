import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { actionsWords } from '../../i18n/actions-words.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { contentText, excerpt } from '../../model/index.js';
import type { Message } from '../../model/index.js';
import {
  asFlag,
  asObject,
  asText,
  coerce,
  controlStyles,
  FocusHome,
  icon,
  previewText,
  WhatsAppElement,
} from '../base/index.js';
import { shownName } from '../whatsapp-message/names.js';
import { GoToRequestEvent } from '../whatsapp-message/whatsapp-message.events.js';
import { QuoteCancelEvent } from './message-quote.events.js';
import { messageQuoteStyles } from './message-quote.styles.js';

/** What is shown of a quoted text, in characters. */
const LONGEST = 160;

/**
 * The message that another one answers, in two lines: who wrote it, and what it says. In a bubble a press leads to it; above the composer it can be taken away.
 *
 * @summary The message that another one answers.
 * @fires {GoToRequestEvent} go-to-request - The agent wants to see the message.
 * @fires {QuoteCancelEvent} quote-cancel - The agent wants to answer no message after all.
 * @csspart quote - Who wrote the message, and what it says.
 */
export class MessageQuote extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, messageQuoteStyles];

  static override readonly words = [actionsWords, conversationWords];

  /** The message; null when it is not known here. */
  @coerce(asObject('a message', { content: 'object' }))
  @property({ attribute: false })
  message: Message | null = null;

  /** What to call the contact. */
  @coerce(asText(''))
  @property()
  contact = '';

  /** The id of the agent who looks on. */
  @coerce(asText(null))
  @property()
  agent: string | null = null;

  /** It can be taken away, and leads nowhere. */
  @coerce(asFlag)
  @property({ type: Boolean })
  removable = false;

  constructor() {
    super();
    new FocusHome(this, () => [this.renderRoot.querySelector('button')]);
  }

  protected override render(): TemplateResult {
    const { message, removable } = this;
    return html`<div class="quote" dir=${this.localize.direction} lang=${this.localize.lang}>
      ${
        removable || !message
          ? html`<div class="said" part="quote">${this.#renderLines()}</div>`
          : html`<button
              class="said"
              part="quote"
              type="button"
              title=${this.localize.t('message.go-to')}
              @click=${() => this.dispatchEvent(new GoToRequestEvent(message.id))}
            >
              ${this.#renderLines()}
            </button>`
      }
      ${removable ? this.#renderCancel() : ''}
    </div>`;
  }

  #renderLines(): TemplateResult {
    const { message } = this;
    if (!message) return html`<span class="muted">${this.localize.t('quote.earlier')}</span>`;
    const { content, deletedAt } = message;
    const kind = deletedAt === null ? content.kind : 'deleted';
    const text = deletedAt === null ? contentText(content) : null;
    return html`<span class="name"><bdi>${this.#author(message)}</bdi></span>
      <span dir="auto"
        >${excerpt(previewText(this.localize.localizer, { kind, text }).replace(/\s+/g, ' '), LONGEST)}</span
      >`;
  }

  #renderCancel(): TemplateResult {
    const name = this.localize.t('quote.cancel');
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => this.dispatchEvent(new QuoteCancelEvent())}
    >
      ${icon('close', 16)}
    </button>`;
  }

  #author({ direction, author }: Message): string {
    if (direction === 'inbound') return shownName(this.contact);
    const isOwn = !author || author.id === this.agent;
    return isOwn ? this.localize.t('quote.you') : shownName(author.name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-quote': MessageQuote;
  }
}
