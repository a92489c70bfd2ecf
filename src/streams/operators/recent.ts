/** For how many interactions at a time an observable is kept to be the same for all who ask: more than a desk ever shows. */
export const OBSERVED = 500;

/** A set of the values that were added last: beyond the limit the oldest goes. */
export class RecentSet<T> implements Iterable<T> {
  readonly #limit: number;
  readonly #values = new Set<T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#values.size;
  }

  has(value: T): boolean {
    return this.#values.has(value);
  }

  add(value: T): void {
    this.#values.delete(value);
    this.#values.add(value);
    if (this.#values.size > this.#limit) removeOldest(this.#values);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#values.values();
  }
}

/** What was made for each of the keys that were asked for last: beyond the limit, what nobody has asked for in the longest time is made anew when it is wanted. */
export class RecentlyMade<K, T> {
  readonly #limit: number;
  readonly #make: (key: K) => T;
  readonly #made = new Map<K, T>();

  constructor(limit: number, make: (key: K) => T) {
    this.#limit = limit;
    this.#make = make;
  }

  get size(): number {
    return this.#made.size;
  }

  get(key: K): T {
    const known = this.#made.get(key);
    const value = known === undefined ? this.#make(key) : known;
    this.#made.delete(key);
    this.#made.set(key, value);
    if (this.#made.size > this.#limit) removeOldest(this.#made);
    return value;
  }
}

/** Takes out what was put in first. */
export function removeOldest<K>(kept: { keys(): Iterator<K>; delete(key: K): unknown }): void {
  const { value, done } = kept.keys().next();
  if (!done) kept.delete(value);
}
