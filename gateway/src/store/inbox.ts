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

/** A business number, and the WhatsApp Business Account that it belongs to; null when that is not told. */
export interface KnownChannel {
  readonly id: string;
  readonly account: string | null;
}

/**
 * Keeps items, and makes sure that the business numbers they came by are known.
 * @returns The keys of those that had not come before. Another transaction with the same key is waited for.
 */
export async function insertInbox(
  tx: Tx,
  items: readonly InboxItem[],
  channels: readonly KnownChannel[],
  now: number,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }>(
    `with told as (
       select * from jsonb_to_recordset($3::jsonb) as r (id text, account text)
     ), registered as (
       insert into channel (id, registered_at, account)
       select id, $2, account from told where not exists (select from channel c where c.id = told.id)
       order by id on conflict do nothing
     ), moved as (
       update channel c set account = told.account from told
       where c.id = told.id and told.account is not null and c.account is distinct from told.account
     )
     insert into inbox (key, kind, wamid, item, received_at, done_at)
     select key, kind, wamid, item, $2, $2
     from jsonb_to_recordset($1::jsonb) as r (key text, kind text, wamid text, item jsonb)
     order by key
     on conflict (key) do nothing returning key`,
    [JSON.stringify(items), now, JSON.stringify(channels)],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Keeps items that are not applied, for the operator, and says why. */
export async function insertPoison(
  q: Queryable,
  items: readonly InboxItem[],
  error: string,
  now: number,
): Promise<void> {
  if (items.length === 0) return;
  await q.query(
    `insert into inbox (key, kind, wamid, item, received_at, error) select key, kind, wamid, item, $2, $3
     from jsonb_to_recordset($1::jsonb) as r (key text, kind text, wamid text, item jsonb)
     order by key on conflict (key) do nothing`,
    [JSON.stringify(items), now, error],
  );
}

/** Why an item of a number that is not ours lies there. */
export const UNCLAIMED = 'Its number is not configured.';

/** Puts items of numbers among those that may be tried again. Returns how many. */
export async function claimItems(q: Queryable, channels: readonly string[]): Promise<number> {
  const rows = await q.query(
    `update inbox set error = 'Its number was not configured.'
     where done_at is null and error = $1 and item ->> 'channel' = any($2::text[]) returning 1`,
    [UNCLAIMED, channels],
  );
  return rows.length;
}

/** An item that could not be applied and lies there as it came. */
export interface Poison<T> {
  readonly key: string;
  readonly receivedAt: number;
  readonly item: T;
}

/** A page of what could not be applied, oldest first; empty when nothing is after that one. */
export async function readPoison<T>(
  q: Queryable,
  after: Poison<unknown> | null,
): Promise<readonly Poison<T>[]> {
  return q.query<Poison<T>>(
    `select key, received_at as "receivedAt", item from inbox
     where done_at is null and error is not null and error <> $1 and item -> 'key' is not null
       and (received_at, key) > ($2::bigint, $3::text)
     order by received_at, key limit 1000`,
    [UNCLAIMED, after?.receivedAt ?? -1, after?.key ?? ''],
  );
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
