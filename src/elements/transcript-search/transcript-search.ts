import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState } from '../../context/index.js';
import type { PlaceOutcome, SearchOutcome, TranscriptFinder } from '../../context/index.js';
import { searchWords } from '../../i18n/search-words.js';
import { EMPTY_STATE } from '../../model/index.js';
import { messageSearch } from '../../model/message-search.js';
import { SEARCH_LIMIT } from '../../model/word-search.js';
import {
  announce,
  asObject,
  asOneOf,
  asText,
  coerce,
  controlStyles,
  FocusHome,
  icon,
  iconOf,
  moreIcon,
  WhatsAppElement,
} from '../base/index.js';
import { localDay } from '../base/local-day.js';
import type { WhatsAppTranscript } from '../whatsapp-transcript/whatsapp-transcript.js';
import { SearchEndEvent } from './transcript-search.events.js';
import { transcriptSearchStyles } from './transcript-search.styles.js';
import { ICON_PATHS } from './icon-paths.js';
import { MatchMarks } from './match-marks.js';
import { firstHits, olderHit } from './search-hits.js';
import type { SearchHits } from './search-hits.js';

/** How long somebody stops typing before the words are looked for, in milliseconds. */
const PAUSE = 300;

type Note = 'busy' | 'none' | 'failed' | 'no-link' | 'gone' | 'offline' | 'unsupported' | 'no-messages';
type Failed = Extract<SearchOutcome | PlaceOutcome, { ok: false }>['why'];

/**
 * Looks for words in a conversation, and goes from match to match, or to a day.
 *
 * @summary Finds words and days in a conversation.
 * @fires {SearchEndEvent} search-end - The agent does not want to look any more.
 * @csspart row - The field, and what goes from match to match.
 */
