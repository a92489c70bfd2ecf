import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Ledger } from '../src/ledger/ledger.js';
import { Metrics } from '../src/metrics.js';
import { OutboxWorker } from '../src/outbox/worker.js';
import { openDb, type Db } from '../src/store/db.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { silentLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());

let people = 0;

/** Has a gateway take a message that it does not send, and leaves it to whoever comes next. */
async function leave(text: string): Promise<void> {
  const gateway = await startGateway({
    databaseUrl: database.url,
    deps: { senderFor: () => new ScriptedSender() },
  });
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await post(gateway.url, webhook(textChange({ phone: `3460070000${++people}` }, 'Hello')));
  const { id } = await desk.accept();
  await database.query('update channel set paused_until = $1', [Date.now() + 3_600_000]);
  await desk.does('send-message', { interaction: id, content: { kind: 'text', text } }, randomUUID());
  desk.close();
  await gateway.close();
  await database.query('update channel set paused_until = 0');
}

/** A worker of its own, on a database that has its moods. */
function workerOn(moody: Partial<Db>): { readonly worker: OutboxWorker; readonly sender: ScriptedSender } {
  const whole: Db = {
    query: (sql, params) => db.query(sql, params),
    tx: (work, isolation) => db.tx(work, isolation),
    listen: (channel, notified) => db.listen(channel, notified),
    hold: (key) => db.hold(key),
    close: () => Promise.resolve(),
    ...moody,
  };
  const sender = new ScriptedSender();
  const ledger = new Ledger({ db: whole, clock: { now: () => Date.now() }, notify: false });
  const metrics = new Metrics();
  const options = { ledger, senderFor: () => sender, metrics, log: silentLog, sweepInterval: 20 };
  return { worker: new OutboxWorker(options), sender };
}

const isSent = async (text: string) =>
  (await database.query(`select from outbox where text = $1 and state = 'sent'`, [text])).length === 1;

test('a lease whose commit went through without an answer is taken back and sent', async () => {
  await leave('Unheard');
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

test('a worker that does not hold its lock, so that others take it for dead, sends nothing', async () => {
  await leave('Alive');
  let asked = 0;
  let isHeld = false;
  const { worker, sender } = workerOn({
    hold: () =>
      Promise.resolve({
        get isHeld() {
          asked++;
          return isHeld;
        },
        stop: () => Promise.resolve(),
      }),
  });
  await worker.start();
  await until('the worker has looked', () => asked > 2);
  assert.deepEqual(sender.texts, []);
  isHeld = true;
  await until('it was sent', () => isSent('Alive'));
  await worker.stop();
});
