import type { IDBPTransaction } from 'idb';
import type { DeskDatabase, DeskSchema } from './desk-database.js';
import { COPY, COPY_KEPT_FOR } from './stored-copy.js';

/** What belongs to an interaction that this agent has not touched for so long is forgotten when the database is opened. In milliseconds. */
export const KEPT_FOR = 30 * 24 * 3_600_000;

/**
 * Drafts are the agent's own words, and clocks jump: an old draft is forgotten only by an opening that comes so long after another one that found it old as
 * well. In milliseconds.
 */
export const FOUND_OLD_FOR = 24 * 3_600_000;

/** Under which name is kept since when which drafts are known to be old. */
export const OLD_DRAFTS = 'old-drafts';

type Forgetting = IDBPTransaction<DeskSchema, ('drafts' | 'seen' | 'transcripts' | 'desk')[], 'readwrite'>;

/** Forgets what is too old. Messages are never. */
export async function forgetOld(db: DeskDatabase, now: number): Promise<void> {
  const transaction: Forgetting = db.transaction(['drafts', 'seen', 'transcripts', 'desk'], 'readwrite');
  await Promise.all([
    forgetDrafts(transaction, now),
    forgetBefore(transaction, 'seen', now - KEPT_FOR),
    forgetBefore(transaction, 'transcripts', now - COPY_KEPT_FOR),
    forgetCopy(transaction, now - COPY_KEPT_FOR),
    transaction.done,
  ]);
}

async function forgetBefore(
  transaction: Forgetting,
  name: 'seen' | 'transcripts',
  before: number,
): Promise<void> {
  const store = transaction.objectStore(name);
  const old = await store.index('at').getAllKeys(IDBKeyRange.upperBound(before));
  await Promise.all(old.map((key) => store.delete(key)));
}

async function forgetCopy(transaction: Forgetting, before: number): Promise<void> {
  const store = transaction.objectStore('desk');
  const copy = await store.get(COPY);
  if (copy && copy.at <= before) await store.delete(COPY);
}

async function forgetDrafts(transaction: Forgetting, now: number): Promise<void> {
  const [drafts, desk] = [transaction.objectStore('drafts'), transaction.objectStore('desk')];
  const [old, before] = await Promise.all([
    drafts.index('at').getAll(IDBKeyRange.upperBound(now - KEPT_FOR)),
    desk.get(OLD_DRAFTS),
  ]);
  const known = foundOldAt(before?.value);
  const found = new Map<string, number>();
  for (const { interaction, at } of old) {
    const since = known.get(interaction) ?? now;
    // What was touched since is another draft, and a time that is still to come was a clock's fault.
    found.set(interaction, since < at || since > now ? now : since);
  }
  for (const [interaction, since] of found) if (now - since >= FOUND_OLD_FOR) found.delete(interaction);
  await Promise.all([
    ...old
      .filter(({ interaction }) => !found.has(interaction))
      .map(({ interaction }) => drafts.delete(interaction)),
    found.size > 0 ? desk.put({ name: OLD_DRAFTS, at: now, value: found }) : desk.delete(OLD_DRAFTS),
  ]);
}

function foundOldAt(stored: unknown): ReadonlyMap<unknown, number> {
  return stored instanceof Map ? stored : new Map();
}