export class TranscriptSearch extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, transcriptSearchStyles];

  static override readonly words = [searchWords];

  /** The id of the interaction up to which the conversation is searched. */
  @coerce(asText(null))
  @property()
  interaction: string | null = null;

  /** Where the messages are shown. */
  @coerce(asObject('a transcript element', { goTo: 'function', leavePlace: 'function' }))
  @property({ attribute: false })
  messages: WhatsAppTranscript | null = null;

  /** What is looked for: `words`, or a `date`. */
  @coerce(asOneOf(['words', 'date'], 'words'))
  @property()
  mode: 'words' | 'date' = 'words';

  @state() private now: SearchHits | null = null;
  @state() private note: Note | null = null;

  readonly #features = fromState(this, ({ features }) => features, EMPTY_STATE.features);
  #pause: ReturnType<typeof setTimeout> | null = null;
  #marks: MatchMarks | null = null;
  #turn = 0;

  constructor() {
    super();
    new FocusHome(this, () => [this.#field]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    this.#marks?.end();
    this.#marks = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('mode')) this.#field?.focus();
  }

  override render(): TemplateResult {
    const words = this.localize;
    return html`<div
      class="search"
      role="search"
      dir=${words.direction}
      lang=${words.lang}
      aria-label=${words.t('search.region')}
      @keydown=${this.#onKeyDown}
    >
      <div class="row" part="row">
        ${this.mode === 'words' ? this.#renderWords() : this.#renderDate()}
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('search.close')}
          title=${words.t('search.close')}
          @click=${this.#end}
        >
          ${icon('close')}
        </button>
      </div>
      ${this.#renderNote()}
    </div>`;
  }

  #renderWords(): TemplateResult {
    const words = this.localize;
    const name = words.t('search.field');
    const { hits = [], next = null, at = 0 } = this.now ?? {};
    const isOldest = at >= hits.length - 1 && next === null;
    return html`<input
        class="field"
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        maxlength=${SEARCH_LIMIT}
        aria-label=${name}
        placeholder=${name}
        dir="auto"
        @input=${this.#onInput}
      />
      ${hits.length > 0 ? html`<span class="count small" aria-hidden="true">${this.#position}</span>` : nothing}
      ${this.#renderStep('older', isOldest, () => void this.#older())}
      ${this.#renderStep('newer', at === 0, () => this.#newer())}
      ${this.#renderMode('date', 'search.date', 'calendar')}`;
  }

  #renderStep(to: 'older' | 'newer', disabled: boolean, run: () => void): TemplateResult {
    const name = this.localize.t(`search.${to}`);
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${name}
      title=${name}
      aria-disabled=${String(disabled)}
      @click=${run}
    >
      ${iconOf(ICON_PATHS[to])}
    </button>`;
  }

  #renderDate(): TemplateResult {
    const words = this.localize;
    return html`<input
        class="field"
        type="date"
        aria-label=${words.t('search.day')}
        max=${localDay(this.workspace?.clock.now() ?? Date.now())}
      />
      <button class="button" type="button" @click=${() => void this.#toDay()}>${words.t('search.go')}</button>
      ${
        this.#features.value.includes('transcript-search')
          ? this.#renderMode('words', 'search.words', 'search')
          : nothing
      }`;
  }

  #renderMode(
    mode: 'words' | 'date',
    key: 'search.words' | 'search.date',
    sign: 'search' | 'calendar',
  ): TemplateResult {
    const name = this.localize.t(key);
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => {
        this.#forget();
        this.mode = mode;
      }}
    >
      ${moreIcon(sign)}
    </button>`;
  }

  #renderNote(): TemplateResult | typeof nothing {
    if (this.note === null) return nothing;
    return html`<p class="note small muted">${this.localize.t(`search.${this.note}`)}</p>`;
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot?.querySelector('input') ?? null;
  }

  /** `3/12`; `3/100+` while there are more. */
  get #position(): string {
    const { hits = [], next = null, at = 0 } = this.now ?? {};
    const number = (value: number): string => this.localize.number(value);
    return `${number(at + 1)}/${number(hits.length)}${next === null ? '' : '+'}`;
  }

  #forget(): void {
    this.#turn++;
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
    this.now = null;
    this.note = null;
    this.messages?.leavePlace();
    this.#marks?.show(null);
  }

  #mark(text: string): void {
    if (this.messages) this.#marks ??= new MatchMarks(this.messages);
    this.#marks?.show(messageSearch(text));
  }

  readonly #end = (): void => void this.dispatchEvent(new SearchEndEvent());

  readonly #onInput = (): void => {
    this.#forget();
    this.#pause = setTimeout(() => void this.#search(), PAUSE);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') this.#end();
    else if (event.target !== this.#field || !this.#onFieldKey(event)) return;
    event.preventDefault();
  };

  #onFieldKey({ key, shiftKey }: KeyboardEvent): boolean {
    if (this.mode === 'date') {
      if (key !== 'Enter') return false;
      void this.#toDay();
    } else if (key === 'ArrowUp' || (key === 'Enter' && !shiftKey)) void this.#older();
    else if (key === 'ArrowDown' || key === 'Enter') this.#newer();
    else return false;
    return true;
  }

  /** Looks for what stands in the field. */
  async #search(): Promise<void> {
    this.#forget();
    const text = this.#field?.value.trim() ?? '';
    const { interaction } = this;
    if (text === '' || interaction === null) return;
    await this.#step((finder) => firstHits(finder, interaction, text));
  }

  /** Goes to the match above; where there is none yet, looks for them. */
  async #older(): Promise<void> {
    const { now, interaction } = this;
    if (!now) return this.#search();
    if (interaction !== null) await this.#step((finder) => olderHit(finder, interaction, now));
  }

  #newer(): void {
    const { now } = this;
    if (now && now.at > 0) void this.#step(async () => ({ ok: true, now: { ...now, at: now.at - 1 } }));
  }

  async #step(step: (finder: TranscriptFinder) => ReturnType<typeof firstHits>): Promise<void> {
    const turn = ++this.#turn;
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#say('busy');
    try {
      const finder = await this.workspace?.finder();
      const outcome = finder ? await step(finder) : null;
      if (turn !== this.#turn) return;
      if (!outcome?.ok) return this.#say(outcome ? failedSearch(outcome.why) : 'failed');
      this.now = outcome.now;
      this.#mark(outcome.now.text);
      const hit = outcome.now.hits[outcome.now.at];
      this.#say(hit ? null : 'none');
      if (!hit) return;
      this.#announceMatch();
      if (finder) await this.#show(finder, hit.item, turn);
    } catch {
      if (turn === this.#turn) this.#say('failed');
    }
  }

  async #show(finder: TranscriptFinder, item: string, turn: number): Promise<void> {
    const { messages, interaction } = this;
    if (!messages || interaction === null) return;
    const isHere = await messages.goTo(item, true);
    // The words were changed while it was gone to.
    if (turn !== this.#turn) return messages.leavePlace();
    const outcome = isHere ? null : await finder.goTo(interaction, { kind: 'around', item });
    if (turn === this.#turn && outcome && !outcome.ok) this.#failedPlace(outcome.why);
  }

  async #toDay(): Promise<void> {
    const { messages, interaction } = this;
    const day = this.#field?.value ?? '';
    if (day === '' || interaction === null || !messages) return;
    const turn = ++this.#turn;
    this.#say('busy');
    try {
      const finder = await this.workspace?.finder();
      // Without a time zone: the agent's own day.
      const outcome = await finder?.goTo(interaction, { kind: 'at', at: new Date(`${day}T00:00`).getTime() });
      if (turn !== this.#turn) return;
      this.#say(null);
      if (outcome?.ok) await messages.goTo(outcome.item, true);
      else this.#failedPlace(outcome?.why === 'gone' ? 'no-messages' : (outcome?.why ?? 'offline'));
    } catch {
      if (turn === this.#turn) this.#failedPlace('offline');
    }
  }

  #failedPlace(why: Failed | 'no-messages'): void {
    this.messages?.leavePlace();
    if (why === 'overtaken') return;
    this.#say(why === 'gone' || why === 'unsupported' || why === 'no-messages' ? why : 'offline');
  }

  #say(note: Note | null): void {
    this.note = note;
    if (note !== null && note !== 'busy')
      announce(this.localize.t(`search.${note}`), this.localize.localizer);
  }

  #announceMatch(): void {
    const { hits = [], next = null, at = 0, text = '' } = this.now ?? {};
    const key = next === null ? 'search.match' : 'search.match-more';
    const said = this.localize.t(key, { position: at + 1, count: hits.length });
    announce(said, this.localize.localizer, text);
  }
}

function failedSearch(why: Failed): Note | null {
  if (why === 'overtaken') return null;
  return why === 'offline' || why === 'timeout' ? 'no-link' : 'failed';
}

declare global {
  interface HTMLElementTagNameMap {
    'transcript-search': TranscriptSearch;
  }
}
