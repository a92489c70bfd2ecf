import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Notifications, Workspace } from '../../context/index.js';
import type { Localizer } from '../../i18n/index.js';
import type { Template } from '../../model/index.js';
import { SEARCH_LIMIT, wordSearch } from '../../model/word-search.js';
import type { WordSearch } from '../../model/word-search.js';
import { ActiveOption } from '../base/active-option.js';
import { FoundPages } from '../base/found-pages.js';
import type { FoundPage, Trouble } from '../base/found-pages.js';
import { announce, icon, moreIcon, NearEnd, VirtualList } from '../base/index.js';
import type { WhatsAppElement } from '../base/index.js';
import { templateObstacle } from './obstacle.js';
import { templateRow } from './template-row.js';

interface Listed {
  readonly id: string;
  readonly template: Template;
}

interface Options {
  readonly words: () => Localizer;
  /** What is to be put into the draft. */
  readonly choose: (template: Template, notifications: Notifications) => void;
}

/** For which conversation templates are looked for, and by whom they are found. */
interface Source {
  readonly workspace: Workspace;
  readonly interaction: string;
}

/**
 * The templates of a conversation's business account, of which one is chosen. The focus stays in the search field: arrow keys lead to a template and Enter chooses it.
 * What WhatsApp does not send is in the list, and says why.
 */
export class TemplateList {
  readonly #host: WhatsAppElement;
  readonly #options: Options;
  readonly #found: FoundPages<string, Listed>;
  readonly #rows: VirtualList;
  readonly #active: ActiveOption;
  #source: Source | null = null;
  #notifications: Notifications | null = null;
  #text = '';

