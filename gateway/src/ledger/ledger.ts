import type { Clock, EventDraft } from 'whatsapp-workspace/model';
import { newId } from '../ids.js';
import type { Db } from '../store/db.js';
import { Work } from './work.js';

/** Facts that are in the log from now on. */
export interface Committed {
  /** Place of the newest of them. */
  readonly head: number;
  readonly events: readonly EventDraft[];
}

export interface LedgerOptions {
  readonly db: Db;
  readonly clock: Clock;
  /** Tell other gateways on the same database when the log grows. */
  readonly notify: boolean;
}

/** The one way by which the state of the contact centre changes: in transactions that also write what happened. */
export class Ledger {
  readonly db: Db;
  readonly clock: Clock;
  readonly #notify: boolean;
  readonly #listeners: ((committed: Committed) => void)[] = [];

  constructor({ db, clock, notify }: LedgerOptions) {
    this.db = db;
    this.clock = clock;
    this.#notify = notify;
  }

  /** Called after each transaction that recorded something. */
  onCommit(listener: (committed: Committed) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Runs one transaction; again from the start when it met a deadlock.
   * @param command The command whose receipt is to be written with the events, when there are any.
   * @returns What `work` returned, and the place of the newest event that it recorded (null: none).
   */
  async write<T>(
    work: (work: Work) => Promise<T>,
    command: string | null = null,
  ): Promise<{ readonly result: T; readonly head: number | null }> {
    const { result, committed } = await this.db.tx(async (tx) => {
      const now = this.clock.now();
      const unit = new Work(tx, now, () => newId(now));
      const outcome = await work(unit);
      const head = await unit.save({ notify: this.#notify, command });
      return { result: outcome, committed: head === null ? null : { head, events: unit.events } };
    });
    if (committed) for (const listener of this.#listeners) listener(committed);
    return { result, head: committed?.head ?? null };
  }
}
