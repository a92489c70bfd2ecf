import type { Ledger } from './ledger/ledger.js';
import { errorFields, type Log } from './log.js';
import { dropOld } from './store/retention.js';

/** How long events, webhooks and receipts are kept, in milliseconds: as long as anybody may come back for them. */
export const RETENTION = 30 * 24 * 60 * 60_000;
const RETENTION_INTERVAL = 60 * 60_000;

/** Work that no request waits for. */
export class Maintenance {
  readonly #ledger: Ledger;
  readonly #log: Log;
  readonly #timers: NodeJS.Timeout[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(ledger: Ledger, log: Log) {
    this.#ledger = ledger;
    this.#log = log;
  }

  start(): void {
    this.#every(RETENTION_INTERVAL, () => dropOld(this.#ledger.db, this.#ledger.clock.now() - RETENTION));
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#running;
  }

  /** Jobs run one after the other. */
  #every(interval: number, job: () => Promise<void>): void {
    const timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#attempt(job));
    }, interval);
    this.#timers.push(timer);
  }

  async #attempt(job: () => Promise<void>): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.#log.warn('Maintenance failed', errorFields(error));
    }
  }
}
