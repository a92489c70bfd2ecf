import type { Queryable, Tx } from './db.js';

/** One item of a webhook, to be kept as it came. */
export interface InboxItem {
  /** The same for every delivery of the same fact. */
  readonly key: string;
  readonly kind: string;
  readonly wamid: string | null;
  readonly item: unknown;
}

/**
 * Keeps items.
 * @returns The keys of those that had not come before. Another transaction with the same key is waited for.
 */
export async function insertInbox(
  tx: Tx,
  items: readonly InboxItem[],
  now: number,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }>(
    `insert into inbox (key, kind, wamid, item, received_at, done_at)
     select key, kind, wamid, item, $2, $2
     from jsonb_to_recordset($1::jsonb) as r (key text, kind text, wamid text, item jsonb)
     order by key
     on conflict (key) do nothing returning key`,
    [JSON.stringify(items), now],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Keeps an item that could not be applied, for the operator. */
export async function insertPoison(tx: Tx, item: InboxItem, error: string, now: number): Promise<void> {
  await tx.query(
    `insert into inbox (key, kind, wamid, item, received_at, error) values ($1, $2, $3, $4, $5, $6)
     on conflict (key) do nothing`,
    [item.key, item.kind, item.wamid, JSON.stringify(item.item), now, error],
  );
}

/** Puts items back that cannot be applied before something else has come. */
export async function reopen(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query('update inbox set done_at = null where key = any($1::text[])', [keys]);
}

/** Takes the waiting items of some messages; null: of all messages that have become known. */
export async function takeWaiting<T>(
  tx: Tx,
  wamids: readonly string[] | null,
  now: number,
): Promise<readonly T[]> {
  const rows = await tx.query<{ item: T }>(
    `update inbox set done_at = $2 where key in (
       select i.key from inbox i
       where i.done_at is null and i.error is null and i.wamid is not null
         and ($1::text[] is null or i.wamid = any($1::text[]))
         and exists (select from message m where m.wamid = i.wamid)
       order by i.key for update skip locked
     ) returning item`,
    [wamids, now],
  );
  return rows.map(({ item }) => item);
}

/** Makes sure that business numbers are known. */
export async function registerChannels(tx: Tx, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `insert into channel (id, registered_at)
     select id, $2 from unnest($1::text[]) as r (id) where not exists (select from channel c where c.id = r.id)
     order by id on conflict do nothing`,
    [ids, now],
  );
}

/** Interactions of messages for which items wait that came before them. Locks nothing. */
export async function findWaiting(q: Queryable): Promise<readonly string[]> {
  const rows = await q.query<{ interaction: string }>(
    `select distinct m.interaction from inbox i join message m on m.wamid = i.wamid
     where i.done_at is null and i.error is null limit 100`,
  );
  return rows.map(({ interaction }) => interaction);
}
