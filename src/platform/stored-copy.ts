import { openDeskDatabase } from './desk-database.js';
import type { DeskDatabase } from './desk-database.js';

/** Under which name the desk as it last was is kept. */
export const COPY = 'copy';

/** After how long a copy is removed, in milliseconds: as long as `streams` shows it. */
export const COPY_KEPT_FOR = 24 * 3_600_000;

/** What a reload without a link shows. */
export interface StoredCopy {
  readonly desk: unknown;
  /** By interaction. */
  readonly pages: ReadonlyMap<string, unknown>;
  /** When the desk was kept, in milliseconds since the epoch. */
  readonly at: number;
}

/** Removes what shows a desk as it was; what its agent has written stays. */
export async function forgetCopyIn(db: DeskDatabase): Promise<void> {
  const transaction = db.transaction(['desk', 'transcripts'], 'readwrite');
  await Promise.all([
    transaction.objectStore('desk').delete(COPY),
    transaction.objectStore('transcripts').clear(),
    transaction.done,
  ]);
}

/**
 * Removes the copies of all other desks in this browser: another agent has signed in. Never rejects; a database that does not open, or browsers that
 * do not name their databases, keep their copies until those are too old.
 */
export async function forgetOtherCopies(ours: string): Promise<void> {
  const databases = await indexedDB.databases?.().catch(() => []);
  for (const { name } of databases ?? []) {
    if (!name?.startsWith('whatsapp-workspace [') || name === ours) continue;
    // oxlint-disable-next-line no-await-in-loop -- There are few, and nobody waits.
    await forgetCopyOf(name).catch(() => undefined);
  }
}

async function forgetCopyOf(name: string): Promise<void> {
  const db = await openDeskDatabase(name, { onOutdated: () => db.close() });
  try {
    await forgetCopyIn(db);
  } finally {
    db.close();
  }
}
