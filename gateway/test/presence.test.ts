import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Presence } from '../src/desk/presence.js';
import type { Db } from '../src/store/db.js';
import { silentLog } from './support/log.js';
import { until } from './support/until.js';

test('an agent whose hello met a broken database does not count as connected ever after', async () => {
  const saved: unknown[] = [];
  let broken = true;
  const query = async (_sql: string, params: readonly unknown[] = []): Promise<never[]> => {
    if (broken) throw new Error('Connection terminated');
    saved.push(params[0]);
    return [];
  };
  const presence = new Presence({ query } as Partial<Db> as Db, { now: () => 0 }, silentLog, 1);
  await assert.rejects(presence.join('ana'));
  broken = false;
  await presence.join('ben');
  presence.start();
  await until('a heartbeat', () => saved.length > 2);
  presence.stop();
  assert.deepEqual(new Set(saved.flat()), new Set(['ben']));
});
