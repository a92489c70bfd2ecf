import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { Connected, fromWorkspace, WorkspaceInside } from '../../context/index.js';
import type { CommandOutcome } from '../../context/index.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { failuresWords } from '../../i18n/failures-words.js';
import {
  contactLabel,
  DEFAULT_SETTINGS,
  messageIn,
  outboundText,
  serviceWindow,
  textDraft,
  withWords,
} from '../../model/index.js';
import type { Interaction, Message, Refusal } from '../../model/index.js';
import {
  asOneOf,
  asText,
  ClockController,
  coerce,
  CommandRequests,
  controlStyles,
  cutStyles,
  FocusHome,
  icon,
  InteractionFinishEvent,
  InteractionParkEvent,
  LazyPart,
  Menu,
  moreIcon,
  popoverStyles,
  refusalText,
  WhatsAppElement,
} from '../base/index.js';
import { isNeeded } from '../base/later-parts.js';
import type { ContentSendEvent } from '../message-editor/message-editor.events.js';
import type { DraftChangeEvent, SendRequestEvent } from '../whatsapp-composer/whatsapp-composer.events.js';
import type {
  ForwardRequestEvent,
  ReactRequestEvent,
  ReplyRequestEvent,
} from '../message-actions/message-actions.events.js';
import type { MessageOffer } from '../message-actions/message-offer.js';
import type {
  DiscardRequestEvent,
  EditRequestEvent,
  ResendRequestEvent,
} from '../whatsapp-message/whatsapp-message.events.js';
import { Arrivals } from './arrivals.js';
import type { Attaching } from './attaching.js';
import { Conversation } from './conversation.js';
import { Failures } from './failures.js';
import type { Finding } from './finding.js';
import { interactionActions } from './interaction-actions.js';
import { interactionHeader } from './interaction-header.js';
import type { Notifying } from './notifying.js';
import type { PanelLayout } from '../side-panel/panel-tab.js';
import type { WritingPlace } from '../response-picker/writing-place.js';
import type { SidePanel } from '../side-panel/side-panel.js';
import type { WhatsAppComposer } from '../whatsapp-composer/whatsapp-composer.js';
import type { ReadingChangeEvent } from '../whatsapp-transcript/whatsapp-transcript.events.js';
import { MessageSendEvent } from './whatsapp-interaction.events.js';
import { interactionStyles } from './whatsapp-interaction.styles.js';
import { nextWindowChange } from './window-chip.js';

/**
 * One conversation: who it is with and what can be done, its messages, and the composer. Shows the interaction that is named, else the one in front.
 *
 * @summary The conversation with one contact.
 * @fires {MessageSendEvent} message-send - Before a message is sent; prevent it to veto.
 * @fires {ResponseInsertEvent} response-insert - Before a prepared response is inserted; prevent it to veto.
 * @fires {FilesAttachEvent} files-attach - Before files are attached; prevent it to veto.
 * @fires {InteractionParkEvent} interaction-park - Before the interaction is moved to a workbin; prevent it to veto.
 * @fires {InteractionFinishEvent} interaction-finish - Before the interaction is marked done; prevent it to veto.
 * @slot notices - What concerns more than this conversation, over the top of the messages.
 * @cssprop [--whatsapp-max-block-size=100dvh] - How high it becomes where what it is in has no height of its own.
 * @csspart header - Above the messages.
 * @csspart window - How long free text can be sent.
 * @csspart menu - A menu that is open.
 * @csspart transcript - The messages.
 * @csspart composer - The text box.
 */
export class WhatsAppInteraction extends Connected(WhatsAppElement) {
  static override styles = [
    WhatsAppElement.styles,
    controlStyles,
    cutStyles,
    popoverStyles,
    interactionStyles,
  ];

  static override readonly words = [conversationWords, failuresWords];

  /** The id of the interaction to show; null for the one in front. */
  @coerce(asText(null))
  @property()
  interaction: string | null = null;

  /** What Enter does in the composer, unless the agent has chosen: `send`, or `newline`. */
  @coerce(asOneOf(['send', 'newline'], 'send'))
  @property()
  enter: 'send' | 'newline' = 'send';

  /**
   * Where the side panel is, with what is known of the case and of the contact: `docked` beside the conversation, `overlay` over the end of the messages, from
   * a strip of tabs, `sheet` over all of them, from the actions of the header. Unset, there is none.
   */
  @coerce(asOneOf(['docked', 'overlay', 'sheet'], null))
  @property()
  panel: PanelLayout | null = null;

