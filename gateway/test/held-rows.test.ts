import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gateway, GatewayDeps } from '../src/gateway.js';
import { HeldRows, RowsHeld } from '../src/ledger/held-rows.js';
import { Desk } from './support/desk.js';
import { useFaultyDatabase } from './support/faulty-database.js';
import { accepted, ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const HELD = 30;

const { database, closing, open: openGateway, hold, newPhone } = await useFaultyDatabase();

const open = (deps: GatewayDeps = {}) => openGateway({ sweepInterval: 500, heartbeat: 1000, ...deps });

async function openDesk(gateway: Gateway, agent: string): Promise<Desk> {
  const desk = await Desk.open(gateway.url, { agent });
  closing.push(() => desk.close());
  return desk;
}

const LOCK = 'select from interaction where id = any($1) for update';
const LOCK_PHONES =
  'select from interaction i join contact c on c.id = i.contact where c.phone = any($1) for update of i';

async function write(gateway: Gateway, ...phones: readonly string[]): Promise<number> {
  const body = webhook(...phones.map((phone) => textChange({ phone }, 'Hello')));
  return (await post(gateway.url, body)).status;
}

test('a few wait long for what is held, the others are refused at once, and all is forgotten when it is free', async () => {
  const rows = new HeldRows(2);
  const waiting: (() => void)[] = [];
  let isHeld = true;
  const job = (patience: number) => {
    if (!isHeld) return Promise.resolve('done');
    const late = Object.assign(new Error('late'), { code: '55P03' });
    if (patience < 1000) return Promise.reject(late);
    return new Promise<string>((_, reject) => waiting.push(() => reject(late)));
  };
  const outcomes = ['a', 'b', 'c'].map((about) => rows.run(about, job).catch((error: Error) => error.name));
  assert.equal(await outcomes[2], 'RowsHeld');
  assert.equal(waiting.length, 2);
  await assert.rejects(rows.run('a', job), RowsHeld);
  // Whoever wants something else is not held up by them.
  assert.equal(await rows.run('d', () => Promise.resolve('at once')), 'at once');
  for (const end of waiting) end();
  assert.deepEqual(await Promise.all(outcomes), ['Error', 'Error', 'RowsHeld']);
  isHeld = false;
  assert.equal(await rows.run('a', job), 'done');
  assert.deepEqual(await Promise.all(['a', 'b', 'c', 'a'].map((about) => rows.run(about, job))), [
    'done',
    'done',
    'done',
    'done',
  ]);
});

test('a database that is slow as a whole is asked once', async () => {
  let asked = 0;
  const slow = () => {
    asked++;
    return Promise.reject(Object.assign(new Error('slow'), { code: '57014' }));
  };
  await assert.rejects(new HeldRows(2).run('a', slow), /slow/);
  assert.equal(asked, 1);
});

test('contacts whom somebody holds keep no command, event, sign-in or message of others waiting', async () => {
  const sender = new ScriptedSender();
  const gateway = await open({ senderFor: () => sender });
  const busy = await openDesk(gateway, 'busy');
  await busy.ready();
  const phones = Array.from({ length: HELD }, newPhone);
  assert.equal(await write(gateway, ...phones), 200);
  await until('they ring', () => busy.interactions.length === HELD);
  const ids = busy.interactions.map(({ id }) => id);
  for (const interaction of ids) await busy.does('accept-interaction', { interaction });
  await busy.does('set-agent-status', { status: 'not-ready', reason: null });
  sender.held = true;
  const content = { kind: 'text', text: 'On its way' } as const;
  for (const interaction of ids) await busy.does('send-message', { interaction, content });
  await until('all are on their way', () => sender.open.length === HELD);
  const other = await openDesk(gateway, 'other');
  await other.ready();
  const phone = newPhone();
  await write(gateway, phone);
  const { id } = await other.accept();

  const letGo = await hold(LOCK, [ids]);
  sender.held = false;
  for (const request of sender.open.splice(0)) request.answer(accepted());
  const desks = await Promise.all(ids.map(() => openDesk(gateway, 'busy')));
  for (const [place, desk] of desks.entries()) {
    for (let i = 0; i < 6; i++) {
      const args = { interaction: ids[place] ?? '', content: { kind: 'text', text: `Held ${i}` } };
      desk.sendRaw({ type: 'command', command: { id: `${place}/${i}`, name: 'send-message', args } });
    }
  }
  for (let i = 0; i < 3; i++) {
    await other.does('send-message', { interaction: id, content: { kind: 'text', text: `Free ${i}` } });
    const before = other.events.length;
    assert.equal(await write(gateway, phone), 200);
    const isNew = () => other.events.slice(before).some(({ type }) => type === 'message-received');
    await until('the desk hears of it', isNew);
    await until('it is sent', () => sender.texts.includes(`Free ${i}`));
    await openDesk(gateway, `late ${i}`);
    assert.equal((await fetch(`${gateway.url}/readyz`)).status, 200);
  }
  await letGo();
  await until('what was answered is stored', async () => {
    const rows = await database.query(
      `select from outbox where state = 'sent' and payload ->> 'text' = 'On its way'`,
    );
    return rows.length === HELD;
  });
  await other.does('set-agent-status', { status: 'not-ready', reason: null });
});

test('who is held at the head of the queue holds up nobody behind', async () => {
  const gateway = await open();
  const [first, second] = [newPhone(), newPhone()];
  await write(gateway, first);
  await write(gateway, second);
  const letGo = await hold(LOCK_PHONES, [[first]]);
  const desk = await openDesk(gateway, 'cleo');
  await desk.ready();
  await until('the second rings', () => desk.interactions.some(({ contact }) => contact.phone === second));
  assert.ok(!desk.interactions.some(({ contact }) => contact.phone === first));
  await letGo();
  await until('the first rings', () => desk.interactions.some(({ contact }) => contact.phone === first));
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
});

test('an agent whose row somebody holds signs in', async () => {
  const gateway = await open();
  (await openDesk(gateway, 'dora')).close();
  await hold(`select from agent where id = $1 for update`, ['dora']);
  await openDesk(gateway, 'dora');
});

test('webhooks of a few whom somebody holds are refused, and the gateway is ready all the same', async () => {
  const gateway = await open();
  const phones = Array.from({ length: 5 }, newPhone);
  await write(gateway, ...phones);
  const letGo = await hold(LOCK_PHONES, [phones]);
  const answers = await Promise.all(phones.map((phone) => write(gateway, phone)));
  assert.deepEqual(
    answers,
    phones.map(() => 503),
  );
  const response = await fetch(`${gateway.url}/readyz`);
  assert.deepEqual([response.status, await response.json()], [200, { status: 'ready' }]);
  await letGo();
});

test('a log that nobody gets on with is everybody’s trouble', async () => {
  const gateway = await open();
  const phones = Array.from({ length: 5 }, newPhone);
  const letGo = await hold('select from stream where head >= $1 for update', [0]);
  await Promise.all(phones.map((phone) => write(gateway, phone)));
  assert.equal((await fetch(`${gateway.url}/readyz`)).status, 503);
  await letGo();
});
