import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How long somebody stops typing before the words are looked for, in milliseconds. */
const PAUSE = 150;

/** Why nothing, or nothing more, could be loaded: the kind of an error of the transport. */
export type Trouble = string;

/** A page of what was found, or why there is none; `overtaken` is no trouble. */
export type FoundPage<T> =
  | { readonly ok: true; readonly items: readonly T[]; readonly next: string | null }
  | { readonly ok: false; readonly why: Trouble };

interface Options<S, T> {
  /** null where there is nobody to ask. What it rejects with counts as `offline`. */
  readonly ask: (search: S, after: string | null) => Promise<FoundPage<T> | null>;
  /** Another search has been answered. */
  readonly answered: () => void;
}

/** What a search finds, page by page. What was found before stays until another search is answered. */
export class FoundPages<S, T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: Options<S, T>;
  #items: readonly T[] = [];
  #answers: S | null = null;
  #wanted: S | null = null;
  #next: string | null = null;
  #trouble: Trouble | null = null;
  #isLoading = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(host: ReactiveControllerHost, options: Options<S, T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** What the items answer; null before the first answer. */
  get answers(): S | null {
    return this.#answers;
  }

  /** Whether the items answer another search than the one that was asked for last. */
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
  look(search: S, typing = false): void {
    this.#wanted = search;
    this.#turn++;
    this.#trouble = null;
    this.#isLoading = true;
    clearTimeout(this.#pause);
    if (typing) this.#pause = setTimeout(() => void this.#ask(null), PAUSE);
    else void this.#ask(null);
    this.#host.requestUpdate();
  }

  /** Puts other items in the place of some of them: what is returned, of each. */
  change(change: (item: T) => T): void {
    this.#items = this.#items.map(change);
    this.#host.requestUpdate();
  }

  /** Asks for what could not be had once more. */
  again(): void {
    if (this.isBehind && this.#wanted !== null) this.look(this.#wanted);
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

  /** Somebody else is asked from now on. */
  forget(): void {
    clearTimeout(this.#pause);
    this.#turn++;
    this.#items = [];
    this.#answers = null;
    this.#wanted = null;
    this.#next = null;
    this.#trouble = null;
    this.#isLoading = false;
  }

  /** Moved while somebody was typing. */
  hostConnected(): void {
    if (this.isBehind && this.#wanted !== null) this.look(this.#wanted);
  }

  hostDisconnected(): void {
    clearTimeout(this.#pause);
  }

  async #ask(after: string | null): Promise<void> {
    const turn = this.#turn;
    const search = this.#wanted;
    if (search === null) return;
    let page: FoundPage<T> | null;
    try {
      page = await this.#options.ask(search, after);
    } catch {
      // It could not be loaded.
      page = { ok: false, why: 'offline' };
    }
    if (page && turn === this.#turn) this.#take(search, after, page);
  }

  #take(search: S, after: string | null, page: FoundPage<T>): void {
    this.#isLoading = false;
    this.#host.requestUpdate();
    if (!page.ok) {
      // By the end of the workspace: there is nobody else to overtake it.
      if (page.why !== 'overtaken') this.#trouble = page.why;
      return;
    }
    this.#items = after === null ? page.items : [...this.#items, ...page.items];
    this.#next = page.next;
    if (after !== null) return;
    this.#answers = search;
    this.#options.answered();
  }
}
