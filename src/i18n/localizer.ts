import { chooseForm, fill } from './catalogue.js';
import type { Param } from './catalogue.js';
import { durationWords, elapsedDigits, stopwatchFormat } from './duration.js';
import type { Key, Params, Words } from './keys.js';

export type Direction = 'ltr' | 'rtl';

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';
const WEEK = 6;

/** Speaks one language: words from a catalogue, and dates and numbers by `Intl`. Instants are milliseconds since the epoch. */
export class Localizer {
  /** A BCP 47 tag. */
  readonly locale: string;
  readonly direction: Direction;
  readonly #words: Words;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;
  readonly #stopwatch: Intl.NumberFormat;
  readonly #dates = new Map<string, Intl.DateTimeFormat>();

  constructor(locale: string, direction: Direction, words: Words) {
    this.locale = locale;
    this.direction = direction;
    this.#words = words;
    this.#plurals = new Intl.PluralRules(locale);
    this.#numbers = new Intl.NumberFormat(locale);
    this.#stopwatch = stopwatchFormat(locale);
  }

  /** The words for a key. Numbers among the parameters are written as the locale does; `count` chooses the plural form. */
  t<K extends Key>(key: K, ...rest: Params<K>): string {
    const params = rest[0] as Readonly<Record<string, Param | undefined>> | undefined;
    // English is always among the words: without an entry, a feature is spoken of that was not asked for. Its key says which.
    const sentence = chooseForm(this.#words[key] ?? key, this.#plurals, params?.['count']);
    return fill(sentence, (name) => this.#param(params?.[name]));
  }

  /** The words for a key that another side's value is part of; `otherwise` where there are none, because the value is of a later version. */
  tOr(key: string, otherwise: string): string {
    const entry = Object.hasOwn(this.#words, key) ? this.#words[key as Key] : undefined;
    return chooseForm(entry ?? otherwise, this.#plurals, undefined);
  }

  /** Hours and minutes. */
  time(at: number): string {
    return this.#date({ hour: 'numeric', minute: '2-digit' }).format(at);
  }

  /** Day, month and year, short. */
  date(at: number): string {
    return this.#date({ dateStyle: 'medium' }).format(at);
  }

  /** Date and time in full, for tooltips. */
  dateTime(at: number): string {
    return this.#date({ dateStyle: 'full', timeStyle: 'short' }).format(at);
  }

  /** A day as people call it: today, yesterday, the day of the week for six days before and after, or the date. */
  day(at: number, now: number = Date.now()): string {
    const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
    if (days === 0) return this.t('time.today');
    if (days === 1) return this.t('time.yesterday');
    if (Math.abs(days) <= WEEK) return this.#date({ weekday: 'long' }).format(at);
    return this.#date({ dateStyle: 'long' }).format(at);
  }

  /** When something was, as short as a list allows: the time today, else the day. */
  moment(at: number, now: number = Date.now()): string {
    const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
    if (days === 0) return this.time(at);
    if (days === 1) return this.t('time.yesterday');
    if (days > 1 && days <= WEEK) return this.#date({ weekday: 'short' }).format(at);
    return this.#date({ dateStyle: 'short' }).format(at);
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** A length of time in its two largest units: `12 s`, `4 min`, `1 h 12 min`, `3 d 2 h`. */
  duration(ms: number): string {
    return durationWords((key, ...params) => this.t(key, ...params), ms);
  }

  /** A length of time as a stopwatch shows it: `00:04:52`. */
  elapsed(ms: number): string {
    return elapsedDigits(this.#stopwatch, ms);
  }

  #param(value: Param | undefined): string | undefined {
    if (typeof value === 'number') return this.#numbers.format(value);
    if (value === undefined) return undefined;
    // A name or number of the other direction must not turn the sentence round it.
    const foreign = this.direction === 'rtl' || RIGHT_TO_LEFT.test(value);
    return foreign ? ISOLATE + value + END_OF_ISOLATE : value;
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    const known = this.#dates.get(key);
    if (known) return known;
    const format = new Intl.DateTimeFormat(this.locale, options);
    this.#dates.set(key, format);
    return format;
  }
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
