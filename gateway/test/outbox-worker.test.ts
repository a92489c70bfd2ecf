import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDb } from '../src/store/db.js';
import { WORKER_LOCKS } from '../src/store/outbox.js';
import { atEnd } from './support/cleanup.js';
import { useOutbox } from './support/outbox.js';
import { accepted } from './support/sender.js';
import { until } from './support/until.js';
import { CHANNEL } from './support/webhooks.js';

const { database, db, closing, leave, holding, workerOn, isSent } = await useOutbox();

/** A database whose locks are waited for as long as somebody holds them. */
const patient = openDb(database.url, () => undefined, { lockTimeout: 0, answerTimeout: 120_000 });
atEnd(() => patient.close());

test('a lease whose commit went through without an answer is taken back and sent', async () => {
  await leave(['Unheard']);
  let lost = 0;
  const { worker, sender } = workerOn({
    tx: async (work, isolation) => {
      const result = await db.tx(work, isolation);
      if (lost++ === 0) throw new Error('Connection terminated unexpectedly');
      return result;
    },
  });
  await worker.start();
  await until('it was sent', () => isSent('Unheard'));
  assert.deepEqual(sender.texts, ['Unheard']);
  assert.ok(lost > 1);
  await worker.stop();
});

test('a number of which the database does not tell what may go keeps no other one waiting', async () => {
  // The first one that is looked at.
  const [stuck, other] = ['1', CHANNEL];
  const textOf = (channel: string) => `Over ${channel}`;
  await leave([stuck, other].map(textOf), (text) => text.slice(textOf('').length));
  let isStuck = true;
  const { worker, sender } = workerOn({
    tx: (work, isolation) =>
      db.tx(
        (tx) =>
          work({
            query: (sql, params) => {
              if (isStuck && params?.[0] === stuck) throw Object.assign(new Error('late'), { code: '57014' });
              return tx.query(sql, params);
            },
          }),
        isolation,
      ),
  });
  await worker.start();
  await until('the other one sends', () => isSent(textOf(other)));
  assert.deepEqual(sender.texts, [textOf(other)]);
  isStuck = false;
  await until('it sends too', () => isSent(textOf(stuck)));
  await worker.stop();
});

test('what is on its way is not taken back with a lease that nobody heard of, and goes once', async () => {
  const [known, unheard] = ['106540000000011', '106540000000012'];
  const textOf = (channel: string) => `Once over ${channel}`;
  await leave([known, unheard].map(textOf), (text) => text.slice(textOf('').length));
  let leases = 0;
  let takenBack = 0;
  const { worker, sender } = workerOn({
    query: (sql, params) => {
      if (sql.startsWith(`update outbox set state = 'ready' where id in`)) takenBack++;
      return db.query(sql, params);
    },
    tx: async (work, isolation) => {
      const result = await db.tx(work, isolation);
      if (++leases === 2) throw new Error('Connection terminated unexpectedly');
      return result;
    },
  });
  sender.held = true;
  await worker.start();
  await until('both are on their way', () => sender.open.length === 2);
  const before = takenBack;
  await until('it was looked for leases again', () => takenBack > before + 2);
  assert.deepEqual(sender.texts.toSorted(), [known, unheard].map(textOf));
  sender.held = false;
  for (const request of sender.open.splice(0)) request.answer(accepted());
  await until('both are sent', async () => (await isSent(textOf(known))) && isSent(textOf(unheard)));
  assert.equal(sender.requests.length, 2);
  await worker.stop();
});

test('a worker that does not hold its lock, so that others take it for dead, sends nothing', async () => {
  await leave(['Alive']);
  let asked = 0;
  let isHeld = false;
  const { worker, sender } = workerOn({
    hold: async (_space, taken) => {
      await taken(db, 1);
      return {
        get isHeld() {
          asked++;
          return isHeld;
        },
        stop: () => Promise.resolve(),
      };
    },
  });
  await worker.start();
  await until('the worker has looked', () => asked > 2);
  assert.deepEqual(sender.texts, []);
  isHeld = true;
  await until('it was sent', () => isSent('Alive'));
  await worker.stop();
});

test('a number whose row somebody holds waits alone', async () => {
  const [first, held, last] = ['106540000000001', '106540000000002', '106540000000003'];
  const textOf = (channel: string) => `Over ${channel}`;
  await leave([first, held, last].map(textOf), (text) => text.slice(textOf('').length));
  const letGo = await holding('select from channel where id = $1 for update', [held]);
  const { worker, sender } = workerOn({}, {}, patient);
  await worker.start();
  await until('the others are sent', async () => (await isSent(textOf(first))) && isSent(textOf(last)));
  assert.ok(!sender.texts.includes(textOf(held)));
  await letGo();
  await until('it is sent', () => isSent(textOf(held)));
  await worker.stop();
});

