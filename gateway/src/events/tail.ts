import { errorFields, type Log } from '../log.js';
import { Progress, STALLED_AFTER, type Watched } from '../progress.js';
import { Runner } from '../runner.js';
import type { Db } from '../store/db.js';
import {
  checkLog,
  LOG_CHANNEL,
  readEnd,
  readEvents,
  renameLostLog,
  type LoggedEvent,
  type LogPlace,
} from '../store/events.js';

const BATCH = 500;

export interface TailOptions {
  readonly db: Db;
  readonly log: Log;
  /** Hear the hints of other gateways on the same database. */
  readonly listen: boolean;
  /** How often to look although no hint came, in milliseconds. */
  readonly sweepInterval: number;
  /** How much longer a look may take before operators are told, in milliseconds; 10,000 by default. */
  readonly stalledAfter?: number;
}

/** Reads the log once for all desks of this process. Hints say "look"; what is there is what the log says. */
export class Tail implements Watched {
  readonly #options: TailOptions;
  readonly #progress: Progress;
  readonly #listeners = new Set<(events: readonly LoggedEvent[]) => void>();
  readonly #renamed = new Set<() => void>();
  #place: LogPlace = { epoch: '', seq: 0, id: null };
  #hints: { stop(): Promise<void> } | null = null;
  #poll: NodeJS.Timeout | null = null;
  readonly #runner = new Runner(() => this.#run());

  constructor(options: TailOptions) {
    this.#options = options;
    const { sweepInterval, stalledAfter = STALLED_AFTER } = options;
    this.#progress = new Progress('The log of events cannot be read', sweepInterval + stalledAfter);
  }

  /** Place of the last event that was handed out. */
  get position(): number {
    return this.#place.seq;
  }

  /** The name of the log in which that place is. */
  get epoch(): string {
    return this.#place.epoch;
  }

  async start(): Promise<void> {
    const { db, listen, sweepInterval } = this.#options;
    this.#place = await readEnd(db);
    if (listen) this.#hints = await db.listen(LOG_CHANNEL, () => this.hint());
    this.#poll = setInterval(() => this.hint(), sweepInterval);
    this.#progress.made();
  }

  problem(): string | null {
    return this.#progress.problem();
  }

  /** The log may have grown. */
  hint(): void {
    this.#runner.hint();
  }

  /** Calls back with all that follows `position`, in order. */
  subscribe(listener: (events: readonly LoggedEvent[]) => void): void {
    this.#listeners.add(listener);
  }

  /** Calls back when places of the log mean nothing any more: it has another name, and goes on from `position`. */
  onRenamed(listener: () => void): void {
    this.#renamed.add(listener);
  }

  async stop(): Promise<void> {
    if (this.#poll) clearInterval(this.#poll);
    await this.#hints?.stop();
    await this.#runner.stop();
  }

  async #run(): Promise<void> {
    try {
      if (!(await this.#isSameLog())) return;
      for (;;) {
        const events = await readEvents(this.#options.db, this.position, BATCH);
        const last = events.at(-1);
        this.#progress.made();
        if (!last) return;
        this.#place = { ...this.#place, seq: last.event.seq, id: last.event.id };
        for (const listener of this.#listeners) listener(events);
        if (events.length < BATCH) return;
      }
    } catch (error) {
      // The poll comes again.
      this.#options.log.warn('The log could not be read', errorFields(error));
    }
  }
  /** Desks that know of what the log has lost must take a fresh snapshot, at all gateways: for that it gets another name. */
  async #isSameLog(): Promise<boolean> {
    const { db, log } = this.#options;
    const found = await checkLog(db, this.#place);
    if (found === 'same') return true;
    const { epoch, seq } = this.#place;
    if (found === 'lost' && (await renameLostLog(db, epoch)))
      log.error('The database has lost what it had committed: all desks take a fresh snapshot', { seq });
    this.#place = await readEnd(db);
    this.#progress.made();
    for (const listener of this.#renamed) listener();
    return false;
  }
}
