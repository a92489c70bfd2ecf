import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { failuresWords } from '../../i18n/failures-words.js';

import { messageIn, openTranscript } from '../../model/index.js';
import type {
  Clock,
  Message,
  OutboxItem,
  ReadingPlace,
  Session,
  Transcript,
  Upload,
} from '../../model/index.js';
import {
  asFlag,
  asList,
  asNumber,
  asObject,
  asText,
  ClockController,
  coerce,
  controlStyles,
  FocusHome,
  moreIcon,
  WhatsAppElement,
} from '../base/index.js';
import type { MessageOffer } from '../message-actions/message-offer.js';
import { mergeText } from './merge-text.js';
import { photosOf } from './photos.js';
import { estimateHeight } from './row-height.js';
import { RowWindow } from './row-window.js';
import type { WindowRow } from './row-window.js';
import type { TranscriptPlace } from './transcript-place.js';
import { TranscriptRows } from './transcript-rows.js';
import type { Row, RowPlace } from './transcript-rows.js';
import {
  dayView,
  emptyView,
  errorView,
  headView,
  loadingView,
  newerView,
  noticeView,
  unreadView,
} from './transcript-views.js';
import { NewerRequestEvent, OlderRequestEvent, ReadingChangeEvent } from './whatsapp-transcript.events.js';
import { transcriptStyles } from './whatsapp-transcript.styles.js';

/** How near the top or bottom the page above or below is asked for, in pixels. */
const NEAR_EDGE = 600;
/** How much of a page stays in view when it is turned, in pixels. */
const PAGE_OVERLAP = 48;

/**
 * The messages of a conversation, oldest first, with the outbox at the end. Only the rows in view are in the document, and what is being read stays
 * where it is, whatever comes above, below or in between.
 *
 * @summary A conversation's messages.
 * @fires {OlderRequestEvent} older-request - The page above is wanted.
 * @fires {NewerRequestEvent} newer-request - The page below is wanted.
 * @fires {ReadingChangeEvent} reading-change - The agent has left the end, or is back there.
 * @fires {ResendRequestEvent} resend-request - From a message: send it again.
 * @fires {DiscardRequestEvent} discard-request - From a message: throw it away.
 * @fires {EditRequestEvent} edit-request - From a message: its words back to the composer.
 * @fires {GoToRequestEvent} go-to-request - From a message: another one is wanted, as by `goTo`.
 * @fires {ReplyRequestEvent} reply-request - From a message: it is to be answered.
 * @fires {ReactRequestEvent} react-request - From a message: it is reacted to.
 * @fires {ForwardRequestEvent} forward-request - From a message: it is sent on.
 * @cssprop [--whatsapp-max-block-size=100dvh] - How high it becomes where what it is in has no height of its own.
 * @csspart scroller - The area that scrolls.
 * @csspart day - The name of a day.
 * @csspart notice - Something that happened.
 * @csspart new-messages - The button to the newest messages.
 */
