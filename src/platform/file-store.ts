import type { OutboxItem } from '../model/index.js';
import type { DeskConnection } from './desk-connection.js';
import type { StoredDraft, StoredFile } from './desk-database.js';

/** A file is stored before the draft that names it; one that is older than this, in milliseconds, and named by none is forgotten. */
export const FILES_KEPT_FOR = 3_600_000;

/** The files that wait in drafts and in the outbox of a desk. */
export class FileStore {
  readonly #connection: DeskConnection;

  constructor(connection: DeskConnection) {
    this.#connection = connection;
  }

  save(file: Omit<StoredFile, 'at'>): Promise<void> {
    return this.#connection.run(async (db) => {
      // Strict: a message may name it that is on the disk.
      const transaction = db.transaction('files', 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put({ ...file, at: Date.now() }), transaction.done]);
    });
  }

  get(id: string): Promise<StoredFile | null> {
    return this.#connection.run(async (db) => (await db.get('files', id)) ?? null);
  }

  /** Forgets those of the files that no draft names, and no message that the contact centre has not accepted; of others, those that are old. */
  forget(ids: readonly string[]): Promise<void> {
    return this.#connection.run(async (db) => {
      const transaction = db.transaction(['files', 'drafts', 'outbox'], 'readwrite');
      const forgetting = async (): Promise<void> => {
        const files = transaction.objectStore('files');
        const before = IDBKeyRange.upperBound(Date.now() - FILES_KEPT_FOR);
        const [drafts, items, old] = await Promise.all([
          transaction.objectStore('drafts').getAll(),
          transaction.objectStore('outbox').getAll(),
          files.index('at').getAllKeys(before),
        ]);
        const named = new Set([...drafts.flatMap(filesOfDraft), ...items.flatMap(fileOfMessage)]);
        await Promise.all([...ids, ...old].filter((id) => !named.has(id)).map((id) => files.delete(id)));
      };
      await Promise.all([forgetting(), transaction.done]);
    });
  }
}

function filesOfDraft({ attachments }: Partial<StoredDraft>): readonly string[] {
  return attachments?.map(({ id }) => id) ?? [];
}

/** Another version may have stored it in another form. */
function fileOfMessage({ body, step }: Partial<OutboxItem>): readonly string[] {
  return body?.kind === 'media' && step?.at !== 'accepted' ? [body.upload] : [];
}
