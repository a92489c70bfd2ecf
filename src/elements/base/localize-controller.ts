import { nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { english, localizerFor, observeRegistrations } from '../../i18n/index.js';
import type { Direction, FeatureWords, Key, Localizer, Params } from '../../i18n/index.js';
import { observeLanguage, requestedLanguages } from './language.js';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Speaks the language that the agent has chosen, else that of an element's place in the page: its own or closest `lang`, also across shadow roots, else the
 * browser's. Renders the element again when that changes or the words arrive. Instants are milliseconds since the epoch.
 */
export class LocalizeController implements ReactiveController {
  readonly #host: Host;
  readonly #words: readonly FeatureWords[];
  #localizer: Localizer = english();
  #loading: Promise<Localizer> | null = null;
  #stops: readonly (() => void)[] = [];
  #choice: string | null = null;

  /** @param words What the element says beside what all elements say. */
  constructor(host: Host, words: readonly FeatureWords[] = []) {
    this.#host = host;
    this.#words = words;
    host.addController(this);
  }

  hostConnected(): void {
    const resolve = (): void => this.#resolve();
    this.#stops = [observeLanguage(this.#host, resolve), observeRegistrations(resolve)];
    this.#resolve();
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  /** What the agent has chosen, as a BCP 47 tag; null for the language of the place. */
  choose(language: string | null): void {
    if (language === this.#choice) return;
    this.#choice = language;
    this.#resolve();
  }

  /** What the agent has chosen; null for the language of the place. */
  get choice(): string | null {
    return this.#choice;
  }

  /** For the outermost node, so that screen readers, and our elements inside, speak the language that was chosen. */
  get lang(): string | typeof nothing {
    return this.#choice === null ? nothing : this.locale;
  }

  /** Pending while the words of a language are on their way; null when they are here. Never rejects. */
  get loading(): Promise<unknown> | null {
    return this.#loading;
  }

  get locale(): string {
    return this.#localizer.locale;
  }

  get direction(): Direction {
    return this.#localizer.direction;
  }

  /** For helpers that are handed the language alone. */
  get localizer(): Localizer {
    return this.#localizer;
  }

  /** The words for a key; see `Localizer.t`. */
  t<K extends Key>(key: K, ...params: Params<K>): string {
    return this.#localizer.t(key, ...params);
  }

  /** Hours and minutes. */
  time(at: number): string {
    return this.#localizer.time(at);
  }

  /** Day, month and year. */
  date(at: number): string {
    return this.#localizer.date(at);
  }

  /** Date and time in full. */
  dateTime(at: number): string {
    return this.#localizer.dateTime(at);
  }

  /** Today, yesterday, a day of the week, or a date. */
  day(at: number, now?: number): string {
    return this.#localizer.day(at, now);
  }

  /** The time today, else the day, as short as a list allows. */
  moment(at: number, now?: number): string {
    return this.#localizer.moment(at, now);
  }

  number(value: number): string {
    return this.#localizer.number(value);
  }

  /** `4 min`, `1 h 12 min`. */
  duration(ms: number): string {
    return this.#localizer.duration(ms);
  }

  /** `00:04:52`. */
  elapsed(ms: number): string {
    return this.#localizer.elapsed(ms);
  }

  #resolve(): void {
    const place = requestedLanguages(this.#host);
    const found = localizerFor(this.#choice === null ? place : [this.#choice, ...place], this.#words);
    if (!(found instanceof Promise)) {
      this.#loading = null;
      this.#use(found);
      return;
    }
    this.#loading = found;
    void found.then((localizer) => {
      // Another language may have been asked for meanwhile.
      if (this.#loading !== found) return;
      this.#loading = null;
      this.#use(localizer);
    });
  }

  #use(localizer: Localizer): void {
    if (localizer === this.#localizer) return;
    this.#localizer = localizer;
    this.#host.requestUpdate();
  }
}
