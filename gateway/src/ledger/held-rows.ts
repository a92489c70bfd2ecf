import { isLockTimeOut, isTimeOut } from '../store/db.js';

/** How long a row is waited for at first, in milliseconds: longer than anybody holds one who is well. */
const SHORT = 100;
/** How long a row is waited for that was held when it was asked for last, in milliseconds. */
const LONG = 1000;
/** How long it counts as held afterwards, in milliseconds. */
const REMEMBERED = 10_000;

/**
 * Somebody holds what a transaction needs, and as many wait for such rows as may: whoever asks is to come again. Looks like the time-out of a lock
 * (55P03), which it stands for.
 */
export class RowsHeld extends Error {
  override readonly name = 'RowsHeld';
  readonly code = '55P03';

  constructor() {
    super('Somebody holds the rows, and others wait for them already.');
  }
}

/**
 * Keeps transactions that wait for held rows from taking all connections of a pool. Each waits shortly at first; about what could not be had, only few at
 * once wait longer, and the others are refused at once.
 */
export class HeldRows {
  readonly #most: number;
  /** Until when something counts as held, by the process's clock. */
  readonly #held = new Map<string, number>();
  #waiting = 0;

  /** @param most How many may wait longer at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @param about What the transaction is about, such as an interaction's id.
   * @param job Waits for locks so many milliseconds; run again from the start when that was not enough.
   * @throws RowsHeld, or what the job throws.
   */
  async run<T>(about: string, job: (patience: number) => Promise<T>): Promise<T> {
    if (this.#isHeld(about)) return this.#wait(about, job);
    try {
      return await job(SHORT);
    } catch (error) {
      // A database that is slow as a whole is not to be asked twice.
      if (!isLockTimeOut(error)) throw error;
      this.#remember(about);
      return this.#wait(about, job);
    }
  }

  async #wait<T>(about: string, job: (patience: number) => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#most) throw new RowsHeld();
    this.#waiting++;
    try {
      const result = await job(LONG);
      // Whoever held this may have let go of the others, too.
      this.#held.clear();
      return result;
    } catch (error) {
      if (isTimeOut(error)) this.#remember(about);
      else this.#held.delete(about);
      throw error;
    } finally {
      this.#waiting--;
    }
  }

  #isHeld(about: string): boolean {
    return (this.#held.get(about) ?? -Infinity) > performance.now();
  }

  #remember(about: string): void {
    const now = performance.now();
    for (const [other, until] of this.#held) if (until <= now) this.#held.delete(other);
    this.#held.set(about, now + REMEMBERED);
  }
}
