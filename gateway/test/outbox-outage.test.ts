import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendResult } from '../src/cloud-api/index.js';
import type { Db } from '../src/store/db.js';
import { recordingLog } from './support/log.js';
import { useOutbox } from './support/outbox.js';
import { accepted, failing, type ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { newWamid } from './support/webhooks.js';

const { database, db, leave, workerOn, stateOf } = await useOutbox();

/** A database that can be away, for transactions alone or for everything. */
class Moody {
  away: 'no' | 'transactions' | 'everything' = 'no';
  /** Transactions that it has turned away. */
  refused = 0;
  /** How often all leases have been looked at, and how often that failed. */
  looks = 0;
  missed = 0;

  get db(): Partial<Db> {
    return {
      query: async (sql, params) => {
        const isLook = sql.includes('"isHeld"');
        if (this.away === 'everything') {
          if (isLook) this.missed++;
          throw shutDown();
        }
        if (isLook) this.looks++;
        return db.query(sql, params);
      },
      tx: async (work, isolation) => {
        if (this.away === 'no') return db.tx(work, isolation);
        this.refused++;
        throw shutDown();
      },
    };
  }
}

function shutDown(): Error {
  return Object.assign(new Error('the database system is shutting down'), { code: '57P03' });
}

const PREFIXES = ['Retry', 'Refused', 'Accepted'] as const;

function answerOf(text: string): SendResult {
  if (text.startsWith('Retry')) return failing('retry', 131056, 'pair');
  return text.startsWith('Refused') ? failing('refused', 131026) : accepted(newWamid());
}

async function allOut(sender: ScriptedSender, texts: readonly string[]): Promise<void> {
  await until('all are out', () => sender.open.length === texts.length);
}

function answerAll(sender: ScriptedSender): void {
  sender.held = false;
  for (const request of sender.open.splice(0)) {
    const { content } = request.message;
    request.answer(answerOf(content.kind === 'text' ? content.text : ''));
  }
}

const deliveryOf = async (text: string) => {
  const [row] = await database.query<{ state: string; wamid: string | null }>(
    `select m.delivery ->> 'state' as state, m.wamid from outbox o join message m on m.id = o.message
     where o.payload ->> 'text' = $1`,
    [text],
  );
  return row;
};

/** More often than a fault of one message's own is tried. */
const LONG_OUTAGE = 9 * PREFIXES.length;

test('what WhatsApp answered while the database was away is stored when it is back, however long that took', async () => {
  const texts = PREFIXES.map((prefix) => `${prefix} in an outage`);
  await leave(texts);
  const moody = new Moody();
  const log = recordingLog();
  let ahead = 0;
  const stopwatch = () => performance.now() + ahead;
  const { worker, sender } = workerOn(moody.db, { log, stopwatch });
  sender.held = true;
  await worker.start();
  await allOut(sender, texts);
  moody.away = 'everything';
  answerAll(sender);
  await until('it has been tried again and again', () => moody.refused >= LONG_OUTAGE, 30_000);
  // Longer than a message may be on its way.
  ahead += 60_000;
  assert.equal(log.lines.filter(({ message }) => /cannot be stored now/.test(message)).length, 1);
  moody.away = 'no';
  const [retried = '', refused = '', taken = ''] = texts;
  await until('all is stored', async () => {
    const states = [await stateOf(retried), await stateOf(refused), await stateOf(taken)];
    return states.join() === 'sent,failed,sent';
  });
  assert.equal((await deliveryOf(refused))?.state, 'failed');
  assert.equal((await deliveryOf(taken))?.state, 'sending');
  assert.equal((await deliveryOf(retried))?.state, 'sending', 'what was certainly not sent went later');
  assert.deepEqual(sender.texts.toSorted(), [...texts, retried].toSorted());
  assert.ok(!log.lines.some(({ message }) => /in doubt|could not be stored/.test(message)));
  await worker.stop();
});

test('a message whose answer waits for the database is not given up meanwhile', async () => {
  const texts = PREFIXES.map((prefix) => `${prefix} and seen`);
  await leave(texts);
  const moody = new Moody();
  let ahead = 0;
  const log = recordingLog();
  const { worker, sender } = workerOn(moody.db, { log, stopwatch: () => performance.now() + ahead });
  sender.held = true;
  await worker.start();
  await allOut(sender, texts);
  moody.away = 'transactions';
  answerAll(sender);
  await until('it was tried', () => moody.refused >= texts.length);
  ahead += 60_000;
  const before = moody.refused;
  await until('it was tried again', () => moody.refused >= before + LONG_OUTAGE, 30_000);
  moody.away = 'no';
  for (const text of texts)
    await until('it is stored', async () => !['leased', 'ready'].includes((await stateOf(text)) ?? ''));
  assert.ok(!log.lines.some(({ message }) => /in doubt/.test(message)));
  const [first = ''] = texts;
  await until('the first went later', async () => (await stateOf(first)) === 'sent');
  assert.deepEqual(await Promise.all(texts.map(stateOf)), ['sent', 'failed', 'sent']);
  await worker.stop();
});

test('a message that is on its way while the database is away has its whole time afterwards', async () => {
  const text = 'Accepted afterwards';
  await leave([text]);
  const moody = new Moody();
  let now = 0;
  const { worker, sender } = workerOn(moody.db, { stopwatch: () => now });
  sender.held = true;
  await worker.start();
  await allOut(sender, [text]);
  moody.away = 'everything';
  await until('nobody saw it', () => moody.missed > 0);
  now += 60_000;
  moody.away = 'no';
  const before = moody.looks;
  await until('it is seen again', () => moody.looks > before + 2);
  assert.equal(await stateOf(text), 'leased');
  answerAll(sender);
  await until('it is sent', async () => (await stateOf(text)) === 'sent');
  await worker.stop();
});

test('a worker that stops while the database is away waits for it with its answers', async () => {
  const texts = PREFIXES.map((prefix) => `${prefix} at the end`);
  await leave(texts);
  const moody = new Moody();
  const { worker, sender } = workerOn(moody.db);
  sender.held = true;
  await worker.start();
  await allOut(sender, texts);
  moody.away = 'everything';
  answerAll(sender);
  const stopped = worker.stop();
  await until('it has been tried again and again', () => moody.refused >= LONG_OUTAGE, 30_000);
  moody.away = 'no';
  await stopped;
  assert.deepEqual(await Promise.all(texts.map(stateOf)), ['ready', 'failed', 'sent']);
});
