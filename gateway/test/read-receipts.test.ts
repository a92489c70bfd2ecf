import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Policy } from 'whatsapp-workspace/model';
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
