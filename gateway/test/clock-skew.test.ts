import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from './support/clock.js';
import { useDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';

const database = await useDatabase();

/** Starts a gateway whose clock is ahead of the database's. Returns what its log says of clocks. */
async function linesOf(ahead: number) {
  const clock = new TestClock();
  clock.advance(ahead);
  const log = recordingLog();
  const gateway = await startGateway({ databaseUrl: database.url, deps: { machineClock: clock, log } });
  await gateway.close();
  return log.lines.filter(({ message }) => message.includes('clocks'));
}

test('a gateway whose clock is not the database’s says so loudly', async () => {
  assert.deepEqual(await linesOf(0), []);
  for (const ahead of [30_000, -30_000]) {
    const [line] = await linesOf(ahead);
    assert.equal(line?.level, 'error');
    assert.ok(Math.abs(Number(line?.fields['aheadMs']) - ahead) < 5000);
  }
});
