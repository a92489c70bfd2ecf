/** What contacts send counts towards a number's rate at the Cloud API: kept here as time of that rate until the number next sends. */
export class InboundRate {
  readonly #interval: number;
  readonly #until = new Map<string, number>();

  /** @param interval Between messages of one number, in milliseconds. */
  constructor(interval: number) {
    this.#interval = interval;
  }

  /** Messages came in over a number. */
  add(channel: string, count: number, now: number): void {
    this.#until.set(channel, Math.max(this.#until.get(channel) ?? 0, now) + count * this.#interval);
  }

  /** How much of the rate is used up by what came in, in milliseconds from now. */
  owed(channel: string, now: number): number {
    return Math.max(0, (this.#until.get(channel) ?? 0) - now);
  }

  /** So much is counted where the number's rate is kept. What came in since it was asked for stays. */
  settle(channel: string, counted: number, now: number): void {
    const left = this.owed(channel, now) - counted;
    if (left > 0) this.#until.set(channel, now + left);
    else this.#until.delete(channel);
  }
}
