import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { failuresWords } from '../../i18n/failures-words.js';

import { ourReaction, outboundText } from '../../model/index.js';
import type { Content, Message, Open, OutboundContent, OutboxItem, Upload } from '../../model/index.js';
import {
  asFlag,
  asObject,
  asText,
  coerce,
  controlStyles,
  FocusHome,
  moreIcon,
  WhatsAppElement,
} from '../base/index.js';
import { isNeeded } from '../base/later-parts.js';
import type { MessageOffer } from '../message-actions/message-offer.js';
import { deliveryMark } from './delivery-view.js';
import type { MessageState } from './delivery-view.js';
import { foldButton } from './folding.js';
import { formatting, links } from './formatted-text.js';
import type { Tail } from './formatted-text.js';
import { changedView, contentView, contentViews, foldedContent } from './message-content.js';
import type { ViewContext } from './message-content.js';
import { shownName } from './names.js';
import { LoadsOnDemand } from './on-demand.js';
import { troubleOfMessage, troubleOfPending, troubleView } from './trouble.js';
import type { Remedy, Trouble } from './trouble.js';
import {
  DiscardRequestEvent,
  EditRequestEvent,
  GoToRequestEvent,
  ResendRequestEvent,
} from './whatsapp-message.events.js';
import { messageStyles } from './whatsapp-message.styles.js';

/** The long contents that were unfolded: they stay so when they are scrolled out of sight and back. */
const unfolded = new WeakSet<object>();

/**
 * One message as a bubble: what the contact wrote at the start side, what agents wrote at the end side with how far it has come.
 *
 * @summary A message of a transcript, of any kind.
 * @fires {ResendRequestEvent} resend-request - The agent wants a failed message sent again.
 * @fires {DiscardRequestEvent} discard-request - The agent wants a failed message thrown away.
 * @fires {EditRequestEvent} edit-request - The agent wants the words of a failed message back in the composer.
 * @fires {GoToRequestEvent} go-to-request - The agent wants to see the message that this one answers.
 * @fires {ReactRequestEvent} react-request - The agent wants a reaction that failed sent again, or not at all.
 * @csspart bubble - The bubble.
 * @csspart card - What is known of content that is not text.
 * @csspart link - A link in the text.
 * @csspart reactions - Who reacted how, at the lower edge of the bubble.
 * @csspart status - The mark of how far the message has come.
 * @csspart trouble - What went wrong, below the bubble.
 */
