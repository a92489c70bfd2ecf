/** Up to this size a map is simply copied. */
const SMALL = 64;

/** With so many changes beside the entries that it shares, a map is copied as a whole. */
const MOST_CHANGES = 32;

/** A copy of a map with one entry set, in the place of the former one or at the end. A large map is not copied with each change. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  if (map instanceof ChangedMap) return map.with(key, value) as ReadonlyMap<K, V>;
  return map.size < SMALL ? new Map(map).set(key, value) : new ChangedMap(map, new Map([[key, value]]));
}

/** A copy of a map without one entry; the same map when it has none. */
export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}

/** What has changed beside a map that is shared with other copies. Both are joined when somebody walks through it. */
class ChangedMap<K, V> implements ReadonlyMap<K, V> {
  readonly size: number;
  #shared: ReadonlyMap<K, V>;
  #changes: ReadonlyMap<K, V>;

  constructor(shared: ReadonlyMap<K, V>, changes: ReadonlyMap<K, V>) {
    this.#shared = shared;
    this.#changes = changes;
    let { size } = shared;
    for (const key of changes.keys()) if (!shared.has(key)) size++;
    this.size = size;
  }

  with(key: K, value: V): ReadonlyMap<K, V> {
    const shared = this.#changes.size < MOST_CHANGES ? this.#shared : this.#joined();
    // Joining leaves no changes.
    return new ChangedMap(shared, new Map(this.#changes).set(key, value));
  }

  get(key: K): V | undefined {
    return (this.#changes.has(key) ? this.#changes : this.#shared).get(key);
  }

  has(key: K): boolean {
    return this.#changes.has(key) || this.#shared.has(key);
  }

  forEach(run: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) run(value, key, this);
  }

  keys(): MapIterator<K> {
    return this.#joined().keys();
  }

  values(): MapIterator<V> {
    return this.#joined().values();
  }

  entries(): MapIterator<[K, V]> {
    return this.#joined().entries();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  #joined(): ReadonlyMap<K, V> {
    if (this.#changes.size > 0) {
      const joined = new Map(this.#shared);
      for (const [key, value] of this.#changes) joined.set(key, value);
      this.#shared = joined;
      this.#changes = new Map();
    }
    return this.#shared;
  }
}
