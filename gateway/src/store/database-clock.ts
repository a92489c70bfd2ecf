import type { Clock } from 'whatsapp-workspace/model';
import { errorFields, type Log } from '../log.js';
import type { Queryable } from './db.js';

/** How often the database is asked for its time, in milliseconds. */
const SYNC_INTERVAL = 5000;
/** More than this is no drift: somebody has set a clock. */
const JUMP = 1000;

export interface DatabaseClockOptions {
  readonly db: Queryable;
  readonly log: Log;
  /** The clock was set, and counts from now on as it is. */
  readonly onJump?: () => void;
  /** Milliseconds since some instant, whatever happens to clocks. */
  readonly stopwatch?: () => number;
}

/**
 * The database's time, which all gateways share: what one writes down as an instant, another reads. Counted on by a stopwatch, so that the clock of this
 * machine plays no part, and asked for again every few seconds.
 */
export class DatabaseClock implements Clock {
  readonly #options: DatabaseClockOptions;
  readonly #stopwatch: () => number;
  /** What the stopwatch has to be added to; null before the first answer. */
  #offset: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DatabaseClockOptions) {
    this.#options = options;
    this.#stopwatch = options.stopwatch ?? (() => performance.now());
  }

  /** @throws When the database cannot be asked. */
  async start(): Promise<void> {
    await this.#sync();
    this.#timer = setInterval(() => void this.sync(), SYNC_INTERVAL);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  now(): number {
    if (this.#offset === null) throw new Error('The clock was read before it was started.');
    return Math.floor(this.#offset + this.#stopwatch());
  }

  /** Asks now. A database out of reach changes nothing. */
  async sync(): Promise<void> {
    try {
      await this.#sync();
    } catch (error) {
      this.#options.log.warn('The database could not be asked for its time', errorFields(error));
    }
  }

  async #sync(): Promise<void> {
    const { db, log, onJump } = this.#options;
    const asked = this.#stopwatch();
    const [row] = await db.query<{ at: number }>(
      'select extract(epoch from clock_timestamp())::float8 * 1000 as at',
    );
    const answered = this.#stopwatch();
    if (!row) return;
    // It was read at some time between question and answer.
    const offset = row.at - (asked + answered) / 2;
    const uncertain = (answered - asked) / 2;
    const before = this.#offset;
    const change = before === null ? 0 : offset - before;
    if (before !== null && Math.abs(change) <= uncertain + 1) return;
    this.#offset = offset;
    if (Math.abs(change) <= JUMP + uncertain) return;
    log.error('The clock of the database was set: what it had timed is put right', {
      byMs: Math.round(change),
    });
    onJump?.();
  }
}
