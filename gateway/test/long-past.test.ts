import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PACE } from '../src/outbox/worker.js';
import { openDb, type Db, type Tx } from '../src/store/db.js';
import { claimItems, readPoison } from '../src/store/inbox.js';
import { lockInteractions } from '../src/store/interactions.js';
import { saveWamid } from '../src/store/messages.js';
import { migrate } from '../src/store/migrate.js';
import { dueChannels, leaseMessages, nextDue } from '../src/store/outbox.js';
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
// Of each contact messages wait.
await database.query(
  `insert into message (id, interaction, place, direction, wamid, body)
   select id, id, 0, 'outbound', id, '{}' from interaction`,
);
await database.query(
  `insert into outbox (message, interaction, channel, lane, client_id, kind, payload, state, created_at, run_at)
   select id, id, '1', '1/' || contact, id, 'text', '{}', 'sent', 0, 0 from interaction`,
);
await database.query(
  `insert into inbox (key, kind, wamid, item, received_at, error)
   select 's' || i, 'status', 'w' || i, '{"key":"s"}', i, case when i = 1 then 'It fails.' end
   from generate_series(1, $1::integer) i`,
  [CONTACTS * EACH],
);
await database.query('analyze');
// All of this waits since PostgreSQL has last counted.
await database.query('update message set wamid = null');
await database.query(`update outbox set state = 'ready'`);

/** How many rows of a table a transaction reads while it does something. */
async function rowsRead(tx: Tx, table: string, job: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    const [row] = await tx.query<{ read: number }>(
      `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = $1`,
      [table],
    );
    return row?.read ?? 0;
  };
  const before = await count();
  await job();
  return (await count()) - before;
}

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
      const read = await rowsRead(tx, 'interaction', async () =>
        assert.equal((await lockInteractions(tx, which)).length, count),
      );
      assert.ok(read <= 4 * count + 10, `It has read ${read} rows.`);
    });
  });
}

test('what may go is found however many messages wait', async () => {
  await db.tx(async (tx) => {
    const now = Date.now();
    const joined = { tx: (work: (one: Tx) => Promise<unknown>) => work(tx) } as unknown as Db;
    const read = await rowsRead(tx, 'outbox', async () => {
      assert.deepEqual(await dueChannels(tx, now, PACE), ['1']);
      assert.equal(await nextDue(tx, now, PACE), now);
      const options = { limit: 1, now, pace: PACE, worker: 1, owed: 0 };
      assert.equal((await leaseMessages(joined, '1', options))?.length, 1);
    });
    assert.ok(read < (CONTACTS * EACH) / 10, `It has read ${read} rows.`);
  });
});

test('a message gets WhatsApp’s id however many have none', async () => {
  await db.tx(async (tx) => {
    const read = await rowsRead(tx, 'message', () => saveWamid(tx, 'i1/7', 'wamid.1'));
    assert.ok(read < 10, `It has read ${read} rows.`);
    await saveWamid(tx, 'i1/7', 'wamid.2');
    assert.deepEqual(await tx.query('select wamid from message where id = $1', ['i1/7']), [
      { wamid: 'wamid.1' },
    ]);
  });
});

test('what could not be applied is found among all that waits for messages', async () => {
  await db.tx(async (tx) => {
    const read = await rowsRead(tx, 'inbox', async () => {
      assert.equal((await readPoison(tx, null)).length, 1);
      assert.equal(await claimItems(tx, ['1']), 0);
    });
    assert.ok(read < 10, `It has read ${read} rows.`);
  });
});
