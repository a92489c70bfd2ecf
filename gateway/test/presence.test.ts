import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Presence } from '../src/desk/presence.js';
import { registerAgent } from '../src/store/agents.js';
import { openDb, type Db } from '../src/store/db.js';
import { migrate } from '../src/store/migrate.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { silentLog } from './support/log.js';
import { until } from './support/until.js';

const server = await useDatabase();

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

test('whose last desk has closed counts as connected for as long as loading a page takes, and no longer', async () => {
  const database = openDb(server.url, () => undefined);
  atEnd(() => database.close());
  await migrate(database);
  await registerAgent(database, 'ana', 'Ana');
  const presence = new Presence(database, { now: () => 1000 }, silentLog);
  const seenUntil = async () => {
    const [row] = await database.query<{ until: number }>('select seen_until as until from presence');
    return row?.until;
  };
  await presence.join('ana');
  await presence.join('ana');
  await presence.leave('ana');
  assert.equal(await seenUntil(), 16_000);
  await presence.leave('ana');
  assert.equal(await seenUntil(), 9000);
});
