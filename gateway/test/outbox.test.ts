import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Delivery, DeliveryState } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { TestClock } from './support/clock.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { accepted, blocked, failing, ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { newWamid, post, statusChange, textChange, webhook } from './support/webhooks.js';

const LEASE = 25_000;

const database = await useDatabase();
const clock = new TestClock();
const log = recordingLog();
const sender = new ScriptedSender();
const gateway = await startGateway({
  databaseUrl: database.url,
  policy: { agentCapacity: 100 },
  deps: { clock, log, stopwatch: () => clock.now(), senderFor: () => sender },
});
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
await desk.ready();

let people = 0;

/** A conversation on the desk, with a contact of its own. */
async function conversation(): Promise<string> {
  const phone = `3460020${String(++people).padStart(4, '0')}`;
  await post(gateway.url, webhook(textChange({ phone }, 'Hello')));
  return (await desk.accept()).id;
}

/** Sends a text. Returns its client id. */
async function say(interaction: string, text: string, clientId: string = randomUUID()): Promise<string> {
  await desk.does('send-message', { interaction, content: { kind: 'text', text } }, clientId);
  return clientId;
}

/** All delivery states that the desk has been told of a message, in their order. */
function statesOf(clientId: string): readonly Delivery['state'][] {
  const sent = desk.events.find((e) => e.type === 'message-sent' && e.body.message.clientId === clientId);
  const id = sent?.type === 'message-sent' ? sent.body.message.id : '';
  return desk.events.flatMap((event) =>
    event.type === 'delivery-changed' && event.body.message === id ? [event.body.delivery.state] : [],
  );
}

const reaches = (clientId: string, state: DeliveryState) =>
  until(`the message is ${state}`, () => statesOf(clientId).at(-1) === state);

const status = async (options: Parameters<typeof statusChange>[0]) =>
  // Without an address: who gets it is learned from statuses.
  assert.equal((await post(gateway.url, webhook(statusChange({ person: {}, ...options })))).status, 200);

const timesSent = (text: string) => sender.texts.filter((one) => one === text).length;

test('a message goes out once, with the client id as its callback data', async () => {
  const id = await conversation();
  const clientId = await say(id, 'Once');
  await reaches(clientId, 'sending');
  assert.equal(timesSent('Once'), 1);
  assert.equal(sender.requests.at(-1)?.callbackData, clientId);
});

test('nothing waits for a sweep: a message is on its way within a moment of its command', async () => {
  const id = await conversation();
  const begin = performance.now();
  await say(id, 'Quick');
  await until('it was sent', () => timesSent('Quick') === 1);
  assert.ok(performance.now() - begin < 500);
});

test('the next message of a contact waits for the answer to the one before; other contacts do not', async () => {
  const [one, other] = [await conversation(), await conversation()];
  sender.held = true;
  await say(one, 'A1');
  const second = await say(one, 'A2');
  await say(other, 'B1');
  await until('both first ones are out', () => timesSent('A1') + timesSent('B1') === 2);
  assert.equal(timesSent('A2'), 0);
  sender.held = false;
  for (const request of sender.open.splice(0)) request.answer(accepted());
  await reaches(second, 'sending');
  assert.ok(sender.texts.indexOf('A1') < sender.texts.indexOf('A2'));
});

test('many messages of one contact keep their order, whatever fails in between', async () => {
  const id = await conversation();
  sender.script.push(
    failing('retry', 131056),
    failing('retry'),
    accepted(),
    failing('refused', 131026),
    accepted(),
  );
  const texts = Array.from({ length: 8 }, (_, i) => `In order ${i}`);
  for (const text of texts) await say(id, text);
  await until('all have been tried', () => {
    clock.advance(50);
    return timesSent('In order 7') === 1;
  });
  const firsts = texts.map((text) => sender.texts.lastIndexOf(text));
  assert.deepEqual(
    firsts,
    firsts.toSorted((a, b) => a - b),
  );
});

test('statuses go up and never down, in whatever order they come', async () => {
  const id = await conversation();
  const wamid = newWamid();
  sender.script.push(accepted(wamid));
  const clientId = await say(id, 'Ladder');
  await reaches(clientId, 'sending');
  for (const state of ['delivered', 'sent', 'read', 'delivered', 'sent', 'read'])
    await status({ wamid, status: state });
  await reaches(clientId, 'read');
  assert.deepEqual(statesOf(clientId), ['sending', 'delivered', 'read']);
});

