import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb';
import type { OutboxItem, Pendency } from '../model/index.js';

/** What belongs to an interaction that this agent has not touched for so long is forgotten when the database is opened. In milliseconds. */
export const KEPT_FOR = 30 * 24 * 3_600_000;

/** A browser that does not answer (it happens while another tab holds an old version open) counts as one that refuses. In milliseconds. */
export const OPEN_TIMEOUT = 5_000;

const VERSION = 1;

interface Draft {
  readonly interaction: string;
  readonly text: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

interface Seen {
  readonly interaction: string;
  readonly pendency: Pendency;
  readonly at: number;
}

interface Schema extends DBSchema {
  /** Keyed in the order of storing. */
  outbox: { key: number; value: OutboxItem; indexes: { clientId: string } };
  drafts: { key: string; value: Draft; indexes: { at: number } };
  seen: { key: string; value: Seen; indexes: { at: number } };
}

type Outbox = IDBPObjectStore<Schema, ['outbox'], 'outbox', 'readwrite'>;

/** One database per issuer and agent: nobody sends, or reads, what another agent wrote. */
export class DeskStorage {
  readonly #db: IDBPDatabase<Schema>;

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }

  /** Rejects when the browser refuses storage or does not answer. */
  static async open(
    identity: { readonly issuer: string; readonly agent: string },
    patience: number = OPEN_TIMEOUT,
  ): Promise<DeskStorage> {
    const db = await withinTime(openDatabase(databaseName(identity)), patience);
    const storage = new DeskStorage(db);
    await storage.#forgetOld(Date.now() - KEPT_FOR);
    return storage;
  }

  outbox(): Promise<readonly OutboxItem[]> {
    return this.#db.getAll('outbox');
  }

  async enqueue(item: OutboxItem, draft: 'forget' | 'keep'): Promise<void> {
    // Strict: the words are on the disk before they are on the wire, also when the machine goes down.
    const transaction = this.#db.transaction(['outbox', 'drafts'], 'readwrite', { durability: 'strict' });
    const asked = [
      transaction.objectStore('outbox').add(item),
      draft === 'forget' && transaction.objectStore('drafts').delete(item.interaction),
    ];
    // Said now, because a page that is being left is not there any more when the answers come, and what is not committed is undone.
    transaction.commit();
    try {
      await Promise.all([...asked, transaction.done]);
    } catch (error) {
      // Firefox carries out the rest of a transaction whose commit was asked for before one of its requests failed: the words must stay somewhere.
      if (draft === 'forget')
        await this.saveDraft(item.interaction, item.content.text).catch(() => undefined);
      throw error;
    }
  }

  async updateOutbox(item: OutboxItem): Promise<void> {
    await this.#atPlace(item.clientId, (outbox, key) => outbox.put(item, key));
  }

  async deleteFromOutbox(clientId: string): Promise<void> {
    await this.#atPlace(clientId, (outbox, key) => outbox.delete(key));
  }

  async drafts(): Promise<ReadonlyMap<string, string>> {
    const drafts = await this.#db.getAll('drafts');
    return new Map(drafts.map(({ interaction, text }) => [interaction, text]));
  }

  async saveDraft(interaction: string, text: string): Promise<void> {
    const transaction = this.#db.transaction('drafts', 'readwrite');
    const { store } = transaction;
    const asked = text === '' ? store.delete(interaction) : store.put({ interaction, text, at: Date.now() });
    transaction.commit();
    await Promise.all([asked, transaction.done]);
  }

  async seen(): Promise<ReadonlyMap<string, Pendency>> {
    const seen = await this.#db.getAll('seen');
    return new Map(seen.map(({ interaction, pendency }) => [interaction, pendency]));
  }

  async saveSeen(interaction: string, pendency: Pendency): Promise<void> {
    await this.#db.put('seen', { interaction, pendency, at: Date.now() });
  }

  async forget(interaction: string): Promise<void> {
    const transaction = this.#db.transaction(['drafts', 'seen'], 'readwrite');
    await Promise.all([
      transaction.objectStore('drafts').delete(interaction),
      transaction.objectStore('seen').delete(interaction),
      transaction.done,
    ]);
  }

  close(): void {
    this.#db.close();
  }

  /** Does something where a stored message is; nothing when it is gone. */
  async #atPlace(clientId: string, act: (outbox: Outbox, key: number) => Promise<unknown>): Promise<void> {
    const transaction = this.#db.transaction('outbox', 'readwrite');
    const acting = async (): Promise<void> => {
      const key = await transaction.store.index('clientId').getKey(clientId);
      if (key !== undefined) await act(transaction.store, key);
    };
    // Both are waited for at once: of a transaction that breaks, each tells, and the page must not hear of either as unhandled.
    await Promise.all([acting(), transaction.done]);
  }

  async #forgetOld(before: number): Promise<void> {
    const transaction = this.#db.transaction(['drafts', 'seen'], 'readwrite');
    const forgetting = async (name: 'drafts' | 'seen'): Promise<void> => {
      const store = transaction.objectStore(name);
      for (const key of await store.index('at').getAllKeys(IDBKeyRange.upperBound(before))) {
        await store.delete(key);
      }
    };
    await Promise.all([forgetting('drafts'), forgetting('seen'), transaction.done]);
  }
}

/** JSON keeps issuer and agent apart, whatever characters they are of. */
export function databaseName({ issuer, agent }: { readonly issuer: string; readonly agent: string }): string {
  return `whatsapp-workspace ${JSON.stringify([issuer, agent])}`;
}

function openDatabase(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, VERSION, {
    upgrade(db) {
      db.createObjectStore('outbox', { autoIncrement: true }).createIndex('clientId', 'clientId', {
        unique: true,
      });
      for (const name of ['drafts', 'seen'] as const) {
        db.createObjectStore(name, { keyPath: 'interaction' }).createIndex('at', 'at');
      }
    },
    // A later version in another tab must not wait for this one.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}

async function withinTime(
  opening: Promise<IDBPDatabase<Schema>>,
  patience: number,
): Promise<IDBPDatabase<Schema>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The browser did not open its storage in time.'));
      void opening.then((db) => db.close(), ignore);
    }, patience);
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}
