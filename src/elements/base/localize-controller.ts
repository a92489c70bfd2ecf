import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ENGLISH, localizerFor } from '../../i18n/index.js';
import type { Direction, Key, Localizer, Params } from '../../i18n/index.js';
import { observeLanguage, requestedLanguages } from './language.js';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Speaks the language of an element's place in the page: its own or closest `lang`, also across shadow roots, else the browser's. Renders the element
 * again when that changes or the words arrive. Instants are milliseconds since the epoch.
 */
export class LocalizeController implements ReactiveController {
  readonly #host: Host;
  #localizer: Localizer = ENGLISH;
  #loading: Promise<Localizer> | null = null;
  #stop: (() => void) | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = observeLanguage(this.#host, () => this.#resolve());
    this.#resolve();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
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
    const found = localizerFor(requestedLanguages(this.#host));
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
