import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Reaction } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

const database = await useDatabase();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const gateway = await startGateway({ databaseUrl: database.url, apiUrl: `${standIn.url}/v23.0`, port });
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();
const written = standIn.writeAsContact({ contact: { name: 'Maria', phone: '34600111222' }, text: 'Hello' });
await written.taken;
const { id: interaction } = await desk.accept();
const [asked] = await database.query<{ id: string }>('select id from message where wamid = $1', [
  written.wamid,
]);
const message = asked?.id ?? '';

const react = (emoji: string | null, id = randomUUID()) =>
  desk.does('send-message', { interaction, content: { kind: 'reaction', message, emoji } }, id);

async function reactions(): Promise<readonly Reaction[]> {
  const args = { interaction, before: null, limit: 50 };
  const page = await desk.query({ name: 'transcript', args });
  assert.ok(page.ok);
  assert.ok(
    !page.result.items.some((item) => item.kind === 'message' && item.message.direction === 'outbound'),
  );
  const item = page.result.items.find(({ id }) => id === message);
  return item?.kind === 'message' ? item.message.reactions : [];
}

test('a reaction goes to the contact, is changed and taken back, and has no place in the transcript', async () => {
  for (const emoji of ['👍', '🎉', null]) {
    const id = randomUUID();
    await react(emoji, id);
    const got = await until('the phone has it', () =>
      standIn.messages().find(({ callbackData, state }) => callbackData === id && state !== 'accepted'),
    );
    assert.deepEqual([got.type, got.text], ['reaction', emoji ?? '']);
    assert.deepEqual(
      (await reactions()).map((one) => [one.by?.id, one.emoji, one.trouble]),
      [['ana', emoji, undefined]],
    );
  }
  assert.ok(!desk.events.some(({ type }) => type === 'delivery-changed'));
});

test('one that WhatsApp does not deliver says so at its message, until another takes its place', async () => {
  standIn.faults.set({ failNext: 131009 });
  await react('👍');
  await until('it is told', async () => (await reactions())[0]?.trouble?.state === 'failed');
  assert.equal((await reactions())[0]?.trouble?.error?.code, 131009);
  await react('👍');
  assert.equal((await reactions())[0]?.trouble, undefined);
});

test('what another contact said is not reacted to', async () => {
  const other = standIn.writeAsContact({ contact: { name: 'Joan', phone: '34600111333' }, text: 'Hi' });
  await other.taken;
  const [said] = await database.query<{ id: string }>('select id from message where wamid = $1', [
    other.wamid,
  ]);
  const content = { kind: 'reaction', message: said?.id ?? '', emoji: '👍' } as const;
  const receipt = await desk.command('send-message', { interaction, content });
  assert.ok(!receipt.ok && receipt.error.kind === 'not-found');
});

test('a message of an earlier conversation of the contact is reacted to from the open one', async () => {
  await desk.does('mark-done', { interaction });
  await standIn.writeAsContact({ contact: { name: 'Maria', phone: '34600111222' }, text: 'Again' }).taken;
  const open = await until('the new one rings', () =>
    desk.interactions.find(({ contact, id }) => contact.name === 'Maria' && id !== interaction),
  );
  await desk.does('accept-interaction', { interaction: open.id });
  const id = randomUUID();
  const content = { kind: 'reaction', message, emoji: '🙏' } as const;
  await desk.does('send-message', { interaction: open.id, content }, id);
  await until('the phone has it', () => standIn.messages().find(({ callbackData }) => callbackData === id));
  assert.ok(
    desk.events.some((event) => event.command === id),
    'Who did it is told.',
  );
  const [row] = await database.query<{ body: { reactions: Reaction[] } }>(
    'select body from message where id = $1',
    [message],
  );
  assert.equal(row?.body.reactions[0]?.emoji, '🙏');
});
