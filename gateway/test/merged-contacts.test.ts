import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { DomainEvent } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { accepted, ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import {
  change,
  CHANNEL,
  newWamid,
  post,
  statusChange,
  textChange,
  webhook,
  type Person,
} from './support/webhooks.js';

const database = await useDatabase();
const sender = new ScriptedSender();
const gateway = await startGateway({ databaseUrl: database.url, deps: { senderFor: () => sender } });
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
await desk.ready();

const write = (person: Person, text: string) => post(gateway.url, webhook(textChange(person, text)));
const say = (interaction: string, text: string) =>
  desk.does('send-message', { interaction, content: { kind: 'text', text } }, randomUUID());

const ownerOf = async (kind: string, value: string) => {
  const [row] = await database.query<{ contact: string; phone: string | null; bsuid: string | null }>(
    `select c.id as contact, c.phone, c.bsuid from contact_address a join contact c on c.id = a.contact
     where a.kind = $1 and a.value = $2`,
    [kind, value],
  );
  return row;
};

/** A conversation on the desk whose message WhatsApp has taken. */
async function answered(person: Person): Promise<{ readonly id: string; readonly wamid: string }> {
  await write(person, 'Hello');
  const { id } = await desk.accept();
  const wamid = newWamid();
  sender.script.push(accepted(wamid));
  await say(id, 'Hello to you');
  const known = () => database.query('select from message where wamid = $1', [wamid]);
  await until('WhatsApp has taken it', async () => (await known()).length === 1);
  return { id, wamid };
}

/** A status that names its recipient in full. */
const reaches = (wamid: string, recipient: object, status = 'delivered') =>
  post(
    gateway.url,
    webhook(
      change(CHANNEL, {
        statuses: [{ id: wamid, status, timestamp: String(Math.floor(Date.now() / 1000)), ...recipient }],
      }),
    ),
  );

test('messages that are on their way when contacts are joined are not overtaken by later ones', async () => {
  const [byNumber, byId] = [{ phone: '34600720001' }, { bsuid: 'US.72001' }];
  await write(byNumber, 'By number');
  const first = await desk.accept();
  await write(byId, 'By id');
  const second = await desk.accept();
  sender.held = true;
  await say(first.id, 'One');
  await until('it is being sent', () => sender.open.length === 1);
  await say(first.id, 'Two');
  await write({ ...byNumber, ...byId }, 'Both');
  const kept = await until('one is left', () =>
    desk.interactions.find(({ pendency }) => pendency?.count === 2),
  );
  await say(kept.id, 'Three');
  // Whoever might overtake would do so now.
  const other = { phone: '34600720002' };
  await write(other, 'Hello');
  await say((await desk.accept()).id, 'Of another contact');
  await until('another lane goes on', () => sender.texts.includes('Of another contact'));
  assert.deepEqual(
    sender.texts.filter((text) => text !== 'Of another contact'),
    ['One'],
  );
  sender.held = false;
  for (const request of sender.open.splice(0)) request.answer(accepted());
  await until('all are sent', () => sender.texts.includes('Three'));
  assert.deepEqual(
    sender.texts.filter((text) => text !== 'Of another contact'),
    ['One', 'Two', 'Three'],
  );
  assert.equal(new Set([first.id, second.id, kept.id]).size, 2);
});

test('what was written into a conversation that ends in another goes there, once, also when it is sent again', async () => {
  const [byNumber, byId] = [{ phone: '34600720091' }, { bsuid: 'US.72091' }];
  await write(byNumber, 'By number');
  const first = await desk.accept();
  await write(byId, 'By id');
  const second = await desk.accept();
  await write({ ...byNumber, ...byId }, 'Both');
  const kept = await until('one is left', () =>
    desk.interactions.find(({ joined }) => joined?.includes(first.id) || joined?.includes(second.id)),
  );
  const ended = kept.id === first.id ? second.id : first.id;
  const content = { kind: 'text', text: 'Written before' } as const;
  const id = randomUUID();
  const receipt = await desk.command('send-message', { interaction: ended, content }, id);
  assert.equal(receipt.ok, true);
  assert.deepEqual(await desk.command('send-message', { interaction: kept.id, content }, id), receipt);
  await until('it was sent', () => sender.texts.includes('Written before'));
  const rows = await database.query('select interaction from message where client_id = $1', [id]);
  assert.deepEqual(rows, [{ interaction: kept.id }]);
  const done = await desk.command('mark-done', { interaction: ended });
  assert.equal(!done.ok && done.error.kind, 'not-found');
  await desk.does('mark-done', { interaction: kept.id });
});

test('news of a message to a contact who was joined leaves its conversation with the one who is left', async () => {
  const { id, wamid } = await answered({ phone: '34600720003' });
  await desk.does('mark-done', { interaction: id });
  await write({ bsuid: 'US.72003' }, 'Me again');
  await desk.accept();
  await write({ bsuid: 'US.72003', phone: '34600720003' }, 'It is me');
  await post(gateway.url, webhook(statusChange({ wamid, status: 'read' })));
  const root = await ownerOf('wa_id', '34600720003');
  const [row] = await database.query<{ contact: string; body: { contact: { id: string } } }>(
    'select contact, body from interaction where id = $1',
    [id],
  );
  assert.deepEqual([row?.contact, row?.body.contact.id], [root?.contact, root?.contact]);
});

/** Leaves room on the desk. */
async function finish(ids: readonly string[]): Promise<void> {
  for (const { id } of desk.interactions.filter((one) => ids.includes(one.id)))
    await desk.does('mark-done', { interaction: id });
}

/** The states of delivery that the desk was told about the messages of an interaction. */
const toldOf = (interaction: string) =>
  desk.events.flatMap((event) =>
    event.type === 'delivery-changed' && event.interaction === interaction
      ? (event as DomainEvent<'delivery-changed'>).body.delivery.state
      : [],
  );

test('what becomes of messages is told to the desk, in both of two conversations that became one', async () => {
  const person = { phone: '34600720010', bsuid: 'US.72010' };
  const first = await answered({ phone: person.phone });
  const second = await answered({ bsuid: person.bsuid });
  await write(person, 'It is me');
  await until(
    'one is left',
    () => desk.interactions.filter(({ id }) => [first.id, second.id].includes(id)).length === 1,
  );
  await post(
    gateway.url,
    webhook(...[first, second].map(({ wamid }) => statusChange({ wamid, status: 'delivered' }))),
  );
  await until('both are told', () => [first, second].every(({ id }) => toldOf(id).includes('delivered')));
  await finish([first.id, second.id]);
});

test('a message that is on its way while its conversation joins another is shown as sent', async () => {
  const person = { phone: '34600720011', bsuid: 'US.72011' };
  const ids: string[] = [];
  sender.held = true;
  for (const one of [{ phone: person.phone }, { bsuid: person.bsuid }]) {
    await write(one, 'Hello');
    const { id } = await desk.accept();
    ids.push(id);
    await say(id, 'Hello to you');
  }
  await until('both are being sent', () => sender.open.length === 2);
  await write(person, 'It is me');
  await until('one is left', () => desk.interactions.filter(({ id }) => ids.includes(id)).length === 1);
  sender.held = false;
  for (const request of sender.open.splice(0)) request.answer(accepted());
  await until('both are told', () => ids.every((id) => toldOf(id).includes('sending')));
  await finish(ids);
});

test('who talks with a contact again sees what becomes of messages of the conversation before', async () => {
  const person = { phone: '34600720012' };
  const { id, wamid } = await answered(person);
  await desk.does('mark-done', { interaction: id });
  await write(person, 'One thing more');
  const again = await desk.accept();
  await post(gateway.url, webhook(statusChange({ wamid, status: 'read' })));
  await until('it is told', () => toldOf(id).includes('read'));
  await finish([again.id]);
});

test('a status teaches the user id of somebody known by number', async () => {
  const { id, wamid } = await answered({ phone: '34600720004' });
  await reaches(wamid, { recipient_id: '34600720004', recipient_user_id: 'US.72004' });
  await until('the desk sees it', () => desk.state.interactions.get(id)?.contact.bsuid === 'US.72004');
  await write({ bsuid: 'US.72004' }, 'By id alone');
  await until('it is in the same conversation', () => desk.state.interactions.get(id)?.pendency?.count === 1);
});

test('a status joins two contacts who are one person', async () => {
  const { id, wamid } = await answered({ phone: '34600720005' });
  await write({ bsuid: 'US.72005', name: 'Same' }, 'Me too');
  const second = await desk.accept();
  await reaches(wamid, { recipient_id: '34600720005', recipient_user_id: 'US.72005' });
  await until('one is left', () => !desk.state.interactions.has(second.id));
  const kept = desk.state.interactions.get(id)?.contact;
  assert.deepEqual([kept?.name, kept?.phone, kept?.bsuid], ['Same', '34600720005', 'US.72005']);
});

test('the answer to a send teaches how WhatsApp writes a number, and who has it', async () => {
  await write({ phone: '5511987654321' }, 'Oi');
  const { id } = await desk.accept();
  sender.script.push(accepted(newWamid(), { phone: '551187654321', bsuid: 'BR.72009' }));
  await say(id, 'Olá');
  await until('it is learned', () => desk.state.interactions.get(id)?.contact.bsuid === 'BR.72009');
  await write({ phone: '551187654321' }, 'By the other way of writing it');
  await until('it is in the same conversation', () => desk.state.interactions.get(id)?.pendency?.count === 1);
});

test('a number that is somebody else’s by now is not written to any more', async () => {
  const { id, wamid } = await answered({ phone: '34600720006', bsuid: 'US.72006' });
  await reaches(wamid, { recipient_id: '34600720006', recipient_user_id: 'US.72007' });
  assert.equal((await ownerOf('wa_id', '34600720006'))?.bsuid, 'US.72007');
  await until('the desk sees it', () => desk.state.interactions.get(id)?.contact.phone === null);
  await say(id, 'To the right one');
  await until('it is sent', () => sender.texts.includes('To the right one'));
  assert.deepEqual(sender.requests.at(-1)?.to, { phone: null, bsuid: 'US.72006' });
});

test('a failed status repeats what we wrote, and teaches nothing', async () => {
  const { wamid } = await answered({ phone: '34600720008' });
  await reaches(wamid, { recipient_id: '34600720008', recipient_user_id: 'US.72008' }, 'failed');
  assert.equal(await ownerOf('bsuid', 'US.72008'), undefined);
});

test('joining, writing and news of deliveries at once never wait for each other', async () => {
  const people = Array.from({ length: 12 }, (_, i) => ({ phone: `346007300${i}`, bsuid: `US.7300${i}` }));
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
  await Promise.all(
    people.flatMap(({ phone, bsuid }) => [
      write({ phone }, 'By number'),
      write({ bsuid }, 'By id'),
      write({ phone, bsuid }, 'Both'),
      write({ bsuid }, 'By id again'),
      write({ phone }, 'By number again'),
    ]),
  );
  const [row] = await database.query<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  assert.equal(row?.deadlocks, 0);
  const open = await database.query<{ n: number }>(
    `select count(*)::int as n from interaction i join contact c on c.id = i.contact
     where i.state <> 'done' and c.bsuid like 'US.7300%' group by c.id`,
  );
  assert.deepEqual(
    open.map(({ n }) => n),
    people.map(() => 1),
  );
});
