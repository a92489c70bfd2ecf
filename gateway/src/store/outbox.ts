import type { DeliveryError, OutboundContent } from 'whatsapp-workspace/model';
import { burstOf, channelRoom, LONGEST_WAIT, spendChannel, type Rate } from './channels.js';
import type { Db, Queryable, Tx } from './db.js';

/** A message for the Cloud API. */
export interface NewOutboxRow {
  readonly message: string;
  readonly interaction: string;
  readonly channel: string;
  readonly lane: string;
  readonly clientId: string;
  readonly content: OutboundContent;
  /** Our id of the message that this one answers. */
  readonly replyTo: string | null;
  /** Names those that were sent together; null for one alone. */
  readonly batch: string | null;
}

/** A message that this worker alone may send, for as long as the lease holds. */
export interface Lease {
  readonly id: number;
  readonly message: string;
  readonly interaction: string;
  readonly channel: string;
  readonly clientId: string;
  readonly content: OutboundContent;
  /** WhatsApp's id of the message that this one answers or reacts to; null when there is none, or WhatsApp never told it. */
  readonly target: string | null;
  /** Where it goes, by what is known of the contact now. */
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** How often it has been taken up, this time included. Whoever writes with an older number changes nothing. */
  readonly attempts: number;
  readonly createdAt: number;
  /** Since when nothing but the message itself has kept it from going: from its first try on, and not before the number's last pause ended. */
  readonly freeSince: number;
}

/** How fast messages may go. */
export interface Pace {
  /** To one contact. */
  readonly lane: Rate;
  /** Over one number, in both directions. */
  readonly channel: Rate;
}

/** With a worker's number, names the lock that the worker holds while it lives and has that number. */
export const WORKER_LOCKS = 7_240_117;

/** The numbers of the workers that live and reach the database, with the name of their locks as $1. */
const LIVING_WORKERS = `select objid::bigint from pg_locks l join pg_database d on d.oid = l.database
  where l.locktype = 'advisory' and l.classid = $1 and l.granted and d.datname = current_database()`;

/** Whether a message carries a file, also one above the text of a template. @param content Where it stands. */
function carriesFile(content: string): string {
  return `coalesce(${content} ->> 'kind' = 'media' or ${content} -> 'header' ->> 'kind' = 'media', false)`;
}

/** Names the lane of a contact on a channel. */
export function laneOf(channel: string, contact: string): string {
  return `${channel}/${contact}`;
}

export async function insertOutbox(tx: Tx, rows: readonly NewOutboxRow[], now: number): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    // What carries a file waits until WhatsApp has that.
    `insert into outbox (message, interaction, channel, lane, client_id, kind, payload, reply_to, batch, state, created_at, run_at)
     select message, interaction, channel, lane, client_id, content ->> 'kind', content, reply_to, batch,
       case when ${carriesFile('content')} then 'held' else 'ready' end, $2, $2
     from rows from (jsonb_to_recordset($1::jsonb) as (message text, interaction text, channel text, lane text,
       "clientId" text, content jsonb, "replyTo" text, batch text))
       with ordinality as r (message, interaction, channel, lane, client_id, content, reply_to, batch, place)
     order by place`,
    [JSON.stringify(rows), now],
  );
}

/**
 * Messages on their way to a contact who turned out to be another go on in that one's lanes, at the pace of the slower of both: by their numbers they
 * stand before whatever is written later. The transaction must hold the interactions of both.
 */
export async function moveLanes(tx: Tx, from: string, into: string): Promise<void> {
  await tx.query(
    `update outbox set lane = channel || '/' || $2
     where lane = any(select id || '/' || $1 from channel) and state in ('held', 'ready', 'leased')`,
    [from, into],
  );
  await tx.query(
    `insert into lane (id, next_at, awaited, awaited_until, awaited_file)
     select c.id || '/' || $2, l.next_at, l.awaited, l.awaited_until, l.awaited_file
     from channel c join lane l on l.id = c.id || '/' || $1 order by 1
     on conflict (id) do update set next_at = greatest(lane.next_at, excluded.next_at),
       awaited = coalesce(lane.awaited, excluded.awaited), awaited_until = greatest(lane.awaited_until, excluded.awaited_until),
       awaited_file = lane.awaited_file or excluded.awaited_file`,
    [from, into],
  );
}

