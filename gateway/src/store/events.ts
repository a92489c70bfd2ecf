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

/**
 * Gives events their places and writes them. Must be the last statement of its transaction: from here on no other transaction can commit
 * events, and that is what makes the log dense and in order for every reader.
 * @param command Its receipt is written too, with the new head.
 * @returns The new head.
 */
export async function appendEvents(
  tx: Tx,
  events: readonly NewEvent[],
  options: { readonly notify: boolean; readonly command: string | null },
): Promise<number> {
  const [row] = await tx.query<{ head: number }>(
    `with place as (
       update stream set head = head + $1 returning head, head - $1 as before
     ), written as (
       insert into event (seq, id, type, at, interaction, actor, command, body, audience)
       select place.before + e.place, e.id, e.type, e.at, e.interaction, e.actor, e.command, e.body, e.audience
       from place, rows from (jsonb_to_recordset($2::jsonb) as (
         id text, type text, at bigint, interaction text, actor text, command text, body jsonb, audience text[]
       )) with ordinality as e (id, type, at, interaction, actor, command, body, audience, place)
     ), answered as (
       update command set receipt = jsonb_build_object('id', id, 'ok', true, 'seq', place.head)
       from place where command.id = $3
     )
     select head, case when $4 then pg_notify($5, '') end from place`,
    [events.length, JSON.stringify(events), options.command, options.notify, LOG_CHANNEL],
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
