import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDb } from '../src/store/db.js';
import { lockInteractions } from '../src/store/interactions.js';
import { migrate } from '../src/store/migrate.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';

/** Enough that PostgreSQL does not read all of them because that is as quick. */
const CONTACTS = 1000;
const EACH = 20;

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
await migrate(db);
await database.query(`insert into channel (id, registered_at) values ('1', 0)`);
await database.query(
  `insert into contact (id, known_at, created_at) select 'c' || i, '{}', 0 from generate_series(1, $1::integer) i`,
  [CONTACTS],
);
await database.query(
  `insert into interaction (id, channel, contact, state, created_at, waiting_since, merged_into, body)
   select 'i' || i || '/' || c, '1', 'c' || c, case when i = $2 then 'active' else 'done' end, i, i,
     case when i = 1 then 'i2/' || c end, '{}'
   from generate_series(1, $1::integer) c, generate_series(1, $2::integer) i order by i, c`,
  [CONTACTS, EACH],
);
await database.query('analyze');

for (const [what, which, count] of [
  ['by id', { ids: ['i3/7', 'i4/7'] }, 2],
  ['of a contact, open', { openOf: ['c7'] }, 1],
  ['of a contact, all', { allOf: ['c7'] }, EACH],
  ['in which others ended', { successorsOf: ['i1/7'] }, 1],
  [
    'in all of these ways',
    { ids: ['i3/7'], openOf: ['c8'], allOf: ['c9'], successorsOf: ['i1/7'] },
    EACH + 3,
  ],
] as const) {
  test(`interactions are found ${what}, however many there are`, async () => {
    await db.tx(async (tx) => {
      const before = await rowsRead();
      assert.equal((await lockInteractions(tx, which)).length, count);
      const read = (await rowsRead()) - before;
      assert.ok(read <= 4 * count + 10, `It has read ${read} rows.`);

      async function rowsRead(): Promise<number> {
        const [row] = await tx.query<{ read: number }>(
          `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'interaction'`,
        );
        return row?.read ?? 0;
      }
    });
  });
}
