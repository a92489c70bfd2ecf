import type { MediaRole } from 'whatsapp-workspace/model';
import type { Tx } from './db.js';
import { insertOwnFile, type FoundFile } from './media.js';
import { HEADER_PLACE, type StoredNotification } from './response-notification.js';
import { searchVector, sortKey, spellingsOf, wordsIn } from './response-words.js';

/** A category on its way into the library; those that it lies in come before it. */
export interface NewCategory {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
}

/** A file of the library. `key` tells it from others: the same content under the same name is the same file. */
export interface LibraryFile extends FoundFile {
  readonly key: string;
  readonly name: string;
}

/** A file as a response has it. */
export interface NewAttachment {
  /** Of the file. */
  readonly key: string;
  readonly as: MediaRole;
  readonly fileName: string;
}

/** A response on its way into the library. Instants are in milliseconds. */
export interface NewResponse {
  readonly id: string;
  readonly category: string;
  readonly language: string | null;
  readonly name: string;
  readonly shortcut: string | null;
  readonly keywords: readonly string[];
  readonly body: string;
  readonly html: string | null;
  readonly usage: readonly string[];
  readonly approved: boolean;
  readonly validFrom: number | null;
  readonly validTo: number | null;
  readonly attachments: readonly NewAttachment[];
  readonly notification: StoredNotification | null;
  /** The file above the text of its notification; null where there is none. */
  readonly header: NewAttachment | null;
  /** Of all of it. */
  readonly digest: string;
}

export interface NewLibrary {
  readonly categories: readonly NewCategory[];
  readonly files: readonly LibraryFile[];
  readonly responses: readonly NewResponse[];
}

