import type { Queryable, Tx } from './db.js';

/** A file that is older than files are kept. */
export interface OldFile {
  readonly id: string;
}

/** Files that are here since before an instant, the oldest first. */
export async function findOld(q: Queryable, before: number, limit: number): Promise<readonly OldFile[]> {
  return q.query<OldFile>(
    `select id from media where state = 'stored' and created_at < $1 order by created_at limit $2`,
    [before, limit],
  );
}

/** A file is not kept any more. Returns whether it was. */
export async function expireFile(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    `update media set state = 'gone', sha256 = null where id = $1 and state = 'stored' returning 1`,
    [id],
  );
  return rows.length > 0;
}

/** Forgets what agents brought before an instant: uploads, and files that no message names. */
export async function dropUploads(q: Queryable, before: number): Promise<void> {
  await q.query(
    `with unsent as materialized (
       select id from media m where owner is not null and created_at < $1
         and not exists (select from message_media mm where mm.media = m.id)
     ), handles as (
       delete from media_handle where media in (select id from unsent)
     ), uploads as (
       delete from upload where created_at < $1 or media in (select id from unsent)
     )
     delete from media where id in (select id from unsent)`,
    [before],
  );
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
