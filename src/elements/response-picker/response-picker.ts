import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { Connected, fromState, fromWorkspace, StreamController } from '../../context/index.js';
import type { TranscriptView, Workspace } from '../../context/index.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { responsesWords } from '../../i18n/responses-words.js';
import { contentText, EMPTY_STATE, isOnDesk, serviceWindow, suggestionText } from '../../model/index.js';
import type { Interaction, PreparedResponse, ResponseSearch } from '../../model/index.js';
import { SEARCH_LIMIT, wordSearch } from '../../model/word-search.js';
import type { WordSearch } from '../../model/word-search.js';
import { ActiveOption } from '../base/active-option.js';
import {
  announce,
  asObject,
  asText,
  ClockController,
  coerce,
  controlStyles,
  FocusHome,
  icon,
  moreIcon,
  NearEnd,
  Popover,
  popoverStyles,
  Tree,
  treeStyles,
  VirtualList,
  WhatsAppElement,
} from '../base/index.js';
import { formatting, links } from '../whatsapp-message/formatted-text.js';
import { LoadsOnDemand } from '../whatsapp-message/on-demand.js';
import { FilledBodies } from './filled-bodies.js';
import { FoundResponses } from './found-responses.js';
import { isEverything, loadingNote, nothingFound, troubleNote } from './picker-notes.js';
import { pickerGroups } from './picker-groups.js';
import type { ResponseGroup } from './picker-groups.js';
import { pickerFilters } from './picker-filters.js';
import { ResponseInsertEvent } from './response-picker.events.js';
import { responsePickerStyles } from './response-picker.styles.js';
import { responsePreview } from './response-preview.js';
import { responseRow } from './response-row.js';
import type { WritingPlace } from './writing-place.js';

const EVERYTHING: ResponseSearch = { text: '', match: 'all', category: null, language: null };

/**
 * The Standard Response Library: what is prepared to be sent, found by words, category and language, and put into a conversation's draft. The focus stays in the
 * search field: arrow keys lead to a response and show it as the contact will see it, Enter inserts it, Escape empties the field.
 *
 * @summary Finds prepared responses and inserts them.
 * @fires {ResponseInsertEvent} response-insert - Before a response is inserted; prevent it to veto.
 * @cssprop [--whatsapp-max-block-size=100dvh] - How high it becomes where what it is in has no height of its own.
 * @csspart search - The search field.
 * @csspart row - Each response.
 * @csspart preview - The response that the keyboard is at.
 * @csspart insert-button - Inserts it.
 * @csspart favourite-button - Makes it a favourite, or takes it out of them.
 */
export class ResponsePicker extends Connected(WhatsAppElement) {
  static override styles = [
    WhatsAppElement.styles,
    controlStyles,
    popoverStyles,
    treeStyles,
    responsePickerStyles,
  ];

  static override readonly words = [responsesWords, conversationWords];

  /** The id of the interaction that responses are inserted into; null for the one in front. */
  @coerce(asText(null))
  @property()
  interaction: string | null = null;

  /** Where the agent writes; null: responses come to the end of the draft. */
  @coerce(asObject('where the agent writes', { range: 'function', inserted: 'function' }))
  @property({ attribute: false })
  place: WritingPlace | null = null;

  /** The words that are looked for; the agent changes them. */
  @coerce(asText(''))
  @property()
  text = '';

  @state() private search: ResponseSearch = EVERYTHING;
  @state() private group: ResponseGroup | null = null;

