import type { DeliveryError, OwnFile } from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';
import type { LeaseTimes } from './lease-times.js';
import { ON_DESK_OR_IN_REACH } from './messages.js';
import { isUsable } from './responses.js';

/** A file that a contact sent and WhatsApp has. */
export interface WantedFile {
  readonly id: string;
  readonly message: string;
  readonly channel: string;
  /** WhatsApp's id of it. */
  readonly graphId: string;
  readonly mime: string | null;
  readonly name: string | null;
}

/** A file that this worker alone fetches, for as long as the lease holds. */
export interface FetchLease {
  readonly id: string;
  readonly channel: string;
  readonly graphId: string;
  /** As WhatsApp calls it. */
  readonly mime: string | null;
  /** How often it has been tried, this time included. Whoever writes with an older number changes nothing. */
  readonly attempts: number;
  /** How many tries in a row, before this one, ended with the file itself at fault. */
  readonly faults: number;
  readonly createdAt: number;
}

/** What is known of a file once it is here. */
export interface FoundFile {
  /** In hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly mime: string;
  /** In pixels; null where it has none, or it is not known. */
  readonly width: number | null;
  readonly height: number | null;
}

/** A file that is here, as it is served. */
export interface ServedFile {
  readonly sha256: string;
  readonly mime: string;
  readonly name: string | null;
  readonly bytes: number;
}

/** Files on their way into the transcript, with the messages that name them. */
export async function insertWanted(tx: Tx, files: readonly WantedFile[], now: number): Promise<void> {
  if (files.length === 0) return;
  await tx.query(
    `with told as (
       select * from jsonb_to_recordset($1::jsonb) as r (id text, message text, channel text, "graphId" text, mime text, name text)
     ), wanted as (
       insert into media (id, channel, graph_id, mime, name, state, created_at, run_at)
       select id, channel, "graphId", mime, name, 'wanted', $2, $2 from told
     )
     insert into message_media (message, place, media) select message, 0, id from told
     on conflict (message, place) do update set media = excluded.media`,
    [JSON.stringify(files), now],
  );
}

/** A message names a file that is here: who may read the one may have the other. */
export async function insertNamed(
  tx: Tx,
  named: readonly { readonly message: string; readonly media: string }[],
): Promise<void> {
  if (named.length === 0) return;
  await tx.query(
    `insert into message_media (message, place, media)
     select message, 0, media from jsonb_to_recordset($1::jsonb) as r (message text, media text)`,
    [JSON.stringify(named)],
  );
}

const OPEN = `state in ('wanted', 'fetching')`;

/** Leases files that are due and come over a number that has room, the longest due first. */
export async function leaseFiles(
  q: Queryable,
  { now, holds, latest, limit, full }: LeaseTimes,
): Promise<readonly FetchLease[]> {
  return q.query<FetchLease>(
    `update media set state = 'fetching', attempts = attempts + 1, run_at = $2 where id in (
       select id from media where ${OPEN} and (run_at <= $1 or run_at > $3) and channel <> all ($5)
       order by run_at limit $4 for update skip locked)
     returning id, channel, graph_id as "graphId", mime, attempts, faults, created_at as "createdAt"`,
    [now, holds, latest, limit, full],
  );
}

/** When the next file is due; null when none is wanted. @param full Numbers to leave out. */
export async function nextFetch(q: Queryable, full: readonly string[]): Promise<number | null> {
  const [row] = await q.query<{ at: number | null }>(
    `select min(run_at) as at from media where ${OPEN} and channel <> all ($1)`,
    [full],
  );
  return row?.at ?? null;
}

type Fence = Pick<FetchLease, 'id' | 'attempts'>;
const OURS = `id = $1 and attempts = $2 and state = 'fetching'`;

/** Returns whether the lease was still ours. */
export async function renewFetch(q: Queryable, { id, attempts }: Fence, holds: number): Promise<boolean> {
  const rows = await q.query(`update media set run_at = $3 where ${OURS} returning 1`, [id, attempts, holds]);
  return rows.length > 0;
}

/** Puts a file back, to be tried again from an instant on. Returns whether the lease was still ours. */
export async function putBackFetch(
  q: Queryable,
  { id, attempts }: Fence,
  {
    runAt,
    error,
    faults,
  }: { readonly runAt: number; readonly error: DeliveryError; readonly faults: number },
): Promise<boolean> {
  const rows = await q.query(
    `update media set state = 'wanted', run_at = $3, error = $4, faults = $5 where ${OURS} returning 1`,
    [id, attempts, runAt, JSON.stringify(error), faults],
  );
  return rows.length > 0;
}

