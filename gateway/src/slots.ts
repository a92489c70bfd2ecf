/**
 * Requests that may be open at once, shared among business numbers: none may have more open than are left free, so that one with a backlog leaves room
 * for whoever comes next (a "dynamic threshold"). Alone, a number gets half of them.
 */
export class Slots {
  readonly #total: number;
  readonly #open = new Map<string, number>();
  #count = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** How many more requests a number may open now. */
  free(channel: string): number {
    // Each one more also leaves one less free.
    return Math.max(0, Math.floor((this.#total - this.#count - (this.#open.get(channel) ?? 0) + 1) / 2));
  }

  /** The numbers that have requests open and may open no more now. */
  full(): readonly string[] {
    return [...this.#open.keys()].filter((channel) => this.free(channel) === 0);
  }

  take(channel: string): void {
    this.#count++;
    this.#open.set(channel, (this.#open.get(channel) ?? 0) + 1);
  }

  release(channel: string): void {
    this.#count--;
    const left = (this.#open.get(channel) ?? 1) - 1;
    if (left > 0) this.#open.set(channel, left);
    else this.#open.delete(channel);
  }
}
