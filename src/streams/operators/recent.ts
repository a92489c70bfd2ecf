/** For how many interactions at a time an observable is kept to be the same for all who ask: more than a desk ever shows. */
export const OBSERVED = 500;

/** A set of the values that were added last: beyond the limit the oldest goes. */
export class RecentSet<T> extends Set<T> {
  readonly #limit: number;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override add(value: T): this {
    this.delete(value);
    super.add(value);
    if (this.size > this.#limit) removeOldest(this);
    return this;
  }
}

/** What was made for each of the keys that were asked for last: beyond the limit, what nobody has asked for in the longest time is made anew when it is wanted. */
export class RecentlyMade<K, T> extends Map<K, T> {
  readonly #limit: number;
  readonly #make: (key: K) => T;

  constructor(limit: number, make: (key: K) => T) {
    super();
    this.#limit = limit;
    this.#make = make;
  }

  override get(key: K): T {
    const value = super.get(key) ?? this.#make(key);
    this.delete(key);
    this.set(key, value);
    if (this.size > this.#limit) removeOldest(this);
    return value;
  }
}

/** Takes out what was put in first. */
export function removeOldest<K>(kept: { keys(): Iterator<K>; delete(key: K): unknown }): void {
  const { value, done } = kept.keys().next();
  if (!done) kept.delete(value);
}
