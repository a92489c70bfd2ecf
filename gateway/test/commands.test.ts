import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { TranscriptPage, TranscriptPlace, WorkbinPage } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { newWamid, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const sender = new ScriptedSender();
const gateway = await startGateway({ databaseUrl: database.url, deps: { senderFor: () => sender } });
atEnd(() => gateway.close());
const ana = await Desk.open(gateway.url, { agent: 'ana' });
const ben = await Desk.open(gateway.url, { agent: 'ben' });
await ana.ready();

let people = 0;

async function conversation(text = 'Hello'): Promise<string> {
  const phone = `3460030${String(++people).padStart(4, '0')}`;
  await post(gateway.url, webhook(textChange({ phone }, text)));
  return (await ana.accept()).id;
}

const countSent = async () => {
  const [row] = await database.query<{ n: number }>(
    `select count(*)::int as n from event where type = 'message-sent'`,
  );
  return row?.n;
};

test('the same command many times at once has one effect and one receipt', async () => {
  const interaction = await conversation();
  const before = (await countSent()) ?? 0;
  const id = randomUUID();
  const args = { interaction, content: { kind: 'text', text: 'Only once' } } as const;
  const second = await Desk.open(gateway.url, { agent: 'ana' });
  const receipts = await Promise.all([
    ana.command('send-message', args, id),
    second.command('send-message', args, id),
    second.command('send-message', args, id),
  ]);
  receipts.push(await ana.command('send-message', args, id));
  assert.equal(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size, 1);
  assert.equal(receipts[0]?.ok, true);
  assert.equal(await countSent(), before + 1);
  await until('it was sent', () => sender.texts.includes('Only once'));
  assert.equal(sender.texts.filter((text) => text === 'Only once').length, 1);
  second.close();
});

test('a command that meets an error of the gateway is refused for good, and the desk goes on', async () => {
  const interaction = await conversation();
  await database.query(`create function refuse() returns trigger language plpgsql as $$ begin
    raise exception 'never'; end $$`);
  await database.query(`create trigger refuse before insert on message for each row
    when (new.body -> 'content' ->> 'text' = 'Broken') execute function refuse()`);
  const say = (text: string) =>
    ana.command('send-message', { interaction, content: { kind: 'text', text } }, randomUUID());
  const receipt = await say('Broken');
  assert.deepEqual(!receipt.ok && [receipt.error.kind, receipt.error.retryable], ['invalid', false]);
  assert.equal((await say('Whole')).ok, true);
  await database.query('drop trigger refuse on message');
});

test('a refusal is stored too: the same command is refused again although it would be allowed by now', async () => {
  const interaction = await conversation();
  const id = randomUUID();
  const first = await ana.command('open-interaction', { interaction }, id);
  assert.equal(!first.ok && first.error.kind, 'taken');
  await ana.does('move-to-workbin', { interaction, workbin: 'team' });
  assert.deepEqual(await ana.command('open-interaction', { interaction }, id), first);
});

test('an id that stood for something else, or for somebody else, is refused', async () => {
  const interaction = await conversation();
  const id = randomUUID();
  const say = (desk: Desk, text: string) =>
    desk.command('send-message', { interaction, content: { kind: 'text', text } }, id);
  assert.equal((await say(ana, 'One')).ok, true);
  for (const receipt of [await say(ana, 'Two'), await say(ben, 'One')]) {
    assert.equal(!receipt.ok && receipt.error.kind, 'id-reused');
  }
});

test('nobody touches what is on the desk of another', async () => {
  const interaction = await conversation();
  for (const receipt of [
    await ben.command('send-message', { interaction, content: { kind: 'text', text: 'Mine' } }),
    await ben.command('mark-done', { interaction }),
    await ben.command('move-to-workbin', { interaction, workbin: 'team' }),
    await ana.command('move-to-workbin', { interaction, workbin: 'personal:ben' }),
  ]) {
    assert.equal(!receipt.ok && receipt.error.kind, 'not-yours');
  }
});

test('transcripts of others are out of reach; of what is parked for all they are not', async () => {
  const interaction = await conversation('Private');
  const query = { name: 'transcript', args: { interaction, before: null, limit: 10 } } as const;
  assert.equal((await ana.query(query)).ok, true);
  assert.equal((await ben.query(query)).ok, false);
  await ana.does('move-to-workbin', { interaction, workbin: 'personal:ana' });
  assert.equal((await ben.query(query)).ok, false);
  await ana.does('open-interaction', { interaction });
  await ana.does('move-to-workbin', { interaction, workbin: 'team' });
  assert.equal((await ben.query(query)).ok, true);
});

test('nothing can be moved where nobody would find it', async () => {
  const interaction = await conversation();
  const receipt = await ana.command('move-to-workbin', { interaction, workbin: 'nowhere' });
  assert.equal(!receipt.ok && receipt.error.kind, 'not-found');
  assert.equal(ana.state.interactions.get(interaction)?.state, 'active');
  await ana.does('mark-done', { interaction });
});

test('personal workbins of others are out of reach', async () => {
  const result = await ben.query({
    name: 'workbin',
    args: { workbin: 'personal:ana', after: null, limit: 10 },
  });
  assert.equal(!result.ok && result.error.kind, 'not-found');
});

test('a transcript comes in pages, oldest first, session notice on top, without gaps', async () => {
  const interaction = await conversation('Line 0');
  for (let i = 1; i < 25; i++) {
    await ana.does('send-message', { interaction, content: { kind: 'text', text: `Line ${i}` } });
  }
  const seen: string[] = [];
  const pageAt = async (place: TranscriptPlace): Promise<TranscriptPage> => {
    const answer = await ana.query({ name: 'transcript', args: { ...place, limit: 10 } });
    assert.ok(answer.ok);
    return answer.result;
  };
  let place: TranscriptPlace | null = { interaction, before: null };
  while (place) {
    assert.equal(place.interaction, interaction);
    const { items, next } = await pageAt(place);
    seen.unshift(
      ...items.map((item) =>
        item.kind === 'message' && item.message.content.kind === 'text'
          ? item.message.content.text
          : item.kind,
      ),
    );
    place = next;
  }
  assert.deepEqual(seen, ['session', ...Array.from({ length: 25 }, (_, i) => `Line ${i}`)]);
});

test('a workbin comes in pages, longest parked first', async () => {
  const parked: string[] = [];
  for (let i = 0; i < 5; i++) {
    const interaction = await conversation();
    await ana.does('move-to-workbin', { interaction, workbin: 'personal:ana' });
    parked.push(interaction);
  }
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page = await ownWorkbin(after);
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
    more = after !== null;
  }
  assert.deepEqual(seen, parked);
});

