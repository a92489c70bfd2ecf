import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDb } from '../src/store/db.js';
import { lockInteractions } from '../src/store/interactions.js';
import { migrate } from '../src/store/migrate.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { until } from './support/until.js';

const database = await useDatabase();
const db = openDb(database.url, () => undefined, { max: 4 });
atEnd(() => db.close());

/** One interaction of its own contact each, among so many others. PostgreSQL plans differently for each size. */
for (const others of [0, 5_000]) {
  test(`an interaction that another transaction has changed while its row was waited for is found all the same, among ${others}`, async () => {
    await migrate(db);
    await database.query(
      `insert into channel (id, registered_at) values ('n', 0) on conflict do nothing;
       insert into contact (id, known_at, created_at)
         select 'c' || g, '{}', 0 from generate_series(0, ${others}) g on conflict do nothing;
       insert into interaction (id, channel, contact, state, created_at, waiting_since, body)
         select 'i' || g, 'n', 'c' || g, 'active', 0, 0, '{}' from generate_series(0, ${others}) g on conflict do nothing;
       analyze`,
    );
    for (const which of [
      { ids: ['i0'] },
      { ids: ['i0'], successorsOf: ['i0'] },
      { openOf: ['c0'] },
      { allOf: ['c0'] },
      { ids: ['i0'], openOf: ['c0'] },
      { ids: ['i0', 'i0'] },
    ]) {
      let found: Promise<readonly unknown[]> = Promise.resolve([]);
      // oxlint-disable-next-line no-await-in-loop -- One after the other.
      await db.tx(async (tx) => {
        await tx.query(`update interaction set items = items + 1 where id = 'i0'`);
        found = db.tx((other) => lockInteractions(other, which));
        await until('the row is waited for', async () => {
          const sql = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
          return (await database.query(sql)).length === 1;
        });
      });
      // oxlint-disable-next-line no-await-in-loop -- One after the other.
      assert.equal((await found).length, 1, JSON.stringify(which));
    }
  });
}
