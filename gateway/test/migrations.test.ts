import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDb } from '../src/store/db.js';
import { migrate } from '../src/store/migrate.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
atEnd(() => rm(folder, { recursive: true, force: true }));

/** Brings the database to one of the older schemas. */
async function migrateTo(version: number): Promise<void> {
  for (const name of await readdir(MIGRATIONS)) {
    if (Number(name.slice(0, 4)) <= version) await cp(join(MIGRATIONS, name), join(folder, name));
  }
  await migrate(db, `${folder}/`);
}

test('messages that wait to be sent, and those that were, are carried over with their text', async () => {
  await migrateTo(1);
  await database.query(`insert into channel (id, registered_at) values ('1', 0)`);
  await database.query(`insert into contact (id, known_at, created_at) values ('c', '{}', 0)`);
  await database.query(`insert into interaction (id, channel, contact, state, created_at, waiting_since, body)
    values ('i', '1', 'c', 'active', 0, 0, '{}')`);
  for (const [place, text] of ['Waits', 'Was "sent"\n'].entries()) {
    await database.query(
      `insert into message (id, interaction, place, direction, body) values ($1, 'i', $2, 'outbound', '{}')`,
      [text, place],
    );
    await database.query(
      `insert into outbox (message, interaction, channel, lane, client_id, text, state, created_at, run_at)
       values ($1, 'i', '1', '1/c', $1, $1, $2, 0, 0)`,
      [text, place === 0 ? 'ready' : 'sent'],
    );
  }
  await migrate(db);
  const rows = await database.query('select kind, payload, reply_to, state from outbox order by id');
  assert.deepEqual(rows, [
    { kind: 'text', payload: { kind: 'text', text: 'Waits' }, reply_to: null, state: 'ready' },
    { kind: 'text', payload: { kind: 'text', text: 'Was "sent"\n' }, reply_to: null, state: 'sent' },
  ]);
});
