import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  dueChannels,
  endLease,
  giveUpOpen,
  laneOf,
  leaseMessages,
  lockOutbox,
  moveLanes,
  nextDue,
  releaseLease,
  takeBackLeases,
  type Lease,
} from '../src/store/outbox.js';
import { useOutbox } from './support/outbox.js';
import { until } from './support/until.js';
import { CHANNEL } from './support/webhooks.js';

const { database, db, leave, stateOf } = await useOutbox();

const WORKER = 4711;
const ERROR = { code: 131026, detail: 'Undeliverable' };
const pace = { lane: { interval: 0, burst: 100 }, channel: { interval: 0.1, burst: 100 } };

const lease = async (): Promise<readonly Lease[]> =>
  (await leaseMessages(db, CHANNEL, { limit: 10, now: Date.now(), pace, worker: WORKER, owed: 0 })) ?? [];

/** A message that was leased, taken back without anybody's word, and leased again. */
async function leasedTwice(text: string): Promise<readonly [former: Lease, present: Lease]> {
  await leave([text]);
  const [former] = await lease();
  await takeBackLeases(db, [WORKER], []);
  const [present] = await lease();
  assert.ok(former && present);
  assert.deepEqual([former.id, former.attempts, present.attempts], [present.id, 1, 2]);
  return [former, present];
}

for (const state of ['sent', 'failed', 'unknown'] as const) {
  test(`whoever had a message before does not end it as ${state} for who has it now`, async () => {
    const text = `Ended as ${state}`;
    const [former, present] = await leasedTwice(text);
    const error = state === 'sent' ? null : ERROR;
    assert.equal(await db.tx((tx) => endLease(tx, former, state, error)), false);
    assert.equal(await stateOf(text), 'leased');
    assert.equal(await db.tx((tx) => endLease(tx, present, state, error)), true);
    assert.equal(await stateOf(text), state);
  });
}

test('whoever had a message before does not put it back for who has it now', async () => {
  const text = 'Put back';
  const [former, present] = await leasedTwice(text);
  const now = Date.now();
  assert.equal(await releaseLease(db, former, now, ERROR), false);
  assert.equal(await stateOf(text), 'leased');
  assert.equal(await releaseLease(db, present, now, ERROR), true);
  assert.equal(await stateOf(text), 'ready');
  await database.query(`update outbox set state = 'sent'`);
});

for (const [from, into] of [
  [9000, 1000],
  [1000, 9000],
] as const) {
  test(`lanes that are joined keep the slower one’s pace: ${from} and ${into}`, async () => {
    const [one, other] = [`from-${from}`, `into-${into}`];
    const lanes = [laneOf(CHANNEL, one), laneOf(CHANNEL, other)];
    await database.query('insert into lane (id, next_at) values ($1, $3), ($2, $4)', [...lanes, from, into]);
    await db.tx((tx) => moveLanes(tx, one, other));
    const rows = await database.query<{ at: number }>('select next_at as at from lane where id = $1', [
      lanes[1],
    ]);
    assert.deepEqual(rows, [{ at: 9000 }]);
  });
}

test('while one message finds out whether its number sends, nobody looks at what waits behind it', async () => {
  await database.query(`update outbox set state = 'sent'`);
  await leave(['Finds out', 'Waits']);
  await database.query('update channel set strikes = 1');
  const due = () => dueChannels(db, Date.now(), pace);
  const next = () => nextDue(db, Date.now(), pace);
  assert.deepEqual(await due(), [CHANNEL]);
  const [probe, ...others] = await lease();
  assert.ok(probe && others.length === 0);
  assert.deepEqual([await due(), await next()], [[], null]);
  await releaseLease(db, probe, Date.now(), ERROR);
  assert.deepEqual(await due(), [CHANNEL]);
  assert.notEqual(await next(), null);
  assert.equal(await nextDue(db, Date.now(), pace, [CHANNEL]), null);
  const until = Date.now() + 60_000;
  await database.query('update channel set paused_until = $1', [until]);
  assert.deepEqual([await due(), await next()], [[], until]);
  await database.query('update channel set strikes = 0, paused_until = 0');
  await database.query(`update outbox set state = 'sent'`);
});

test('while a restored backup is gone through, nobody takes a message up', async () => {
  const text = 'From a backup';
  await leave([text]);
  let leasing: Promise<readonly Lease[]> | undefined;
  await db.tx(async (tx) => {
    await lockOutbox(tx);
    leasing = lease();
    await until('whoever would send it waits', async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await database.query(waiting)).length > 0;
    });
    await giveUpOpen(tx, ERROR);
  });
  assert.deepEqual(await leasing, []);
  assert.equal(await stateOf(text), 'unknown');
});
