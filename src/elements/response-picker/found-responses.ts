import type { ReactiveControllerHost } from 'lit';
import type { ResponseLibrary } from '../../context/index.js';
import type { PreparedResponse, ResponseCategory, ResponseSearch } from '../../model/index.js';
import { FoundPages } from '../base/found-pages.js';
import type { FoundPage } from '../base/found-pages.js';

interface Options {
  readonly library: () => Promise<ResponseLibrary> | undefined;
  /** Another search has been answered. */
  readonly answered: () => void;
}

/** What a search finds in the library, the categories of this, and the languages of what was found. */
export class FoundResponses extends FoundPages<ResponseSearch, PreparedResponse> {
  readonly #host: ReactiveControllerHost;
  readonly #library: Options['library'];
  readonly #languages = new Set<string>();
  #loaded: ResponseLibrary | null = null;
  #categories: readonly ResponseCategory[] | null = null;
  #forgotten = 0;

  constructor(host: ReactiveControllerHost, { library, answered }: Options) {
    super(host, { ask: (search, after) => this.#page(search, after), answered });
    this.#host = host;
    this.#library = library;
  }

  /** null until the workspace has handed it over. */
  get library(): ResponseLibrary | null {
    return this.#loaded;
  }

  /** Empty until they are there. */
  get categories(): readonly ResponseCategory[] {
    return this.#categories ?? [];
  }

  /** Those of all responses that were found so far. */
  get languages(): readonly string[] {
    return [...this.#languages];
  }

  override forget(): void {
    super.forget();
    this.#forgotten++;
    this.#loaded = null;
    this.#categories = null;
    this.#languages.clear();
  }

  async #page(search: ResponseSearch, after: string | null): Promise<FoundPage<PreparedResponse> | null> {
    const since = this.#forgotten;
    const library = this.#loaded ?? (await this.#library());
    // That of another workspace.
    if (!library || since !== this.#forgotten) return null;
    this.#loaded = library;
    if (!this.#categories) void this.#askCategories(library);
    const outcome = await library.search(search, after);
    if (!outcome.ok) return outcome;
    for (const { language } of outcome.responses) if (language !== null) this.#languages.add(language);
    return { ...outcome, items: outcome.responses };
  }

  async #askCategories(library: ResponseLibrary): Promise<void> {
    const outcome = await library.categories();
    // Without them everything else works, and the next search asks again.
    if (!outcome.ok || library !== this.#loaded) return;
    this.#categories = outcome.categories;
    this.#host.requestUpdate();
  }
}
