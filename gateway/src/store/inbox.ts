import type { Queryable, Tx } from './db.js';

/** With the hash of an id of WhatsApp's, names it among the database's advisory locks. */
const WAMID_LOCKS = 7_240_118;

/** One item of a webhook, to be kept as it came. */
export interface InboxItem {
  /** The same for every delivery of the same fact. */
  readonly key: string;
  readonly kind: string;
  readonly wamid: string | null;
  readonly item: unknown;
}

/**
 * Keeps items, and makes sure that the business numbers they came by are known.
 * @returns The keys of those that had not come before. Another transaction with the same key is waited for.
 */
export async function insertInbox(
  tx: Tx,
  items: readonly InboxItem[],
  channels: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }>(
    `with registered as (
       insert into channel (id, registered_at)
       select id, $2 from unnest($3::text[]) as r (id) where not exists (select from channel c where c.id = r.id)
       order by id on conflict do nothing
     )
     insert into inbox (key, kind, wamid, item, received_at, done_at)
     select key, kind, wamid, item, $2, $2
     from jsonb_to_recordset($1::jsonb) as r (key text, kind text, wamid text, item jsonb)
     order by key
     on conflict (key) do nothing returning key`,
    [JSON.stringify(items), now, channels],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Keeps an item that could not be applied, for the operator. */
export async function insertPoison(q: Queryable, item: InboxItem, error: string, now: number): Promise<void> {
  await q.query(
    `insert into inbox (key, kind, wamid, item, received_at, error) values ($1, $2, $3, $4, $5, $6)
     on conflict (key) do nothing`,
    [item.key, item.kind, item.wamid, JSON.stringify(item.item), now, error],
  );
}

/** Items that could not be applied and lie there as they came, oldest first; at most a thousand. */
export async function readPoison<T>(q: Queryable): Promise<readonly T[]> {
  const rows = await q.query<{ item: T }>(
    `select item from inbox where done_at is null and error is not null and item -> 'key' is not null
     order by received_at, key limit 1000`,
  );
  return rows.map(({ item }) => item);
}

/** Takes an item out, to be put in again. */
export async function removeItem(tx: Tx, key: string): Promise<void> {
  await tx.query('delete from inbox where key = $1', [key]);
}

/** Puts items back that cannot be applied before something else has come. */
export async function reopen(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query('update inbox set done_at = null where key = any($1::text[])', [keys]);
}

/**
 * Locks messages by WhatsApp's ids, whether they are known yet or not: so that of a status and the answer that makes its message known, one
 * sees the other.
 */
export async function lockWamids(tx: Tx, wamids: readonly string[]): Promise<void> {
  if (wamids.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock($2, lock) from (
       select distinct hashtext(wamid) as lock from unnest($1::text[]) as r (wamid) order by lock
     ) locks`,
    [wamids, WAMID_LOCKS],
  );
}

/** Takes the items that wait for messages which are known by now. */
export async function takeWaiting<T>(tx: Tx, wamids: readonly string[], now: number): Promise<readonly T[]> {
  if (wamids.length === 0) return [];
  const rows = await tx.query<{ item: T }>(
    `update inbox set done_at = $2 where wamid = any($1::text[]) and done_at is null and error is null returning item`,
    [wamids, now],
  );
  return rows.map(({ item }) => item);
}
