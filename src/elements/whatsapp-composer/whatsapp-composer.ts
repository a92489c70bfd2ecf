import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { DEFAULT_POLICY, EMPTY_DRAFT, textLength, unfilledIn } from '../../model/index.js';
import type { Draft, DraftAttachment, TextRange } from '../../model/index.js';
import {
  announce,
  asFlag,
  asList,
  asNumber,
  asObject,
  asOneOf,
  asText,
  coerce,
  controlStyles,
  FocusHome,
  iconOf,
  LazyPart,
  moreIcon,
  Popover,
  popoverStyles,
  WhatsAppElement,
} from '../base/index.js';
import type { AttachmentTray } from '../attachment-tray/attachment-tray.js';
import type { IncomingFile } from '../attachment-tray/incoming-file.js';
import type { ComposerVoice } from '../voice-recorder/composer-voice.js';
import type { EmojiSelectEvent } from '../whatsapp-emoji-picker/whatsapp-emoji-picker.events.js';
import type * as FilesPart from './composer-files.js';
import type { ComposerFormatting } from './composer-formatting.js';
import type { ComposerShortcuts } from './composer-shortcuts.js';
import { ICON_PATHS } from './icon-paths.js';
import type { ShortcutSource } from './shortcut-source.js';
import {
  AttachRequestEvent,
  DraftChangeEvent,
  ResponsesRequestEvent,
  SendRequestEvent,
} from './whatsapp-composer.events.js';
import { composerStyles } from './whatsapp-composer.styles.js';

const asWords = (value: unknown): unknown => (Array.isArray(value) ? value : []);

/** What a composer that takes files is given. */
export interface ComposerFiles {
  /** Which files can be chosen, as the attribute `accept` of a file input has it. */
  readonly accept: string;
  /** Files that were chosen and are not in the draft: they are being looked at, or cannot be sent. */
  readonly incoming: readonly IncomingFile[];
  /** Where the content of an attached file comes from, for small pictures; null: there are none. */
  readonly fileOf: AttachmentTray['fileOf'];
  /** How voice notes are recorded; null or left out: there are none. */
  readonly voice?: ComposerVoice | null;
}

/** From this part of the limit on the characters are counted out. */
const COUNT_FROM = 0.8;
/** With this many characters the box has its full height, however narrow they are: no more of the text is laid out a second time to measure it. */
const MEASURED = 5_000;
/** What browsers call a key that an input method has taken. */
const TAKEN_BY_INPUT_METHOD = 229;

// Whoever has sent something knows how; the hint is for the first time.
let hintNeeded = true;

/**
 * Where an agent writes. Grows from one line to eight; Enter sends and Shift+Enter begins a line, or with `enter="newline"` the other way (Ctrl+Enter
 * sends). Text beyond the limit is kept, counted and not sent, and so is a draft while nothing can be sent. Files are attached by the button, by pasting them,
 * or by dropping them on the conversation; they wait above the text. While there is nothing to send, a voice note can be recorded.
 *
 * @summary The text box of a conversation.
 * @fires {SendRequestEvent} send-request - The agent wants the draft sent.
 * @fires {AttachRequestEvent} attach-request - The agent has chosen or pasted files.
 * @fires {ResponsesRequestEvent} responses-request - The agent wants to choose a prepared response.
 * @fires {DraftChangeEvent} draft-change - The agent has changed the draft.
 * @slot reply - The message that is answered, and what else goes with the text, above all else.
 * @slot closed - What can be sent while nothing else can, below the reason.
 * @csspart input - The text box.
 * @csspart attach-button - The button that attaches files.
 * @csspart emoji-button - The button that opens the emoji picker.
 * @csspart emoji - What the emoji picker lies in, while it is open.
 * @csspart responses-button - The button that leads to prepared responses.
 * @csspart send-button - The button that sends.
 * @csspart record-button - The button that records a voice note, in the place of the one that sends while there is nothing to send.
 * @csspart count - How many characters there are.
 * @csspart unfilled - Which placeholders of prepared responses are still to be filled in.
 * @csspart unavailable - Why nothing can be sent.
 */
