import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY } from 'whatsapp-workspace/model';
import { CloseCode, PING_INTERVAL, type ServerFrame } from 'whatsapp-workspace/protocol';
import type { Authenticator } from '../src/desk/auth.js';
import { DeskSocket, type Wire } from '../src/desk/desk-socket.js';
import { Feeds, MAX_BUFFERED } from '../src/desk/feed.js';
import { Presence } from '../src/desk/presence.js';
import { answer } from '../src/desk/queries.js';
import { Tail } from '../src/events/tail.js';
import { Ledger } from '../src/ledger/ledger.js';
import { Sources } from '../src/media/sources.js';
import { Metrics } from '../src/metrics.js';
import { openDb } from '../src/store/db.js';
import { migrate } from '../src/store/migrate.js';
import { KnownTemplates } from '../src/templates/known-templates.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { silentLog } from './support/log.js';
import { until } from './support/until.js';

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
await migrate(db);
const clock = { now: () => Date.now() };
const ledger = new Ledger({ db, clock, notify: false });
const tail = new Tail({ db, log: silentLog, listen: false, sweepInterval: 60_000 });
await tail.start();
atEnd(() => tail.stop());
const identify = async (agent: string) => ({
  agent,
  name: agent,
  issuer: 'test',
  expiresAt: Date.now() + 60_000,
  scopes: [],
});
const sources = new Sources('key', clock);
const services = {
  ledger,
  policy: DEFAULT_POLICY,
  auth: { identify } as Partial<Authenticator> as Authenticator,
  feeds: new Feeds(db, tail, silentLog),
  receipts: { mark: () => undefined },
  presence: new Presence(db, clock, silentLog),
  metrics: new Metrics(),
  log: silentLog,
  sources,
  templates: new KnownTemplates([]),
  onJoin: () => undefined,
  desksPerAgent: 2,
};

/** A link of whose buffer the test decides. */
class TestWire implements Wire {
  bufferedAmount = 0;
  closed: { readonly code: number; readonly reason: string } | null = null;
  /** Each result with whether the buffer was full when it was sent. */
  readonly results: { readonly id: string; readonly wasFull: boolean }[] = [];
  welcomed = false;

  send(data: string): void {
    const frame = JSON.parse(data) as ServerFrame;
    if (frame.type === 'reset') this.welcomed = true;
    if (frame.type === 'result')
      this.results.push({ id: frame.id, wasFull: this.bufferedAmount > MAX_BUFFERED });
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }

  terminate(): void {
    this.closed ??= { code: 1006, reason: '' };
  }
}

async function openDesk(agent: string) {
  const wire = new TestWire();
  const desk = new DeskSocket(wire, services);
  atEnd(() => desk.ended());
  desk.receive(JSON.stringify({ type: 'hello', token: agent, cursor: null }));
  await until('an answer', () => wire.welcomed || wire.closed);
  const ask = (count: number) => {
    for (let i = 0; i < count; i++) {
      const query = { name: 'workbin', args: { workbin: 'team', after: null, limit: 10 } };
      desk.receive(JSON.stringify({ type: 'query', id: `q${i}`, query }));
    }
  };
  return { wire, desk, ask };
}

test('what a desk asks for is answered when it has read what it got before, in order', async () => {
  const { wire, desk, ask } = await openDesk('ana');
  wire.bufferedAmount = MAX_BUFFERED + 1;
  ask(10);
  // Time enough for more than the first of them, had it been asked of the database.
  const query = { name: 'workbin', args: { workbin: 'team', after: null, limit: 10 } } as const;
  for (let i = 0; i < 3; i++) await answer(ledger, 'ana', query, services);
  wire.bufferedAmount = 0;
  await until('all are answered', () => wire.results.length === 10);
  const expected = Array.from({ length: 10 }, (_, i) => ({ id: `q${i}`, wasFull: false }));
  assert.deepEqual(wire.results, expected);
  desk.ended();
});

test('a desk that asks and asks and reads nothing is sent away as too slow, and costs no answer', async () => {
  const { wire, ask } = await openDesk('ana');
  wire.bufferedAmount = MAX_BUFFERED + 1;
  ask(300);
  assert.equal(wire.closed?.code, CloseCode.slowConsumer);
  assert.deepEqual(wire.results, []);
});

test('a desk that reads nothing does not keep the gateway from stopping', async () => {
  const { wire, desk, ask } = await openDesk('ana');
  wire.bufferedAmount = MAX_BUFFERED + 1;
  ask(10);
  await desk.idle();
  assert.deepEqual(wire.results, []);
  desk.ended();
});

test('an agent opens so many desks, and no more, until one is closed', async () => {
  const [first] = [await openDesk('ben'), await openDesk('ben')];
  const third = await openDesk('ben');
  assert.deepEqual(third.wire.closed, {
    code: CloseCode.tooManyDesks,
    reason: 'The agent has as many desks open as are allowed: close one.',
  });
  first.desk.ended();
  assert.equal((await openDesk('ben')).wire.closed, null);
});

test('a desk from which nothing is heard any more is cut, one that answers is not', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let elapsed = 0;
  t.mock.method(performance, 'now', () => elapsed);
  const [silent, answering] = [await openDesk('carla'), await openDesk('dina')];
  for (let i = 0; i < 3; i++) {
    assert.deepEqual([silent.wire.closed, answering.wire.closed], [null, null]);
    elapsed += PING_INTERVAL;
    answering.desk.receive('{"type":"pong"}');
    t.mock.timers.tick(PING_INTERVAL);
  }
  assert.deepEqual([silent.wire.closed?.code, answering.wire.closed], [1006, null]);
  answering.desk.ended();
});