  constructor(host: WhatsAppElement, options: Options) {
    this.#host = host;
    this.#options = options;
    this.#found = new FoundPages(host, {
      ask: (text, after) => this.#ask(text, after),
      answered: () => this.#onAnswer(),
    });
    this.#rows = new VirtualList(host, () => host.renderRoot.querySelector('.list'));
    this.#active = new ActiveOption(host, 'templates');
    new NearEnd(host, {
      marker: () => host.renderRoot.querySelector('.end'),
      reached: () => this.#found.more(),
    });
  }

  /** Says which templates are wanted; null for none. Before a rendering. */
  use(source: Source | null): void {
    const { workspace = null, interaction = null } = source ?? {};
    if (
      workspace === (this.#source?.workspace ?? null) &&
      interaction === (this.#source?.interaction ?? null)
    )
      return;
    this.#source = source;
    this.#notifications = null;
    this.#text = '';
    this.#found.forget();
    if (source) this.#found.look('');
  }

  render(): TemplateResult {
    this.#active.setKeys(this.#found.items.map(({ id }) => id));
    return html`${this.#renderSearch()} ${this.#renderFound()}`;
  }

  #renderSearch(): TemplateResult {
    const words = this.#options.words();
    const name = words.t('notification.search');
    return html`<div class="find">
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
        .value=${live(this.#text)}
        @input=${({ target }: Event) => this.#change((target as HTMLInputElement).value, true)}
        @keydown=${this.#onKeyDown}
      />
      ${this.#text === '' ? nothing : this.#renderClear(words.t('notification.clear'))}
    </div>`;
  }

  #renderClear(name: string): TemplateResult {
    return html`<button
      class="icon-button clear"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${this.#onShowAll}
    >
      ${icon('close', 16)}
    </button>`;
  }

  #renderFound(): TemplateResult {
    const { items, answers, trouble, isBehind, isLoading } = this.#found;
    const words = this.#options.words();
    if (trouble !== null && isBehind) return html`<div class="error">${this.#renderTrouble(trouble)}</div>`;
    if (answers === null) return loadingNote(words);
    if (items.length === 0) return this.#renderNone(answers.trim());
    const { current } = this.#active;
    const search = wordSearch(answers, 'all');
    const pinned = current === null ? -1 : items.findIndex(({ id }) => id === current);
    return html`<ul
      class="list"
      id="found"
      role="listbox"
      aria-label=${words.t('notification.found')}
      aria-busy=${String(isLoading)}
    >
      ${this.#rows.render(items, [pinned], (listed, index) => this.#renderRow(listed, index, search))}
      ${this.#renderEnd()}
    </ul>`;
  }

  #renderRow({ id, template }: Listed, index: number, search: WordSearch | null): TemplateResult {
    return templateRow({
      template,
      id: this.#active.optionId(id),
      index,
      // How many there are in all is not known before the last page.
      count: this.#found.hasMore ? -1 : this.#found.items.length,
      active: id === this.#active.current,
      search,
      words: this.#options.words(),
      choose: () => {
        this.#active.goTo(id);
        this.#choose(template);
      },
    });
  }

  /** What follows the last row: more that is coming, or why it is not. */
  #renderEnd(): TemplateResult | typeof nothing {
    const { hasMore, isLoading, trouble } = this.#found;
    if (!hasMore) return nothing;
    if (trouble !== null)
      return html`<li class="error" role="presentation">${this.#renderTrouble(trouble)}</li>`;
    return isLoading
      ? html`<li aria-hidden="true">
          <div class="skeletons"><div class="skeleton"></div></div>
        </li>`
      : html`<li class="end" aria-hidden="true"></li>`;
  }

  #renderTrouble(trouble: Trouble): TemplateResult {
    const words = this.#options.words();
    if (trouble === 'refused' || trouble === 'unauthorized')
      return html`<p>${words.t('notification.refused')}</p>`;
    if (trouble === 'unsupported') return html`<p>${words.t('notification.unsupported')}</p>`;
    const key =
      trouble === 'offline' || trouble === 'timeout' ? 'notification.no-link' : 'notification.failed';
    return html`<p>${words.t(key)}</p>
      <button class="button" type="button" @click=${() => this.#found.again()}>
        ${words.t('common.try-again')}
      </button>`;
  }

  #renderNone(text: string): TemplateResult {
    const words = this.#options.words();
    if (text === '') return html`<p class="empty">${words.t('notification.empty')}</p>`;
    return html`<div class="empty">
      <p>${words.t('notification.none', { text })}</p>
      <button class="button" type="button" @click=${this.#onShowAll}>
        ${words.t('notification.show-all')}
      </button>
    </div>`;
  }

  async #ask(text: string, after: string | null): Promise<FoundPage<Listed> | null> {
    const source = this.#source;
    if (!source) return null;
    const notifications = this.#notifications ?? (await source.workspace.notifications());
    if (source !== this.#source) return null;
    this.#notifications = notifications;
    const outcome = await notifications.search(source.interaction, text.trim(), after);
    return outcome.ok ? { ...outcome, items: outcome.templates.map(listed) } : outcome;
  }

  #change(text: string, typing = false): void {
    this.#text = text;
    this.#found.look(text, typing);
  }

  #choose(template: Template): void {
    const words = this.#options.words();
    const obstacle = templateObstacle(template, words);
    if (obstacle !== null) announce(obstacle, words);
    else if (this.#notifications) this.#options.choose(template, this.#notifications);
  }

  /** The first one is what Enter chooses, where words were looked for. */
  #onAnswer(): void {
    const { items, answers, hasMore } = this.#found;
    this.#active.setKeys(items.map(({ id }) => id));
    const [first] = items;
    const isSearch = Boolean(answers?.trim());
    this.#active.goTo(isSearch && first ? first.id : null);
    const list = this.#host.renderRoot.querySelector('.list');
    if (list) list.scrollTop = 0;
    if (!isSearch) return;
    const words = this.#options.words();
    const key = hasMore ? 'notification.count-more' : 'notification.count';
    announce(words.t(key, { count: items.length }), words);
  }

  readonly #onShowAll = (): void => {
    this.#change('');
    this.#host.focus();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (key === 'Escape') {
      if (this.#text === '') return;
      this.#change('');
    } else if (key === 'Enter') {
      const { current } = this.#active;
      const found = this.#found.isBehind ? null : this.#found.items.find(({ id }) => id === current);
      if (found) this.#choose(found.template);
      // Without waiting for more letters.
      else if (this.#found.isBehind) this.#found.look(this.#text);
    } else if (!/^(Arrow(Up|Down)|Page(Up|Down))$/.test(key) || !this.#active.move(key)) return;
    event.preventDefault();
  };
}

/** Name and language tell templates of one business account apart. */
function listed(template: Template): Listed {
  return { id: `${template.name} ${template.language}`, template };
}

export function loadingNote(words: Localizer): TemplateResult {
  return html`<div class="skeletons" role="img" aria-label=${words.t('common.loading')}>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}