  /** The message that is about to be sent on elsewhere. */
  @state() private forwarded: Message | null = null;
  @state() private forwards = false;
  /** The interaction whose conversation is about to be saved or printed. */
  @state() private exported: Interaction | null = null;
  @state() private exports = false;
  /** What is looked for in the conversation: words, or a day; null for nothing. */
  @state() private searched: 'words' | 'date' | null = null;
  @state() private refusal: Refusal['kind'] | null = null;

  readonly #conversation = new Conversation(this);
  readonly #requests = new CommandRequests(this);
  readonly #settings = fromWorkspace(this, ({ settings$ }) => settings$, DEFAULT_SETTINGS);
  readonly #time = new ClockController(
    this,
    (now) => this.#nextChange(now),
    () => this.workspace?.clock,
  );
  readonly #menus = {
    park: new Menu(this, 'park-menu', () => this.localize.direction),
    more: new Menu(this, 'more-menu', () => this.localize.direction),
    tools: new Menu(this, 'tools-menu', () => this.localize.direction),
  };
  readonly #attachingPart = new LazyPart(this, async () => {
    const { Attaching } = await import('./attaching.js');
    return new Attaching(this, () => {
      const { interaction } = this.#conversation;
      return interaction && this.#unavailable(interaction) === null ? interaction : null;
    });
  });
  readonly #notifyingPart = new LazyPart(this, async () => {
    const { Notifying } = await import('./notifying.js');
    return new Notifying(this, this.#conversation);
  });
  #finding: Finding | null = null;
  #searchedFrom: Element | null = null;
  readonly #place: WritingPlace = {
    range: () => this.#composer?.range,
    inserted: (end) => {
      // The composer has the new text only then.
      this.renderNow();
      this.#composer?.select(end);
    },
  };
  readonly #shortcutsPart = new LazyPart(this, async () => {
    const { TypedShortcuts } = await import('./typed-shortcuts.js');
    return new TypedShortcuts(this, {
      workspace: () => this.workspace,
      interaction: () => this.#conversation.interaction,
      place: this.#place,
    });
  });
  #offer: MessageOffer | null = null;
  readonly #arrivals = new Arrivals();
  readonly #failures = new Failures();

  constructor() {
    super();
    new WorkspaceInside(this);
    new FocusHome(this, (lost) =>
      ['.narrow button', '.wide > :last-child', 'whatsapp-composer', '.name', '.interaction']
        // An action is in another place at another width.
        .slice(lost?.closest('.actions') ? 0 : 2)
        .map((home) => this.renderRoot.querySelector<HTMLElement>(home)),
    );
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (!this.#conversation.update()) return;
    this.refusal = null;
    this.forwarded = null;
    this.exported = null;
    this.searched = null;
    for (const menu of Object.values(this.#menus)) menu.close();
  }

  protected override updated(): void {
    const { interaction, view, own, merge } = this.#conversation;
    if (!interaction || !view) return;
    this.#arrivals.announceMerge(merge, this.localize.localizer);
    const name = contactLabel(interaction.contact);
    this.#arrivals.announce(view.transcript, name, this.localize.localizer);
    this.#failures.announce(view.transcript, own, name, this.localize.localizer, this.#time.now);
  }

  /** Puts text into the composer, at its caret, and the focus after it. Does nothing while there is no composer. */
  insertText(text: string): void {
    const composer = this.#composer;
    composer?.insertText(text);
    composer?.focus();
  }

  override render(): TemplateResult {
    const { interaction } = this.#conversation;
    const label = interaction
      ? this.localize.t('interaction.region', { name: contactLabel(interaction.contact) })
      : this.localize.t('interaction.region-empty');
    return html`<section
      class="interaction"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${label}
      @keydown=${this.#onKeyDown}
    >
      ${interaction ? this.#renderConversation(interaction) : html`${this.#renderNotices()}${this.#renderNone()}`}
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
    return html`${interactionHeader(interaction, this.#renderActions(interaction, isMine), context)}
    ${this.#renderSearch(interaction)} ${this.#finding?.render() ?? nothing} ${this.#renderNotices()}
    ${this.#renderTranscript(interaction)} ${this.#renderComposer(interaction)}
    ${this.#renderPanel(interaction)} ${this.#renderForward(interaction)} ${this.#renderExport()}
    ${this.#attaching?.renderDrop(this.localize.localizer) ?? nothing}`;
  }

  #renderPanel(interaction: Interaction): TemplateResult | typeof nothing {
    const layout = this.panel ?? this.#notifying?.layout ?? null;
    if (layout === null) return nothing;
    return html`<side-panel
      .workspace=${this.workspace}
      .interaction=${interaction}
      .layout=${layout}
      .place=${this.#place}
      @panel-change=${this.#onPanelChange}
    ></side-panel>`;
  }

  #renderTranscript(interaction: Interaction): TemplateResult {
    const { view, pending, reactions, uploads, agent, unreadOnOpening, isMine } = this.#conversation;
    return html`<whatsapp-transcript
      part="transcript"
      .transcript=${view?.transcript ?? null}
      .pending=${pending}
      .reactions=${reactions}
      .offer=${this.#offered(interaction)}
      .uploads=${uploads}
      .loading=${view?.loading ?? true}
      .error=${view?.error?.kind ?? null}
      .contact=${contactLabel(interaction.contact)}
      .agent=${agent}
      .unread=${unreadOnOpening}
      .readonly=${!isMine}
      .clock=${this.workspace?.clock ?? null}
      @older-request=${this.#onOlder}
      @reading-change=${this.#onReading}
      @resend-request=${this.#onResend}
      @discard-request=${this.#onDiscard}
      @edit-request=${this.#onEdit}
      @newer-request=${this.#onFind}
      @go-to-request=${this.#onFind}
      @reply-request=${this.#onReply}
      @react-request=${this.#onReact}
      @forward-request=${this.#onForward}
    ></whatsapp-transcript>`;
  }

  #renderComposer(interaction: Interaction): TemplateResult {
    const { draft, policy, features } = this.#conversation;
    const attaching = this.#attaching;
    return html`${keyed(
      interaction.id,
      html`<whatsapp-composer
        part="composer"
        .value=${draft.text}
        .attachments=${draft.attachments}
        .attaching=${attaching?.offer(interaction.id, policy)}
        .limit=${policy.textLimit}
        .enter=${this.#settings.value.enter ?? this.enter}
        .unavailable=${this.#unavailable(interaction)}
        .features=${features}
        .responses=${this.panel !== null && features.includes('responses')}
        .shortcuts=${features.includes('responses') ? this.#shortcutsPart.value : null}
        .unfilled=${draft.unfilled}
        @responses-request=${this.#onResponses}
        @send-request=${this.#onSend}
        @draft-change=${this.#onDraft}
        @content-send=${this.#onContent}
        @attach-request=${attaching?.onAttach}
        @dismiss-request=${attaching?.onDismiss}
        >${this.#renderReply()}${this.#notifying?.render(this.localize.choice) ?? nothing}</whatsapp-composer
      >`,
    )}`;
  }

  #renderReply(): TemplateResult | typeof nothing {
    const { draft, view, agent, interaction } = this.#conversation;
    if (draft.replyTo === null || !interaction) return nothing;
    isNeeded('quote');
    return html`<message-quote
      slot="reply"
      .message=${view && messageIn(view.transcript, draft.replyTo)}
      .contact=${contactLabel(interaction.contact)}
      .agent=${agent}
      removable
      @quote-cancel=${() => this.#answer(null)}
    ></message-quote>`;
  }

  #renderForward({ id }: Interaction): TemplateResult | typeof nothing {
    if (!this.forwards) return nothing;
    return html`<message-forward
      .workspace=${this.workspace}
      .message=${this.forwarded}
      .from=${id}
      @forward-end=${() => (this.forwarded = null)}
    ></message-forward>`;
  }

  #renderSearch({ id }: Interaction): TemplateResult | typeof nothing {
    if (this.searched === null) return nothing;
    return html`<transcript-search
      .workspace=${this.workspace}
      .interaction=${id}
      .messages=${this.renderRoot.querySelector('whatsapp-transcript')}
      .mode=${this.searched}
      @search-end=${this.#onSearchEnd}
    ></transcript-search>`;
  }

  #renderExport(): TemplateResult | typeof nothing {
    if (!this.exports) return nothing;
    return html`<transcript-export
      .workspace=${this.workspace}
      .interaction=${this.exported}
      @export-end=${() => (this.exported = null)}
    ></transcript-export>`;
  }

  #renderActions(interaction: Interaction, isMine: boolean): TemplateResult {
    const { agent, workbins, features } = this.#conversation;
    return interactionActions({
      words: this.localize.localizer,
      menus: this.#menus,
      agent,
      workbins,
      busy: this.#requests.isPending(interaction.id),
      isMine,
      features,
      search: this.#search,
      saveAll: () => this.#export(interaction),
      panelIsOpen: this.panel === 'sheet' ? (this.#sidePanel?.open ?? false) : null,
      togglePanel: () => this.#sidePanel?.toggle?.(),
      park: (workbin) => void this.#park(interaction, workbin),
      finish: () => void this.#finish(interaction),
    });
  }

  #renderNotices(): TemplateResult {
    return html`<div class="notices"><slot name="notices"></slot>${this.#renderRefusal()}</div>`;
  }

  #renderRefusal(): TemplateResult | typeof nothing {
    if (this.refusal === null) return nothing;
    const close = this.localize.t('common.close');
    return html`<div class="refusal" role="alert">
      ${icon('alert-circle')}
      <p>${refusalText(this.localize.localizer, this.refusal)}</p>
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
      ${moreIcon(kind === 'none' ? 'message' : 'no-message', 32)}
      <p class="strong">${this.localize.t(`interaction.${kind}`)}</p>
      <p>${this.localize.t(`interaction.${kind}-hint`)}</p>
    </div>`;
  }

  #renderLoading(): TemplateResult {
    return html`<div class="header" role="img" aria-label=${this.localize.t('common.loading')}>
        <div class="skeleton"></div>
      </div>
      <whatsapp-transcript .loading=${true}></whatsapp-transcript>`;
  }

  /** Why nothing can be sent, as a sentence; null when it can. */
  #unavailable({ state: where, windowClosesAt, contact }: Interaction): string | null {
    if (where === 'done') return this.localize.t('interaction.unavailable-done');
    if (!this.#conversation.isMine) return this.localize.t('interaction.unavailable-elsewhere');
    if (serviceWindow(windowClosesAt, this.#time.now) !== 'closed') return null;
    const key = windowClosesAt === null ? 'interaction.unavailable-never' : 'interaction.unavailable-closed';
    return this.localize.t(key, { name: contactLabel(contact) });
  }

  /** What can be done with messages; the same object for as long as it is the same. */
  #offered(interaction: Interaction): MessageOffer {
    const { isMine: mine, features, policy } = this.#conversation;
    const unavailable = this.#unavailable(interaction);
    const known = this.#offer;
    const isSame =
      known?.mine === mine &&
      known.unavailable === unavailable &&
      known.features === features &&
      known.policy === policy;
    return isSame ? known : (this.#offer = { mine, unavailable, features, policy });
  }

  #nextChange(now: number): number | null {
    const { interaction } = this.#conversation;
    return interaction ? nextWindowChange(interaction.windowClosesAt, now) : null;
  }

  #park(interaction: Interaction, workbin: string): Promise<void> {
    return this.#request(interaction, new InteractionParkEvent(interaction, workbin), () =>
      this.workspace?.moveToWorkbin(interaction.id, workbin),
    );
  }

  #finish(interaction: Interaction): Promise<void> {
    return this.#request(interaction, new InteractionFinishEvent(interaction), () =>
      this.workspace?.markDone(interaction.id),
    );
  }

  /** Says if it was refused, while the conversation is still the one that is shown. */
  async #request(
    { id }: Interaction,
    event: Event,
    command: () => Promise<CommandOutcome> | undefined,
  ): Promise<void> {
    const outcome = await this.#requests.run(id, event, () => {
      this.refusal = null;
      return command();
    });
    if (outcome && !outcome.ok && id === this.#conversation.id) this.refusal = outcome.error.kind;
  }

  readonly #onSend = (event: SendRequestEvent): void => {
    event.stopPropagation();
    const { interaction } = this.#conversation;
    const draft = { ...event.detail.draft, replyTo: this.#conversation.draft.replyTo };
    const may = interaction && this.dispatchEvent(new MessageSendEvent(interaction, draft));
    if (!may || !this.workspace) event.preventDefault();
    else if (draft.attachments.length > 0) this.workspace.send(interaction.id, draft);
    else this.workspace.sendText(interaction.id, draft.text);
  };

  /** A place, a card or a question with buttons: the draft stays. */
  readonly #onContent = (event: ContentSendEvent): void => {
    event.stopPropagation();
    const { interaction } = this.#conversation;
    const { content } = event.detail;
    const draft = textDraft(outboundText(content));
    const may = interaction && this.dispatchEvent(new MessageSendEvent(interaction, draft, content));
    if (!may || !this.workspace) event.preventDefault();
    else this.workspace.sendContent(interaction.id, content);
  };

  /** null where the contact centre takes no files, and until it is loaded. */
  get #attaching(): Attaching | null {
    return this.#conversation.takesFiles ? this.#attachingPart.value : null;
  }

  /** null where the contact centre has no templates, and until it is loaded. */
  get #notifying(): Notifying | null {
    return this.#conversation.features.includes('templates') ? this.#notifyingPart.value : null;
  }

  readonly #onDraft = (event: DraftChangeEvent): void => {
    const { id, draft } = this.#conversation;
    // The composer knows nothing of what else was prepared.
    const { text, attachments } = event.detail.draft;
    if (id !== null) this.workspace?.saveDraft(id, { ...draft, text, attachments });
  };

  /** Comes beside the first load: until then it can nothing. */
  get #sidePanel(): Partial<SidePanel> | null {
    return this.renderRoot.querySelector('side-panel');
  }

  get #composer(): WhatsAppComposer | null {
    return this.renderRoot.querySelector('whatsapp-composer');
  }

  readonly #onResponses = (event: Event): void => {
    event.stopPropagation();
    this.#sidePanel?.show?.('responses');
  };

  readonly #onPanelChange = (): void => this.requestUpdate();

  /** What lies over the messages goes first, and then what is answered. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const isWriting = event.target instanceof Element && event.target.closest('whatsapp-composer') !== null;
    const isAnswer = isWriting && this.#conversation.draft.replyTo !== null;
    if (!this.#sidePanel?.close?.()) {
      if (!isAnswer) return;
      this.#answer(null);
    }
    event.preventDefault();
  };

  /** What is being written answers this message from now on; null for none. */
  #answer(replyTo: string | null): void {
    const { id, draft } = this.#conversation;
    if (id !== null) this.workspace?.saveDraft(id, { ...draft, replyTo });
    this.#composer?.focus();
  }

  readonly #onReply = (event: ReplyRequestEvent): void => {
    event.stopPropagation();
    this.#answer(event.detail.message.id);
  };

  readonly #onReact = (event: ReactRequestEvent): void => {
    event.stopPropagation();
    const { id, reactions } = this.#conversation;
    const { message, emoji } = event.detail;
    // The new one stands in the place of one that failed.
    for (const { body, clientId, step } of reactions)
      if (body.kind === 'reaction' && body.message === message.id && step.at === 'failed')
        this.workspace?.discard(clientId);
    if (id !== null) this.workspace?.sendContent(id, { kind: 'reaction', message: message.id, emoji });
  };

  readonly #onForward = (event: ForwardRequestEvent): void => {
    event.stopPropagation();
    isNeeded('forward');
    this.forwards = true;
    this.forwarded = event.detail.message;
  };

  readonly #onOlder = (event: Event): void => {
    event.stopPropagation();
    const { id } = this.#conversation;
    if (id !== null) this.workspace?.loadOlder(id);
  };

  readonly #search = (what: 'words' | 'date'): void => {
    isNeeded('search');
    // A menu has given the focus back to its button by now.
    this.#searchedFrom = this.shadowRoot?.activeElement ?? null;
    this.searched = what;
  };

  #export(interaction: Interaction): void {
    isNeeded('export');
    this.exports = true;
    this.exported = interaction;
  }

  readonly #onSearchEnd = (): void => {
    this.searched = null;
    const from = this.#searchedFrom;
    if (from instanceof HTMLElement) from.focus();
  };

  /** What finds messages is loaded with the first wish to find one. */
  readonly #onFind = async (event: Event): Promise<void> => {
    event.stopPropagation();
    try {
      const { Finding: Loaded } = await import('./finding.js');
      this.#finding ??= new Loaded(
        this,
        () => this.#conversation.id,
        () => this.localize.choice,
      );
    } catch {
      // With the next wish it is tried again.
    }
    void this.#finding?.take(event);
  };

  readonly #onReading = (event: ReadingChangeEvent): void => {
    const { id } = this.#conversation;
    if (id !== null) this.workspace?.setReading(id, event.detail.at);
  };

  readonly #onResend = (event: ResendRequestEvent): void => {
    event.stopPropagation();
    const { clientId } = event.detail;
    const { interaction, pending } = this.#conversation;
    const item = pending.find((one) => one.clientId === clientId);
    if (!interaction || !item) return;
    const draft = textDraft(outboundText(item.body));
    if (this.dispatchEvent(new MessageSendEvent(interaction, draft, item.body)))
      this.workspace?.resend(clientId);
  };

  readonly #onDiscard = (event: DiscardRequestEvent): void => {
    event.stopPropagation();
    this.workspace?.discard(event.detail.clientId);
  };

  readonly #onEdit = (event: EditRequestEvent): void => {
    event.stopPropagation();
    const { clientId, text } = event.detail;
    const { id, draft } = this.#conversation;
    if (clientId !== null) this.workspace?.edit(clientId);
    else if (id !== null) this.workspace?.saveDraft(id, withWords(draft, text));
    this.#composer?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-interaction': WhatsAppInteraction;
  }
}