test('a contact whose lane somebody holds waits alone', async () => {
  const [held] = await leave(['Lane held', 'Lane free']);
  const lane = `select $1 || '/' || contact from interaction where id = $2`;
  await database.query(`insert into lane (id, next_at) values ((${lane}), 0)`, [CHANNEL, held]);
  const letGo = await holding(`select from lane where id = (${lane}) for update`, [CHANNEL, held]);
  const { worker, sender } = workerOn({}, {}, patient);
  await worker.start();
  await until('the other is sent', () => isSent('Lane free'));
  assert.deepEqual(sender.texts, ['Lane free']);
  await letGo();
  await until('it is sent', () => isSent('Lane held'));
  await worker.stop();
});

test('a message in doubt that cannot be given up holds up its own contact, and nobody else', async () => {
  const [held, other] = await leave(['In doubt', 'In doubt too', 'Not in doubt']);
  await database.query(
    `update outbox set state = 'leased', attempts = 1, worker = 7 where interaction = any($1)`,
    [[held, other]],
  );
  const letGo = await holding('select from interaction where id = $1 for update', [held]);
  const { worker, sender } = workerOn({}, {}, patient);
  await worker.start();
  const stateOf = async (interaction = '') =>
    (
      await database.query<{ state: string }>('select state from outbox where interaction = $1', [
        interaction,
      ])
    )[0]?.state;
  await until('the other two are done with', async () => {
    return (await isSent('Not in doubt')) && (await stateOf(other)) === 'unknown';
  });
  assert.equal(await stateOf(held), 'leased');
  await letGo();
  await until('it is given up', async () => (await stateOf(held)) === 'unknown');
  assert.deepEqual(sender.texts, ['Not in doubt']);
  await worker.stop();
});

test('a worker whose lock lies with a frozen server process goes on under another number, and keeps what is on its way', async () => {
  await leave(['On its way']);
  const impatient = openDb(database.url, () => undefined, { answerTimeout: 500 });
  const { worker, sender } = workerOn({}, {}, impatient);
  sender.held = true;
  await worker.start();
  closing.push(async () => {
    await worker.stop();
    await impatient.close();
  });
  await until('the request has left', () => sender.open.length === 1);
  const lock = () =>
    database.query<{ pid: number; number: number }>(
      `select pid, objid::integer as number from pg_locks where locktype = 'advisory' and classid = $1 and granted
         and database = (select oid from pg_database where datname = current_database())`,
      [WORKER_LOCKS],
    );
  const [frozen] = await lock();
  assert.ok(frozen);
  process.kill(frozen.pid, 'SIGSTOP');
  let stopped = true;
  const thaw = () => {
    if (stopped) process.kill(frozen.pid, 'SIGCONT');
    stopped = false;
    return Promise.resolve();
  };
  closing.unshift(thaw);
  const next = await until('it holds another lock', async () =>
    (await lock()).find(({ number }) => number !== frozen.number),
  );
  await leave(['After it']);
  await until('the next request has left', () => sender.open.length === 2);
  await thaw();
  await until('the frozen one is gone', async () => (await lock()).length === 1);
  // Another worker takes nothing for lost.
  const { worker: other, sender: idle } = workerOn({});
  await other.start();
  await leave(['For either']);
  await until('somebody takes it', () => sender.open.length + idle.requests.length === 3);
  await other.stop();
  const numbers = await database.query<{ worker: number }>(
    `select worker from outbox where payload ->> 'text' in ('On its way', 'After it') and state = 'leased'`,
  );
  assert.deepEqual(
    numbers.map((row) => row.worker),
    [next.number, next.number],
  );
  sender.held = false;
  for (const request of sender.open.splice(0)) request.answer(accepted());
  await until('all are sent', async () => (await isSent('On its way')) && isSent('After it'));
  await worker.stop();
});

test('what came in is counted when the number sends, also when nothing could go in between', async () => {
  await leave(['After a flood']);
  const interval = 60_000;
  const pace = { lane: { interval: 0, burst: 9 }, channel: { interval, burst: 9 } };
  await database.query('update channel set paused_until = $1, next_at = 0', [Date.now() + 600_000]);
  let looks = 0;
  const { worker } = workerOn(
    {
      query: (sql, params) => {
        if (sql.includes('paused_until')) looks++;
        return db.query(sql, params);
      },
    },
    { pace },
  );
  worker.countInbound(CHANNEL, 5);
  await worker.start();
  await until('the worker has looked', () => looks > 2);
  await database.query('update channel set paused_until = 0');
  await until('it is sent', () => isSent('After a flood'));
  const [row] = await database.query<{ ahead: number }>(
    'select (next_at - $2) / $3 as ahead from channel where id = $1',
    [CHANNEL, Date.now(), interval],
  );
  assert.equal(Math.ceil(Number(row?.ahead)), 6);
  await worker.stop();
});
