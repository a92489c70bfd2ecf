/**
 * Reads untrusted values: a shape returns a clean copy with the known fields, or throws a Misfit that says what is wrong and where. Hand-made, because
 * a desk loads it before its first message.
 *
 * @param at Where the value stands, for the sentence (`command.args.text`).
 */
export type Shape<T> = (value: unknown, at: string) => T;

/** What was read, or one English sentence about why it was refused. The sentence never quotes the value. */
export type Reading<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly sentence: string };

/** Thrown by shapes; `read` catches it. */
class Misfit extends Error {}

export function read<T>(shape: Shape<T>, value: unknown, at: string): Reading<T> {
  try {
    return { ok: true, value: shape(value, at) };
  } catch (error) {
    if (error instanceof Misfit) return { ok: false, sentence: error.message };
    throw error;
  }
}

/** Reads JSON text. */
export function readJson<T>(shape: Shape<T>, json: string, at: string): Reading<T> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, sentence: `The ${at} is not JSON.` };
  }
  return read(shape, value, at);
}

export function misfit(at: string, expected: string): never {
  throw new Misfit(`${at} is not ${expected}.`);
}

export const anything: Shape<unknown> = (value) => value;

export const bool: Shape<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : misfit(at, 'true or false');

export const number: Shape<number> = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? value : misfit(at, 'a number');

/** A number from `min` to `max`. */
export function rangeOf(min: number, max: number): Shape<number> {
  return (value, at) => {
    const read = number(value, at);
    return read >= min && read <= max ? read : misfit(at, `a number from ${min} to ${max}`);
  };
}

/** A whole number of at least `min`. */
export function integer(min: number): Shape<number> {
  return (value, at) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min
      ? value
      : misfit(at, `a whole number from ${min}`);
}

/** A whole number from `min` to `max`. */
export function integerUpTo(min: number, max: number): Shape<number> {
  const whole = integer(min);
  return (value, at) => {
    const read = whole(value, at);
    return read <= max ? read : misfit(at, `a whole number from ${min} to ${max}`);
  };
}

export const string: Shape<string> = (value, at) =>
  typeof value === 'string' ? value : misfit(at, 'a string');

/** A string of at most `max` UTF-16 units. */
export function stringUpTo(max: number): Shape<string> {
  return (value, at) => {
    const read = string(value, at);
    return read.length <= max ? read : misfit(at, `at most ${max} characters long`);
  };
}

/** A name that machines made: not empty, and nothing in it that a store or a log would choke on. */
export function identifier(max: number): Shape<string> {
  const bounded = stringUpTo(max);
  return (value, at) => {
    const id = bounded(value, at);
    return /^[^\p{Control}\p{Surrogate}]+$/u.test(id) ? id : misfit(at, 'an identifier');
  };
}

/**
 * What a person typed. Characters that no database takes (NUL, half of a surrogate pair) are replaced, not refused: the text came from a
 * keyboard or a clipboard, and refusing the frame would not change it.
 */
export function prose(max: number): Shape<string> {
  const bounded = stringUpTo(max);
  return (value, at) =>
    bounded(value, at)
      .replaceAll('\0', '\ufffd')
      .replace(/\p{Surrogate}/gu, '\ufffd');
}

export function oneOf<T extends string>(...values: readonly T[]): Shape<T> {
  return (value, at) => values.find((known) => known === value) ?? misfit(at, `one of ${values.join(', ')}`);
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === null ? null : shape(value, at));
}

export const stringOrNull = nullable(string);

/** A field that may be missing. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

/** A field that older versions do not have. */
export function defaulted<T>(shape: Shape<T>, missing: T): Shape<T> {
  return (value, at) => (value === undefined ? missing : shape(value, at));
}

/** A field that may be missing, which null says as well: the copy has none then, so that the same command is always read alike. */
export function presentOnly<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined || value === null ? undefined : shape(value, at));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, at) =>
    Array.isArray(value) ? value.map((entry, i) => shape(entry, `${at}[${i}]`)) : misfit(at, 'a list');
}

export function listUpTo<T>(shape: Shape<T>, max: number): Shape<readonly T[]> {
  const entries = list(shape);
  return (value, at) =>
    Array.isArray(value) && value.length > max ? misfit(at, `a list of at most ${max}`) : entries(value, at);
}

/** An object used as a table: any keys of at most `maxKey` characters, at most `max` of them. */
export function table<T>(shape: Shape<T>, maxKey: number, max: number): Shape<Readonly<Record<string, T>>> {
  const key = identifier(maxKey);
  return (value, at) => {
    const entries = Object.entries(record(value, at));
    if (entries.length > max) return misfit(at, `a table of at most ${max}`);
    // Makes own properties of all keys, also of `__proto__`.
    return Object.fromEntries(
      entries.map(([name, entry], i) => [key(name, `a key of ${at}`), shape(entry, `${at}[${i}]`)]),
    );
  };
}

/** As the shape says, or a value that stands for what is missing or does not fit. */
export function orElse<T>(shape: Shape<T>, otherwise: T): Shape<T> {
  return (value, at) => {
    const reading = read(shape, value, at);
    return reading.ok ? reading.value : otherwise;
  };
}

/** A list without those of its entries that do not fit: one of them must not cost the others. They are reported on the console. */
export function fittingOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  const entries = list(anything);
  return (value, at) =>
    entries(value, at).flatMap((entry, i) => {
      const reading = read(shape, entry, `${at}[${i}]`);
      if (!reading.ok) console.error(`whatsapp-workspace: this was left out: ${reading.sentence}`);
      return reading.ok ? [reading.value] : [];
    });
}

/** An object with these fields; others are left out of the copy. */
export function object<T extends object>(fields: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const keys = Object.keys(fields) as (keyof T & string)[];
  return (value, at) => {
    const source = record(value, at);
    const copy: Partial<T> = {};
    for (const key of keys) {
      const field = fields[key](own(source, key), `${at}.${key}`);
      if (field !== undefined) copy[key] = field;
    }
    return copy as T;
  };
}

/**
 * One of several objects, told apart by the string in one of their fields.
 * @param otherwise What to make of a string that is not listed; refused by default.
 */
export function tagged<T>(
  key: string,
  shapes: Readonly<Record<string, Shape<T>>>,
  otherwise?: Shape<T>,
): Shape<T> {
  return (value, at) => {
    const tag = own(record(value, at), key);
    if (typeof tag !== 'string') return misfit(`${at}.${key}`, 'a string');
    const shape = Object.hasOwn(shapes, tag) ? shapes[tag] : otherwise;
    return shape ? shape(value, at) : misfit(`${at}.${key}`, 'known');
  };
}

/** The field by which `tagged` has chosen the shape: its word is known to be right, and is not looked at a second time. */
export const tag: Shape<never> = (value) => value as never;

/** A word of a table; any other one, of a later version, is read as `otherwise`. */
export function knownOr<W extends string>(known: { readonly [K in W]: unknown }, otherwise: W): Shape<W> {
  return (value, at) => {
    const word = string(value, at);
    return Object.hasOwn(known, word) ? (word as W) : otherwise;
  };
}

/** The first shape that fits; the sentence is the last one's. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value, at) => {
    const reading = read(first, value, at);
    return reading.ok ? reading.value : second(value, at);
  };
}

export function record(value: unknown, at: string): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : misfit(at, 'an object');
}

/** Only own properties count: a frame must not borrow fields from a prototype. */
export function own(source: object, key: string): unknown {
  return Object.hasOwn(source, key) ? (source as Readonly<Record<string, unknown>>)[key] : undefined;
}
