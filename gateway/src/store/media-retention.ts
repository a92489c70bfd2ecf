import type { Queryable, Tx } from './db.js';

/** A file that is older than files are kept. */
export interface OldFile {
  readonly id: string;
}

/** What is true of a file as long as a prepared response comes with it: then it is not thrown away. */
const IN_LIBRARY = (media: string) => `exists (select from response_attachment a where a.media = ${media})`;

/** Files that are here since before an instant, the oldest first. */
export async function findOld(q: Queryable, before: number, limit: number): Promise<readonly OldFile[]> {
  return q.query<OldFile>(
    `select id from media where state = 'stored' and created_at < $1 and not ${IN_LIBRARY('media.id')} order by created_at limit $2`,
    [before, limit],
  );
}

/** A file is not kept any more. Returns whether it was. */
export async function expireFile(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    `update media set state = 'gone', sha256 = null where id = $1 and state = 'stored' and not ${IN_LIBRARY('media.id')} returning 1`,
    [id],
  );
  return rows.length > 0;
}

/**
 * Forgets uploads that began before an instant, the oldest first, and their files that no message names. What came whole after that instant stays, with its upload:
 * a file that nobody has sent always has one, so that what is due is found by the age of uploads, however many files lie there.
 * @returns How many uploads.
 */
export async function dropUploads(q: Queryable, before: number, limit: number): Promise<number> {
  const dropped = await q.query(
    `with old as materialized (
       select owner, id, media from upload u
       where created_at < $1 and not exists (select from media m where m.id = u.media and m.created_at >= $1)
       order by created_at limit $2
     ), unsent as materialized (
       select media from old where media is not null
         and not exists (select from message_media mm where mm.media = old.media) and not ${IN_LIBRARY('old.media')}
     ), handles as (
       delete from media_handle where media in (select media from unsent)
     ), files as (
       delete from media where id in (select media from unsent)
     )
     delete from upload where (owner, id) in (select owner, id from old) returning 1`,
    [before, limit],
  );
  return dropped.length;
}

/**
 * Drops contents that no file has any more.
 * @param remove Takes a content from the disk. Whoever brings the same again meanwhile waits for this transaction, and then looks whether it lies there.
 * @returns How many.
 */
export async function dropBlobs(
  tx: Tx,
  limit: number,
  remove: (sha256: string) => Promise<void>,
): Promise<number> {
  const rows = await tx.query<{ sha256: string }>(
    `select sha256 from blob b where not exists (select from media m where m.sha256 = b.sha256) limit $1 for update skip locked`,
    [limit],
  );
  for (const { sha256 } of rows) await remove(sha256);
  await tx.query('delete from blob where sha256 = any($1::text[])', [rows.map(({ sha256 }) => sha256)]);
  return rows.length;
}
