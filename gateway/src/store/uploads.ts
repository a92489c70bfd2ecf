import type { Queryable, Tx } from './db.js';

/** A file on its way from an agent's desk. The desk made its id; it is the agent's own, and says nothing of another's. */
export interface Upload {
  readonly owner: string;
  readonly id: string;
  /** How long it is going to be. */
  readonly bytes: number;
  /** As the desk calls it. */
  readonly mime: string;
  readonly name: string | null;
  /** Our id of the file; null until all of it is here. */
  readonly media: string | null;
  /** Why it is not kept, in one English sentence; null while nothing is wrong. */
  readonly refusal: string | null;
}

export type NewUpload = Omit<Upload, 'media' | 'refusal'>;

const COLUMNS = 'owner, id, bytes, mime, name, media, refusal';

/** Begins an upload, unless it has begun. Returns it as it is now. */
export async function beginUpload(q: Queryable, upload: NewUpload, now: number): Promise<Upload> {
  const { owner, id, bytes, mime, name } = upload;
  await q.query(
    `insert into upload (owner, id, bytes, mime, name, created_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [owner, id, bytes, mime, name, now],
  );
  const known = await readUpload(q, owner, id);
  if (!known) throw new Error('An upload has begun and is gone.');
  return known;
}

export async function readUpload(q: Queryable, owner: string, id: string): Promise<Upload | null> {
  const [upload] = await q.query<Upload>(`select ${COLUMNS} from upload where owner = $1 and id = $2`, [
    owner,
    id,
  ]);
  return upload ?? null;
}

/** What an agent brings and has brought, and no message names. */
export interface Unsent {
  /** How many uploads of it have not ended. */
  readonly open: number;
  /** How long all of it is, or is going to be. */
  readonly bytes: number;
}

export async function readUnsent(q: Queryable, owner: string): Promise<Unsent> {
  const [row] = await q.query<Unsent>(
    `select count(*) filter (where media is null)::int as open, coalesce(sum(bytes), 0)::bigint as bytes from upload u
     where owner = $1 and refusal is null and not exists (select from message_media mm where mm.media = u.media)`,
    [owner],
  );
  return row ?? { open: 0, bytes: 0 };
}

/** Takes an upload for this transaction alone. Returns null when it has ended. */
export async function lockUpload(tx: Tx, owner: string, id: string): Promise<Upload | null> {
  const [upload] = await tx.query<Upload>(
    `select ${COLUMNS} from upload where owner = $1 and id = $2 and media is null and refusal is null for update`,
    [owner, id],
  );
  return upload ?? null;
}

export async function endUpload(
  q: Queryable,
  { owner, id }: Pick<Upload, 'owner' | 'id'>,
  end: { readonly media: string } | { readonly refusal: string },
): Promise<void> {
  const [media, refusal] = 'media' in end ? [end.media, null] : [null, end.refusal];
  await q.query('update upload set media = $3, refusal = $4 where owner = $1 and id = $2', [
    owner,
    id,
    media,
    refusal,
  ]);
}
