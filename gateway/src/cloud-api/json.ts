import { createHash } from 'node:crypto';

/** An object of unknown properties. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than any webhook; what lies below would overflow the stack of whoever walks it. */
const DEPTH_LIMIT = 64;
/** Longer ids cannot be index keys of a database. */
const ID_LIMIT = 512;

/** The value if it is an object (not an array), else an empty one. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An array as it is, nothing for null or undefined, and anything else as the only element of a list. */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A string that is not blank, or null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** An identifier: a string, or a number written as one; without surrounding space; null when blank or absurdly long. */
export function asId(value: unknown): string | null {
  const id = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return id === '' || id.length > ID_LIMIT ? null : id;
}

/** A finite number, also when written as a string; null otherwise. */
export function asNumber(value: unknown): number | null {
  const text = asText(value);
  const number = typeof value === 'number' ? value : text === null ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/**
 * A copy that every store can keep: strings without NUL and without halves of surrogate pairs (PostgreSQL refuses both), and nothing deeper
 * than 64 levels.
 */
export function tame(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return tameText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_LIMIT) return '…';
  if (Array.isArray(value)) return value.map((element) => tame(element, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [tameText(key), tame(element, depth + 1)]),
  );
}

/** SHA-256 in hex over a value written with sorted keys, so that the same facts give the same hash however they were written. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

/** Text that every store can keep: see `tame`. */
export function tameText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
