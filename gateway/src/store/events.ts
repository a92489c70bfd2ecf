import type { DomainEvent, EventDraft } from 'whatsapp-workspace/model';
import type { Queryable, Row, Tx } from './db.js';

/** Channel of LISTEN and NOTIFY: "the log has grown". */
export const LOG_CHANNEL = 'gateway_log';

/** A fact with its id and audience, before it has a place. */
export type NewEvent = EventDraft & { readonly id: string; readonly audience: readonly string[] };

/** A fact of the log and whom it concerns. */
export interface LoggedEvent {
  readonly event: DomainEvent;
  readonly audience: readonly string[];
}

export interface Stream {
  /** Place of the newest event. */
  readonly head: number;
  /** Events up to this place are no longer kept. */
  readonly floor: number;
  readonly epoch: string;
}

export async function readStream(q: Queryable): Promise<Stream> {
  const [stream] = await q.query<Stream>('select head, floor, epoch from stream');
  if (!stream) throw new Error('The database has lost its stream row.');
  return stream;
}

/** How far somebody has read the log. */
export interface LogPlace {
  readonly epoch: string;
  readonly seq: number;
  /** The event that stands there; null when it is no longer kept. */
  readonly id: string | null;
}

/** The end of the log. */
export async function readEnd(q: Queryable): Promise<LogPlace> {
  const [end] = await q.query<LogPlace>(
    'select epoch, head as seq, (select id from event where seq = head) as id from stream',
  );
  if (!end) throw new Error('The database has lost its stream row.');
  return end;
}

/**
 * Whether the log is still the one that was read up to a place. Not when the database has lost what it had told: a replica took over that had not
 * got everything, or an older copy was put in its place.
 */
export async function checkLog(q: Queryable, place: LogPlace): Promise<'same' | 'renamed' | 'lost'> {
  const [log] = await q.query<Stream & { readonly id: string | null }>(
    'select head, floor, epoch, (select id from event where seq = $1) as id from stream',
    [place.seq],
  );
  if (!log || log.epoch !== place.epoch) return 'renamed';
  const isKept = place.id !== null && place.seq > log.floor;
  return log.head < place.seq || (isKept && log.id !== place.id) ? 'lost' : 'same';
}

/** Gives the log another name, unless somebody else has done so already. Returns whether it was us. */
export async function renameLostLog(q: Queryable, epoch: string): Promise<boolean> {
  const renamed = await q.query(
    'update stream set epoch = gen_random_uuid()::text where epoch = $1 returning epoch',
    [epoch],
  );
  return renamed.length > 0;
}

/** Gives the log another name: places that anybody knows in it mean nothing any more. */
export async function renameLog(tx: Tx): Promise<void> {
  await tx.query('update stream set epoch = gen_random_uuid()::text');
}

export interface AppendOptions {
  readonly notify: boolean;
  /** Its receipt is written too, with the new head. */
  readonly command: string | null;
  /** Whether the transaction waits for rows but shortly. For its turn at the log it waits as long as all: nobody holds that for long. */
  readonly isImpatient?: boolean;
}

/** How long the log is waited for, in milliseconds. */
const TURN_PATIENCE = 5000;

/**
 * Gives events their places and writes them. Must be the last statement of its transaction: from here on no other transaction can commit
 * events, and that is what makes the log dense and in order for every reader.
 * @returns The new head.
 */
export async function appendEvents(
  tx: Tx,
  events: readonly NewEvent[],
  { notify, command, isImpatient = false }: AppendOptions,
): Promise<number> {
  const [row] = await tx.query<{ head: number }>(
    `with patience as materialized (
       select case when $6::text <> '' then set_config('lock_timeout', $6::text, true) end as set
     ), place as (
       update stream set head = head + $1 from patience returning head, head - $1 as before
     ), written as (
       insert into event (seq, id, type, at, interaction, actor, command, body, audience)
       select place.before + e.place, e.id, e.type, e.at, e.interaction, e.actor, e.command, e.body, e.audience
       from place, rows from (jsonb_to_recordset($2::jsonb) as (
         id text, type text, at bigint, interaction text, actor text, command text, body jsonb, audience text[]
       )) with ordinality as e (id, type, at, interaction, actor, command, body, audience, place)
     ), answered as (
       update command set receipt = jsonb_build_object('id', id, 'ok', true, 'seq', place.head, 'result', null)
       from place where command.id = $3
     )
     select head, case when $4 then pg_notify($5, '') end from place`,
    [
      events.length,
      JSON.stringify(events),
      command,
      notify,
      LOG_CHANNEL,
      isImpatient ? String(TURN_PATIENCE) : '',
    ],
  );
  return row?.head ?? 0;
}

const COLUMNS = 'seq, id, type, at, interaction, actor, command, body, audience';

/** The events after one place, oldest first. */
export async function readEvents(
  q: Queryable,
  after: number,
  limit: number,
): Promise<readonly LoggedEvent[]> {
  const rows = await q.query(`select ${COLUMNS} from event where seq > $1 order by seq limit $2`, [
    after,
    limit,
  ]);
  return rows.map(toLogged);
}

/** The events after one place and up to another that concern one agent, oldest first. */
export async function readEventsFor(
  q: Queryable,
  audience: readonly string[],
  after: number,
  upTo: number,
  limit: number,
): Promise<readonly LoggedEvent[]> {
  const rows = await q.query(
    `select ${COLUMNS} from event where seq > $1 and seq <= $2 and audience && $3::text[] order by seq limit $4`,
    [after, upTo, audience, limit],
  );
  return rows.map(toLogged);
}

/**
 * The newest events, oldest first, that told an agent of a message that failed or is in doubt, and is so still.
 * @param within How old they may be, in milliseconds.
 */
export async function readFailures(
  q: Queryable,
  agent: string,
  within: number,
  limit: number,
): Promise<readonly DomainEvent[]> {
  const rows = await q.query(
    `select e.seq, e.id, e.type, e.at, e.interaction, e.actor, e.command, e.body, e.audience
     from event e join message m on m.id = e.body->>'message'
     where e.body ? 'notice' and e.body->'notice'->>'author' = $1
       and e.at > extract(epoch from now()) * 1000 - $2::bigint and m.delivery->>'state' in ('failed', 'unknown')
     order by e.seq desc limit $3`,
    [agent, within, limit],
  );
  return rows.map((row) => toLogged(row).event).toReversed();
}

/** Throws away events older than an instant, at most `limit` of them. Returns how many. */
export async function dropEvents(tx: Tx, before: number, limit: number): Promise<number> {
  const [row] = await tx.query<{ dropped: number; last: number | null }>(
    `with gone as (
       delete from event where seq in (select seq from event where at < $1 order by seq limit $2) returning seq
     ) select count(*)::int as dropped, max(seq) as last from gone`,
    [before, limit],
  );
  if (row?.last != null) await tx.query('update stream set floor = greatest(floor, $1)', [row.last]);
  return row?.dropped ?? 0;
}

function toLogged(row: Row): LoggedEvent {
  const { audience, ...event } = row;
  // Written by appendEvents from the same types.
  return { event: event as unknown as DomainEvent, audience: audience as readonly string[] };
}