/**
 * The first open message of each lane is the lane's head: only that may go, and only when the lane's pace allows. Each lane is asked for its first: PostgreSQL
 * must not join all that is open with all that is open, as it does when it last counted while nothing was.
 */
const HEADS = `from outbox h left join lane l on l.id = h.lane
  where h.state = 'ready' and h.id = (
    select b.id from outbox b where b.lane = h.lane and b.state in ('held', 'ready', 'leased') order by b.id limit 1)`;

/**
 * How long a message waits for the `sent` of the one before it, in milliseconds, where one of the two carries a file: WhatsApp takes files longer than texts, and
 * what it has taken first may come second.
 */
export const ORDER_WAIT = 10_000;

/** Until when a head waits for the message before it; 0 where it does not. */
const WAITS_UNTIL = `case when l.awaited is not null and (l.awaited_file or ${carriesFile('h.payload')}) then l.awaited_until else 0 end`;

/**
 * Whether a head may go, with now, the longest wait, and the lane's burst and interval as $1 to $4. An instant so far ahead that nothing of ours
 * leads to it was written by a clock that has been put right since: it holds nothing up.
 */
const IS_DUE = `(h.run_at <= $1::bigint or h.run_at > $1::bigint + $2::bigint)
  and (coalesce(l.next_at, 0) <= $1::bigint + $3::bigint or l.next_at > $1::bigint + $3::bigint + $4::bigint)
  and (${WAITS_UNTIL} <= $1::bigint or l.awaited_until > $1::bigint + ${ORDER_WAIT})`;

function dueParams(now: number, { lane }: Pace): readonly number[] {
  return [now, LONGEST_WAIT, burstOf(lane), lane.interval];
}

/** So many of the messages that wait longest are looked at for when the next one may go: what is behind them is found by whoever looks again. */
const LOOKED_AT = 200;

/** Of a number that was turned away, one message finds out whether it sends: until that one is back, there is nothing to do. */
const IS_TRIED = `c.strikes > 0 and exists (select from outbox p where p.channel = c.id and p.state = 'leased')`;

/** Channels that have a message to send now. However many wait, the first one that may go is enough. */
export async function dueChannels(q: Queryable, now: number, pace: Pace): Promise<readonly string[]> {
  const rows = await q.query<{ channel: string }>(
    `select c.id as channel from channel c
     where (c.paused_until <= $1::bigint or c.paused_until > $1::bigint + $2::bigint) and not (${IS_TRIED})
       and (select true ${HEADS} and h.channel = c.id and ${IS_DUE} order by h.id limit 1)
     order by c.id`,
    dueParams(now, pace),
  );
  return rows.map(({ channel }) => channel);
}

/**
 * When the next message becomes due that is not due yet; null when none waits.
 * @param except Channels of which nothing can go for another reason.
 */
export async function nextDue(
  q: Queryable,
  now: number,
  pace: Pace,
  except: readonly string[] = [],
): Promise<number | null> {
  const [row] = await q.query<{ at: number | null }>(
    `select min(greatest(h.at, c.paused_until, ceil(c.next_at)::bigint - $2)) as at
     from channel c, lateral (
       select min(at) as at from (
         select greatest(h.run_at, coalesce(l.next_at, 0) - $1, ${WAITS_UNTIL}) as at ${HEADS} and h.channel = c.id
         order by h.id limit ${LOOKED_AT}) first
     ) h
     where h.at is not null and c.id <> all($3::text[]) and not (${IS_TRIED})`,
    [burstOf(pace.lane), Math.floor(burstOf(pace.channel)), except],
  );
  return row?.at == null ? null : Math.max(now, row.at);
}

export interface LeaseOptions {
  readonly limit: number;
  readonly now: number;
  readonly pace: Pace;
  readonly worker: number;
  /** What else went over the number meanwhile, as milliseconds of its rate. */
  readonly owed: number;
}

