import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { fromEvent } from 'rxjs';
import type { Observable } from 'rxjs';
import { FREE, holdLease } from './lease.js';
import type { Lease, LeaseStore } from './lease.js';
import { newId } from './new-id.js';
import { BrowserTabChannel } from './tab-channel.js';

export const LEASE_DATABASE = 'whatsapp-workspace leases';

interface Schema extends DBSchema {
  leases: { key: string; value: Lease };
}

/** Leases in a database of their own, apart from what an agent writes: it never changes its version. */
export class IndexedDbLeases implements LeaseStore {
  #opened: Promise<IDBPDatabase<Schema>> | null = null;

  async change(name: string, to: (lease: Lease) => Lease | null): Promise<null> {
    const db = await (this.#opened ??= this.#open());
    const transaction = db.transaction('leases', 'readwrite');
    const changing = async (): Promise<void> => {
      const next = to((await transaction.store.get(name)) ?? FREE);
      if (next) await transaction.store.put(next, name);
    };
    await Promise.all([changing(), transaction.done]);
    return null;
  }

  async close(): Promise<void> {
    (await this.#opened)?.close();
    this.#opened = null;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    const forget = (): void => {
      this.#opened = null;
    };
    const opened = openDB<Schema>(LEASE_DATABASE, 1, {
      upgrade: (db) => void db.createObjectStore('leases'),
      // Someone clears the browser's data.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    opened.catch(forget);
    return opened;
  }
}

const store = new IndexedDbLeases();

/** A lock by a lease that the tabs of this browser share. */
export function holdBrowserLease(name: string, visible$: Observable<boolean>): Observable<boolean> {
  return holdLease(name, visible$, {
    store,
    channel: () => new BrowserTabChannel(LEASE_DATABASE),
    pagehide$: fromEvent(window, 'pagehide'),
    newId,
    now: () => performance.now(),
  });
}
