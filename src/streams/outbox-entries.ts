import type { Cursor, OutboxItem } from '../model/index.js';

/** A message of the outbox with what only this page knows of it. */
export interface OutboxEntry {
  readonly item: OutboxItem;
  /** Whether it is stored, or cannot be: nothing is sent before. */
  readonly stored: boolean;
  /** Up to where the log had come when the message was accepted; null before. */
  readonly accepted: Cursor | null;
}

export type OutboxEntries = readonly OutboxEntry[];

export function entryOf(entries: OutboxEntries, clientId: string): OutboxEntry | undefined {
  return entries.find(({ item }) => item.clientId === clientId);
}

/** Whether a message is still to be handed over. */
export function isDue({ item, accepted }: OutboxEntry): boolean {
  return item.state !== 'failed' && accepted === null;
}

/** Whose turn it is in the lane of one contact. */
export interface Turn {
  readonly contact: string;
  /** The message's client id; null while none can be handed over. */
  readonly next: string | null;
}

/** The next message of each contact. A contact whose next message is not stored yet has none: those behind it wait. */
export function turns(entries: OutboxEntries): readonly Turn[] {
  const due = new Map<string, OutboxEntry | null>();
  for (const entry of entries) {
    const { contact } = entry.item;
    if (isDue(entry)) due.set(contact, due.get(contact) ?? entry);
    else if (!due.has(contact)) due.set(contact, null);
  }
  return [...due].map(([contact, entry]) => ({ contact, next: entry?.stored ? entry.item.clientId : null }));
}

/** Adds an entry behind the others, or replaces the one of the same message in its place. */
export function putEntry(entries: OutboxEntries, entry: OutboxEntry): OutboxEntries {
  const index = entries.findIndex(({ item }) => item.clientId === entry.item.clientId);
  return index < 0 ? [...entries, entry] : entries.with(index, entry);
}

/** Joins what another tab told: it may know more of the message's state, never less of whether it is stored. */
export function putForeign(entries: OutboxEntries, item: OutboxItem): OutboxEntries {
  const accepted = entryOf(entries, item.clientId)?.accepted ?? null;
  return putEntry(entries, { item, stored: true, accepted });
}

/** Puts what was stored in front, in the order of storing. What is under way here stays as it is. */
export function joinStored(entries: OutboxEntries, stored: readonly OutboxItem[]): OutboxEntries {
  const ids = new Set(stored.map(({ clientId }) => clientId));
  const before = stored.map((item) => {
    const known = entryOf(entries, item.clientId);
    if (known && item.state !== 'failed') return { ...known, stored: true };
    // Whoever was sending it is gone, or will find that it was sent: the id makes that harmless.
    return { item: item.state === 'sending' ? queued(item) : item, stored: true, accepted: null };
  });
  return [...before, ...entries.filter(({ item }) => !ids.has(item.clientId))];
}

export function queued(item: OutboxItem): OutboxItem {
  return { ...item, state: 'queued', error: null };
}