export class WhatsAppTranscript extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, transcriptStyles];

  static override readonly words = [conversationWords, failuresWords];

  static {
    // Heights are known only when rows have been rendered, so one rendering leads to the next: on purpose.
    this.disableWarning?.('change-in-update');
  }

  /** The window of messages; null while there is no conversation. */
  @coerce(asObject('a transcript', { chunks: 'object' }))
  @property({ attribute: false })
  transcript: Transcript | null = null;

  /** Messages on their way that belong to this conversation, oldest first. */
  @coerce(asList('messages of the outbox', { clientId: 'string' }))
  @property({ attribute: false })
  pending: readonly OutboxItem[] = [];

  /** How far the files of these have come that are being uploaded, by the id of the upload. */
  @coerce((value) => (value instanceof Map ? value : null))
  @property({ attribute: false })
  uploads: ReadonlyMap<string, Upload> | null = null;

  /** A page is on its way. */
  @coerce(asFlag)
  @property({ type: Boolean })
  loading = false;

  /** The kind of a `TransportError`, when the last page could not be had; null when all is well. */
  @coerce(asText(null))
  @property()
  error: string | null = null;

  /** What to call the contact. */
  @coerce(asText(''))
  @property()
  contact = '';

  /** The id of the agent who looks on. */
  @coerce(asText(null))
  @property()
  agent: string | null = null;

  /** Reactions of this agent that the log has not shown yet. */
  @coerce(asList('messages of the outbox', { clientId: 'string' }))
  @property({ attribute: false })
  reactions: readonly OutboxItem[] = [];

  /** What can be done with messages; null for nothing. */
  @coerce(asObject('what can be done with messages', { features: 'object', policy: 'object' }))
  @property({ attribute: false })
  offer: MessageOffer | null = null;

  /** How many messages at the end were unread when the conversation was opened: a line stands above them. */
  @coerce(asNumber(0))
  @property({ type: Number })
  unread = 0;

  /** Nothing can be sent in this conversation: what went wrong can only be thrown away. */
  @coerce(asFlag)
  @property({ type: Boolean })
  readonly = false;

  /** The workspace's clock; without it, the browser's. */
  @coerce(asObject('a clock', { now: 'function' }))
  @property({ attribute: false })
  clock: Clock | null = null;

  @state() private missed = 0;
  @state() private farFromEnd = false;

  readonly #time = new ClockController(this, startOfNextDay, () => this.clock);
  readonly #window = new RowWindow(this, {
    scroller: () => this.#scroller,
    head: () => this.renderRoot?.querySelector<HTMLElement>('.head') ?? null,
    rows: () => [...(this.renderRoot?.querySelectorAll<HTMLElement>('.row') ?? [])],
    rendered: async (row) => row.querySelector('whatsapp-message')?.rendered,
    moved: () => this.#onMoved(),
  });
  #rows = new TranscriptRows(openTranscript(''), []);
  #newestSeen: string | null = null;
  #unreadKey: string | null = null;
  #askedAbove: string | null = null;
  #askedBelow: string | null = null;
  /** The end is gone to as soon as it is here. */
  #seeksEnd = false;
  #place: TranscriptPlace | null = null;
  #reading: ReadingPlace = 'end';
  #ownPending = '';

  constructor() {
    super();
    new FocusHome(this, () => [this.#scroller]);
    this.addEventListener('photos-request', (event) => (event.photos = photosOf(this.#rows)));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('unread') || changed.has('transcript')) this.#findUnread(changed);
    if (changed.has('transcript') || changed.has('pending')) this.#takeRows(changed);
    // A page that failed is asked for by hand; once that went well, scrolling asks again.
    if (changed.has('error') && this.error !== null) this.#askedAbove = this.#rows.keyAt(0);
  }

  /** Goes to the newest message. */
  scrollToEnd(): void {
    this.leavePlace();
    this.#seeksEnd = this.transcript?.cut ?? false;
    if (this.#seeksEnd) this.#tellReading('end');
    else this.#window.toEnd();
  }

  /**
   * Goes to an item, by its id, outlines it for a moment, and puts the focus on it. When it is not here, that happens as soon as the transcript has it, unless
   * somewhere else is gone to before.
   * @param stays The outline stays until somewhere else is gone to, and the focus where it is.
   * @returns Whether it is here. Rejects when what does it could not be loaded.
   */
  async goTo(item: string, stays = false): Promise<boolean> {
    const { TranscriptPlace: Loaded } = await import('./transcript-place.js');
    this.#seeksEnd = false;
    this.#place ??= new Loaded(this, (index) => this.#window.toRow(index));
    return this.#place.goTo(item, stays);
  }

  /** Takes the outline away, and forgets where it was to go. */
  leavePlace(): void {
    this.#place?.leave();
  }

  override render(): TemplateResult {
    return html`<div class="transcript" dir=${this.localize.direction} lang=${this.localize.lang}>
      <div
        class="scroller"
        part="scroller"
        role="group"
        tabindex="0"
        aria-label=${this.localize.t('transcript.label')}
        aria-busy=${String(this.loading)}
        @keydown=${this.#onKeydown}
      >
        <div class="head">${this.#renderHead()}</div>
        ${this.#renderBody()}
        ${this.transcript?.cut ? newerView(this.localize.localizer, this.#askForNewer) : nothing}
      </div>
      ${this.#renderToEnd()}
    </div>`;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    for (;;) {
      const result = await super.getUpdateComplete();
      const { settled } = this.#window;
      await settled;
      if (settled === this.#window.settled && !this.isUpdatePending) return result;
    }
  }

  #renderBody(): TemplateResult {
    if (this.#rows.count > 0) return this.#renderRows();
    const words = this.localize.localizer;
    if (this.transcript?.loaded) return emptyView(words);
    if (this.error === null) return loadingView(words);
    return errorView(this.error === 'offline', words, this.#askForOlder);
  }

  #renderRows(): TemplateResult {
    const setSize = this.transcript?.more || this.transcript?.earlier ? -1 : this.#rows.count;
    return html`<ul class="list" role="list" .style=${`block-size:${this.#window.height}px`}>
      ${repeat(
        this.#window.items,
        ({ key }) => key,
        (item) => this.#renderRow(item, setSize),
      )}
    </ul>`;
  }

  #renderRow(item: WindowRow, setSize: number): TemplateResult | typeof nothing {
    const row = this.#rows.at(item.index);
    if (!row) return nothing;
    const place = this.#rows.place(item.index);
    const firstUnread = row.key === this.#unreadKey;
    const grouped = place.grouped && !firstUnread;
    return html`<li
      class="row"
      data-index=${item.index}
      data-key=${row.key}
      aria-setsize=${setSize}
      aria-posinset=${item.index + 1}
      .style=${`transform:translateY(${this.#window.startOf(item)}px)`}
    >
      ${place.newDay ? dayView(this.localize.day(row.at, this.#time.now)) : nothing}
      ${firstUnread ? unreadView(this.localize.t('transcript.unread', { count: this.unread })) : nothing}
      <div class=${grouped ? 'body grouped' : 'body'}>${this.#renderRowBody(row, { ...place, grouped })}</div>
    </li>`;
  }

  #sessionWords(direction: Session['direction']): string {
    return this.localize.localizer.tOr(`transcript.session-${direction}`, direction);
  }

  #renderRowBody(row: Row, place: RowPlace): TemplateResult {
    if (row.kind === 'pending') return this.#renderMessage(null, row.pending, place);
    const words = this.localize.localizer;
    switch (row.item.kind) {
      case 'message':
        return this.#renderMessage(row.item.message, null, place);
      case 'session':
        return noticeView(this.#sessionWords(row.item.session.direction), row.item.at, words);
      case 'merge':
        return noticeView(mergeText(row.item.contacts, words), row.item.at, words);
      case 'unknown-event':
        return noticeView(words.t('transcript.unknown'), row.item.at, words, row.item.type);
    }
  }

  #renderMessage(message: Message | null, pending: OutboxItem | null, place: RowPlace): TemplateResult {
    return html`<whatsapp-message
      .message=${message}
      .pending=${pending}
      .upload=${this.#uploadOf(pending)}
      .contact=${this.contact}
      .agent=${this.agent}
      .grouped=${place.grouped}
      .repeated=${place.repeated}
      .readonly=${this.readonly}
      .quoted=${this.#quotedBy(message, pending)}
      .reaction=${message && this.#reactionTo(message.id)}
      .offer=${this.offer}
      exportparts="bubble, card, link, status, trouble"
    ></whatsapp-message>`;
  }

  #quotedBy(message: Message | null, pending: OutboxItem | null): Message | null {
    const id = message ? message.context?.replyTo : pending?.replyTo;
    return id && this.transcript ? messageIn(this.transcript, id) : null;
  }

  #reactionTo(id: string): OutboxItem | null {
    return this.reactions.findLast(({ body }) => body.kind === 'reaction' && body.message === id) ?? null;
  }

  #uploadOf(pending: OutboxItem | null): Upload | null {
    return pending?.body.kind === 'media' ? (this.uploads?.get(pending.body.upload) ?? null) : null;
  }

  #renderHead(): TemplateResult | typeof nothing {
    const { transcript } = this;
    if (!transcript?.loaded) return nothing;
    return headView(
      {
        loading: this.loading,
        failed: this.error !== null,
        older: transcript.more || transcript.earlier !== null,
      },
      this.localize.localizer,
      this.#askForOlder,
    );
  }

  #renderToEnd(): TemplateResult | typeof nothing {
    if (!this.farFromEnd && this.missed === 0 && !this.transcript?.cut) return nothing;
    const text = this.missed > 0 ? this.localize.t('transcript.new', { count: this.missed }) : null;
    return html`<div class=${text ? 'to-end' : 'to-end aside'}>
      <button
        class=${text ? 'button' : 'icon-button'}
        type="button"
        part="new-messages"
        title=${text ? nothing : this.localize.t('transcript.to-end')}
        aria-label=${text ? nothing : this.localize.t('transcript.to-end')}
        @click=${this.#onToEnd}
      >
        ${text}${moreIcon('arrow-down', 16)}
      </button>
    </div>`;
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>('.scroller') ?? null;
  }

  #takeRows(changed: PropertyValues<this>): void {
    const before = changed.get('transcript') as Transcript | null | undefined;
    const another = changed.has('transcript') && before?.interaction !== this.transcript?.interaction;
    const rows = new TranscriptRows(this.transcript ?? openTranscript(''), this.pending);
    this.#rows = rows;
    const width = this.clientWidth;
    const source = {
      count: rows.count,
      cut: this.transcript?.cut ?? false,
      keyAt: (index: number) => rows.keyAt(index),
      heightOf: (index: number) => estimateHeight(rows.at(index), width),
    };
    if (another || (changed.has('transcript') && !before?.loaded)) this.#window.restart(source);
    else this.#window.show(source);
    if (another) {
      this.#askedAbove = null;
      this.#reading = 'end';
    }
    if (another) this.leavePlace();
    this.#followOwn(another);
    this.#countMissed(before?.cut ?? false);
    // The end, once it is here.
    if (this.#seeksEnd && this.transcript?.loaded && !this.transcript.cut) this.scrollToEnd();
  }

  /** Who sends something wants to see it. */
  #followOwn(another: boolean): void {
    const last = this.pending.at(-1)?.clientId ?? '';
    if (last !== '' && last !== this.#ownPending && !another) this.scrollToEnd();
    this.#ownPending = last;
  }

  /** @param wasCut What was below came as a page, and not just now. */
  #countMissed(wasCut = false): void {
    const { cut, missed } = this.transcript ?? { cut: false, missed: 0 };
    if (this.#window.atEnd || this.#newestSeen === null || cut || wasCut) {
      this.missed = cut ? missed : 0;
      this.#newestSeen = this.#rows.count > 0 ? this.#rows.keyAt(this.#rows.count - 1) : null;
      return;
    }
    this.missed = this.#rows.since(this.#newestSeen)?.inbound ?? this.missed;
  }

  #findUnread(changed: PropertyValues<this>): void {
    const before = changed.get('transcript') as Transcript | null | undefined;
    const opened =
      changed.has('unread') || before?.interaction !== this.transcript?.interaction || !before?.loaded;
    if (!opened) return;
    const rows = this.transcript?.loaded ? new TranscriptRows(this.transcript, []) : null;
    this.#unreadKey = this.unread > 0 ? (rows?.keyOfUnread(this.unread) ?? null) : null;
  }

  readonly #askForOlder = (): void => {
    this.#askedAbove = this.#rows.keyAt(0);
    this.dispatchEvent(new OlderRequestEvent());
  };

  readonly #askForNewer = (): void => {
    this.#askedBelow = this.#lastKey;
    this.dispatchEvent(new NewerRequestEvent());
  };

  get #lastKey(): string {
    return this.#rows.keyAt((this.transcript?.count ?? 0) - 1);
  }

  #onMoved(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    this.farFromEnd = below > scroller.clientHeight;
    if (this.#window.atEnd) this.#countMissed();
    const { transcript } = this;
    if (!this.#seeksEnd) this.#tellReading(this.#window.atEnd && !transcript?.cut ? 'end' : 'above');
    if (transcript?.cut && below < NEAR_EDGE && this.#askedBelow !== this.#lastKey) this.#askForNewer();
    if (!transcript?.more || this.loading || scroller.scrollTop > NEAR_EDGE || this.#rows.count === 0) return;
    // Once for each page: what was asked for and did not come is asked for by hand.
    if (this.#askedAbove !== this.#rows.keyAt(0)) this.#askForOlder();
  }

  #tellReading(at: ReadingPlace): void {
    if (at === this.#reading) return;
    this.#reading = at;
    this.dispatchEvent(new ReadingChangeEvent(at));
  }

  /** Browsers would scroll there by and by, past rows whose heights change their aim; WebKit starts from where it was before we scrolled. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    const scroller = this.#scroller;
    const modified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    if (modified || !scroller) return;
    const [at] = event.composedPath();
    const isStep = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (isStep && this.offer && (at === scroller || (at instanceof Element && at.matches('.bubble, .row')))) {
      event.preventDefault();
      void this.#moveFocus(event.key === 'ArrowUp' ? -1 : 1);
      return;
    }
    if (event.target !== scroller) return;
    const page = scroller.clientHeight - PAGE_OVERLAP;
    if (event.key === 'End') this.scrollToEnd();
    else if (event.key === 'Home') scroller.scrollTo({ top: 0, behavior: 'instant' });
    else if (event.key === 'PageUp') scroller.scrollBy({ top: -page, behavior: 'instant' });
    else if (event.key === 'PageDown') scroller.scrollBy({ top: page, behavior: 'instant' });
    else return;
    event.preventDefault();
  };

  async #moveFocus(by: 1 | -1): Promise<void> {
    const { moveFocus } = await import('./message-focus.js');
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
    if (this.#scroller) moveFocus(this.#scroller, rows, by);
  }

  readonly #onToEnd = (): void => {
    this.scrollToEnd();
    this.#scroller?.focus();
  };
}

function startOfNextDay(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-transcript': WhatsAppTranscript;
  }
}
