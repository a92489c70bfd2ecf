import type { Subscriber } from 'rxjs';

/** Who waits for which answer, by the id of the question. Two may wait for the same one. */
export class Pending<T> {
  readonly #waiting = new Map<string, Set<Subscriber<T>>>();

  /** @returns What forgets this one again. */
  add(id: string, subscriber: Subscriber<T>): () => void {
    const all = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, all.add(subscriber));
    return () => {
      all.delete(subscriber);
      if (all.size === 0 && this.#waiting.get(id) === all) this.#waiting.delete(id);
    };
  }

  /** Does nothing when nobody waits: the answer came after the time-out. */
  answer(id: string, answer: T): void {
    for (const subscriber of this.#taken(id)) {
      subscriber.next(answer);
      subscriber.complete();
    }
  }

  fail(id: string, error: Error): void {
    for (const subscriber of this.#taken(id)) subscriber.error(error);
  }

  failAll(error: Error): void {
    for (const id of this.#waiting.keys()) this.fail(id, error);
  }

  #taken(id: string): readonly Subscriber<T>[] {
    const all = [...(this.#waiting.get(id) ?? [])];
    this.#waiting.delete(id);
    return all;
  }
}
