import { warnOnce } from '../../warn-once.js';

/** Makes of any value one that the element can work with; `what` names the setting in a warning. */
type Coerce = (value: unknown, what: string) => unknown;

/**
 * For a property that a page sets, above Lit's `@property`: what is set goes through `make` first, whether it is set by property, by attribute or by
 * the removal of one. Frameworks set `undefined` before there is data, and a script of the page may be wrong: null and undefined stand for the default;
 * so does what makes no sense, with one warning.
 */
export function coerce(make: Coerce): (prototype: object, name: PropertyKey) => void {
  return (prototype, name) => {
    const accessor = Object.getOwnPropertyDescriptor(prototype, name);
    if (!accessor?.set) throw new Error(`@coerce stands above @property: ${String(name)}.`);
    Object.defineProperty(prototype, name, {
      ...accessor,
      set(this: Element, value: unknown) {
        accessor.set?.call(this, make(value, `<${this.localName}>: ${String(name)}`));
      },
    });
  };
}

/** A text; numbers are written out. */
export function asText(fallback: string | null): Coerce {
  return coerced(fallback, 'a text', (value) =>
    typeof value === 'string' ? value : Number.isFinite(value) ? String(value) : undefined,
  );
}

/** A number of zero or more; also as text. */
export function asNumber(fallback: number): Coerce {
  return coerced(fallback, 'a number, zero or more', (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && number >= 0 && number < Infinity ? number : undefined;
  });
}

/** One of a few words. */
export function asOneOf(words: readonly string[], fallback: string | null): Coerce {
  return coerced(fallback, `one of: ${words.join(', ')}`, (value) =>
    words.includes(value as string) ? value : undefined,
  );
}

/** Yes or no: what counts as true in scripts. */
export function asFlag(value: unknown): boolean {
  return Boolean(value);
}

/** An object in which the members are of these types, as `typeof` names them; else null. */
export function asObject(kind: string, members: Readonly<Record<string, string>>): Coerce {
  const fits = objectWith(members);
  return coerced(null, kind, (value) => (fits(value) ? value : undefined));
}

/** A list of such objects; others are left out. The same list where all are. */
export function asList(kind: string, members: Readonly<Record<string, string>>): Coerce {
  const fits = objectWith(members);
  const empty: readonly unknown[] = [];
  return coerced(empty, kind, (value) => {
    if (!Array.isArray(value)) return undefined;
    return value.every(fits) ? value : value.filter(fits);
  });
}

function objectWith(members: Readonly<Record<string, string>>): (value: unknown) => boolean {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, type]) => typeof Reflect.get(value, name) === type);
}

function coerced(fallback: unknown, kind: string, accept: (value: unknown) => unknown): Coerce {
  return (value, what) => {
    if (value === null || value === undefined) return fallback;
    const accepted = accept(value);
    if (accepted !== undefined) return accepted;
    warnOnce(`${what} must be ${kind}.`);
    return fallback;
  };
}
