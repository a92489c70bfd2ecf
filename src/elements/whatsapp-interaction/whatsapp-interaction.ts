import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { Connected } from '../../context/index.js';
import type { CommandOutcome } from '../../context/index.js';
import { contactLabel, serviceWindow } from '../../model/index.js';
import type { Interaction, RefusalKind } from '../../model/index.js';
import {
  ClockController,
  controlStyles,
  icon,
  InteractionFinishEvent,
  InteractionParkEvent,
  WhatsAppElement,
} from '../base/index.js';
import type { DraftChangeEvent, SendRequestEvent } from '../whatsapp-composer/whatsapp-composer.events.js';
import type {
  DiscardRequestEvent,
  EditRequestEvent,
  ResendRequestEvent,
} from '../whatsapp-message/whatsapp-message.events.js';
import { ActionMenu } from './action-menu.js';
import { Arrivals } from './arrivals.js';
import { Conversation } from './conversation.js';
import { interactionActions } from './interaction-actions.js';
import { interactionHeader } from './interaction-header.js';
import { MessageSendEvent } from './whatsapp-interaction.events.js';
import { interactionStyles } from './whatsapp-interaction.styles.js';
import { nextWindowChange } from './window-chip.js';

/**
 * One conversation: who it is with and what can be done, its messages, and the composer. Shows the interaction that is named, else the one in front.
 *
 * @summary The conversation with one contact.
 * @fires {MessageSendEvent} message-send - Before a text is sent; prevent it to veto.
 * @fires {InteractionParkEvent} interaction-park - Before the interaction is moved to a workbin; prevent it to veto.
 * @fires {InteractionFinishEvent} interaction-finish - Before the interaction is marked done; prevent it to veto.
 * @csspart header - Above the messages.
 * @csspart window - How long free text can be sent.
 * @csspart menu - A menu that is open.
 * @csspart transcript - The messages.
 * @csspart composer - The text box.
 */
