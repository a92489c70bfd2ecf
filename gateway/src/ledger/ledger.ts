import type { Clock, EventDraft } from 'whatsapp-workspace/model';
import { newId } from '../ids.js';
import { waitForLocks, type Db } from '../store/db.js';
import { HeldRows } from './held-rows.js';
import { Work, type ReceivedStatus } from './work.js';

/** What a transaction has brought. */
export interface Committed {
  /** Facts that are in the log from now on. */
  readonly events: readonly EventDraft[];
  /** Statuses that brought news about messages, or say that a number sends. */
  readonly statuses: readonly ReceivedStatus[];
  /** Whether something may be sent that waited for a status. */
  readonly hasFreed: boolean;
}

export interface LedgerOptions {
  readonly db: Db;
  readonly clock: Clock;
  /** Tell other gateways on the same database when the log grows. */
  readonly notify: boolean;
  /** How many transactions about one thing each may wait longer for rows that others hold, at once; 3 by default. */
  readonly waiting?: number;
}

export interface WriteOptions {
  /** The command whose receipt is to be written with the events, when there are any. */
  readonly command?: string;
  /**
   * What the transaction is about, when it is about one thing: an interaction's id. Somebody may hold it for long; such transactions leave connections for
   * the others.
   */
  readonly about?: string;
}

export interface Written<T> {
  readonly result: T;
  readonly head: number | null;
}

const WAITING = 3;

type Listener = (committed: Committed) => void;

/** The one way by which the state of the contact centre changes: in transactions that also write what happened. */
export class Ledger {
  readonly db: Db;
  readonly clock: Clock;
  readonly #notify: boolean;
  readonly #listeners: Listener[];
  readonly #heldRows: HeldRows;

  constructor({ db, clock, notify, waiting = WAITING }: LedgerOptions, listeners: Listener[] = []) {
    this.db = db;
    this.clock = clock;
    this.#notify = notify;
    this.#listeners = listeners;
    this.#heldRows = new HeldRows(waiting);
  }

  /** The same ledger over other connections: who listens to one hears of both. */
  over(db: Db): Ledger {
    return new Ledger({ db, clock: this.clock, notify: this.#notify }, this.#listeners);
  }

  /** Called after each transaction that recorded or heard something. */
  onCommit(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /**
   * Runs one transaction; again from the start when it met a deadlock.
   * @returns What `work` returned, and the place of the newest event that it recorded (null: none).
   * @throws RowsHeld when others wait already for what this is about.
   */
  async write<T>(work: (work: Work) => Promise<T>, options: WriteOptions = {}): Promise<Written<T>> {
    const { command = null, about } = options;
    return about === undefined
      ? this.#write(work, command, null)
      : this.#heldRows.run(about, (patience) => this.#write(work, command, patience));
  }

  async #write<T>(
    work: (work: Work) => Promise<T>,
    command: string | null,
    patience: number | null,
  ): Promise<Written<T>> {
    const { result, head, committed } = await this.db.tx(async (tx) => {
      if (patience !== null) await waitForLocks(tx, patience);
      const now = this.clock.now();
      const unit = new Work(tx, now, () => newId(now));
      const outcome = await work(unit);
      const end = await unit.save({ notify: this.#notify, command, isImpatient: patience !== null });
      const { events, statuses, hasFreed } = unit;
      return { result: outcome, head: end, committed: { events, statuses, hasFreed } };
    });
    if (committed.events.length + committed.statuses.length > 0 || committed.hasFreed)
      for (const listener of this.#listeners) listener(committed);
    return { result, head };
  }
}
