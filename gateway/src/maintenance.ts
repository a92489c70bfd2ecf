import type { Ledger } from './ledger/ledger.js';
import { errorFields, type Log } from './log.js';
import { dropOld } from './store/retention.js';

/** How long events, webhooks and receipts are kept, in milliseconds: as long as anybody may come back for them. */
export const RETENTION = 30 * 24 * 60 * 60_000;
const RETENTION_INTERVAL = 60 * 60_000;
/** How often what could not be applied is tried again: the database may be mended meanwhile. */
const POISON_INTERVAL = 5 * 60_000;
const LOG_INTERVAL = 60_000;

/** What is done elsewhere. */
export interface MaintenanceJobs {
  readonly retryPoison: () => Promise<unknown>;
  /** Of a database of our own. */
  readonly shortenLog: () => Promise<unknown>;
  readonly dropOldFiles: () => Promise<unknown>;
}

/** Work that no request waits for. */
export class Maintenance {
  readonly #ledger: Ledger;
  readonly #log: Log;
  readonly #jobs: MaintenanceJobs;
  readonly #timers: NodeJS.Timeout[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(ledger: Ledger, log: Log, jobs: MaintenanceJobs) {
    this.#ledger = ledger;
    this.#log = log;
    this.#jobs = jobs;
  }

  start(): void {
    this.#every(RETENTION_INTERVAL, () => dropOld(this.#ledger.db, this.#ledger.clock.now() - RETENTION));
    this.#every(RETENTION_INTERVAL, this.#jobs.dropOldFiles);
    this.#every(POISON_INTERVAL, this.#jobs.retryPoison);
    this.#every(LOG_INTERVAL, this.#jobs.shortenLog);
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#running;
  }

  /** Jobs run one after the other. */
  #every(interval: number, job: () => Promise<unknown>): void {
    const timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#attempt(job));
    }, interval);
    this.#timers.push(timer);
  }

  async #attempt(job: () => Promise<unknown>): Promise<void> {
    try {
      await job();
    } catch (error) {
      this.#log.warn('Maintenance failed', errorFields(error));
    }
  }
}