export class WhatsAppInteraction extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, interactionStyles];

  /** The id of the interaction to show; null for the one in front. */
  @property() interaction: string | null = null;

  /** What Enter does in the composer: `send`, or `newline`. */
  @property() enter: 'send' | 'newline' = 'send';

  @state() private refusal: RefusalKind | null = null;
  @state() private busy = false;

  readonly #conversation = new Conversation(this);
  readonly #time = new ClockController(
    this,
    (now) => this.#nextChange(now),
    () => this.workspace?.clock,
  );
  readonly #menu = new ActionMenu(this, () => this.localize.direction);
  readonly #arrivals = new Arrivals();

  protected override willUpdate(_changed: PropertyValues): void {
    if (!this.#conversation.update()) return;
    this.refusal = null;
    this.#menu.close();
  }

  protected override updated(): void {
    const { interaction, view } = this.#conversation;
    if (!interaction || !view) return;
    this.#arrivals.hear(view.transcript, contactLabel(interaction.contact), this.localize.localizer);
  }

  /** Puts text into the composer, at its caret, and the focus after it. Does nothing while there is no composer. */
  insertText(text: string): void {
    const composer = this.renderRoot.querySelector('whatsapp-composer');
    composer?.insertText(text);
    composer?.focus();
  }

  override render(): TemplateResult {
    const { interaction } = this.#conversation;
    const label = interaction
      ? this.localize.t('interaction.region', { name: contactLabel(interaction.contact) })
      : this.localize.t('interaction.region-empty');
    return html`<section class="interaction" dir=${this.localize.direction} aria-label=${label}>
      ${interaction ? this.#renderConversation(interaction) : this.#renderNone()}
    </section>`;
  }

  #renderConversation(interaction: Interaction): TemplateResult {
    const { policy, isMine } = this.#conversation;
    const context = {
      words: this.localize.localizer,
      thresholds: policy,
      clock: this.workspace?.clock ?? null,
      now: this.#time.now,
    };
    return html`${interactionHeader(interaction, isMine ? this.#renderActions(interaction) : nothing, context)}
    ${this.#renderRefusal()} ${this.#renderTranscript(interaction)} ${this.#renderComposer(interaction)}`;
  }

  #renderTranscript(interaction: Interaction): TemplateResult {
    const { view, pending, agent, unreadOnOpening } = this.#conversation;
    return html`<whatsapp-transcript
      part="transcript"
      .transcript=${view?.transcript ?? null}
      .pending=${pending}
      .loading=${view?.loading ?? true}
      .error=${view?.error?.kind ?? null}
      .contact=${contactLabel(interaction.contact)}
      .agent=${agent}
      .unread=${unreadOnOpening}
      .clock=${this.workspace?.clock ?? null}
      @older-request=${this.#onOlder}
      @resend-request=${this.#onResend}
      @discard-request=${this.#onDiscard}
      @edit-request=${this.#onEdit}
    ></whatsapp-transcript>`;
  }

  #renderComposer(interaction: Interaction): TemplateResult {
    const { draft, policy } = this.#conversation;
    return html`${keyed(
      interaction.id,
      html`<whatsapp-composer
        part="composer"
        .value=${draft}
        .limit=${policy.textLimit}
        .enter=${this.enter}
        .unavailable=${this.#unavailable(interaction)}
        @send-request=${this.#onSend}
        @draft-change=${this.#onDraft}
      ></whatsapp-composer>`,
    )}`;
  }

  #renderActions(interaction: Interaction): TemplateResult {
    const { agent, workbins } = this.#conversation;
    return interactionActions({
      words: this.localize.localizer,
      menu: this.#menu,
      agent,
      workbins,
      busy: this.busy,
      park: (workbin) => void this.#park(interaction, workbin),
      finish: () => void this.#finish(interaction),
    });
  }

  #renderRefusal(): TemplateResult | typeof nothing {
    if (this.refusal === null) return nothing;
    const close = this.localize.t('common.close');
    return html`<div class="refusal" role="alert">
      ${icon('alert-circle')}
      <p>${this.localize.t(`refusal.${this.refusal}`)}</p>
      <button
        class="icon-button"
        type="button"
        aria-label=${close}
        title=${close}
        @click=${() => (this.refusal = null)}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  #renderNone(): TemplateResult {
    if (!this.workspace) return html`<p class="empty">${this.localize.t('common.no-workspace')}</p>`;
    const { id, agent } = this.#conversation;
    if (id !== null && agent === null) return this.#renderLoading();
    const kind = id === null ? 'none' : 'missing';
    return html`<div class="empty">
      ${icon(kind === 'none' ? 'message' : 'no-message', 32)}
      <p class="strong">${this.localize.t(`interaction.${kind}`)}</p>
      <p>${this.localize.t(`interaction.${kind}-hint`)}</p>
    </div>`;
  }

  #renderLoading(): TemplateResult {
    return html`<div class="header" role="img" aria-label=${this.localize.t('common.loading')}>
        <div class="skeleton round"></div>
        <div class="skeleton line"></div>
      </div>
      <whatsapp-transcript .loading=${true}></whatsapp-transcript>`;
  }

  /** Why nothing can be sent, as a sentence; null when it can. */
  #unavailable(interaction: Interaction): string | null {
    const reason = this.#reason(interaction);
    if (reason === null || this.#conversation.draft === '') return reason;
    return `${reason} ${this.localize.t('interaction.draft-kept')}`;
  }

  #reason({ state: where, windowClosesAt, contact }: Interaction): string | null {
    if (where === 'done') return this.localize.t('interaction.unavailable-done');
    if (!this.#conversation.isMine) return this.localize.t('interaction.unavailable-elsewhere');
    if (serviceWindow(windowClosesAt, this.#time.now) !== 'closed') return null;
    const key = windowClosesAt === null ? 'interaction.unavailable-never' : 'interaction.unavailable-closed';
    return this.localize.t(key, { name: contactLabel(contact) });
  }

  #nextChange(now: number): number | null {
    const { interaction } = this.#conversation;
    if (!interaction) return null;
    const second = 1000 - ((now - interaction.session.startedAt) % 1000);
    return Math.min(now + second, nextWindowChange(interaction.windowClosesAt, now) ?? Infinity);
  }

  #park(interaction: Interaction, workbin: string): Promise<void> {
    return this.#wish(new InteractionParkEvent(interaction, workbin), () =>
      this.workspace?.moveToWorkbin(interaction.id, workbin),
    );
  }

  #finish(interaction: Interaction): Promise<void> {
    return this.#wish(new InteractionFinishEvent(interaction), () =>
      this.workspace?.markDone(interaction.id),
    );
  }

  /** Asks the page, then the workspace, and says if it was refused. One at a time. */
  async #wish(event: Event, act: () => Promise<CommandOutcome> | undefined): Promise<void> {
    if (this.busy || !this.dispatchEvent(event)) return;
    const { id } = this.#conversation;
    this.busy = true;
    this.refusal = null;
    const outcome = await act();
    this.busy = false;
    if (outcome && !outcome.ok && id === this.#conversation.id) this.refusal = outcome.error.kind;
  }

  readonly #onSend = (event: SendRequestEvent): void => {
    event.stopPropagation();
    const { interaction } = this.#conversation;
    const { text } = event.detail;
    const may = interaction && this.dispatchEvent(new MessageSendEvent(interaction, text));
    if (may && this.workspace) this.workspace.sendText(interaction.id, text);
    else event.preventDefault();
  };

  readonly #onDraft = (event: DraftChangeEvent): void => {
    const { id } = this.#conversation;
    if (id !== null) this.workspace?.saveDraft(id, event.detail.text);
  };

  readonly #onOlder = (event: Event): void => {
    event.stopPropagation();
    const { id } = this.#conversation;
    if (id !== null) this.workspace?.loadOlder(id);
  };

  readonly #onResend = (event: ResendRequestEvent): void => {
    event.stopPropagation();
    const { clientId } = event.detail;
    const { interaction, pending } = this.#conversation;
    const text = pending.find((item) => item.clientId === clientId)?.content.text;
    if (!interaction || text === undefined) return;
    if (this.dispatchEvent(new MessageSendEvent(interaction, text))) this.workspace?.resend(clientId);
  };

  readonly #onDiscard = (event: DiscardRequestEvent): void => {
    event.stopPropagation();
    this.workspace?.discard(event.detail.clientId);
  };

  readonly #onEdit = (event: EditRequestEvent): void => {
    event.stopPropagation();
    const { clientId, text } = event.detail;
    const between = this.#conversation.draft === '' ? '' : '\n';
    this.insertText(between + text);
    // Only now are the words safe in the draft.
    if (clientId !== null) this.workspace?.discard(clientId);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-interaction': WhatsAppInteraction;
  }
}
