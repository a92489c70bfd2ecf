import type { DeliveryError } from 'whatsapp-workspace/model';
import type { Db, Queryable, Tx } from './db.js';

/** A message for the Cloud API. */
export interface NewOutboxRow {
  readonly message: string;
  readonly interaction: string;
  readonly channel: string;
  readonly lane: string;
  readonly clientId: string;
  readonly text: string;
}

/** A message that this worker alone may send, for as long as the lease holds. */
export interface Lease {
  readonly id: number;
  readonly message: string;
  readonly interaction: string;
  readonly channel: string;
  readonly clientId: string;
  readonly text: string;
  /** Where it goes, by what is known of the contact now. */
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** How often it has been taken up, this time included. Whoever writes with an older number changes nothing. */
  readonly attempts: number;
  readonly createdAt: number;
}

/** How fast messages may go, in milliseconds. Both rates borrow from the future up to a burst. */
export interface Pace {
  /** Between messages to one contact. */
  readonly lane: { readonly interval: number; readonly burst: number };
  /** Between messages of one number. */
  readonly channel: { readonly interval: number; readonly burst: number };
}

/** With a worker's number, names the lock that the worker holds while it lives. */
export const WORKER_LOCKS = 7_240_117;

/** Names the lane of a contact on a channel. */
export function laneOf(channel: string, contact: string): string {
  return `${channel}/${contact}`;
}

