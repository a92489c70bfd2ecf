import {
  outboundMediaRef,
  type DeliveryError,
  type MediaRef,
  type OutboundContent,
} from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';
import type { LeaseTimes } from './lease-times.js';

/** A message that waits for its file to be at WhatsApp, and that this worker alone hands the file over for, as long as the lease holds. */
export interface Handover {
  /** Of the outbox's row. */
  readonly id: number;
  readonly interaction: string;
  readonly clientId: string;
  readonly channel: string;
  /** The file; null where the message names none that was ever brought. */
  readonly media: MediaRef | null;
  /** How often it has been tried, this time included. Whoever writes with an older number changes nothing. */
  readonly handovers: number;
  readonly createdAt: number;
}

/** Leases messages whose files are to be handed over for a number that has room, in their order. */
export async function leaseHandovers(
  q: Queryable,
  { now, holds, latest, limit, full }: LeaseTimes,
): Promise<readonly Handover[]> {
  const rows = await q.query<Omit<Handover, 'media'> & { readonly content: OutboundContent }>(
    `update outbox set handovers = handovers + 1, run_at = $2 where id in (
       select id from outbox where state = 'held' and (run_at <= $1 or run_at > $3) and channel <> all ($5)
       order by run_at, id limit $4 for update skip locked)
     returning id, interaction, client_id as "clientId", channel, payload as content, handovers, created_at as "createdAt"`,
    [now, holds, latest, limit, full],
  );
  return rows
    .map(({ content, ...row }) => ({ ...row, media: outboundMediaRef(content) }))
    .toSorted((a, b) => a.id - b.id);
}

/** When the next message is due; null when none waits for its file. @param full Numbers to leave out. */
export async function nextHandover(q: Queryable, full: readonly string[]): Promise<number | null> {
  const [row] = await q.query<{ at: number | null }>(
    `select min(run_at) as at from outbox where state = 'held' and channel <> all ($1)`,
    [full],
  );
  return row?.at ?? null;
}

type Fence = Pick<Handover, 'id' | 'handovers'>;
const OURS = `id = $1 and handovers = $2 and state = 'held'`;

/** Returns whether the lease was still ours. */
export async function renewHandover(q: Queryable, { id, handovers }: Fence, holds: number): Promise<boolean> {
  const rows = await q.query(`update outbox set run_at = $3 where ${OURS} returning 1`, [
    id,
    handovers,
    holds,
  ]);
  return rows.length > 0;
}

/** Puts a message back, to be tried again from an instant on. */
export async function putBackHandover(
  q: Queryable,
  { id, handovers }: Fence,
  runAt: number,
  error: DeliveryError,
): Promise<void> {
  await q.query(`update outbox set run_at = $3, last_error = $4 where ${OURS}`, [
    id,
    handovers,
    runAt,
    JSON.stringify(error),
  ]);
}

/** WhatsApp has the file: the message may go. */
export async function releaseHeld(q: Queryable, { id, handovers }: Fence, now: number): Promise<void> {
  await q.query(`update outbox set state = 'ready', run_at = $3, last_error = null where ${OURS}`, [
    id,
    handovers,
    now,
  ]);
}

/** The message will not go. Returns whether the lease was still ours. */
export async function endHeld(tx: Tx, { id, handovers }: Fence, error: DeliveryError): Promise<boolean> {
  const rows = await tx.query(
    `update outbox set state = 'failed', last_error = $3 where ${OURS} returning 1`,
    [id, handovers, JSON.stringify(error)],
  );
  return rows.length > 0;
}

/** What WhatsApp knows a file of ours by on a number, if that is good until an instant; null when it has to be handed over. */
export async function readHandle(
  q: Queryable,
  media: string,
  channel: string,
  until: number,
): Promise<string | null> {
  const [row] = await q.query<{ id: string }>(
    'select graph_id as id from media_handle where media = $1 and channel = $2 and until > $3',
    [media, channel, until],
  );
  return row?.id ?? null;
}

export async function saveHandle(
  q: Queryable,
  handle: { readonly media: string; readonly channel: string; readonly id: string; readonly until: number },
): Promise<void> {
  await q.query(
    `insert into media_handle (media, channel, graph_id, until) values ($1, $2, $3, $4)
     on conflict (media, channel) do update set graph_id = excluded.graph_id, until = excluded.until`,
    [handle.media, handle.channel, handle.id, handle.until],
  );
}