test('a status that comes before the answer to the request is applied, by the callback data', async () => {
  const id = await conversation();
  const wamid = newWamid();
  sender.held = true;
  const clientId = await say(id, 'Overtaken');
  const request = await until('it is out', () => sender.open.shift());
  await status({ wamid, status: 'delivered', clientId });
  await reaches(clientId, 'delivered');
  sender.held = false;
  request.answer(accepted(wamid));
  const next = await say(id, 'After it');
  await reaches(next, 'sending');
  assert.deepEqual(statesOf(clientId), ['delivered']);
});

test('a status without callback data that comes before the answer waits for it', async () => {
  const id = await conversation();
  const wamid = newWamid();
  await status({ wamid, status: 'delivered' });
  const [waiting] = await database.query<{ done_at: number | null }>(
    'select done_at from inbox where wamid = $1',
    [wamid],
  );
  assert.equal(waiting?.done_at, null);
  sender.script.push(accepted(wamid));
  const clientId = await say(id, 'Awaited');
  await reaches(clientId, 'delivered');
  const [done] = await database.query<{ done_at: number | null }>(
    'select done_at from inbox where wamid = $1',
    [wamid],
  );
  assert.notEqual(done?.done_at, null);
});

test('a message that WhatsApp refuses fails visibly, and the contact waits again', async () => {
  const id = await conversation();
  sender.script.push(failing('refused', 131026));
  const clientId = await say(id, 'Refused');
  await reaches(clientId, 'failed');
  const failed = desk.events.findLast((event) => event.type === 'delivery-changed');
  assert.equal(failed?.type === 'delivery-changed' && failed.body.delivery.error?.code, 131026);
  assert.ok(desk.state.interactions.get(id)?.pendency, 'the contact still waits');
  assert.equal(timesSent('Refused'), 1);
});

test('a message that fails after it was accepted fails visibly, and `delivered` heals it', async () => {
  const id = await conversation();
  const wamid = newWamid();
  sender.script.push(accepted(wamid));
  const clientId = await say(id, 'Late failure');
  await status({ wamid, status: 'failed', error: { code: 131047, title: 'Re-engagement message' } });
  await reaches(clientId, 'failed');
  await status({ wamid, status: 'delivered' });
  await reaches(clientId, 'delivered');
});

test('what was certainly not sent is sent again, later and later, and arrives once', async () => {
  const id = await conversation();
  sender.script.push(failing('retry', 130429), failing('retry', 130429));
  const clientId = await say(id, 'Again');
  await until('the first attempt was made', () => timesSent('Again') === 1);
  assert.deepEqual(statesOf(clientId), [], 'a retry is no news for the agent');
  await until('it went through', () => {
    clock.advance(100);
    return statesOf(clientId).includes('sending');
  });
  assert.equal(timesSent('Again'), 3);
});

test('WhatsApp is not asked before the time that it named', async () => {
  const id = await conversation();
  sender.script.push({
    outcome: 'retry',
    error: { code: 4, detail: 'Slow down.' },
    retryAfter: 120_000,
    scope: 'message',
  });
  await say(id, 'Patience');
  await until('the first attempt was made', () => timesSent('Patience') === 1);
  const [row] = await until('it was put back', () =>
    database
      .query<{ wait: number }>(
        `select run_at - $1 as wait from outbox where payload ->> 'text' = 'Patience' and state = 'ready'`,
        [clock.now()],
      )
      .then((rows) => rows.length > 0 && rows),
  );
  assert.ok((row?.wait ?? 0) > 115_000);
  clock.advance(121_000);
  await until('it was sent', () => timesSent('Patience') === 2);
});

test('what cannot be handed over for a quarter of an hour fails visibly', async () => {
  const id = await conversation();
  sender.script.push(...Array.from({ length: 60 }, () => failing('retry', 131000)));
  const clientId = await say(id, 'Too long');
  await until('it was given up', () => {
    clock.advance(30_000);
    return statesOf(clientId).at(-1) === 'failed';
  });
  assert.ok(log.lines.some(({ level, message }) => level === 'warn' && /was given up/.test(message)));
  sender.script.length = 0;
});

test('what has waited for its predecessors for long has a quarter of an hour of its own', async () => {
  const id = await conversation();
  sender.held = true;
  await say(id, 'Goes first');
  const waiting = await say(id, 'Has waited');
  const first = await until('it is out', () => sender.open.shift());
  await database.query(
    `update outbox set created_at = created_at - $1::bigint where payload ->> 'text' = 'Has waited'`,
    [20 * 60_000],
  );
  sender.held = false;
  sender.script.push(failing('retry', 131016));
  first.answer(accepted());
  await until('it went through', () => {
    clock.advance(100);
    return statesOf(waiting).length > 0;
  });
  assert.deepEqual(statesOf(waiting), ['sending']);
  assert.equal(timesSent('Has waited'), 2);
});