/** What became of the responses that were there, and of those that came. */
export interface LibraryChange {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

const BATCH = 500;

/** Puts a library in the place of the one that is there. Agents find what is there until all of it is done. */
export async function replaceLibrary(
  tx: Tx,
  { categories, files, responses }: NewLibrary,
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Promise<LibraryChange> {
  // Another import waits; who reads does not.
  await tx.query('lock table response in share row exclusive mode');
  const former = await tx.query<{ media: string; key: string }>(
    `select distinct f.id as media, f.sha256 || ' ' || f.mime || ' ' || coalesce(f.name, '') as key
     from response_attachment a join media f on f.id = a.media`,
  );
  const ids = new Map(former.map(({ key, media }) => [key, media]));
  for (const file of files) {
    if (ids.has(file.key)) continue;
    const id = newId();
    ids.set(file.key, id);
    await insertOwnFile(tx, { ...file, id, owner: null }, now);
  }
  await saveCategories(tx, categories);
  const { added, changed, words } = await saveResponses(tx, responses);
  const removed = await tx.query('delete from response where not (id = any($1::text[])) returning 1', [
    responses.map(({ id }) => id),
  ]);
  await tx.query('delete from response_category where not (id = any($1::text[]))', [
    categories.map(({ id }) => id),
  ]);
  await saveAttachments(tx, responses, ids);
  await leaveFiles(
    tx,
    former.map(({ media }) => media),
    now,
  );
  await saveWords(tx, [...words]);
  await tx.query('analyze response, response_word');
  return { added, changed, removed: removed.length };
}

/** What tells files of the library apart. @param mime As its content says. */
export function fileKey({ sha256, mime }: FoundFile, name: string): string {
  return `${sha256} ${mime} ${name}`;
}

async function saveCategories(tx: Tx, categories: readonly NewCategory[]): Promise<void> {
  await inBatches(categories, async (batch) => {
    await tx.query(
      `insert into response_category (id, parent, name)
       select id, parent, name from jsonb_to_recordset($1::jsonb) as r (id text, parent text, name text)
       on conflict (id) do update set parent = excluded.parent, name = excluded.name`,
      [JSON.stringify(batch)],
    );
  });
}

async function saveResponses(
  tx: Tx,
  responses: readonly NewResponse[],
): Promise<Pick<LibraryChange, 'added' | 'changed'> & { readonly words: ReadonlySet<string> }> {
  let [added, changed] = [0, 0];
  const words = new Set<string>();
  await inBatches(responses, async (batch) => {
    const rows = batch.map(({ attachments: _attachments, header: _header, ...response }) => ({
      ...response,
      sort: sortKey(response.name),
      shortcut_key: response.shortcut === null ? null : sortKey(response.shortcut),
      words: searchVector(response),
    }));
    for (const row of rows) for (const word of wordsIn(row.words)) words.add(word);
    const saved = await tx.query<{ added: boolean }>(
      `insert into response as r (id, category, language, name, shortcut, keywords, body, html, usage, approved, valid_from, valid_to, notification, digest, sort,
         shortcut_key, words)
       select id, category, language, name, shortcut, keywords, body, html, usage, approved, "validFrom", "validTo", notification, digest, sort, shortcut_key,
         words::tsvector
       from jsonb_to_recordset($1::jsonb) as n (id text, category text, language text, name text, shortcut text, keywords text[], body text, html text,
         usage text[], approved boolean, "validFrom" bigint, "validTo" bigint, notification jsonb, digest text, sort text, shortcut_key text, words text)
       on conflict (id) do update set category = excluded.category, language = excluded.language, name = excluded.name, shortcut = excluded.shortcut,
         keywords = excluded.keywords, body = excluded.body, html = excluded.html, usage = excluded.usage, approved = excluded.approved,
         valid_from = excluded.valid_from, valid_to = excluded.valid_to, notification = excluded.notification, digest = excluded.digest, sort = excluded.sort,
         shortcut_key = excluded.shortcut_key, words = excluded.words, version = r.version + 1
       where r.digest <> excluded.digest
       returning version = 1 as added`,
      [JSON.stringify(rows)],
    );
    added += saved.filter((row) => row.added).length;
    changed += saved.filter((row) => !row.added).length;
  });
  return { added, changed, words };
}

async function saveAttachments(
  tx: Tx,
  responses: readonly NewResponse[],
  media: ReadonlyMap<string, string>,
): Promise<void> {
  await tx.query('delete from response_attachment');
  const rows = responses.flatMap(({ id, attachments, header }) => {
    const row = ({ key, as, fileName }: NewAttachment, place: number) => {
      return { response: id, place, media: media.get(key), as, fileName };
    };
    return [...attachments.map(row), ...(header ? [row(header, HEADER_PLACE)] : [])];
  });
  await inBatches(rows, async (batch) => {
    await tx.query(
      `insert into response_attachment (response, place, media, role, file_name)
       select response, place, media, "as", "fileName"
       from jsonb_to_recordset($1::jsonb) as r (response text, place integer, media text, "as" text, "fileName" text)`,
      [JSON.stringify(batch)],
    );
  });
}

/**
 * What no response has any more is as if somebody had brought it now and not sent it: it goes after a week, unless a message names it. Nobody has an empty
 * name.
 */
async function leaveFiles(tx: Tx, former: readonly string[], now: number): Promise<void> {
  await tx.query(
    `insert into upload (owner, id, bytes, mime, name, created_at, media)
     select '', f.id, b.bytes, f.mime, f.name, $2, f.id from media f join blob b on b.sha256 = f.sha256
     where f.id = any($1::text[]) and not exists (select from response_attachment a where a.media = f.id)
     on conflict (owner, id) do nothing`,
    [former, now],
  );
}

async function saveWords(tx: Tx, words: readonly string[]): Promise<void> {
  await tx.query('delete from response_word where not (word = any($1::text[]))', [words]);
  await inBatches(words, async (batch) => {
    await tx.query(
      `insert into response_word (word, spellings)
       select word, spellings from jsonb_to_recordset($1::jsonb) as r (word text, spellings text[]) on conflict do nothing`,
      [JSON.stringify(batch.map((word) => ({ word, spellings: spellingsOf(word) })))],
    );
  });
}

async function inBatches<T>(all: readonly T[], save: (batch: readonly T[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += BATCH) {
    await save(all.slice(at, at + BATCH));
  }
}