export class WhatsAppComposer extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, popoverStyles, composerStyles];

  static override readonly words = [conversationWords];

  /** The text as it stands. */
  @coerce(asText(''))
  @property()
  value = '';

  /** The longest text that can be sent, in characters (code points). */
  @coerce(asNumber(DEFAULT_POLICY.textLimit))
  @property({ type: Number })
  limit = DEFAULT_POLICY.textLimit;

  /** What Enter does: `send`, or `newline`. */
  @coerce(asOneOf(['send', 'newline'], 'send'))
  @property()
  enter: 'send' | 'newline' = 'send';

  /** Why nothing can be sent now, as a sentence; null when it can. What was typed stays. */
  @coerce(asText(null))
  @property()
  unavailable: string | null = null;

  /** The files of the draft. */
  @coerce(asList('files of a draft', { id: 'string', name: 'string', bytes: 'number' }))
  @property({ attribute: false })
  attachments: readonly DraftAttachment[] = [];

  /** How files are attached; null where none can be sent: then there is no button. */
  @coerce(asObject('how files are attached', { accept: 'string', incoming: 'object' }))
  @property({ attribute: false })
  attaching: ComposerFiles | null = null;

  /** What the contact centre can do, as its welcome says: there is a menu of what can be sent beside words and files. */
  @coerce(asWords)
  @property({ attribute: false })
  features: readonly string[] = [];

  /** Whether prepared responses can be chosen: then there is a button for them. */
  @coerce(asFlag)
  @property({ type: Boolean })
  responses = false;

  /** Where responses come from that are inserted by typing their shortcut (`/hello`); null where there are none. */
  @coerce(asObject('where responses come from', { find: 'function', insert: 'function' }))
  @property({ attribute: false })
  shortcuts: ShortcutSource | null = null;

  /** Placeholders of prepared responses, such as `[Contact.Title]`. While one of them stands in the text, nothing is sent. */
  @coerce(asWords)
  @property({ attribute: false })
  unfilled: readonly string[] = [];

  @state() private refused = false;
  /** A voice note is being recorded, in the place of the text. */
  @state() private recording = false;

  /** Whether the agent has been in the text. */
  @state() private writing = false;

  readonly #emoji = new Popover(this, 'emoji');
  readonly #filesPart = new LazyPart<typeof FilesPart>(this, () => import('./composer-files.js'));
  readonly #formattingPart = new LazyPart<ComposerFormatting>(this, async () => {
    const { ComposerFormatting: Formatting } = await import('./composer-formatting.js');
    return new Formatting(this);
  });
  readonly #shortcutsPart = new LazyPart<ComposerShortcuts>(this, async () => {
    const { ComposerShortcuts: Shortcuts } = await import('./composer-shortcuts.js');
    return new Shortcuts(this, () => this.shortcuts);
  });
  /** It was sent while a file was still being looked at: it goes when that can be sent too. */
  #waits = false;
  #over = false;
  #crossed = false;

  constructor() {
    super();
    new FocusHome(this, () => [this.#input, this.renderRoot.querySelector<HTMLElement>('.unavailable')]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') && !changed.has('limit')) return;
    const over = this.#length() > this.limit;
    if (!over) this.refused = false;
    this.#crossed = over && !this.#over && this.hasUpdated;
    this.#over = over;
  }

  protected override updated(): void {
    if (this.#waits && !this.#isChecking) {
      this.#waits = false;
      // After this update: what is sent changes the box.
      if (this.attaching?.incoming.length === 0) queueMicrotask(() => this.#send());
    }
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

  /**
   * Which part of the text something takes the place of that is inserted now: what is selected, else where the caret is. Undefined for the end
   * of the text, on a line of its own: where the agent has not been in the text yet, or ended it with a word.
   */
  get range(): TextRange | undefined {
    const input = this.#input;
    if (!input || !this.writing) return undefined;
    const { selectionStart: start, selectionEnd: end, value } = input;
    return start === value.length && /\S$/.test(value) ? undefined : { start, end };
  }

  /** Puts the focus into the text, and selects a part of it; without an end, the caret comes to stand at its start. */
  select(start: number, end = start): void {
    // What was set just now may not be in it yet.
    this.renderNow();
    this.#input?.setSelectionRange(start, end);
    this.focus();
  }

  override focus(options?: FocusOptions): void {
    this.#input?.focus(options);
  }

  override render(): TemplateResult {
    const { unavailable } = this;
    const available = unavailable === null;
    return html`<div class="composer" dir=${this.localize.direction} lang=${this.localize.lang}>
      <div class=${available ? 'box' : 'box closed'}>
        ${available ? html`<slot name="reply"></slot>` : nothing}
        ${available ? (this.#files?.trayView(this.attachments, this.attaching, this.#onAttachments) ?? nothing) : this.#renderUnavailable(unavailable)}
        ${available && this.recording ? this.#files?.recorderView(this.attaching, this.#onRecorded) : this.#renderWriting(available)}
      </div>
    </div>`;
  }

  #renderUnavailable(reason: string): TemplateResult {
    return html`<div class="unavailable" part="unavailable">
        ${moreIcon('lock', 16)}
        <p>${reason}</p>
      </div>
      <slot name="closed"></slot>
      ${
        this.value === '' && this.attachments.length === 0
          ? nothing
          : html`<p class="kept small muted" id="kept">${this.localize.t('composer.draft-kept')}</p>`
      }`;
  }

  #renderWriting(available: boolean): TemplateResult {
    return html`${available || this.value !== '' ? this.#renderText(available) : nothing}
    ${available ? this.#renderUnfilled() : nothing} ${available ? this.#renderTools() : nothing}
    ${this.writing && available ? (this.#formattingPart.value?.render() ?? nothing) : nothing}
    ${this.writing && available && this.shortcuts ? this.#shortcutsPart.value?.render(this.localize.t('composer.responses')) : nothing}`;
  }

  #renderText(available: boolean): TemplateResult {
    return html`<div class="grow" data-text=${this.value.slice(0, MEASURED)}>
      <textarea
        part="input"
        rows="1"
        dir="auto"
        autocomplete="off"
        aria-label=${this.localize.t('composer.message')}
        aria-describedby=${this.#described(available)}
        aria-invalid=${String(available && this.#over)}
        placeholder=${this.localize.t('composer.placeholder')}
        ?readonly=${!available}
        .value=${live(this.value)}
        @input=${this.#onInput}
        @focus=${() => (this.writing = true)}
        @keydown=${this.#onKeydown}
        @paste=${this.#onPaste}
      ></textarea>
    </div>`;
  }

  #renderUnfilled(): TemplateResult | typeof nothing {
    const names = this.#standing;
    if (names.length === 0) return nothing;
    return html`<p class="unfilled small" part="unfilled" id="unfilled" dir="auto">
      ${this.localize.t('composer.unfilled', { names: names.join(' ') })}
    </p>`;
  }

  /** The row under the text: at its start what helps to write, at its end how long the text is and what sends it. */
  #renderTools(): TemplateResult {
    return html`<div class="tools">
      ${this.#files?.attachView(this.attaching, this.localize.localizer, this.#attach)} ${this.#renderEmoji()}
      ${this.responses ? this.#renderResponses() : nothing}
      <composer-menu .features=${this.features}></composer-menu>
      ${this.#renderLength()}
      ${
        this.#isEmpty && this.attaching?.voice
          ? (this.#files?.recordView(this.attaching, this.localize.localizer, this.#onRecord) ??
            this.#renderSend())
          : this.#renderSend()
      }
    </div>`;
  }

  #renderSend(): TemplateResult {
    const name = this.localize.t('composer.send');
    return html`<button
      class="icon-button primary send"
      part="send-button"
      type="button"
      aria-label=${name}
      title=${name}
      ?disabled=${!this.#canSend}
      @click=${this.#onSendClick}
    >
      ${iconOf(ICON_PATHS.send, 18)}
    </button>`;
  }

  #renderEmoji(): TemplateResult {
    const name = this.localize.t('composer.emoji');
    const { id, isOpen, onKeyDown, onFocusOut, onBeforeToggle } = this.#emoji;
    return html`<div class="popover-place" @keydown=${onKeyDown} @focusout=${onFocusOut}>
      <button
        class="icon-button"
        part="emoji-button"
        type="button"
        popovertarget=${id}
        aria-haspopup="dialog"
        aria-expanded=${String(isOpen)}
        aria-label=${name}
        title=${name}
        @click=${this.#onEmojiClick}
      >
        ${iconOf(ICON_PATHS.emoji, 20)}
      </button>
      <div
        id=${id}
        class="popover emoji"
        part="emoji"
        popover="auto"
        role="dialog"
        tabindex="-1"
        aria-label=${name}
        @beforetoggle=${onBeforeToggle}
      >
        ${
          isOpen
            ? html`<whatsapp-emoji-picker @emoji-select=${this.#onEmojiSelect}></whatsapp-emoji-picker>`
            : nothing
        }
      </div>
    </div>`;
  }

  #renderResponses(): TemplateResult {
    const name = this.localize.t('composer.responses');
    return html`<button
      class="icon-button"
      part="responses-button"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => this.dispatchEvent(new ResponsesRequestEvent())}
    >
      ${iconOf(ICON_PATHS.responses, 20)}
    </button>`;
  }

  /** How much of the limit is used; in its place, for the first time, what Enter does. */
  #renderLength(): TemplateResult | typeof nothing {
    const count = this.#countText();
    if (count !== null) {
      return html`<span
        id="count"
        class=${this.#over ? 'count over small numbers' : 'count small muted numbers'}
        part="count"
        role=${this.refused ? 'alert' : nothing}
        >${count}</span
      >`;
    }
    if (!hintNeeded) return nothing;
    const hint = this.enter === 'newline' ? 'composer.hint-newline' : 'composer.hint-send';
    return html`<span id="hint" class="hint small muted">${this.localize.t(hint)}</span>`;
  }

  #described(available: boolean): string | typeof nothing {
    if (!available) return 'kept';
    if (this.#standing.length > 0) return 'unfilled';
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
    if (text !== null) announce(text, this.localize);
  }

  /** Of what would be sent: white space around it is not. */
  #length(): number {
    return textLength(this.value.trim());
  }

  #change(text: string): void {
    if (text === this.value) return;
    this.#waits = false;
    this.value = text;
    this.dispatchEvent(new DraftChangeEvent(this.#draft(text)));
  }

  #draft(text = this.value): Draft {
    return { ...EMPTY_DRAFT, text, attachments: this.attachments };
  }

  /** What is still being looked at may belong to the message. */
  get #canSend(): boolean {
    const isWhole = !this.#isEmpty && !this.#isChecking && this.#standing.length === 0;
    return isWhole && !this.#over && this.unavailable === null;
  }

  /** The placeholders that are still to be filled in. */
  get #standing(): readonly string[] {
    return unfilledIn(this.value, this.unfilled);
  }

  get #isChecking(): boolean {
    return this.attaching?.incoming.some(({ refusal }) => refusal === null) ?? false;
  }

  get #isEmpty(): boolean {
    return this.value.trim() === '' && this.attachments.length === 0;
  }

  #send(): void {
    const text = this.value.trim();
    const [first] = this.#standing;
    if (first !== undefined) {
      const start = this.value.indexOf(first);
      return this.select(start, start + first.length);
    }
    if (textLength(text) > this.limit && this.unavailable === null) this.refused = true;
    this.#waits = this.#isChecking;
    if (!this.#canSend || !this.dispatchEvent(new SendRequestEvent(this.#draft(text)))) return;
    hintNeeded = false;
    this.value = '';
    this.attachments = [];
  }

  /** Comes with the first file, or where files can be attached. */
  get #files(): typeof FilesPart | null {
    return this.attaching || this.attachments.length > 0 ? this.#filesPart.value : null;
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

  // The browser would open it too, but only after this, and what opens must be there to take the focus.
  readonly #onEmojiClick = (event: Event): void => {
    event.preventDefault();
    if (this.#emoji.isOpen) return this.#emoji.close();
    this.#emoji.open();
    const picker = this.renderRoot.querySelector<HTMLElement>('whatsapp-emoji-picker');
    // Under a finger the keyboard of the screen would come with the search, and cover the emoji.
    const touched = (event as PointerEvent).pointerType === 'touch';
    (touched ? this.#emoji.element : picker)?.focus();
  };

  readonly #onEmojiSelect = ({ detail }: EmojiSelectEvent): void => {
    this.insertText(detail.emoji);
    this.#emoji.close();
    this.focus();
  };

  readonly #onPaste = (event: ClipboardEvent): void =>
    this.#files?.paste(event, this.attaching, this.#attach);

  readonly #attach = (files: readonly File[]): void => {
    if (files.length > 0) this.dispatchEvent(new AttachRequestEvent(files));
    this.focus();
  };

  readonly #onAttachments = (attachments: readonly DraftAttachment[]): void => {
    this.attachments = attachments;
    this.dispatchEvent(new DraftChangeEvent(this.#draft()));
  };

  readonly #onRecord = (): void => void (this.recording = true);

  /** The focus is lost with the recorder, unless it is elsewhere already. */
  readonly #onRecorded = (event: Event): void => {
    const { activeElement } = this.renderRoot as ShadowRoot;
    this.recording = false;
    if (activeElement !== event.target) return;
    void this.updateComplete.then(() => this.focus());
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