  readonly #features = fromState(this, ({ features }) => features, EMPTY_STATE.features);
  readonly #agent = fromState(this, ({ agent }) => agent, null);
  readonly #selected = fromWorkspace<string | null>(this, ({ selected$ }) => selected$, null);
  readonly #interaction = new StreamController<Interaction | null>(
    this,
    () => (this.#id === null ? null : this.workspace?.interaction$(this.#id)),
    null,
    () => [this.workspace, this.#id],
  );
  readonly #transcript = new StreamController<TranscriptView | null>(
    this,
    () => (this.#id === null || this.group !== 'suggested' ? null : this.workspace?.transcript$(this.#id)),
    null,
    () => [this.workspace, this.#id, this.group],
  );
  readonly #time = new ClockController(
    this,
    (now) => {
      const closesAt = this.#interaction.value?.windowClosesAt ?? 0;
      return closesAt > now ? closesAt : null;
    },
    () => this.workspace?.clock,
  );

  readonly #found = new FoundResponses(this, {
    library: () => this.workspace?.responses(),
    answered: () => this.#onAnswer(),
  });
  readonly #bodies = new FilledBodies();
  readonly #rows = new VirtualList(this, () => this.renderRoot.querySelector('.list'));
  readonly #active = new ActiveOption(this, 'responses');
  readonly #popover = new Popover(this, 'categories');
  readonly #tree = new Tree(this, () => this.localize.direction);
  /** Whose library is shown. */
  #shown: Workspace | null = null;
  /** What the suggestions are looked for by; null while none are wanted. */
  #suggestion: string | null = null;
  #marks: { readonly of: ResponseSearch; readonly search: WordSearch | null } | null = null;

  constructor() {
    super();
    new LoadsOnDemand(this, [formatting, links]);
    new NearEnd(this, {
      marker: () => this.renderRoot.querySelector('.end'),
      reached: () => this.#found.more(),
    });
    new FocusHome(this, () => [this.#field, this.renderRoot.querySelector<HTMLElement>('.picker')]);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const workspace = this.#isSupported ? this.workspace : null;
    this.#bodies.use(this.#interaction.value, this.#agent.value);
    const isAnother = workspace !== this.#shown;
    if (isAnother) this.group = null;
    const suggestion = this.group === 'suggested' ? suggestionText(this.#lastWords) : null;
    const isOther = suggestion !== this.#suggestion;
    this.#suggestion = suggestion;
    if (!isAnother && this.text === this.search.text) {
      if (isOther && suggestion) this.#found.look(this.#asked);
      return;
    }
    this.search = { ...(isAnother ? EVERYTHING : this.search), text: this.text };
    if (isAnother) this.#found.forget();
    this.#shown = workspace;
    if (workspace) this.#found.look(this.#asked);
  }

  /** Puts the focus into the search field. */
  override focus(options?: FocusOptions): void {
    this.#field?.focus(options);
  }

  protected override render(): TemplateResult {
    this.#active.setKeys(this.#found.items.map(({ id }) => id));
    return html`<section
      class="picker"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${this.localize.t('responses.label')}
    >
      ${this.#renderContent()}
    </section>`;
  }

  #renderContent(): TemplateResult {
    if (!this.workspace) return html`<p class="empty late">${this.localize.t('common.no-workspace')}</p>`;
    if (!this.#agent.value) return loadingNote(this.localize.localizer);
    if (!this.#isSupported || this.#found.trouble === 'unsupported')
      return html`<p class="empty">${this.localize.t('responses.unsupported')}</p>`;
    return html`${this.#renderHead()} ${this.#renderFound()} ${this.#renderPreview()}`;
  }

  #renderHead(): TemplateResult {
    const words = this.localize;
    const name = words.t('responses.search');
    return html`<div class="head">
      <div class="find">
        ${moreIcon('search', 16)}
        <input
          class="field"
          part="search"
          type="text"
          role="combobox"
          inputmode="search"
          enterkeyhint="done"
          autocomplete="off"
          spellcheck="false"
          dir="auto"
          maxlength=${SEARCH_LIMIT}
          aria-label=${name}
          aria-autocomplete="list"
          aria-controls="found"
          aria-expanded=${String(this.#found.items.length > 0)}
          aria-activedescendant=${this.#active.descendant}
          placeholder=${name}
          .value=${live(this.search.text)}
          @input=${this.#onInput}
          @keydown=${this.#onKeyDown}
        />
        ${this.search.text === '' ? nothing : this.#renderClear()}
      </div>
      ${this.#renderGroups()}
      ${pickerFilters({
        search: this.search,
        categories: this.#found.categories,
        languages: this.#found.languages,
        words: words.localizer,
        popover: this.#popover,
        tree: this.#tree,
        change: this.#onFilter,
        openCategories: this.#onCategories,
      })}
    </div>`;
  }

  #renderGroups(): TemplateResult | typeof nothing {
    const groups = this.#groups;
    if (groups.length === 0) return nothing;
    return pickerGroups({
      groups,
      chosen: this.group,
      words: this.localize.localizer,
      choose: this.#onGroup,
    });
  }

  #renderClear(): TemplateResult {
    const name = this.localize.t('responses.clear');
    return html`<button
      class="icon-button clear"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${this.#onClear}
    >
      ${icon('close', 16)}
    </button>`;
  }

  #renderFound(): TemplateResult {
    const { items: responses, answers, trouble, isBehind, isLoading } = this.#found;
    const words = this.localize.localizer;
    if (trouble !== null && isBehind)
      return html`<div class="error">${troubleNote(trouble, words, this.#onAgain)}</div>`;
    if (this.#suggestion === '' && this.#transcript.value?.loaded)
      return nothingFound(EVERYTHING, 'suggested', words, this.#onShowAll);
    if (!answers || this.#suggestion === '') return loadingNote(this.localize.localizer);
    if (responses.length === 0) return nothingFound(answers, this.group, words, this.#onShowAll);
    return html`<ul
      class="list"
      id="found"
      role="listbox"
      aria-label=${this.localize.t('responses.found')}
      aria-busy=${String(isLoading)}
    >
      ${this.#renderRows(responses, answers)} ${this.#renderEnd()}
    </ul>`;
  }

  #renderRows(responses: readonly PreparedResponse[], answers: ResponseSearch): unknown {
    const { current } = this.#active;
    const search = this.#marksOf(answers);
    const pinned = current === null ? -1 : responses.findIndex(({ id }) => id === current);
    return this.#rows.render(responses, [pinned], (response, index) =>
      responseRow({
        response,
        text: this.#bodies.textOf(response),
        id: this.#active.optionId(response.id),
        index,
        // How many there are in all is not known before the last page.
        count: this.#found.hasMore ? -1 : responses.length,
        active: response.id === current,
        search,
        words: this.localize.localizer,
        goTo: () => this.#active.goTo(response.id),
        insert: () => this.#insert(response),
      }),
    );
  }

  /** What follows the last row: more that is coming, or why it is not. */
  #renderEnd(): TemplateResult | typeof nothing {
    const { hasMore, isLoading, trouble } = this.#found;
    if (!hasMore) return nothing;
    if (trouble !== null)
      return html`<li class="error" role="presentation">
        ${troubleNote(trouble, this.localize.localizer, this.#onAgain)}
      </li>`;
    return isLoading
      ? html`<li aria-hidden="true">
          <div class="skeletons"><div class="skeleton"></div></div>
        </li>`
      : html`<li class="end" aria-hidden="true"></li>`;
  }

  #renderPreview(): TemplateResult | typeof nothing {
    const response = this.#current;
    if (!response) return nothing;
    const obstacle = this.#obstacleTo(response);
    return responsePreview({
      response,
      text: response.notification && response.body === '' ? '' : this.#bodies.textOf(response),
      notification: this.#bodies.notificationOf(response),
      obstacle: obstacle && this.localize.t(`responses.${obstacle}`),
      words: this.localize.localizer,
      insert: () => this.#insert(response),
      setFavourite: this.#hasFavourites ? (favourite) => void this.#setFavourite(response, favourite) : null,
    });
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot?.querySelector('input') ?? null;
  }

  get #id(): string | null {
    return this.interaction ?? this.#selected.value;
  }

  get #isSupported(): boolean {
    return this.#features.value.includes('responses');
  }

  get #hasFavourites(): boolean {
    return this.#features.value.includes('favourite-responses');
  }

  get #groups(): readonly ResponseGroup[] {
    const own: readonly ResponseGroup[] = this.#hasFavourites ? ['favourites', 'recent'] : [];
    return this.#interaction.value ? ['suggested', ...own] : own;
  }

  /** What the contact wrote last, as far as it is here. */
  get #lastWords(): string {
    const chunks = this.#transcript.value?.transcript.chunks ?? [];
    for (const { items } of chunks.toReversed())
      for (const item of items.toReversed())
        if (item.kind === 'message' && item.message.direction === 'inbound') {
          const text = contentText(item.message.content);
          if (text !== null) return text;
        }
    return '';
  }

  /** What is asked the library: for suggestions, words of what the contact wrote last. */
  get #asked(): ResponseSearch {
    const { group, search } = this;
    if (group === null) return search;
    return group === 'suggested'
      ? { ...search, text: this.#suggestion ?? '', match: 'any' }
      : { ...search, of: group };
  }

  /** The response that the keyboard is at, if it answers what is asked by now. */
  get #current(): PreparedResponse | null {
    const { current } = this.#active;
    if (current === null || this.#found.isBehind) return null;
    return this.#found.items.find(({ id }) => id === current) ?? null;
  }

  /** Why a response cannot be inserted; null when it can. */
  #obstacleTo(response: PreparedResponse): 'no-conversation' | 'elsewhere' | 'closed' | null {
    const interaction = this.#interaction.value;
    if (this.#id === null) return 'no-conversation';
    if (!interaction || !isOnDesk(interaction, this.#agent.value?.id ?? '')) return 'elsewhere';
    const isClosed = serviceWindow(interaction.windowClosesAt, this.#time.now) === 'closed';
    return isClosed && !response.notification ? 'closed' : null;
  }

  #marksOf(of: ResponseSearch): WordSearch | null {
    if (this.#marks?.of === of) return this.#marks.search;
    const search = of.text.startsWith('/') ? null : wordSearch(of.text, of.match);
    this.#marks = { of, search };
    return search;
  }

  #change(change: Partial<ResponseSearch>, typing = false): void {
    this.search = { ...this.search, ...change };
    this.text = this.search.text;
    if (this.group === 'suggested' && this.text !== '') this.#leaveGroup();
    if (this.#suggestion !== '') this.#found.look(this.#asked, typing);
  }

  #insert(response: PreparedResponse): void {
    const interaction = this.#interaction.value;
    const { library } = this.#found;
    if (!interaction || !library || this.#obstacleTo(response) !== null) return;
    if (!this.dispatchEvent(new ResponseInsertEvent(response, interaction))) return;
    const end = library.insert(interaction.id, response, this.place?.range());
    if (end === null) return;
    announce(this.localize.t('responses.inserted', { name: response.name }), this.localize.localizer);
    this.place?.inserted(end);
  }

  #leaveGroup(): void {
    this.group = null;
    this.#suggestion = null;
  }

  async #setFavourite(response: PreparedResponse, favourite: boolean): Promise<void> {
    const { library } = this.#found;
    const show = (shown: PreparedResponse): void =>
      this.#found.change((one) => (one.id === response.id ? shown : one));
    show({ ...response, favourite });
    const outcome = await library?.setFavourite(response.id, favourite);
    if (outcome?.ok) return;
    show(response);
    announce(this.localize.t('responses.favourite-failed'), this.localize.localizer);
  }

  /** The first one is what Enter inserts, where words were looked for; without any, nobody has chosen it. */
  #onAnswer(): void {
    const { items: responses, answers, hasMore } = this.#found;
    this.#active.setKeys(responses.map(({ id }) => id));
    this.#active.goTo(answers?.text.trim() ? (responses[0]?.id ?? null) : null);
    const list = this.renderRoot.querySelector('.list');
    if (list) list.scrollTop = 0;
    // That the whole library is there is no news.
    if (!answers || isEverything(answers)) return;
    const key = hasMore ? 'responses.count-more' : 'responses.count';
    announce(this.localize.t(key, { count: responses.length }), this.localize.localizer);
  }

  readonly #onInput = ({ target }: Event): void =>
    this.#change({ text: (target as HTMLInputElement).value }, true);

  readonly #onClear = (): void => {
    this.#change({ text: '' });
    this.focus();
  };

  readonly #onAgain = (): void => this.#found.again();

  readonly #onShowAll = (): void => {
    this.#leaveGroup();
    this.#change(EVERYTHING);
    this.focus();
  };

  readonly #onGroup = (pressed: ResponseGroup): void => {
    const group = pressed === this.group ? null : pressed;
    this.group = group;
    // What the contact wrote last is asked for with the next rendering.
    this.#suggestion = null;
    if (group === 'suggested') {
      this.search = { ...this.search, text: '' };
      this.text = '';
    } else this.#found.look(this.#asked);
    this.focus();
  };

  readonly #onFilter = (change: Partial<ResponseSearch>): void => {
    this.#change(change);
    if (!('category' in change)) return;
    this.#popover.close();
    this.focus();
  };

  readonly #onCategories = (event: Event): void => {
    event.preventDefault();
    if (this.#popover.isOpen) return this.#popover.close();
    this.#popover.open();
    this.renderRoot.querySelector<HTMLElement>('.tree-item[tabindex="0"]')?.focus();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (key === 'Escape') {
      if (this.search.text === '') return;
      this.#change({ text: '' });
    } else if (key === 'Enter') {
      const response = this.#current;
      if (response) this.#insert(response);
      // Without waiting for more letters.
      else if (this.#found.isBehind) this.#found.look(this.#asked);
    } else if (!/^(Arrow(Up|Down)|Page(Up|Down))$/.test(key) || !this.#active.move(key)) return;
    event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'response-picker': ResponsePicker;
  }
}
