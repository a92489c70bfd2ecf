import { errorFields, type Log } from '../log.js';
import { Runner } from '../runner.js';
import type { Db } from '../store/db.js';
import { LOG_CHANNEL, readEvents, readStream, type LoggedEvent } from '../store/events.js';

const BATCH = 500;

export interface TailOptions {
  readonly db: Db;
  readonly log: Log;
  /** Hear the hints of other gateways on the same database. */
  readonly listen: boolean;
  /** How often to look although no hint came, in milliseconds. */
  readonly pollInterval: number;
}

/** Reads the log once for all desks of this process. Hints say "look"; what is there is what the log says. */
export class Tail {
  readonly #options: TailOptions;
  readonly #listeners = new Set<(events: readonly LoggedEvent[]) => void>();
  #position = 0;
  #hints: { stop(): Promise<void> } | null = null;
  #poll: NodeJS.Timeout | null = null;
  readonly #runner = new Runner(() => this.#run());

  constructor(options: TailOptions) {
    this.#options = options;
  }

  /** Place of the last event that was handed out. */
  get position(): number {
    return this.#position;
  }

  async start(): Promise<void> {
    const { db, listen, pollInterval } = this.#options;
    this.#position = (await readStream(db)).head;
    if (listen) this.#hints = await db.listen(LOG_CHANNEL, () => this.hint());
    this.#poll = setInterval(() => this.hint(), pollInterval);
  }

  /** The log may have grown. */
  hint(): void {
    this.#runner.hint();
  }

  /** Calls back with all that follows `position`, in order. */
  subscribe(listener: (events: readonly LoggedEvent[]) => void): void {
    this.#listeners.add(listener);
  }

  async stop(): Promise<void> {
    if (this.#poll) clearInterval(this.#poll);
    await this.#hints?.stop();
    await this.#runner.stop();
  }

  async #run(): Promise<void> {
    try {
      for (;;) {
        const events = await readEvents(this.#options.db, this.#position, BATCH);
        const last = events.at(-1);
        if (!last) return;
        this.#position = last.event.seq;
        for (const listener of this.#listeners) listener(events);
        if (events.length < BATCH) return;
      }
    } catch (error) {
      // The poll comes again.
      this.#options.log.warn('The log could not be read', errorFields(error));
    }
  }
}
