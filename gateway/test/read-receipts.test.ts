import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Policy } from 'whatsapp-workspace/model';
import type { ReadMark } from '../src/cloud-api/index.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

/** A gateway with such a policy, and an agent who has a conversation in which a contact wrote twice. */
async function conversation(policy: Partial<Policy>) {
  const database = await useDatabase();
  const port = await freePort();
  const standIn = await startTestStandIn(port);
  atEnd(() => standIn.close());
  const gateway = await startGateway({
    databaseUrl: database.url,
    apiUrl: `${standIn.url}/v23.0`,
    port,
    policy,
  });
  atEnd(() => gateway.close());
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  atEnd(() => desk.close());
  await desk.ready();
  const contact = { name: 'Maria', phone: '34600111222' };
  await standIn.writeAsContact({ contact, text: 'Hello' }).taken;
  const { id: interaction } = await desk.accept();
  await standIn.writeAsContact({ contact, text: 'Are you there?' }).taken;
  const rows = await until('both are stored', async () => {
    const found = await database.query<{ id: string }>(
      `select id from message where direction = 'inbound' order by place`,
    );
    return found.length === 2 ? found : undefined;
  });
  const states = () =>
    standIn.messages().flatMap(({ author, state }) => (author === 'contact' ? [state] : []));
  const mark = (at: 0 | 1, typing = false, who = desk) =>
    who.command('mark-read', { interaction, message: rows[at]?.id ?? '', typing }, randomUUID());
  const typed = () => standIn.typingShown(standIn.messages()[0]?.contact ?? '');
  const say = () =>
    desk.does('send-message', { interaction, content: { kind: 'text', text: 'Yes' } }, randomUUID());
  return { gateway, desk, states, mark, typed, say, standIn };
}

test('what an agent has in front is told as read, as far as it was seen, and by nobody else', async () => {
  const { gateway, states, mark, typed } = await conversation({ readReceipts: 'seen' });
  const other = await Desk.open(gateway.url, { agent: 'ben' });
  atEnd(() => other.close());
  await mark(1, false, other);
  const receipt = await mark(0);
  assert.equal(receipt.ok, true);
  await until('the first is read', async () => (states()[0] === 'read' ? true : undefined));
  assert.deepEqual(states(), ['read', 'taken']);
  await mark(1);
  await until('both are read', async () => (states()[1] === 'read' ? true : undefined));
  assert.equal(typed(), 0);
});

test('with the answer, both are read; what is in front is not told', async () => {
  const { states, mark, say } = await conversation({ readReceipts: 'answered' });
  await mark(1);
  await say();
  await until('both are read', async () => (states().every((state) => state === 'read') ? true : undefined));
});

test('that the agent writes is shown, with the ticks that belong to it', async () => {
  const { states, mark, typed } = await conversation({ typingIndicator: 'writing' });
  await mark(0, true);
  await until('it is shown', async () => (typed() === 1 ? true : undefined));
  assert.deepEqual(states(), ['read', 'taken']);
});

test('a contact centre that tells nothing tells nothing', async () => {
  const { states, mark, typed, say, standIn } = await conversation({});
  await mark(1, true);
  await say();
  await until('the answer has arrived', async () =>
    standIn
      .messages()
      .some(({ author, state }) => author === 'business' && (state === 'delivered' || state === 'read'))
      ? true
      : undefined,
  );
  assert.deepEqual([states(), typed()], [['taken', 'taken'], 0]);
});

/** A gateway whose first mark is held up at WhatsApp, so that what is asked for meanwhile waits; an agent with as many conversations; and one with none. */
async function heldUp(conversations: number, policy: Partial<Policy>) {
  const database = await useDatabase();
  const port = await freePort();
  const standIn = await startTestStandIn(port);
  atEnd(() => standIn.close());
  const marks: ReadMark[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const markRead = async (mark: ReadMark) => {
    if (marks.push(mark) === 1) await held;
    return null;
  };
  const gateway = await startGateway({
    databaseUrl: database.url,
    apiUrl: `${standIn.url}/v23.0`,
    port,
    policy: { agentCapacity: conversations, ...policy },
    deps: { readerFor: () => ({ markRead }) },
  });
  atEnd(() => gateway.close());
  atEnd(release);
  const [ana, ben] = [
    await Desk.open(gateway.url, { agent: 'ana' }),
    await Desk.open(gateway.url, { agent: 'ben' }),
  ];
  for (const desk of [ana, ben]) atEnd(() => desk.close());
  await ana.ready();
  const messages: { readonly id: string; readonly interaction: string; readonly wamid: string }[] = [];
  for (let n = 0; n < conversations; n++) {
    const contact = { name: `Contact ${n}`, phone: `3460011122${n}` };
    await standIn.writeAsContact({ contact, text: 'Hello' }).taken;
    const { id } = await ana.accept();
    const sql = 'select id, interaction, wamid from message where interaction = $1';
    messages.push(...(await database.query<(typeof messages)[number]>(sql, [id])));
  }
  const mark = (desk: Desk, { interaction, id }: { readonly interaction: string; readonly id: string }) =>
    desk.command('mark-read', { interaction, message: id, typing: true }, randomUUID());
  const told = () => marks.map(({ wamid }) => wamid);
  const [first] = messages;
  assert.ok(first);
  await mark(ana, first);
  await until('the first is held up', () => marks.length === 1);
  return { ana, ben, messages, mark, told, release };
}

test('who marks what is not his, or is nowhere, keeps nobody from marking what is', async () => {
  const { ana, ben, messages, mark, told, release } = await heldUp(3, { readReceipts: 'seen' });
  const [first, second, third] = messages;
  assert.ok(first && second && third);
  await mark(ana, second);
  await mark(ben, second);
  for (let n = 0; n < 1000; n += 100) {
    const made = Array.from({ length: 100 }, (_, k) => ({ interaction: `made-up-${n + k}`, id: 'm' }));
    await Promise.all(made.map((at) => mark(ben, at)));
  }
  await mark(ana, third);
  release();
  await until('what is hers is told', () => told().length === 3);
  assert.deepEqual(told(), [first.wamid, second.wamid, third.wamid]);
});

test('a mark does not take the place of an answer', async () => {
  const policy = { readReceipts: 'answered', typingIndicator: 'writing' } as const;
  const { ana, ben, messages, mark, told, release } = await heldUp(2, policy);
  const [first, second] = messages;
  assert.ok(first && second);
  const content = { kind: 'text', text: 'Yes' } as const;
  await ana.does('send-message', { interaction: second.interaction, content }, randomUUID());
  await mark(ben, second);
  release();
  await until('the answer has told it', () => told().length === 2);
  assert.deepEqual(told(), [first.wamid, second.wamid]);
});
