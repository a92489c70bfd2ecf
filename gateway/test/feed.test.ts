import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerFrame } from 'whatsapp-workspace/protocol';
import { Feeds, MAX_BUFFERED, type Outlet } from '../src/desk/feed.js';
import { Tail } from '../src/events/tail.js';
import { newId } from '../src/ids.js';
import { openDb } from '../src/store/db.js';
import { appendEvents, readEvents } from '../src/store/events.js';
import { migrate } from '../src/store/migrate.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { silentLog } from './support/log.js';
import { until } from './support/until.js';

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
await migrate(db);
const tail = new Tail({ db, log: silentLog, listen: false, sweepInterval: 60_000 });
await tail.start();
atEnd(() => tail.stop());
const feeds = new Feeds(db, tail, silentLog, 300);

/** A desk of whose buffer the test decides. */
class TestOutlet implements Outlet {
  readonly seqs: number[] = [];
  bufferedAmount = 0;
  gaveUp = false;
  isOutdated = false;

  send(frame: string): void {
    const parsed = JSON.parse(frame) as ServerFrame;
    if (parsed.type === 'event') this.seqs.push(parsed.event.seq);
  }

  outdated(): void {
    this.isOutdated = true;
  }

  tooSlow(): void {
    this.gaveUp = true;
  }
}

/** Puts events into the log, which is read at once. Returns the head. */
async function happen(count: number, agent = 'ana'): Promise<number> {
  const head = await append(count, agent);
  tail.hint();
  return head;
}

async function append(count: number, agent = 'ana'): Promise<number> {
  const body = { agent: { id: agent, name: agent, status: 'ready', reason: null } } as const;
  const events = Array.from({ length: count }, () => ({
    id: newId(),
    type: 'agent-status-changed' as const,
    at: 1,
    interaction: null,
    actor: agent,
    command: null,
    body,
    audience: [agent],
  }));
  return db.tx((tx) => appendEvents(tx, events, { notify: false, command: null }));
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('a desk whose buffer fills and empties again and again gets every event once, in order', async () => {
  const outlet = new TestOutlet();
  const start = tail.position;
  const stop = feeds.add('ana', outlet, start);
  let head = start;
  for (let i = 0; i < 30; i++) {
    outlet.bufferedAmount = i % 3 === 1 ? MAX_BUFFERED + 1 : 0;
    head = await happen(1 + (i % 7));
  }
  outlet.bufferedAmount = 0;
  await until('it has all', () => outlet.seqs.at(-1) === head);
  assert.deepEqual(outlet.seqs, range(start + 1, head));
  stop();
});

test('a desk that begins far behind, while the log grows, misses and doubles nothing', async () => {
  const start = await happen(900);
  const outlet = new TestOutlet();
  const stop = feeds.add('ana', outlet, start - 900);
  let head = start;
  for (let i = 0; i < 10; i++) head = await happen(5);
  await until('it has all', () => outlet.seqs.at(-1) === head);
  assert.deepEqual(outlet.seqs, range(start - 899, head));
  stop();
});

test('a desk that never reads is sent away', async () => {
  const outlet = new TestOutlet();
  const stop = feeds.add('ana', outlet, tail.position);
  outlet.bufferedAmount = MAX_BUFFERED + 1;
  await happen(2);
  await until('it is sent away', () => outlet.gaveUp);
  stop();
});

test('a desk gets nothing after it has gone, and nothing of others', async () => {
  const [ana, ben] = [new TestOutlet(), new TestOutlet()];
  const stop = feeds.add('ana', ana, tail.position);
  const stopBen = feeds.add('ben', ben, tail.position);
  const head = await happen(1);
  await until('Ana has it', () => ana.seqs.at(-1) === head);
  stop();
  const later = await happen(1, 'ben');
  await until('Ben has it', () => ben.seqs.at(-1) === later);
  assert.deepEqual([ana.seqs, ben.seqs], [[head], [later]]);
  stopBen();
});

test('what a snapshot holds already, newer than what has been read of the log, is not told again', async () => {
  const outlet = new TestOutlet();
  const before = tail.position;
  const snapshot = await append(3);
  assert.equal(tail.position, before, 'the log has not been read further yet');
  const stop = feeds.add('ana', outlet, snapshot);
  // Read from the database, up to where the log has been read.
  await readEvents(db, 0, 1);
  const head = await happen(2);
  await until('it has what follows', () => outlet.seqs.at(-1) === head);
  assert.deepEqual(outlet.seqs, range(snapshot + 1, head));
  stop();
});