test('a request without an answer is unknown, is never sent again, and a status resolves it', async () => {
  const id = await conversation();
  sender.script.push(failing('unknown'));
  const clientId = await say(id, 'Did it go?');
  await reaches(clientId, 'unknown');
  const next = await say(id, 'The next one goes');
  await reaches(next, 'sending');
  clock.advance(10 * 60_000);
  await status({ wamid: newWamid(), status: 'sent', clientId });
  await reaches(clientId, 'sent');
  assert.equal(timesSent('Did it go?'), 1);
});

test('a worker that dies with a message in its hand leaves it unknown, not sent twice', async () => {
  const id = await conversation();
  sender.held = true;
  const clientId = await say(id, 'In the hand');
  const request = await until('it is out', () => sender.open.shift());
  sender.held = false;
  clock.advance(LEASE + 1);
  await reaches(clientId, 'unknown');
  assert.equal(timesSent('In the hand'), 1);
  // It was not dead, only slow: its answer still counts.
  const wamid = newWamid();
  request.answer(accepted(wamid));
  await until(
    'the answer is stored',
    async () => (await database.query('select from message where wamid = $1', [wamid])).length === 1,
  );
  await status({ wamid, status: 'delivered' });
  await reaches(clientId, 'delivered');
});

test('a message in doubt that cannot be given up holds up nothing of anybody else', async () => {
  const [id, other] = [await conversation(), await conversation()];
  sender.held = true;
  const stuck = await say(id, 'Stuck');
  await until('it is out', () => sender.open.shift());
  sender.held = false;
  await database.query(`create function refuse() returns trigger language plpgsql as $$ begin
    raise exception 'never'; end $$`);
  await database.query(`create trigger refuse before update of state on outbox for each row
    when (old.payload ->> 'text' = 'Stuck' and new.state = 'unknown') execute function refuse()`);
  clock.advance(LEASE + 1);
  const later = await say(other, 'Not stuck');
  await reaches(later, 'sending');
  await until('the operator is told', () =>
    log.lines.some(({ level, message }) => level === 'error' && /given up/.test(message)),
  );
  await database.query('drop trigger refuse on outbox');
  await reaches(stuck, 'unknown');
});

test('a refused token pauses the number, raises an alarm, and loses nothing', async () => {
  const id = await conversation();
  sender.script.push(blocked(190));
  const clientId = await say(id, 'Blocked');
  await until('the alarm', () =>
    log.lines.find(({ level, fields }) => level === 'error' && fields['code'] === 190),
  );
  const other = await say(await conversation(), 'Also waits');
  assert.equal(timesSent('Also waits'), 0);
  clock.advance(65_000);
  await reaches(clientId, 'sending');
  await reaches(other, 'sending');
});

test('one contact gets 45 at once and then one in six seconds', async () => {
  const id = await conversation();
  for (let i = 0; i < 48; i++) await say(id, `Burst ${i}`);
  const count = () => sender.texts.filter((text) => text.startsWith('Burst ')).length;
  await until('the burst is out', () => count() >= 45);
  const settled = count();
  assert.ok(settled <= 46, `${settled} went at once`);
  clock.advance(6000);
  await until('one more', () => count() === settled + 1);
  clock.advance(60_000);
  await until('the rest', () => count() === 48);
});

test('an answer of the Cloud API is not lost when the database cannot store it at once', async () => {
  const id = await conversation();
  const wamid = newWamid();
  await database.query(`create function fail_once() returns trigger language plpgsql as $$ begin
    perform nextval('failures'); if (select last_value from failures) < 4 then raise exception 'not now'; end if;
    return new; end $$`);
  await database.query('create sequence failures');
  await database.query(`create trigger fail_once before update of wamid on message for each row
    execute function fail_once()`);
  sender.script.push(accepted(wamid));
  const clientId = await say(id, 'Stored in the end');
  await reaches(clientId, 'sending');
  await database.query('drop trigger fail_once on message');
  assert.equal(timesSent('Stored in the end'), 1);
});

test('a text that is empty, too long, or not on the desk is refused and goes nowhere', async () => {
  const id = await conversation();
  const refusal = async (interaction: string, text: string) => {
    const receipt = await desk.command('send-message', { interaction, content: { kind: 'text', text } });
    return receipt.ok ? 'ok' : receipt.error.kind;
  };
  const before = sender.requests.length;
  assert.equal(await refusal(id, ' \n'), 'text-empty');
  assert.equal(await refusal(id, 'x'.repeat(4097)), 'text-too-long');
  assert.equal(await refusal(randomUUID(), 'x'), 'not-found');
  clock.advance(24 * 60 * 60_000);
  assert.equal(await refusal(id, 'x'), 'window-closed');
  assert.equal(sender.requests.length, before);
});
