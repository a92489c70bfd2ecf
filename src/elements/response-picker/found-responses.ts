import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ResponseLibrary, ResponsesOutcome } from '../../context/index.js';
import type { PreparedResponse, ResponseCategory, ResponseSearch } from '../../model/index.js';

/** How long somebody stops typing before the words are looked for, in milliseconds. */
const PAUSE = 150;

/** Why nothing, or nothing more, could be loaded. */
export type Trouble = Exclude<Extract<ResponsesOutcome, { ok: false }>['why'], 'overtaken'>;

interface Options {
  readonly library: () => Promise<ResponseLibrary> | undefined;
  /** Another search has been answered. */
  readonly answered: () => void;
}

/** What a search finds in the library, page by page. What was found before stays until another search is answered. */
export class FoundResponses implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: Options;
  readonly #languages = new Set<string>();
  #library: ResponseLibrary | null = null;
  #responses: readonly PreparedResponse[] = [];
  #categories: readonly ResponseCategory[] | null = null;
  #answers: ResponseSearch | null = null;
  #wanted: ResponseSearch | null = null;
  #next: string | null = null;
  #trouble: Trouble | null = null;
  #isLoading = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(host: ReactiveControllerHost, options: Options) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** null until the workspace has handed it over. */
  get library(): ResponseLibrary | null {
    return this.#library;
  }

  get responses(): readonly PreparedResponse[] {
    return this.#responses;
  }

  /** Empty until they are there. */
  get categories(): readonly ResponseCategory[] {
    return this.#categories ?? [];
  }

  /** Those of all responses that were found so far. */
  get languages(): readonly string[] {
    return [...this.#languages];
  }

  /** What the responses answer; null before the first answer. */
  get answers(): ResponseSearch | null {
    return this.#answers;
  }

  /** Whether the responses answer another search than the one that was asked for last. */
  get isBehind(): boolean {
    return this.#wanted !== this.#answers;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** `typing`: more letters may follow. */
  look(search: ResponseSearch, typing = false): void {
    this.#wanted = search;
    this.#turn++;
    this.#trouble = null;
    this.#isLoading = true;
    clearTimeout(this.#pause);
    if (typing) this.#pause = setTimeout(() => void this.#ask(null), PAUSE);
    else void this.#ask(null);
    this.#host.requestUpdate();
  }

  /** One of them is another one now. */
  replace(response: PreparedResponse): void {
    this.#responses = this.#responses.map((one) => (one.id === response.id ? response : one));
    this.#host.requestUpdate();
  }

  /** Asks for what could not be had once more. */
  again(): void {
    if (this.isBehind && this.#wanted) this.look(this.#wanted);
    else this.more();
  }

  /** Loads the next page. Does nothing while something is on its way. */
  more(): void {
    if (this.#isLoading || this.#next === null) return;
    this.#isLoading = true;
    this.#trouble = null;
    void this.#ask(this.#next);
    this.#host.requestUpdate();
  }

  /** The library is another one from now on. */
  forget(): void {
    clearTimeout(this.#pause);
    this.#turn++;
    this.#library = null;
    this.#responses = [];
    this.#categories = null;
    this.#answers = null;
    this.#wanted = null;
    this.#next = null;
    this.#trouble = null;
    this.#isLoading = false;
    this.#languages.clear();
  }

  /** Moved while somebody was typing. */
  hostConnected(): void {
    if (this.isBehind && this.#wanted) this.look(this.#wanted);
  }

  hostDisconnected(): void {
    clearTimeout(this.#pause);
  }

  async #ask(after: string | null): Promise<void> {
    const turn = this.#turn;
    const search = this.#wanted;
    try {
      const library = this.#library ?? (await this.#options.library());
      if (!library || !search || turn !== this.#turn) return;
      this.#library = library;
      if (!this.#categories) void this.#askCategories(library);
      const outcome = await library.search(search, after);
      if (turn === this.#turn) this.#take(search, after, outcome);
    } catch {
      // It could not be loaded.
      if (turn === this.#turn) this.#take(search, after, { ok: false, why: 'offline' });
    }
  }

  #take(search: ResponseSearch | null, after: string | null, outcome: ResponsesOutcome): void {
    this.#isLoading = false;
    this.#host.requestUpdate();
    if (!outcome.ok) {
      // By the end of the workspace: there is nobody else to overtake it.
      if (outcome.why !== 'overtaken') this.#trouble = outcome.why;
      return;
    }
    const { responses, next } = outcome;
    this.#responses = after === null ? responses : [...this.#responses, ...responses];
    this.#next = next;
    for (const { language } of responses) if (language !== null) this.#languages.add(language);
    if (after !== null) return;
    this.#answers = search;
    this.#options.answered();
  }

  async #askCategories(library: ResponseLibrary): Promise<void> {
    const outcome = await library.categories();
    // Without them everything else works, and the next search asks again.
    if (!outcome.ok || library !== this.#library) return;
    this.#categories = outcome.categories;
    this.#host.requestUpdate();
  }
}
