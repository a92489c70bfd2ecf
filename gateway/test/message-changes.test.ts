import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DomainEvent, Message, MessageChange } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { accepted, ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { newWamid, post, textChange, webhook, type Person } from './support/webhooks.js';

const database = await useDatabase();
const sender = new ScriptedSender();
const gateway = await startGateway({ databaseUrl: database.url, deps: { senderFor: () => sender } });
atEnd(() => gateway.close());

const NOW = Math.floor(Date.now() / 1000);

const says = (person: Person, message: object, wamid = newWamid(), at = NOW) =>
  textChange(person, '', { wamid, at, message: { text: undefined, ...message } });
const reaction = (target: string, emoji = '👍') => ({
  type: 'reaction',
  reaction: { message_id: target, emoji },
});
const edit = (target: string, body: string) => ({
  type: 'edit',
  edit: { original_message_id: target, message: { type: 'text', text: { body } } },
});
const revoke = (target: string) => ({ type: 'revoke', revoke: { original_message_id: target } });
const placeholder = { type: 'unsupported', errors: [{ code: 131051, title: 'Unknown' }] };
const identityChanged = {
  type: 'system',
  system: { type: 'customer_identity_changed', body: 'The security code has changed.' },
};

async function tell(...changes: readonly object[]): Promise<void> {
  const answer = await post(gateway.url, webhook(...changes));
  assert.equal(answer.status, 200);
}

/** A conversation on Ana's desk that began with a message, and how to look at it. */
async function conversation(phone: string) {
  const person = { phone, name: 'Masha' };
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  await ana.ready();
  const wamid = newWamid();
  await tell(textChange(person, 'Hello', { wamid, at: NOW - 60 }));
  const { id } = await ana.accept();
  return { person, ana, wamid, id };
}

/** Leaves nothing behind that would ring at the next desk. */
async function leave(desk: Desk): Promise<void> {
  for (const { id, state } of desk.interactions)
    if (state === 'active') await desk.does('mark-done', { interaction: id });
  desk.close();
}

const changesSeen = (desk: Desk) =>
  desk.events.filter(
    (event): event is Extract<DomainEvent, { type: 'message-changed' }> => event.type === 'message-changed',
  );
const changeSeen = (desk: Desk, kind: MessageChange['kind']) =>
  until(`a change: ${kind}`, () => changesSeen(desk).find(({ body }) => body.change.kind === kind));

async function transcript(desk: Desk, interaction: string): Promise<readonly Message[]> {
  const answer = await desk.query({ name: 'transcript', args: { interaction, before: null, limit: 50 } });
  assert.ok(answer.ok);
  return answer.result.items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
}

const interactionsOf = (phone: string) =>
  database.query<{ state: string; body: { version: number; pendency: unknown; windowClosesAt: number } }>(
    `select i.state, i.body from interaction i join contact_address a on a.contact = i.contact
     where a.value = $1 order by i.created_at`,
    [phone],
  );

test('a reaction, an edit and a deletion change the message that they are about, and are none of their own', async () => {
  const { person, ana, wamid, id } = await conversation('34600720001');
  const before = ana.state.interactions.get(id);
  await tell(says(person, reaction(wamid)));
  await tell(says(person, edit(wamid, 'Hello all'), newWamid(), NOW - 20));
  await tell(says(person, edit(wamid, 'Hello al'), newWamid(), NOW - 30));
  await tell(says(person, revoke(wamid)));
  await changeSeen(ana, 'deletion');
  const [message, ...more] = await transcript(ana, id);
  assert.deepEqual(more, []);
  assert.deepEqual(message?.content, { kind: 'text', text: 'Hello all' });
  assert.deepEqual(
    message.former.map(({ text }) => text),
    ['Hello', 'Hello al'],
  );
  assert.equal(message.editedAt, (NOW - 20) * 1000);
  assert.deepEqual(message.reactions, [{ by: null, emoji: '👍', at: NOW * 1000 }]);
  assert.notEqual(message.deletedAt, null);
  assert.equal(message.rev, 4);
  assert.deepEqual(
    changesSeen(ana).map(({ body }) => [body.message, body.rev]),
    [1, 2, 3, 4].map((rev) => [message.id, rev]),
  );
  const after = ana.state.interactions.get(id);
  assert.deepEqual({ ...after, lastMessage: null }, { ...before, lastMessage: null });
  assert.equal(after?.lastMessage?.kind, 'deleted');
  await leave(ana);
});

test('the same change once more, in another delivery or batch, changes nothing', async () => {
  const { person, ana, wamid, id } = await conversation('34600720002');
  const thumb = says(person, reaction(wamid));
  await tell(thumb, thumb);
  await tell(thumb);
  await tell(says(person, reaction(wamid)));
  await tell(says(person, edit(wamid, 'Hi'), newWamid(), NOW));
  await changeSeen(ana, 'edit');
  assert.equal((await transcript(ana, id))[0]?.rev, 2);
  await leave(ana);
});

test('an answer names our message; what it answers may be unknown', async () => {
  const { person, ana, wamid, id } = await conversation('34600720003');
  const known = newWamid();
  await tell(
    says(person, { type: 'text', text: { body: 'a' }, context: { id: wamid } }, known),
    says(person, { type: 'text', text: { body: 'b' }, context: { id: known } }),
    says(person, { type: 'text', text: { body: 'c' }, context: { id: 'wamid.of.a.stranger' } }),
  );
  await until('all have come', () => ana.state.interactions.get(id)?.lastMessage?.text === 'c');
  const messages = await transcript(ana, id);
  assert.deepEqual(
    messages.map(({ context }) => [context?.reply ?? false, context?.replyTo ?? null]),
    [
      [false, null],
      [true, messages[0]?.id],
      [true, messages[1]?.id],
      [true, null],
    ],
  );
  assert.doesNotMatch(JSON.stringify(ana.events), /wamid/);
  await leave(ana);
});

test('a contact reacts to what the agent wrote', async () => {
  const { person, ana, id } = await conversation('34600720004');
  const out = newWamid();
  sender.script.push(accepted(out));
  await ana.does('send-message', { interaction: id, content: { kind: 'text', text: 'At nine' } });
  await until('WhatsApp has taken it', () =>
    ana.events.some((e) => e.type === 'delivery-changed' && e.body.delivery.state === 'sending'),
  );
  await tell(says(person, reaction(out, '❤️')));
  const { body } = await changeSeen(ana, 'reaction');
  const answer = (await transcript(ana, id)).find((one) => one.id === body.message);
  assert.deepEqual([answer?.direction, answer?.delivery?.state], ['outbound', 'sending']);
  assert.equal(answer?.reactions[0]?.emoji, '❤️');
  await leave(ana);
});

test('a change of a message that nobody knows stays visible, and does not open the service window', async () => {
  const { person, ana, id } = await conversation('34600720005');
  const [before] = await interactionsOf(person.phone);
  await tell(says(person, reaction('wamid.of.a.stranger'), newWamid(), NOW + 60));
  await until('it is there', () => ana.state.interactions.get(id)?.lastMessage?.kind === 'reaction');
  assert.equal((await transcript(ana, id)).length, 2);
  assert.deepEqual(ana.state.interactions.get(id)?.pendency?.count, 1);
  const [after] = await interactionsOf(person.phone);
  assert.equal(after?.body.windowClosesAt, before?.body.windowClosesAt);
  await leave(ana);
});

const LATE: readonly (readonly [what: string, message: (target: string) => object])[] = [
  ['a thumbs-up', reaction],
  ['a thumbs-up about a stranger', () => reaction('wamid.of.a.stranger')],
  ['an edit', (target) => edit(target, 'Hi')],
  ['an edit of a stranger', () => edit('wamid.of.a.stranger', 'Hi')],
  ['a deletion', revoke],
  ['a changed security code', () => identityChanged],
];
for (const [i, [what, message]] of LATE.entries()) {
  test(`${what} after Done belongs to the past and rings nobody`, async () => {
    const { person, ana, wamid, id } = await conversation(`3460072010${i}`);
    await ana.does('mark-done', { interaction: id });
    const [before] = await interactionsOf(person.phone);
    await tell(says(person, message(wamid)));
    const [after, ...more] = await interactionsOf(person.phone);
    assert.deepEqual(more, []);
    assert.equal(after?.state, 'done');
    assert.equal(after.body.version, before?.body.version);
    assert.equal(after.body.pendency, null);
    assert.deepEqual(ana.interactions, []);
    // The next message opens a new one as ever; from there the past is seen, with what has become of it.
    await tell(textChange(person, 'One more thing'));
    const next = await ana.accept();
    assert.notEqual(next.id, id);
    const past = await transcript(ana, id);
    assert.ok(past.length === 2 || past[0]?.rev === 1);
    await leave(ana);
  });
}

test('what comes before anything that its contact wrote rings nobody, and waits for its message', async () => {
  const person = { phone: '34600720201', name: 'Early' };
  const wamid = newWamid();
  await tell(says(person, edit(wamid, 'Hello all')), says(person, identityChanged));
  assert.deepEqual(await interactionsOf(person.phone), []);
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  await ana.ready();
  await tell(textChange(person, 'Hello', { wamid, at: NOW - 5 }));
  const { id } = await ana.accept();
  const [message, ...more] = await transcript(ana, id);
  assert.deepEqual(more, []);
  assert.deepEqual(message?.content, { kind: 'text', text: 'Hello all' });
  await leave(ana);
});

test('a change of a message of an earlier conversation is told to the desk that has the contact now', async () => {
  const { person, ana, wamid, id } = await conversation('34600720202');
  await ana.does('mark-done', { interaction: id });
  await tell(textChange(person, 'One more thing'));
  await ana.accept();
  await tell(says(person, revoke(wamid)));
  const { interaction } = await changeSeen(ana, 'deletion');
  assert.equal(interaction, id);
  await leave(ana);
});

test('a placeholder is replaced by the real message that comes later under the same id', async () => {
  const { person, ana, id } = await conversation('34600720301');
  const wamid = newWamid();
  await tell(says(person, placeholder, wamid));
  await until('it is there', () => ana.state.interactions.get(id)?.lastMessage?.kind === 'unsupported');
  assert.deepEqual((await transcript(ana, id))[1]?.content, {
    kind: 'unsupported',
    label: 'unsupported',
    detail: 'Unknown',
    code: 131051,
  });
  await tell(textChange(person, 'The real one', { wamid }));
  // The placeholder comes late once more, and so does the real one.
  await tell(says(person, placeholder, wamid), textChange(person, 'The real one', { wamid }));
  await changeSeen(ana, 'replacement');
  const messages = await transcript(ana, id);
  assert.deepEqual(
    messages.map(({ content, rev }) => [content.kind === 'text' && content.text, rev]),
    [
      ['Hello', 0],
      ['The real one', 1],
    ],
  );
  assert.equal(ana.state.interactions.get(id)?.pendency?.count, 2);
  await leave(ana);
});

test('a placeholder that comes after its real message is dropped', async () => {
  const { person, ana, id } = await conversation('34600720302');
  const wamid = newWamid();
  await tell(textChange(person, 'The real one', { wamid }), says(person, placeholder, wamid));
  await tell(textChange(person, 'Next'));
  await until('the next one has come', () => ana.state.interactions.get(id)?.lastMessage?.text === 'Next');
  assert.equal((await transcript(ana, id)).length, 3);
  await leave(ana);
});

test('the real message of a placeholder whose conversation is done opens a new one', async () => {
  const { person, ana, id } = await conversation('34600720303');
  const wamid = newWamid();
  await tell(says(person, placeholder, wamid));
  await ana.does('mark-done', { interaction: id });
  await tell(textChange(person, 'The real one', { wamid }));
  const next = await ana.accept();
  assert.notEqual(next.id, id);
  assert.equal(next.lastMessage?.text, 'The real one');
  await leave(ana);
});

test('what WhatsApp wrote stays beside the message and beside each change', async () => {
  const { person, ana, wamid } = await conversation('34600720401');
  await tell(says(person, { ...edit(wamid, 'Hi'), invented_later: 7 }));
  await changeSeen(ana, 'edit');
  const [row] = await database.query<{
    raw: { text: { body: string } };
    changed: { invented_later: number };
  }>(
    `select m.raw, c.raw as changed from message m join message_change c on c.message = m.id where m.wamid = $1`,
    [wamid],
  );
  assert.equal(row?.raw.text.body, 'Hello');
  assert.equal(row.changed.invented_later, 7);
  await leave(ana);
});

test('nothing of all this is poison', async () => {
  assert.deepEqual(await database.query('select key, error from inbox where error is not null'), []);
});
