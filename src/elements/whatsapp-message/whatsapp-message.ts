import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Delivery, DeliveryState, Message, OutboxItem } from '../../model/index.js';
import { controlStyles, icon, WhatsAppElement } from '../base/index.js';
import { contentView } from './content-views.js';
import { deliveryMark } from './delivery-view.js';
import { failureKey, refusalKey } from './failure.js';
import type { Tail } from './formatted-text.js';
import { DiscardRequestEvent, EditRequestEvent, ResendRequestEvent } from './whatsapp-message.events.js';
import { messageStyles } from './whatsapp-message.styles.js';

/** What went wrong with a message, and what the agent may do about it. */
interface Trouble {
  /** Whether it is certain that the message did not arrive. */
  readonly certain: boolean;
  readonly sentence: string;
  readonly code: number | null;
  readonly detail: string;
  /** The words, where they may go back to the composer. */
  readonly text: string | null;
  /** Set for a message of the outbox, which can be sent again and thrown away. */
  readonly clientId: string | null;
}

/**
 * One message as a bubble: what the contact wrote at the start side, what agents wrote at the end side with how far it has come.
 *
 * @summary A message of a transcript, of any kind.
 * @fires {ResendRequestEvent} resend-request - The agent wants a failed message sent again.
 * @fires {DiscardRequestEvent} discard-request - The agent wants a failed message thrown away.
 * @fires {EditRequestEvent} edit-request - The agent wants the words of a failed message back in the composer.
 * @csspart bubble - The bubble.
 * @csspart card - What is known of content that is not text.
 * @csspart link - A link in the text.
 * @csspart status - The mark of how far the message has come.
 * @csspart trouble - What went wrong, below the bubble.
 */
export class WhatsAppMessage extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, messageStyles];

  /** The message as the log has it. */
  @property({ attribute: false }) message: Message | null = null;

  /** A message of the outbox that the log has not shown yet; only where there is no `message`. */
  @property({ attribute: false }) pending: OutboxItem | null = null;

  /** What to call the contact. */
  @property() contact = '';

  /** The id of the agent who looks on: other agents' messages carry their name. */
  @property() agent: string | null = null;

  /** Follows a message of the same author closely. */
  @property({ type: Boolean, reflect: true }) grouped = false;

  override render(): TemplateResult | typeof nothing {
    const content = this.message?.content ?? this.pending?.content;
    if (!content) return nothing;
    const outbound = this.message?.direction !== 'inbound';
    const trouble = this.#trouble();
    return html`<div
      class="message ${outbound ? 'out' : 'in'} ${content.kind === 'system' ? 'notice' : ''}"
      dir=${this.localize.direction}
    >
      <div class="bubble" part="bubble">
        ${this.#renderAuthor(outbound)}${this.#renderMarks()}
        ${contentView(content, { words: this.localize.localizer, tail: this.#tail() })}
      </div>
      ${trouble ? this.#renderTrouble(trouble) : nothing}
    </div>`;
  }

  #renderAuthor(outbound: boolean): TemplateResult {
    if (!outbound) {
      return html`<span class="visually-hidden"
        >${this.localize.t('message.from', { name: this.contact })}</span
      >`;
    }
    const author = this.message?.author;
    if (!author || author.id === this.agent) {
      return html`<span class="visually-hidden">${this.localize.t('message.from-agent')}</span>`;
    }
    return html`<p class=${this.grouped ? 'visually-hidden' : 'author small'}><bdi>${author.name}</bdi></p>`;
  }

  #renderMarks(): TemplateResult | typeof nothing {
    const context = this.message?.context;
    if (!context) return nothing;
    return html`${context.forwarded ? this.#mark('forward', 'message.forwarded') : nothing}
    ${context.replyTo ? this.#mark('reply', 'message.reply') : nothing}`;
  }

  #mark(name: 'forward' | 'reply', key: 'message.forwarded' | 'message.reply'): TemplateResult {
    return html`<p class="kind small muted">${icon(name, 14)} ${this.localize.t(key)}</p>`;
  }

  #renderTrouble({ certain, sentence, code, detail, text, clientId }: Trouble): TemplateResult {
    const shown =
      code === null ? detail : `${this.localize.t('message.code', { code: String(code) })} · ${detail}`;
    return html`<div class="trouble small ${certain ? 'certain' : ''}" part="trouble">
      <p>${sentence}</p>
      <div class="actions">
        ${
          clientId === null
            ? nothing
            : html`<button
                class="text-button"
                type="button"
                @click=${() => this.dispatchEvent(new ResendRequestEvent(clientId))}
              >
                ${this.localize.t('common.try-again')}
              </button>`
        }
        ${
          text === null
            ? nothing
            : html`<button
                class="text-button"
                type="button"
                @click=${() => this.dispatchEvent(new EditRequestEvent(clientId, text))}
              >
                ${this.localize.t('message.edit')}
              </button>`
        }
        ${
          clientId === null
            ? nothing
            : html`<button
                class="text-button"
                type="button"
                @click=${() => this.dispatchEvent(new DiscardRequestEvent(clientId))}
              >
                ${this.localize.t('message.discard')}
              </button>`
        }
        ${
          detail === ''
            ? nothing
            : html`<details>
                <summary class="text-button">${this.localize.t('common.details')}</summary>
                <p class="muted" dir="auto">${shown}</p>
              </details>`
        }
      </div>
    </div>`;
  }

  #tail(): Tail {
    const at = this.message?.at ?? this.pending?.createdAt ?? 0;
    const state = this.#state();
    const time = this.localize.time(at);
    const mark = state ? deliveryMark(state, this.localize.localizer) : nothing;
    const { direction } = this.localize;
    return {
      // The outer one lies where the line of text ends, the inner one reads in the agent's direction.
      shown: html`<span class="tail"
        ><span class="tail-words numbers" dir=${direction}
          ><time datetime=${isoTime(at)} title=${this.localize.dateTime(at)}>${time}</time>${mark}</span
        ></span
      >`,
      room: html`<span class="tail-room tail-words numbers" dir=${direction} aria-hidden="true"
        >${time}${state ? html`<span class="state"></span>` : nothing}</span
      >`,
    };
  }

  #state(): DeliveryState | null {
    return this.message ? (this.message.delivery?.state ?? null) : (this.pending?.state ?? null);
  }

  #trouble(): Trouble | null {
    if (this.message?.delivery) return this.#deliveryTrouble(this.message, this.message.delivery);
    if (this.message || this.pending?.state !== 'failed') return null;
    const { error, content, clientId } = this.pending;
    const sentence = this.localize.t(refusalKey(error?.kind ?? 'invalid'));
    return {
      certain: true,
      sentence,
      code: null,
      detail: error?.sentence ?? '',
      text: content.text,
      clientId,
    };
  }

  #deliveryTrouble({ content }: Message, { state, error }: Delivery): Trouble | null {
    if (state !== 'failed' && state !== 'unknown') return null;
    const { code, detail } = error ?? { code: null, detail: '' };
    const key = state === 'failed' ? failureKey(code) : 'message.unknown-outcome';
    const text = state === 'failed' && content.kind === 'text' ? content.text : null;
    return {
      certain: state === 'failed',
      sentence: this.localize.t(key),
      code,
      detail,
      text,
      clientId: null,
    };
  }
}

function isoTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-message': WhatsAppMessage;
  }
}