/**
 * Leases messages of one channel that may go now, at most `limit`, within the pace of the channel and of each lane. What others hold is passed over: it
 * waits alone.
 * @returns null when nothing may go over the channel now, or others hold it: then what is owed has not been counted either.
 */
export async function leaseMessages(
  db: Db,
  channel: string,
  options: LeaseOptions,
): Promise<readonly Lease[] | null> {
  const { now, pace } = options;
  return db.tx(async (tx) => {
    const room = await channelRoom(tx, channel, now, pace.channel, options.owed);
    const allowed = Math.min(options.limit, room?.messages ?? 0);
    if (!room || allowed <= 0) return null;
    const leases = await tx.query<Lease>(LEASE, [...dueParams(now, pace), channel, allowed, options.worker]);
    await spendChannel(tx, channel, room.nextAt + leases.length * pace.channel.interval);
    return leases;
  });
}

const LEASE = `with due as materialized (
    select h.id, h.lane ${HEADS} and h.channel = $5 and ${IS_DUE} order by h.id limit $6 for update of h skip locked
  ), free as materialized (
    select id from lane where id in (select lane from due) order by id for no key update skip locked
  ), leased as (
    update outbox o set state = 'leased', attempts = o.attempts + 1, worker = $7, tried_at = coalesce(o.tried_at, $1)
    from due where o.id = due.id
      and (due.lane in (select id from free) or not exists (select from lane l where l.id = due.lane))
    returning o.*
  ), paced as (
    insert into lane (id, next_at) select lane, $1::bigint + $4::bigint from leased order by lane
    on conflict (id) do update set next_at = $4::bigint + case
      when lane.next_at > $1::bigint + $3::bigint + $4::bigint then $1::bigint + $3::bigint
      else greatest(lane.next_at, $1::bigint) end
  )
  select o.id, o.message, o.interaction, o.channel, o.client_id as "clientId", o.payload as content, t.wamid as target,
    o.attempts, o.created_at as "createdAt", greatest(o.tried_at, least(ch.paused_until, $1::bigint)) as "freeSince",
    c.phone, c.bsuid
  from leased o join interaction i on i.id = o.interaction join contact c on c.id = i.contact
    join channel ch on ch.id = o.channel
    left join message t on t.id = coalesce(o.reply_to, case o.kind when 'reaction' then o.payload ->> 'message' end)
  order by o.id`;

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
    `update outbox set state = $3, last_error = $4 where id = $1 and attempts = $2
       and (state = 'leased' or (state = 'unknown' and $3 <> 'unknown')) returning id`,
    [lease.id, lease.attempts, state, error && JSON.stringify(error)],
  );
  return rows.length > 0;
}

/** WhatsApp has taken a message: what is behind it waits for its `sent`, should one of the two carry a file. */
export async function awaitSent(tx: Tx, { id }: Pick<Lease, 'id'>, now: number): Promise<void> {
  await tx.query(
    `update lane l set awaited = o.message, awaited_until = $2, awaited_file = ${carriesFile('o.payload')} from outbox o where o.id = $1 and l.id = o.lane`,
    [id, now + ORDER_WAIT],
  );
}

/**
 * Statuses came for messages: nothing waits for them any more.
 * @returns Whether something may go because of that.
 */
export async function noteSent(tx: Tx, messages: readonly string[]): Promise<boolean> {
  if (messages.length === 0) return false;
  const freed = await tx.query<{ isWanted: boolean }>(
    `with found as (select id from lane where awaited = any($1::text[]) order by id for no key update)
     update lane l set awaited = null from found where l.id = found.id
     returning exists (select from outbox b where b.lane = l.id and b.state = 'ready') as "isWanted"`,
    [messages],
  );
  return freed.some(({ isWanted }) => isWanted);
}

/** Why a message was not sent that was to go behind another one. */
export const BEHIND_FAILED: DeliveryError = {
  code: null,
  detail: 'What was sent together with this message, before it, has failed: so it was not sent.',
};

/**
 * Parts of what was sent together failed: those behind them that have not left do not go, because the agent has to decide.
 * @returns Client ids of those.
 */