/** A file is here. Returns whether the lease was still ours. */
export async function endFetch(
  tx: Tx,
  { id, attempts }: Fence,
  found: FoundFile,
  now: number,
): Promise<boolean> {
  await insertBlob(tx, found, now);
  const rows = await tx.query(
    `update media set state = 'stored', sha256 = $3, mime = $4, width = $5, height = $6, error = null where ${OURS} returning 1`,
    [id, attempts, found.sha256, found.mime, found.width, found.height],
  );
  return rows.length > 0;
}

/** A file will not be here. Returns whether the lease was still ours. */
export async function giveUpFetch(
  tx: Tx,
  { id, attempts }: Fence,
  state: 'gone' | 'refused',
  error: DeliveryError,
): Promise<boolean> {
  const rows = await tx.query(`update media set state = $3, error = $4 where ${OURS} returning 1`, [
    id,
    attempts,
    state,
    JSON.stringify(error),
  ]);
  return rows.length > 0;
}

/** The interactions of the messages that name a file, and the messages. Locks nothing. */
export async function findNaming(
  q: Queryable,
  media: string,
): Promise<readonly { readonly message: string; readonly interaction: string }[]> {
  return q.query(
    `select m.id as message, m.interaction from message_media mm join message m on m.id = mm.message where mm.media = $1`,
    [media],
  );
}

/** Somebody has brought a file, which is here. `owner` is the agent who did; null for a file of the contact centre itself. */
export async function insertOwnFile(
  tx: Tx,
  file: FoundFile & { readonly id: string; readonly owner: string | null; readonly name: string | null },
  now: number,
): Promise<void> {
  await insertBlob(tx, file, now);
  await tx.query(
    `insert into media (id, sha256, mime, name, width, height, owner, state, created_at, run_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'stored', $8, $8)`,
    [file.id, file.sha256, file.mime, file.name, file.width, file.height, file.owner, now],
  );
}

async function insertBlob(tx: Tx, { sha256, bytes }: FoundFile, now: number): Promise<void> {
  await tx.query('insert into blob (sha256, bytes, stored_at) values ($1, $2, $3) on conflict do nothing', [
    sha256,
    bytes,
    now,
  ]);
}

/** Who asks for a file, and when. */
export interface FileAsker {
  readonly agent: string;
  /** In the agent's reach. */
  readonly workbins: readonly string[];
  readonly now: number;
}

/**
 * That a file `f` is here and an agent ($2) may have it: whose it is, who may read a message that names it, with the workbins in reach as $3, and who may use a
 * prepared response that it comes with, at $4.
 */
const MAY_HAVE = `f.state = 'stored' and (f.owner = $2 or exists (
  select from message_media mm join message m on m.id = mm.message join interaction i on i.id = m.interaction
    join interaction o on o.contact = i.contact and o.channel = i.channel
  where mm.media = f.id and ${ON_DESK_OR_IN_REACH}) or exists (
  select from response_attachment a join response r on r.id = a.response
  where a.media = f.id and ${isUsable('$4')}))`;

/** A file that an agent may send: whoever may have it could bring it anew. null when there is none. */
export async function readSendable(
  q: Queryable,
  id: string,
  { agent, workbins, now }: FileAsker,
): Promise<OwnFile | null> {
  const [file] = await q.query<OwnFile>(
    `select f.mime as "mimeType", b.bytes, f.width, f.height from media f join blob b on b.sha256 = f.sha256
     where f.id = $1 and ${MAY_HAVE}`,
    [id, agent, workbins, now],
  );
  return file ?? null;
}

/** Whether a file is here and an agent may have it. */
export async function mayHave(
  q: Queryable,
  media: string,
  { agent, workbins, now }: FileAsker,
): Promise<boolean> {
  const [row] = await q.query<{ allowed: boolean }>(
    `select exists (select from media f where f.id = $1 and ${MAY_HAVE}) as allowed`,
    [media, agent, workbins, now],
  );
  return row?.allowed ?? false;
}

/** A file that is here; null when there is no such. */
export async function readServed(q: Queryable, id: string): Promise<ServedFile | null> {
  const [file] = await q.query<ServedFile>(
    `select m.sha256, m.mime, m.name, b.bytes from media m join blob b on b.sha256 = m.sha256
     where m.id = $1 and m.state = 'stored'`,
    [id],
  );
  return file ?? null;
}

/** What addresses of files are signed with, by all gateways. */
export async function readMediaKey(q: Queryable): Promise<string> {
  const [row] = await q.query<{ key: string }>('select key from media_key');
  if (!row) throw new Error('The key that signs addresses of files is gone.');
  return row.key;
}
