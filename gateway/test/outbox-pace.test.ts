import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PACE } from '../src/outbox/worker.js';
import { openDb } from '../src/store/db.js';
import { migrate } from '../src/store/migrate.js';
import { insertOutbox, leaseMessages } from '../src/store/outbox.js';
import { dropOld } from '../src/store/retention.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
await migrate(db);

const NOW = Date.UTC(2026, 10, 24, 12);
let numbers = 0;
let messages = 0;

/** A number with messages that wait, to as many contacts. */
async function numberWith(waiting: number, lanes = waiting): Promise<string> {
  const channel = `number-${++numbers}`;
  await database.query('insert into channel (id, registered_at) values ($1, 0)', [channel]);
  for (let i = 0; i < waiting; i++) {
    const id = `m${++messages}`;
    await database.query(`insert into contact (id, known_at, created_at) values ($1, '{}', 0)`, [id]);
    await database.query(
      `insert into interaction (id, channel, contact, state, created_at, waiting_since, body)
       values ($1, $2, $1, 'active', 0, 0, '{}')`,
      [id, channel],
    );
    await database.query(
      `insert into message (id, interaction, place, direction, body) values ($1, $1, 0, 'outbound', '{}')`,
      [id],
    );
    const content = { kind: 'text', text: 'x' } as const;
    const row = { message: id, interaction: id, channel, lane: `${channel}/${i % lanes}`, clientId: id };
    await db.tx((tx) => insertOutbox(tx, [{ ...row, content, replyTo: null, batch: null }], NOW));
  }
  return channel;
}

/** Leases what may go at one instant, as if each were sent at once. */
async function lease(channel: string, now: number, owed = 0): Promise<number> {
  let count = 0;
  for (;;) {
    const options = { limit: 1000, now, owed: count === 0 ? owed : 0, pace: PACE, worker: 1 };
    const leases = (await leaseMessages(db, channel, options)) ?? [];
    if (leases.length === 0) return count;
    count += leases.length;
    await database.query(`update outbox set state = 'sent' where state = 'leased'`);
  }
}

test('a number sends 80 at once and 80 a second', async () => {
  const channel = await numberWith(170);
  assert.equal(await lease(channel, NOW), 80);
  assert.equal(await lease(channel, NOW), 0);
  assert.equal(await lease(channel, NOW + 1000), 80);
});

test('what came in counts towards the rate, and a little goes however much came', async () => {
  const channel = await numberWith(90);
  assert.equal(await lease(channel, NOW, 40 * PACE.channel.interval), 40);
  assert.equal(await lease(channel, NOW + 1000, 10_000 * PACE.channel.interval), 1);
});

test('a pace that a clock ahead has left behind holds nothing up, and is a pace again', async () => {
  const channel = await numberWith(100, 1);
  const later = NOW + 2 * 3_600_000;
  assert.equal(await lease(channel, later), 45);
  // The clock is put right.
  assert.equal(await lease(channel, NOW), 1);
  assert.equal(await lease(channel, NOW), 0);
  assert.equal(await lease(channel, NOW + PACE.lane.interval), 1);
  const [row] = await database.query<{ next_at: number }>('select next_at from lane where id = $1', [
    `${channel}/0`,
  ]);
  assert.equal(Number(row?.next_at), NOW + 46 * PACE.lane.interval);
});

test('neither a pause nor a retry that a clock ahead has left behind holds anything up', async () => {
  const channel = await numberWith(2);
  await database.query('update channel set paused_until = $2 where id = $1', [channel, NOW + 7_200_000]);
  await database.query('update outbox set run_at = $2 where channel = $1', [channel, NOW + 7_200_000]);
  assert.equal(await lease(channel, NOW), 2);
});

test('a pause and a retry that are meant hold up', async () => {
  const channel = await numberWith(2);
  await database.query('update channel set paused_until = $2 where id = $1', [channel, NOW + 60_000]);
  assert.equal(await lease(channel, NOW), 0);
  await database.query('update outbox set run_at = $2 where channel = $1', [channel, NOW + 90_000]);
  assert.equal(await lease(channel, NOW + 60_000), 0);
  assert.equal(await lease(channel, NOW + 90_000), 2);
});

test('a lane that nobody has used for long is forgotten', async () => {
  const channel = await numberWith(2);
  assert.equal(await lease(channel, NOW), 2);
  await database.query('delete from outbox where lane = $1', [`${channel}/0`]);
  await dropOld(db, NOW + 7_200_000);
  const lanes = await database.query('select id from lane where id like $1', [`${channel}/%`]);
  assert.deepEqual(lanes, []);
});