export async function failBehind(tx: Tx, messages: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ clientId: string }>(
    `with behind as (
       select o.id from outbox f join outbox o on o.lane = f.lane and o.batch = f.batch and o.interaction = f.interaction and o.id > f.id
       where f.message = any($1::text[]) and o.state in ('held', 'ready') order by o.id for update of o
     )
     update outbox o set state = 'failed', last_error = $2 from behind where o.id = behind.id returning o.client_id as "clientId"`,
    [messages, JSON.stringify(BEHIND_FAILED)],
  );
  return rows.map(({ clientId }) => clientId);
}

/**
 * Puts a leased message back, to be sent again from an instant on.
 * @returns Whether the lease was still ours.
 */
export async function releaseLease(
  q: Queryable,
  lease: { readonly id: number; readonly attempts: number },
  runAt: number,
  error: DeliveryError,
): Promise<boolean> {
  const rows = await q.query(
    `update outbox set state = 'ready', run_at = $3, last_error = $4
     where id = $1 and attempts = $2 and state = 'leased' returning id`,
    [lease.id, lease.attempts, runAt, JSON.stringify(error)],
  );
  return rows.length > 0;
}

/** A worker's leases, by its numbers ($1), that nobody else holds. */
const OWN_LEASES = `select id from outbox where state = 'leased' and worker = any($1::integer[])
  order by id for update skip locked`;

/** Puts back what a worker has leased under its numbers without hearing of it, so that it never left: all of its leases but those in `known`. */
export async function takeBackLeases(
  q: Queryable,
  workers: readonly number[],
  known: readonly number[],
): Promise<void> {
  await q.query(`update outbox set state = 'ready' where id in (${OWN_LEASES}) and id <> all($2::bigint[])`, [
    workers,
    known,
  ]);
}

/** Puts a worker's leases under its new number, so that nobody takes them for those of a dead one. */
export async function renumberLeases(q: Queryable, former: readonly number[], worker: number): Promise<void> {
  await q.query(`update outbox set worker = $2 where id in (${OWN_LEASES})`, [former, worker]);
}

/** A lease as everybody sees it. */
export interface OpenLease extends Pick<Lease, 'id' | 'attempts' | 'interaction' | 'clientId'> {
  /** Whether whoever has it still lives and reaches the database. */
  readonly isHeld: boolean;
}

/** All leases, as the worker with these numbers sees them. Locks nothing. */
export async function readLeases(q: Queryable, workers: readonly number[]): Promise<readonly OpenLease[]> {
  return q.query(
    `select id, attempts, interaction, client_id as "clientId", worker = any($2::integer[]) or worker in (
       ${LIVING_WORKERS}) as "isHeld"
     from outbox where state = 'leased' order by id`,
    [WORKER_LOCKS, workers],
  );
}

/** A status said what became of messages: nothing is left to do for them. */
export async function settleOutbox(tx: Tx, messages: ReadonlyMap<string, 'sent' | 'failed'>): Promise<void> {
  if (messages.size === 0) return;
  await tx.query(
    `update outbox o set state = r.state
     from jsonb_to_recordset($1::jsonb) as r (message text, state text)
     where o.message = r.message and o.state in ('held', 'ready', 'leased', 'unknown')`,
    [JSON.stringify([...messages].map(([message, state]) => ({ message, state })))],
  );
}

/**
 * Keeps everybody else from sending until the transaction ends.
 * @returns Whether a worker lives on this database.
 */
export async function lockOutbox(tx: Tx): Promise<boolean> {
  await tx.query('lock table outbox in exclusive mode');
  const workers = await tx.query(`select from (${LIVING_WORKERS}) w limit 1`, [WORKER_LOCKS]);
  return workers.length > 0;
}

/** Gives up everything that was to be sent, or may be on its way. */
export async function giveUpOpen(
  tx: Tx,
  error: DeliveryError,
): Promise<readonly Pick<Lease, 'interaction' | 'clientId'>[]> {
  return tx.query(
    `update outbox set state = 'unknown', last_error = $1 where state in ('held', 'ready', 'leased')
     returning interaction, client_id as "clientId"`,
    [JSON.stringify(error)],
  );
}