export async function insertOutbox(tx: Tx, rows: readonly NewOutboxRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into outbox (message, interaction, channel, lane, client_id, text, created_at, run_at)
     select r.message, r.interaction, r.channel, r.lane, r."clientId", r.text, $2, $2
     from rows from (jsonb_to_recordset($1::jsonb) as (message text, interaction text, channel text, lane text,
       "clientId" text, text text)) with ordinality as r (message, interaction, channel, lane, "clientId", text, place)
     order by r.place`,
    [JSON.stringify(rows), now],
  );
}

/** The first open message of each lane is the lane's head: only that may go, and only when the lane's pace allows. */
const HEADS = `from outbox h left join lane l on l.id = h.lane
  where h.state = 'ready' and not exists (
    select from outbox b where b.lane = h.lane and b.id < h.id and b.state in ('ready', 'leased'))`;

/** Channels that have a message to send now. */
export async function dueChannels(q: Queryable, now: number, pace: Pace): Promise<readonly string[]> {
  const rows = await q.query<{ channel: string }>(
    `select distinct h.channel ${HEADS} and h.run_at <= $1 and coalesce(l.next_at, 0) <= $2`,
    [now, now + burst(pace.lane)],
  );
  return rows.map(({ channel }) => channel);
}

/** When the next message becomes due that is not due yet, or the next lease runs out; null when none waits. */
export async function nextDue(q: Queryable, now: number, pace: Pace): Promise<number | null> {
  const [row] = await q.query<{ at: number | null }>(
    `select min(greatest(h.run_at, coalesce(l.next_at, 0) - $1, c.paused_until, ceil(c.next_at)::bigint - $2)) as at
     from (select h.run_at, h.lane, h.channel ${HEADS}) h
     left join lane l on l.id = h.lane join channel c on c.id = h.channel`,
    [burst(pace.lane), burst(pace.channel)],
  );
  const [lease] = await q.query<{ at: number | null }>(
    // Those that ran out have been dealt with, or could not be: looking again at once would not help.
    `select min(lease_until) as at from outbox where state = 'leased' and lease_until > $1`,
    [now],
  );
  const times = [row?.at, lease?.at].filter((at) => at != null);
  return times.length === 0 ? null : Math.max(now, Math.min(...times));
}

export interface LeaseOptions {
  readonly limit: number;
  readonly now: number;
  readonly leaseUntil: number;
  readonly pace: Pace;
  readonly worker: number;
}

/** Leases messages of one channel that may go now, at most `limit`, within the pace of the channel and of each lane. */
export async function leaseMessages(
  db: Db,
  channel: string,
  options: LeaseOptions,
): Promise<readonly Lease[]> {
  const { now, pace } = options;
  return db.tx(async (tx) => {
    const allowed = Math.min(options.limit, await channelRoom(tx, channel, now, pace));
    if (allowed <= 0) return [];
    const leases = await tx.query<Lease>(
      `with due as materialized (
         select h.id ${HEADS} and h.channel = $1 and h.run_at <= $2 and coalesce(l.next_at, 0) <= $3
         order by h.id limit $4 for update of h skip locked
       ), leased as (
         update outbox o set state = 'leased', attempts = o.attempts + 1, lease_until = $5, worker = $7
         from due where o.id = due.id returning o.*
       ), paced as (
         insert into lane (id, next_at) select lane, $2::bigint + $6::bigint from leased order by lane
         on conflict (id) do update set next_at = greatest(lane.next_at, $2) + $6
       )
       select o.id, o.message, o.interaction, o.channel, o.client_id as "clientId", o.text, o.attempts,
         o.created_at as "createdAt", c.phone, c.bsuid
       from leased o join interaction i on i.id = o.interaction join contact c on c.id = i.contact order by o.id`,
      [channel, now, now + burst(pace.lane), allowed, options.leaseUntil, pace.lane.interval, options.worker],
    );
    await tx.query('update channel set next_at = greatest(next_at, $2) + $3 where id = $1', [
      channel,
      now,
      leases.length * pace.channel.interval,
    ]);
    return leases;
  });
}

/**
 * How many messages a number may send now. Locks the number, so that gateways share its rate; but not its key, which every new message and
 * conversation refers to: the two would wait for each other, and under load this one for ever.
 */
async function channelRoom(tx: Tx, channel: string, now: number, pace: Pace): Promise<number> {
  const [row] = await tx.query<{ paused_until: number; next_at: number }>(
    'select paused_until, next_at from channel where id = $1 for no key update',
    [channel],
  );
  if (!row || row.paused_until > now) return 0;
  return Math.floor((now + burst(pace.channel) - row.next_at) / pace.channel.interval) + 1;
}

/** How far ahead of now a pace's next instant may lie. */
function burst({ interval, burst: messages }: Pace['lane']): number {
  return Math.floor((messages - 1) * interval);
}

export type Ending = 'sent' | 'failed' | 'unknown';

/**
 * Ends a lease.
 * @returns Whether it was still ours. A late `sent` also settles what was given up as unknown meanwhile.
 */
export async function endLease(
  tx: Tx,
  lease: { readonly id: number; readonly attempts: number },
  state: Ending,
  error: DeliveryError | null,
): Promise<boolean> {
  const rows = await tx.query(
    `update outbox set state = $3, last_error = $4, lease_until = null where id = $1 and attempts = $2
       and (state = 'leased' or (state = 'unknown' and $3 <> 'unknown')) returning id`,
    [lease.id, lease.attempts, state, error && JSON.stringify(error)],
  );
  return rows.length > 0;
}

/** Puts a leased message back, to be sent again from an instant on. */
export async function releaseLease(
  q: Queryable,
  lease: { readonly id: number; readonly attempts: number },
  runAt: number,
  error: DeliveryError,
): Promise<void> {
  await q.query(
    `update outbox set state = 'ready', run_at = $3, last_error = $4, lease_until = null
     where id = $1 and attempts = $2 and state = 'leased'`,
    [lease.id, lease.attempts, runAt, JSON.stringify(error)],
  );
}

/** Puts back what a worker has leased without hearing of it, so that it never left: all of its leases but those in `known`. */
export async function takeBackLeases(q: Queryable, worker: number, known: readonly number[]): Promise<void> {
  await q.query(
    `update outbox set state = 'ready', lease_until = null
     where state = 'leased' and worker = $1 and id <> all($2::bigint[])`,
    [worker, known],
  );
}

/** Leases that ran out, or whose worker died: nobody knows whether the request left. Locks nothing. */
export async function findLostLeases(
  q: Queryable,
  worker: number,
  now: number,
): Promise<readonly Pick<Lease, 'id' | 'attempts' | 'interaction' | 'clientId'>[]> {
  return q.query(
    `select id, attempts, interaction, client_id as "clientId" from outbox
     where state = 'leased' and (lease_until <= $2 or (worker <> $1 and worker not in (
       select objid::bigint from pg_locks l join pg_database d on d.oid = l.database
       where l.locktype = 'advisory' and l.classid = $3 and l.granted and d.datname = current_database())))
     order by id limit 100`,
    [worker, now, WORKER_LOCKS],
  );
}

/** A status said what became of messages: nothing is left to do for them. */
export async function settleOutbox(tx: Tx, messages: ReadonlyMap<string, 'sent' | 'failed'>): Promise<void> {
  if (messages.size === 0) return;
  await tx.query(
    `update outbox o set state = r.state, lease_until = null
     from jsonb_to_recordset($1::jsonb) as r (message text, state text)
     where o.message = r.message and o.state in ('ready', 'leased', 'unknown')`,
    [JSON.stringify([...messages].map(([message, state]) => ({ message, state })))],
  );
}

/** Sends nothing over a number before an instant. */
export async function pauseChannel(q: Queryable, channel: string, until: number): Promise<void> {
  await q.query('update channel set paused_until = greatest(paused_until, $2) where id = $1', [
    channel,
    until,
  ]);
}