test('pages of a workbin go on when the interaction that they went to has been taken out', async () => {
  for (let i = 0; i < 4; i++) {
    await ana.does('move-to-workbin', { interaction: await conversation(), workbin: 'personal:ana' });
  }
  const first = await ownWorkbin(null);
  const last = first.items.at(-1);
  assert.ok(last && first.next);
  const second = await ownWorkbin(first.next);
  await ana.does('open-interaction', { interaction: last.id });
  assert.deepEqual((await ownWorkbin(first.next)).items, second.items);
  await ana.does('mark-done', { interaction: last.id });
});

test('a page that no gateway offered cannot be asked for', async () => {
  const args = { workbin: 'personal:ana', after: 'somewhere', limit: 2 };
  const answer = await ana.query({ name: 'workbin', args });
  assert.equal(!answer.ok && answer.error.kind, 'invalid');
});

test('an answer goes to WhatsApp with the id of the message that it answers', async () => {
  const wamid = newWamid();
  const phone = '34600309999';
  await post(gateway.url, webhook(textChange({ phone }, 'Which one?', { wamid })));
  const { id: interaction, lastMessage } = await ana.accept();
  const content = { kind: 'text', text: 'The red one' } as const;
  await ana.does('send-message', { interaction, content, replyTo: lastMessage?.id });
  await until('it was sent', () => sender.texts.includes('The red one'));
  assert.equal(sender.requests.find(({ content: sent }) => isSame(sent, content))?.replyTo, wamid);
});

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

test('where no business account is configured there are no templates', async () => {
  const interaction = await conversation();
  const content = { kind: 'template', name: 'hello', language: 'en', values: NO_VALUES } as const;
  const receipt = await ana.command('send-message', { interaction, content });
  assert.ok(!receipt.ok);
  assert.deepEqual([receipt.error.kind, receipt.error.retryable], ['not-found', false]);
});

const NO_VALUES = { header: {}, body: {}, buttons: {} };

async function ownWorkbin(after: string | null): Promise<WorkbinPage> {
  const answer = await ana.query({ name: 'workbin', args: { workbin: 'personal:ana', after, limit: 2 } });
  assert.ok(answer.ok);
  return answer.result;
}