export class WhatsAppMessage extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, messageStyles];

  static override readonly words = [conversationWords, failuresWords];

  /** The message as the log has it. */
  @coerce(asObject('a message', { content: 'object' }))
  @property({ attribute: false })
  message: Message | null = null;

  /** A message of the outbox that the log has not shown yet; only where there is no `message`. */
  @coerce(asObject('a message of the outbox', { clientId: 'string' }))
  @property({ attribute: false })
  pending: OutboxItem | null = null;

  /** How far the file of `pending` has come, while it is being uploaded in this tab. */
  @coerce(asObject('how far a file has come', { taken: 'number', of: 'number' }))
  @property({ attribute: false })
  upload: Upload | null = null;

  /** What to call the contact. */
  @coerce(asText(''))
  @property()
  contact = '';

  /** The id of the agent who looks on: other agents' messages carry their name. */
  @coerce(asText(null))
  @property()
  agent: string | null = null;

  /** Follows a message of the same author closely. */
  @coerce(asFlag)
  @property({ type: Boolean, reflect: true })
  grouped = false;

  /** The message below went wrong for the same reason and says it. */
  @coerce(asFlag)
  @property({ type: Boolean })
  repeated = false;

  /** Nothing can be sent where it stands: one that went wrong can only be thrown away. */
  @coerce(asFlag)
  @property({ type: Boolean })
  readonly = false;

  /** The message that it answers, where that is here. */
  @coerce(asObject('a message', { content: 'object' }))
  @property({ attribute: false })
  quoted: Message | null = null;

  /** What can be done with it; null for nothing. */
  @coerce(asObject('what can be done with messages', { features: 'object', policy: 'object' }))
  @property({ attribute: false })
  offer: MessageOffer | null = null;

  /** A reaction of this agent to it that the log has not shown yet. */
  @coerce(asObject('a message of the outbox', { clientId: 'string' }))
  @property({ attribute: false })
  reaction: OutboxItem | null = null;

  /** Whether the pointer, a finger or the focus has been on it. */
  @state() private awake = false;

  @state() private pressed = false;

  @state() private focused = false;

  readonly #onDemand = new LoadsOnDemand(this, [formatting, links, contentViews]);

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('.trouble button'));
    this.addEventListener('pointerenter', this.#wake);
    // By events, because WebKit does not say of what is around shadow trees that the focus is within.
    this.addEventListener('focusin', () => {
      this.#wake();
      this.focused = true;
    });
    this.addEventListener('focusout', () => (this.focused = false));
    this.addEventListener('touchstart', this.#onTouch, { passive: true });
    for (const type of ['touchend', 'touchmove', 'touchcancel'])
      this.addEventListener(type, () => (this.pressed = false), { passive: true });
  }

  /** @internal Settles when what is here has been rendered; `updateComplete` also waits for what is still being loaded for it. */
  get rendered(): Promise<boolean> {
    return super.getUpdateComplete();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.bubble')?.focus(options);
  }

  override render(): TemplateResult | typeof nothing {
    const content = this.#content();
    if (!content) return nothing;
    const outbound = this.message?.direction !== 'inbound';
    const trouble = this.#trouble();
    return html`<div
      class="message ${outbound ? 'out' : 'in'} ${content.kind === 'system' ? 'notice' : ''} ${trouble?.certain ? 'failed' : ''} ${this.focused ? 'focused' : ''}"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
    >
      <div
        class="bubble"
        part="bubble"
        id="bubble"
        tabindex=${this.offer ? -1 : nothing}
        role=${this.offer ? 'article' : nothing}
        aria-labelledby=${this.offer ? 'bubble' : nothing}
      >
        ${this.#renderAuthor(outbound)}${this.#renderMarks()} ${this.#renderContent(content)}
        ${this.#renderReactions()} ${this.#renderActions()}
      </div>
      ${this.#renderReactionTrouble()}
      ${
        trouble
          ? troubleView(trouble, this.repeated, this.localize.localizer, (remedy) =>
              this.#act(remedy, trouble.text),
            )
          : this.#renderWaiting()
      }
    </div>`;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    let result = await super.getUpdateComplete();
    while (this.#onDemand.loading) {
      await this.#onDemand.loading;
      result = await super.getUpdateComplete();
    }
    return result;
  }

  #renderContent(content: Content): TemplateResult {
    const words = this.localize.localizer;
    const at = this.#at;
    const folded = this.message?.deletedAt == null ? foldedContent(content) : null;
    if (!folded) return this.#renderWhole(content, { words, at, tail: this.#tail() });
    const open = this.#isUnfolded();
    const button = foldButton(open, () => void this.#fold(open), words);
    const tail: Tail = { shown: html`${button}${this.#tail().shown}`, room: nothing };
    return this.#renderWhole(open ? content : folded, { words, at, tail });
  }

  #renderWhole(content: Content, context: ViewContext): TemplateResult {
    const { message } = this;
    const changed = message && (message.deletedAt !== null || message.editedAt !== null);
    return changed ? changedView({ ...message, content }, context) : contentView(content, context);
  }

  #renderAuthor(outbound: boolean): TemplateResult {
    if (!outbound) {
      return html`<span class="visually-hidden"
        >${this.localize.t('message.from', { name: shownName(this.contact) })}</span
      >`;
    }
    const author = this.message?.author;
    if (!author || author.id === this.agent) {
      return html`<span class="visually-hidden">${this.localize.t('message.from-agent')}</span>`;
    }
    const name = shownName(author.name);
    const shown = html`<bdi class="truncate" title=${name}>${name}</bdi>`;
    return html`<p class=${this.grouped ? 'visually-hidden' : 'author small'}>${shown}</p>`;
  }

  #renderReactions(): TemplateResult | typeof nothing {
    const { message, reaction, agent } = this;
    if (!reaction && !message?.reactions.some(({ emoji }) => emoji !== null)) return nothing;
    const standing = { reactions: message?.reactions ?? [], reaction, agent, contact: this.contact };
    return contentViews.get()?.reactionsView(standing, this.localize.localizer) ?? nothing;
  }

  #renderReactionTrouble(): TemplateResult | typeof nothing {
    const { message, reaction } = this;
    if (!message || !(reaction?.step.at === 'failed' || message.reactions.some(({ trouble }) => trouble)))
      return nothing;
    const words = this.localize.localizer;
    return contentViews.get()?.reactionTroubleView(message, reaction, this.readonly, this, words) ?? nothing;
  }

  #renderActions(): TemplateResult | typeof nothing {
    const { message, offer, reaction } = this;
    if (!this.awake || !message || !offer || message.content.kind === 'system') return nothing;
    const own = ourReaction(message)?.emoji ?? null;
    return html`<message-actions
      .message=${message}
      .offer=${offer}
      .reaction=${reaction?.body.kind === 'reaction' ? reaction.body.emoji : own}
      .pressed=${this.pressed}
    ></message-actions>`;
  }

  #renderMarks(): TemplateResult | typeof nothing {
    const { message, pending } = this;
    const context = message?.context;
    const replyTo = message ? context?.replyTo : pending?.replyTo;
    const reply = context?.reply || replyTo ? this.#mark('reply', 'message.reply') : nothing;
    return html`${context?.forwarded ? this.#mark('forward', 'message.forwarded') : nothing}
    ${reply === nothing ? reply : (this.#renderQuote() ?? this.#renderGoTo(replyTo, reply))}`;
  }

  #renderGoTo(replyTo: string | null | undefined, reply: TemplateResult): TemplateResult {
    if (!replyTo) return reply;
    return html`<button
      class="quoted"
      type="button"
      title=${this.localize.t('message.go-to')}
      @click=${() => this.dispatchEvent(new GoToRequestEvent(replyTo))}
    >
      ${reply}
    </button>`;
  }

  #renderQuote(): TemplateResult | null {
    const { quoted, contact, agent } = this;
    if (!quoted) return null;
    isNeeded('quote');
    return html`<message-quote .message=${quoted} .contact=${contact} .agent=${agent}></message-quote>`;
  }

  #mark(name: 'forward' | 'reply', key: 'message.forwarded' | 'message.reply'): TemplateResult {
    return html`<span class="kind small muted">${moreIcon(name, 14)} ${this.localize.t(key)}</span>`;
  }

  #renderWaiting(): TemplateResult | typeof nothing {
    const { pending } = this;
    if (this.message || !pending) return nothing;
    if (pending.body.kind === 'media' && pending.body.media === null && pending.step.at !== 'failed')
      return contentViews.get()?.uploadView(this.upload, this.localize.localizer, this.#cancel) ?? nothing;
    if (pending.step.at !== 'busy') return nothing;
    return html`<p class="below small muted">${this.localize.t('message.state.busy')}</p>`;
  }

  #tail(): Tail {
    const at = this.#at;
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

  get #at(): number {
    return this.message?.at ?? this.pending?.createdAt ?? 0;
  }

  #content(): Content | null {
    return this.message?.content ?? (this.pending && unsentContent(this.pending.body));
  }

  /** What stays the same object while the message is sent, delivered and read. */
  get #subject(): object | undefined {
    return this.message?.content ?? this.pending?.body;
  }

  #isUnfolded(): boolean {
    return this.#subject !== undefined && unfolded.has(this.#subject);
  }

  async #fold(isOpen: boolean): Promise<void> {
    const subject = this.#subject;
    if (!subject) return;
    if (isOpen) unfolded.delete(subject);
    else unfolded.add(subject);
    this.requestUpdate();
    await this.updateComplete;
    // What comes after the message would else stand where its middle was.
    if (isOpen) requestAnimationFrame(() => this.scrollIntoView({ block: 'nearest', behavior: 'instant' }));
  }

  #state(): Open<MessageState> | null {
    if (this.message) return this.message.delivery?.state ?? null;
    return this.pending && unsentState(this.pending.step);
  }

  #trouble(): Trouble | null {
    const trouble = this.message
      ? troubleOfMessage(this.message)
      : this.pending && troubleOfPending(this.pending);
    if (!trouble || !this.readonly) return trouble;
    return { ...trouble, remedies: trouble.remedies.filter((remedy) => remedy === 'discard') };
  }

  readonly #wake = (): void => {
    if (!this.offer || this.awake) return;
    isNeeded('actions');
    this.awake = true;
  };

  readonly #onTouch = (): void => {
    this.#wake();
    this.pressed = true;
  };

  readonly #cancel = (): void => this.#act('discard', '');

  readonly #act = (remedy: Remedy, text: string): void => {
    const clientId = this.message ? this.message.clientId : (this.pending?.clientId ?? null);
    if (remedy === 'edit') this.dispatchEvent(new EditRequestEvent(clientId, text));
    else if (clientId === null) return;
    else if (remedy === 'resend') this.dispatchEvent(new ResendRequestEvent(clientId));
    else this.dispatchEvent(new DiscardRequestEvent(clientId));
  };
}

/** What the log does not have yet, as it would show it. */
function unsentContent(body: OutboundContent): Content {
  if (body.kind === 'text' || body.kind === 'contacts' || body.kind === 'interactive') return body;
  if (body.kind === 'media')
    return contentViews.get()?.unsentFile(body) ?? { kind: 'text', text: body.fileName ?? '' };
  if (body.kind === 'location') return { ...body, url: null };
  if (body.kind === 'template' && body.shown) return body.shown;
  return { kind: 'unsupported', label: body.kind, detail: outboundText(body) || null, code: null };
}

function unsentState(step: OutboxItem['step']): MessageState {
  const { at } = step;
  if (at === 'failed' && step.cause === 'doubt') return 'unknown';
  // That it is being saved stands below the bubble, for all to read.
  if (at === 'saving' && step.yields !== undefined) return 'queued';
  // An upload is on its way, and so is what only lacks its echo.
  return at === 'uploading' || at === 'accepted' ? 'sending' : at;
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
