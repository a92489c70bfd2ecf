import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway, tokenFor } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { until } from './support/until.js';

const HOUR = 3_600_000;

const database = await useDatabase();
// The database's clock, as the gateway sees it, is set by the test.
await database.query('create schema timed');
await database.query(`create table timed.clock as select interval '2 hours' as ahead`);
await database.query(`create function timed.clock_timestamp() returns timestamptz language sql as
  'select pg_catalog.clock_timestamp() + ahead from timed.clock'`);
const name = new URL(database.url).pathname.slice(1);
await database.query(`alter database ${name} set search_path = timed, pg_catalog`);
const log = recordingLog();
const gateway = await startGateway({ databaseUrl: database.url, deps: { log, heartbeat: 600_000 } });
atEnd(() => gateway.close());

const seenFor = async (agent: string) => {
  const [row] = await database.query<{ until: string }>(
    'select seen_until as until from timed.presence where agent = $1',
    [agent],
  );
  return Number(row?.until) - Date.now();
};

test('when the clock of the database is put right while the gateway runs, what it had timed is put right too', async () => {
  const desk = await Desk.open(gateway.url, {
    agent: 'ana',
    token: await tokenFor('ana', 600_000, Date.now() + 2 * HOUR),
  });
  await until('she is seen, by that clock', async () => (await seenFor('ana')) > HOUR);
  await database.query(`update timed.clock set ahead = '0'`);
  await until('it is put right', async () => (await seenFor('ana')) < HOUR, 30_000);
  assert.ok(log.lines.some(({ message }) => message.startsWith('The clock of the database was set')));
  desk.close();
});
