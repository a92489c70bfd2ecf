import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDb, type Db } from '../src/store/db.js';
import { appendEvents, readEvents, type NewEvent } from '../src/store/events.js';
import { newId } from '../src/ids.js';
import { migrate } from '../src/store/migrate.js';
import { dropOld } from '../src/store/retention.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';

const database = await useDatabase();
const db = openDb(database.url, () => undefined, { max: 20 });
atEnd(() => db.close());

test('gateways that start at once migrate once; a newer database is refused', async () => {
  const others = [
    openDb(database.url, () => undefined, { max: 1 }),
    openDb(database.url, () => undefined, { max: 1 }),
  ];
  const applied = await Promise.all([db, ...others].map((one) => migrate(one)));
  assert.equal(applied.filter((list) => list.length > 0).length, 1);
  await database.query('insert into schema_version (version, at) values (9999, now())');
  await assert.rejects(migrate(db), /install a newer gateway/);
  await database.query('delete from schema_version where version = 9999');
  await Promise.all(others.map((one) => one.close()));
});

test('eight writers and a reader: the reader sees every event once, in order, without gaps', async () => {
  const written: string[] = [];
  const seen: string[] = [];
  let position = 0;
  let writing = true;
  const reader = (async () => {
    for (let last = false; !last;) {
      last = !writing;
      const events = await readEvents(db, position, 1000);
      for (const { event } of events) {
        assert.equal(event.seq, position + 1);
        position = event.seq;
        seen.push(event.id);
      }
    }
  })();
  await Promise.all(Array.from({ length: 8 }, (_, n) => writer(db, n, written)));
  writing = false;
  await reader;
  assert.deepEqual(seen.toSorted(), written.toSorted());
});

/** Transactions of one to three events, of which some are undone and some take their time. */
async function writer(on: Db, n: number, written: string[]): Promise<void> {
  for (let i = 0; i < 50; i++) {
    const events = Array.from({ length: 1 + ((n + i) % 3) }, anEvent);
    const undone = (n * 7 + i) % 5 === 0;
    const attempt = on.tx(async (tx) => {
      if (i % 4 === 0) await tx.query('select pg_sleep(0.002)');
      await appendEvents(tx, events, { notify: false, command: null });
      if (undone) throw new Error('undone');
    });
    if (undone) await assert.rejects(attempt);
    else {
      await attempt;
      written.push(...events.map(({ id }) => id));
    }
  }
}

function anEvent(): NewEvent {
  const agent = { id: 'ana', name: 'Ana', status: 'ready', reason: null } as const;
  return {
    id: newId(),
    type: 'agent-status-changed',
    at: 1,
    interaction: null,
    actor: 'ana',
    command: null,
    body: { agent },
    audience: ['ana'],
  };
}

test('what is old is thrown away, and the log says up to where', async () => {
  const [before] = await database.query<{ head: number }>('select head from stream');
  await db.tx((tx) => appendEvents(tx, [{ ...anEvent(), at: 1000 }], { notify: false, command: null }));
  await dropOld(db, 500);
  const [stream] = await database.query<{ head: number; floor: number }>('select head, floor from stream');
  assert.equal(stream?.floor, before?.head);
  assert.equal((await readEvents(db, 0, 10)).length, 1);
});
