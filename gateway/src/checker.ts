import { textLength } from 'whatsapp-workspace/model';

/** A value and where it stands (`policy.agentCapacity`; empty for the whole). */
export interface Place {
  readonly at: string;
  readonly value: unknown;
}

/** Whether nothing stands there: null says the same. */
export function isNothing({ value }: Place): boolean {
  return value === undefined || value === null;
}

/** The same place, where null stands for nothing. */
export function orNothing(place: Place): Place {
  return isNothing(place) ? { ...place, value: undefined } : place;
}

/** Reads values that a person wrote, and gathers a sentence for each that does not fit: where it stands, what was found, what is allowed. */
export class Checker {
  readonly #problems: string[] = [];

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** @param sentence Without its full stop. */
  problem(sentence: string): void {
    this.#problems.push(`${sentence}.`);
  }

  /**
   * The entries of an object, by key. Nothing else may stand in it.
   * @param notBuilt Keys that will mean something in a later version, with what is so until then.
   */
  object(
    place: Place,
    keys: readonly string[],
    notBuilt: Readonly<Record<string, string>> = {},
  ): (key: string) => Place {
    const source = this.#isObject(place) ? place.value : {};
    for (const key of Object.keys(source)) {
      if (keys.includes(key)) continue;
      const at = pathOf(place.at, key);
      if (Object.hasOwn(notBuilt, key)) this.problem(`${at} is not built yet: ${notBuilt[key]}. Take it out`);
      else this.problem(`${at} is not a name that the gateway knows; allowed is ${keys.join(', ')}`);
    }
    return (key) => ({
      at: pathOf(place.at, key),
      value: Object.hasOwn(source, key) ? source[key] : undefined,
    });
  }

  /** A whole number, or undefined where there is none. */
  integer(place: Place, min: number, max: number): number | undefined {
    const { value } = place;
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max)
      return value;
    this.misfit(place, `a whole number from ${min} to ${max}`);
    return undefined;
  }

  /** Words on one line; empty where they do not fit. */
  text(place: Place, max: number): string {
    const { value } = place;
    const allowed = typeof value === 'string' && value.trim() !== '' && value.length <= max;
    if (allowed && !/[\p{Control}\p{Surrogate}]/u.test(value)) return value.trim();
    this.misfit(place, `text of 1 to ${max} characters on one line`);
    return '';
  }

  /** Text of any number of lines, with LF between them; empty where it does not fit. */
  lines(place: Place, max: number): string {
    const { value } = place;
    const text = typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : null;
    if (text !== null && textLength(text) <= max && !/(?![\n\t])[\p{Control}\p{Surrogate}]/u.test(text))
      return text;
    this.misfit(
      place,
      `text of at most ${max} characters, without control characters`,
      typeof value === 'string' && value.length > LONGEST_SHOWN ? textLength(value) : undefined,
    );
    return '';
  }

  /** true or false, or undefined where there is none. */
  flag(place: Place): boolean | undefined {
    const { value } = place;
    if (value === undefined || typeof value === 'boolean') return value;
    this.misfit(place, 'true or false');
    return undefined;
  }

  /** One of a few words, or undefined where there is none. */
  oneOf<W extends string>(place: Place, words: readonly W[]): W | undefined {
    const { value } = place;
    const found = words.find((word) => word === value);
    if (value !== undefined && found === undefined) this.misfit(place, `one of ${words.join(', ')}`);
    return found;
  }

  /** The entries of a list, or undefined where there is none. */
  list(place: Place, max: number): readonly Place[] | undefined {
    const { value } = place;
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.length <= max)
      return value.map((entry: unknown, i) => ({ at: `${place.at}[${i}]`, value: entry }));
    this.misfit(place, `a list of at most ${max} entries`);
    return undefined;
  }

  /** No two of these may be the same. */
  distinct(places: readonly Place[]): void {
    places.forEach(({ at, value }, i) => {
      const first = places.findIndex((one) => one.value === value);
      if (first < i)
        this.problem(
          `${at} is ${shown(value)}; allowed is what ${places[first]?.at ?? ''} does not say already`,
        );
    });
  }

  /**
   * Says that a value is none that is allowed.
   * @param allowed Without a full stop.
   * @param length How long the value is, where that may be why.
   */
  misfit({ at, value }: Place, allowed: string, length?: number): void {
    const found = length === undefined ? shown(value) : `${shown(value)} of ${length} characters`;
    this.problem(`${at || 'The file'} is ${found}; allowed is ${allowed}`);
  }

  #isObject(place: Place): place is { readonly at: string; readonly value: Record<string, unknown> } {
    const { value } = place;
    if (value === undefined) return false;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return true;
    this.misfit(place, 'an object');
    return false;
  }
}

const LONGEST_SHOWN = 60;

function pathOf(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}

/** A value as it was written, shortened. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const json = JSON.stringify(value);
  return json.length <= LONGEST_SHOWN ? json : `${json.slice(0, LONGEST_SHOWN)}…`;
}
