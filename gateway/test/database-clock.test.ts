import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { boundInstants } from '../src/store/bound-instants.js';
import { DatabaseClock } from '../src/store/database-clock.js';
import { openDb } from '../src/store/db.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const HOUR = 3_600_000;
const database = await useDatabase();

/** A database whose clock the test sets; each question takes its time on the way there and back. */
class TimedDatabase {
  /** What the stopwatch shows. */
  elapsed = 0;
  /** The database's clock when the stopwatch shows 0. */
  base = 1_000_000;
  there = 0;
  back = 0;
  fails = false;

  async query<R extends object>(): Promise<R[]> {
    await Promise.resolve();
    if (this.fails) throw new Error('out of reach');
    this.elapsed += this.there;
    const at = this.base + this.elapsed;
    this.elapsed += this.back;
    return [{ at } as R];
  }
}

async function started() {
  const db = new TimedDatabase();
  const log = recordingLog();
  let jumps = 0;
  const clock = new DatabaseClock({ db, log, stopwatch: () => db.elapsed, onJump: () => jumps++ });
  await clock.start();
  clock.stop();
  return { db, log, clock, jumps: () => jumps };
}

test('it goes by the stopwatch, and what the way there and back may account for does not move it', async () => {
  const { db, clock, jumps } = await started();
  db.elapsed = 500;
  assert.equal(clock.now(), 1_000_500);
  [db.there, db.back] = [800, 0];
  await clock.sync();
  assert.equal(clock.now(), 1_000_000 + db.elapsed);
  [db.there, db.back] = [0, 3000];
  await clock.sync();
  assert.equal(clock.now(), 1_000_000 + db.elapsed);
  assert.equal(jumps(), 0);
});

test('it follows a drift without a word, and a clock that was set with one', async () => {
  const { db, log, clock, jumps } = await started();
  db.base += 40;
  await clock.sync();
  assert.equal(clock.now(), 1_000_040 + db.elapsed);
  assert.deepEqual([log.lines.length, jumps()], [0, 0]);
  db.base -= 2 * HOUR;
  await clock.sync();
  assert.equal(clock.now(), 1_000_040 - 2 * HOUR + db.elapsed);
  assert.deepEqual([log.lines.map(({ fields }) => fields['byMs']), jumps()], [[-2 * HOUR], 1]);
});

test('a database out of reach leaves it as it is', async () => {
  const { db, log, clock } = await started();
  db.fails = true;
  db.elapsed = 70;
  await clock.sync();
  assert.equal(clock.now(), 1_000_070);
  assert.equal(log.lines[0]?.level, 'warn');
});

test('a machine whose clock is two hours ahead writes the database’s time, and stops nothing when it is put right', async () => {
  const sender = new ScriptedSender();
  const ahead = { now: () => Date.now() + 2 * HOUR };
  const deps = { machineClock: ahead, senderFor: () => sender };
  const wrong = await startGateway({ databaseUrl: database.url, deps });
  const desk = await Desk.open(wrong.url, { agent: 'ana' });
  await desk.ready();
  await post(wrong.url, webhook(textChange({ phone: '34600800100' }, 'Hello')));
  const { id, offer } = await desk.accept().then(() => {
    const offered = desk.events.find((event) => event.type === 'interaction-offered');
    assert.ok(offered?.type === 'interaction-offered');
    return offered.body.interaction;
  });
  assert.ok(Math.abs((offer?.expiresAt ?? 0) - Date.now()) < HOUR);
  const send = (text: string) =>
    desk.does('send-message', { interaction: id, content: { kind: 'text', text } }, randomUUID());
  await send('Ahead');
  await until('it was sent', () => sender.texts.includes('Ahead'));
  desk.close();
  await wrong.close();

  // As an older gateway, or a database on a machine with a wrong clock, has left it.
  const far = Date.now() + 2 * HOUR;
  await database.query('update lane set next_at = $1', [far]);
  await database.query('update channel set next_at = $1::bigint, paused_until = $1::bigint', [far]);
  await database.query('update presence set seen_until = $1', [far]);
  const right = await startGateway({ databaseUrl: database.url, deps: { senderFor: () => sender } });
  const [row] = await database.query<{ far: number }>(
    'select count(*)::int as far from presence where seen_until > $1',
    [Date.now() + HOUR],
  );
  assert.equal(row?.far, 0);
  const again = await Desk.open(right.url, { agent: 'ana' });
  await again.does(
    'send-message',
    { interaction: id, content: { kind: 'text', text: 'Right' } },
    randomUUID(),
  );
  await until('it was sent at once', () => sender.texts.includes('Right'));
  again.close();
  await right.close();
});

test('an offer that a clock ahead has made to ring for hours ends after its time', async () => {
  const deps = { senderFor: () => new ScriptedSender() };
  const first = await startGateway({ databaseUrl: database.url, deps });
  const desk = await Desk.open(first.url, { agent: 'ben' });
  await desk.ready();
  await post(first.url, webhook(textChange({ phone: '34600800200' }, 'Hello')));
  const { id } = await desk.offered();
  await first.close();
  desk.close();
  const now = Date.now();
  await database.query(
    `update interaction set offer_expires_at = $2::bigint,
       body = jsonb_set(body, '{offer,expiresAt}', to_jsonb($2::bigint)) where id = $1`,
    [id, now + 2 * HOUR],
  );
  const db = openDb(database.url, () => undefined);
  await boundInstants(db, now, { offer: 30_000, presence: 15_000 });
  await db.close();
  const [row] = await database.query<{ column: string; body: string }>(
    `select offer_expires_at::text as column, body -> 'offer' ->> 'expiresAt' as body from interaction where id = $1`,
    [id],
  );
  assert.deepEqual(row, { column: String(now + 30_000), body: String(now + 30_000) });
});

test('who let an interaction go by while a clock was ahead did so in the past', async () => {
  const deps = { senderFor: () => new ScriptedSender() };
  const gateway = await startGateway({ databaseUrl: database.url, deps });
  const desk = await Desk.open(gateway.url, { agent: 'cleo' });
  await desk.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600800300' }, 'Hello')));
  const { id } = await desk.offered();
  await desk.does('reject-interaction', { interaction: id });
  desk.close();
  await gateway.close();
  const now = Date.now();
  const passes = [
    { agent: 'dora', at: now - HOUR },
    { agent: 'cleo', at: now + 2 * HOUR },
  ];
  await database.query(`update interaction set body = jsonb_set(body, '{passes}', $2) where id = $1`, [
    id,
    JSON.stringify(passes),
  ]);
  const db = openDb(database.url, () => undefined);
  await boundInstants(db, now, { offer: 30_000, presence: 15_000 });
  await db.close();
  const [row] = await database.query<{ passes: unknown }>(
    `select body -> 'passes' as passes from interaction where id = $1`,
    [id],
  );
  assert.deepEqual(row?.passes, [passes[0], { agent: 'cleo', at: now }]);
});
