import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from './support/clock.js';
import { Desk } from './support/desk.js';
import { useFaultyDatabase } from './support/faulty-database.js';
import { until } from './support/until.js';
import { MARIA, post, textChange, webhook } from './support/webhooks.js';

const { database, open, hold } = await useFaultyDatabase();

test('agents of whom the database could not be told are not taken for gone: what rings at them rings on', async () => {
  const clock = new TestClock();
  const gateway = await open({ clock, heartbeat: 1000, sweepInterval: 50, stalledAfter: 1500 });
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await post(gateway.url, webhook(textChange(MARIA, 'Hello')));
  const { id } = await desk.offered();

  const letGo = await hold('lock table presence in access exclusive mode');
  const isRouted = async () => (await fetch(`${gateway.url}/readyz`)).status === 200;
  await until('the queue is not routed', async () => !(await isRouted()));
  // Longer than agents count as connected without a word of them.
  clock.advance(20_000);
  await letGo();
  await until('the database is told of the agent', async () => {
    const seen = await database.query('select from presence where seen_until > $1', [clock.now()]);
    return seen.length > 0;
  });
  await until('the queue is routed', isRouted);
  assert.deepEqual(
    desk.events.filter(({ type }) => type === 'interaction-queued'),
    [],
  );
  await desk.does('accept-interaction', { interaction: id });
  desk.close();
});
