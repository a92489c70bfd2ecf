import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ledger } from '../src/ledger/ledger.js';
import { Maintenance } from '../src/maintenance.js';
import { openDb } from '../src/store/db.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
import { silentLog } from './support/log.js';
import { until } from './support/until.js';
import { newWamid, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const gateway = await startGateway({ databaseUrl: database.url });
atEnd(() => gateway.close());

let people = 0;

/** Has the database refuse one message with an SQLSTATE, between two that it takes. */
async function deliverWith(sqlstate: string) {
  await database.query(`create or replace function refuse() returns trigger language plpgsql as $$ begin
    raise exception 'It met ${sqlstate}' using errcode = '${sqlstate}'; end $$`);
  await database.query(`create or replace trigger refuse before insert on message for each row
    when (new.body -> 'content' ->> 'text' = 'Guilty') execute function refuse()`);
  const wamids = [newWamid(), newWamid(), newWamid()];
  const texts = ['Before', 'Guilty', 'After'];
  const body = webhook(
    ...texts.map((text, n) => textChange({ phone: `34600910${++people}00` }, text, { wamid: wamids[n] })),
  );
  const { status } = await post(gateway.url, body);
  const rows = await database.query<{ text: string }>(
    `select body -> 'content' ->> 'text' as text from message where wamid = any($1) order by id`,
    [wamids],
  );
  const kept = await database.query<{ error: string }>(
    'select error from inbox where wamid = any($1) and done_at is null',
    [wamids],
  );
  return { body, wamids, status, stored: rows.map(({ text }) => text).toSorted(), kept };
}

for (const sqlstate of ['42883', 'XX000']) {
  test(`an item that the database answers with ${sqlstate} is kept for the operator, and stops nothing else`, async () => {
    const { status, stored, kept } = await deliverWith(sqlstate);
    assert.deepEqual([status, stored, kept], [200, ['After', 'Before'], [{ error: `It met ${sqlstate}` }]]);
  });
}

test('a database without room is asked again later, and nothing is kept as faulty', async () => {
  const { status, kept, body, wamids } = await deliverWith('53100');
  assert.deepEqual([status, kept], [503, []]);
  await database.query('drop trigger refuse on message');
  assert.equal((await post(gateway.url, body)).status, 200);
  const [row] = await database.query<{ n: number }>(
    'select count(*)::int as n from message where wamid = any($1)',
    [wamids],
  );
  assert.equal(row?.n, 3);
});

test('what could not be applied is tried again every five minutes', async (t) => {
  const db = openDb(database.url, () => undefined);
  atEnd(() => db.close());
  const ledger = new Ledger({ db, clock: { now: () => Date.now() }, notify: false });
  let tries = 0;
  const maintenance = new Maintenance(ledger, silentLog, {
    retryPoison: () => Promise.resolve(tries++),
    shortenLog: () => Promise.resolve(),
    dropOldFiles: () => Promise.resolve(),
  });
  t.mock.timers.enable({ apis: ['setInterval'] });
  maintenance.start();
  t.mock.timers.tick(10 * 60_000);
  await maintenance.stop();
  assert.equal(tries, 2);
});

test('what could be applied by now is tried again however much lies before it', async () => {
  await database.query(
    `insert into inbox (key, kind, item, received_at, error)
     select 'bad-' || n, 'message', jsonb_build_object('key', 'bad-' || n), n, 'It cannot be read.'
     from generate_series(1, 1001) n`,
  );
  const { wamids, stored } = await deliverWith('42883');
  assert.deepEqual(stored, ['After', 'Before']);
  await database.query('drop trigger refuse on message');
  const again = await startGateway({ databaseUrl: database.url });
  atEnd(() => again.close());
  await until('it is applied', async () => {
    return (await database.query('select from message where wamid = any($1)', [wamids])).length === 3;
  });
});
