import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloseCode } from 'whatsapp-workspace/protocol';
import { Feeds, type Outlet } from '../src/desk/feed.js';
import { Tail } from '../src/events/tail.js';
import { newId } from '../src/ids.js';
import { openDb } from '../src/store/db.js';
import { appendEvents, renameLog } from '../src/store/events.js';
import { migrate } from '../src/store/migrate.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { recordingLog, silentLog } from './support/log.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const LOST = 'The database has lost what it had committed: all desks take a fresh snapshot';

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
await migrate(db);

async function happen(count: number): Promise<number> {
  const body = { agent: { id: 'ana', name: 'ana', status: 'ready', reason: null } } as const;
  const events = Array.from({ length: count }, () => ({
    id: newId(),
    type: 'agent-status-changed' as const,
    at: 1,
    interaction: null,
    actor: 'ana',
    command: null,
    body,
    audience: ['ana'],
  }));
  return db.tx((tx) => appendEvents(tx, events, { notify: false, command: null }));
}

/** As when a replica takes over that has not got the last events. */
async function lose(count: number): Promise<void> {
  await database.query('delete from event where seq > (select head - $1 from stream)', [count]);
  await database.query('update stream set head = head - $1', [count]);
}

/** A reader of the log who has read all of it, with one desk. */
async function readAll() {
  const head = await happen(5);
  const log = recordingLog();
  const tail = new Tail({ db, log, listen: false, sweepInterval: 60_000 });
  await tail.start();
  atEnd(() => tail.stop());
  const feeds = new Feeds(db, tail, silentLog);
  let outdated = 0;
  const seqs: number[] = [];
  const outlet: Outlet = {
    bufferedAmount: 0,
    send: (frame) => {
      const { event } = JSON.parse(frame) as { event?: { seq: number } };
      if (event) seqs.push(event.seq);
    },
    outdated: () => outdated++,
    tooSlow: () => undefined,
  };
  const { epoch } = tail;
  feeds.add('ana', outlet, head);
  await happen(3);
  tail.hint();
  await until('the desk has all', () => seqs.length === 3);
  return { tail, log, feeds, outlet, epoch, outdated: () => outdated };
}

test('a log that has become shorter gets another name, and the desk begins anew', async () => {
  const { tail, log, feeds, outlet, epoch, outdated } = await readAll();
  await lose(2);
  tail.hint();
  await until('the desk is told', () => outdated() === 1);
  const [stream] = await database.query<{ epoch: string; head: number }>(
    'select epoch, head::int from stream',
  );
  assert.deepEqual([tail.epoch, tail.position], [stream?.epoch, stream?.head]);
  assert.notEqual(tail.epoch, epoch);
  assert.deepEqual(
    log.lines.map(({ level, message }) => [level, message]),
    [['error', LOST]],
  );
  // A desk that was told of the former name when it came.
  feeds.add('ana', outlet, tail.position, epoch);
  assert.equal(outdated(), 2);
});

test('also when it has grown past its former end since', async () => {
  const { tail, outdated } = await readAll();
  await lose(2);
  await happen(7);
  tail.hint();
  await until('the desk is told', () => outdated() === 1);
});

test('a log that somebody else has named anew is read from its end, and nothing is said', async () => {
  const { tail, log, outdated } = await readAll();
  await db.tx(renameLog);
  tail.hint();
  await until('the desk is told', () => outdated() === 1);
  assert.deepEqual(log.lines, []);
});

test('events that are no longer kept have not been lost', async () => {
  const { tail, log, epoch, outdated } = await readAll();
  await database.query('delete from event');
  await database.query('update stream set floor = head');
  tail.hint();
  const head = await happen(1);
  tail.hint();
  await until('it reads on', () => tail.position === head);
  assert.deepEqual([tail.epoch, outdated(), log.lines.length], [epoch, 0, 0]);
});

test('desks of all gateways take a fresh snapshot after a failover that lost commits, and hear of what comes', async () => {
  const log = recordingLog();
  const gateways = [
    await startGateway({ databaseUrl: database.url, deps: { log } }),
    await startGateway({ databaseUrl: database.url, deps: { log } }),
  ];
  for (const gateway of gateways) atEnd(() => gateway.close());
  const desks = await Promise.all(gateways.map(({ url }) => Desk.open(url, { agent: 'ben' })));
  const [first] = desks;
  assert.ok(first);
  await first.ready();
  await until('both know', () => desks.every(({ state }) => state.agent?.status === 'ready'));
  await lose(1);
  await until('both are sent away', () => desks.every(({ closed }) => closed?.code === CloseCode.restart));
  assert.equal(log.lines.filter(({ message }) => message === LOST).length, 1);
  const { cursor } = first.state;
  const again = await Promise.all(gateways.map(({ url }) => Desk.open(url, { agent: 'ben', cursor })));
  await until('both take a snapshot', () => again.every((desk) => desk.frame('reset')));
  const [url = ''] = gateways.map((gateway) => gateway.url);
  assert.equal((await post(url, webhook(textChange({ phone: '34600970001' }, 'Hello')))).status, 200);
  await until('both hear of what comes', () => again.every(({ interactions }) => interactions.length === 1));
  for (const desk of again) desk.close();
});
