import { setTimeout as wait } from 'node:timers/promises';
import type { SendResult } from '../cloud-api/index.js';
import { errorFields, type Log } from '../log.js';
import { isDefect, isUnavailable } from '../store/db.js';
import type { Lease } from '../store/outbox.js';
import type { Outcomes } from './outcome.js';

/** What fails for a reason of its own is tried so often; a database that is away is waited for. */
const TRIES = 6;
const FIRST_PAUSE = 200;
/** Soon after the database is back, nobody waits any more. */
const LAST_PAUSE = 500;

/** What the Cloud API answered and is not written down yet: kept, and tried again, for as long as the database is away. */
export class Answers {
  readonly #outcomes: Outcomes;
  readonly #log: Log;
  readonly #kept = new Set<number>();
  #isTold = false;
  #isAbandoned = false;

  constructor(outcomes: Outcomes, log: Log) {
    this.#outcomes = outcomes;
    this.#log = log;
  }

  /** Whether a message's answer is known here: the message is in doubt no more. */
  has({ id }: Pick<Lease, 'id'>): boolean {
    return this.#kept.has(id);
  }

  /**
   * Writes an answer down, however long the database is away.
   * @throws What keeps this one answer from being stored, and what came last once all was abandoned.
   */
  async store(lease: Lease, result: SendResult): Promise<void> {
    this.#kept.add(lease.id);
    try {
      let faults = 0;
      for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LAST_PAUSE)) {
        try {
          await this.#outcomes.record(lease, result);
          this.#isTold = false;
          return;
        } catch (error) {
          if (!isUnavailable(error) || isDefect(error)) faults++;
          if (faults === TRIES || this.#isAbandoned) throw error;
          this.#tell(error);
        }
        await wait(pause);
      }
    } finally {
      this.#kept.delete(lease.id);
    }
  }

  /** The process ends: nothing is tried again. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  #tell(error: unknown): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const sentence = 'What WhatsApp answered cannot be stored now: it is kept until the database takes it';
    this.#log.warn(sentence, errorFields(error));
  }
}
