import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { openDeskDatabase } from './desk-database.js';
import type { DeskDatabase } from './desk-database.js';

/**
 * The connection to the database of a desk. When the browser ends it (it may, when it cleans up or its storage breaks), it is opened again by whoever
 * needs it next.
 */
export class DeskConnection {
  readonly #name: string;
  readonly #outdated$ = new Subject<void>();
  #db: DeskDatabase;
  #reopening: Promise<DeskDatabase> | null = null;
  #closed = false;
  #outdated = false;

  /** Emits when a later version of this code, in another tab, needs the database: what is asked within the emission is still done, then it closes. */
  readonly outdated$: Observable<void> = this.#outdated$.asObservable();

  private constructor(name: string, db: DeskDatabase) {
    this.#name = name;
    this.#db = db;
  }

  /** Rejects as `openDeskDatabase` does. */
  static async open(name: string): Promise<DeskConnection> {
    const onOutdated = (): void => connection.#giveUp();
    const db = await openDeskDatabase(name, { onOutdated });
    const connection = new DeskConnection(name, db);
    return connection;
  }

  /** Whether a later version has taken the database over. */
  get isOutdated(): boolean {
    return this.#outdated;
  }

  /**
   * Begins at once, and once more on a new connection if the present one has ended: what `act` does in one transaction is then done once, because the
   * end has broken it off.
   */
  async run<T>(act: (db: DeskDatabase) => Promise<T>): Promise<T> {
    const db = this.#db;
    try {
      return await act(db);
    } catch (error) {
      if (this.#closed || !hasEnded(db)) throw error;
      return act(await this.#reopened(db));
    }
  }

  close(): void {
    this.#closed = true;
    this.#outdated$.complete();
    // Transactions that have begun are finished first.
    this.#db.close();
  }

  #giveUp(): void {
    this.#outdated = true;
    this.#outdated$.next();
    this.close();
  }

  async #reopened(ended: DeskDatabase): Promise<DeskDatabase> {
    if (this.#db !== ended) return this.#db;
    this.#reopening ??= this.#reopen().finally(() => (this.#reopening = null));
    return this.#reopening;
  }

  async #reopen(): Promise<DeskDatabase> {
    try {
      // An empty database in the place of ours would say that nothing is on its way.
      const options = { onOutdated: () => this.#giveUp(), mustExist: true };
      this.#db = await openDeskDatabase(this.#name, options);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'VersionError') this.#giveUp();
      throw error;
    }
    if (this.#closed) this.#db.close();
    return this.#db;
  }
}

function hasEnded(db: DeskDatabase): boolean {
  try {
    db.transaction('desk');
    return false;
  } catch {
    return true;
  }
}
