import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactLabel } from 'whatsapp-workspace/model';
import type { Queries, TranscriptItem, TranscriptPage, TranscriptPlace } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { until } from './support/until.js';
import {
  accountWebhook,
  change,
  CHANNEL,
  newWamid,
  post,
  textChange,
  webhook,
  type Person,
} from './support/webhooks.js';

const database = await useDatabase();
const gateway = await startGateway({ databaseUrl: database.url });
atEnd(() => gateway.close());

const write = async (person: Person, text: string, at?: number) =>
  assert.equal((await post(gateway.url, webhook(textChange(person, text, { at })))).status, 200);

const contactOf = async (kind: string, value: string) =>
  (
    await database.query<{ id: string; phone: string | null; bsuid: string | null; name: string | null }>(
      `select c.* from contact_address a join contact c on c.id = a.contact where a.kind = $1 and a.value = $2`,
      [kind, value],
    )
  )[0];

test('a contact without a number writes, and is answered by user id', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await write({ bsuid: 'US.777', username: 'ghost', name: 'Ghost' }, 'Boo');
  const interaction = await desk.accept();
  assert.equal(interaction.contact.phone, null);
  assert.equal(interaction.contact.bsuid, 'US.777');
  assert.equal(interaction.contact.username, 'ghost');
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
  desk.close();
});

interface StoredInteraction {
  readonly id: string;
  readonly state: string;
  readonly contact: string;
}

const interactionsOf = (contacts: readonly string[]) =>
  database.query<StoredInteraction>(
    'select id, state, contact from interaction where contact = any($1) order by created_at, id',
    [contacts],
  );

/** The texts of an interaction and of all that came before it, oldest first. */
async function conversationOf(desk: Desk, interaction: string): Promise<readonly string[]> {
  return (await itemsOf(desk, interaction)).flatMap((item) =>
    item.kind === 'message' && item.message.content.kind === 'text' ? [item.message.content.text] : [],
  );
}

async function itemsOf(desk: Desk, interaction: string, limit = 50): Promise<readonly TranscriptItem[]> {
  const items: TranscriptItem[] = [];
  let place: TranscriptPlace | null = { interaction, before: null };
  while (place !== null) {
    const args: Queries['transcript']['args'] = { ...place, limit };
    const answer: { ok: true; result: TranscriptPage } | { ok: false } = await desk.query({
      name: 'transcript',
      args,
    });
    assert.ok(answer.ok);
    items.unshift(...answer.result.items);
    place = answer.result.next;
  }
  return items;
}

test('two open conversations of one person become one: nothing that waits or was said is lost, and no contact', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'eva' });
  await desk.ready();
  await write({ bsuid: 'US.888', name: 'Eve' }, 'By id');
  const { id } = await desk.accept();
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
  await write({ phone: '34600888000' }, 'By number');
  const [one, two] = [await contactOf('bsuid', 'US.888'), await contactOf('wa_id', '34600888000')];
  assert.ok(one && two && one.id !== two.id);

  await write({ bsuid: 'US.888', phone: '34600888000' }, 'Both');
  const joined = await contactOf('wa_id', '34600888000');
  assert.deepEqual([joined?.id, joined?.phone], [one.id, '34600888000']);
  const [merged] = await database.query('select merged_into from contact where id = $1', [two.id]);
  assert.deepEqual(merged, { merged_into: one.id });
  assert.deepEqual(
    (await interactionsOf([one.id, two.id])).map(({ state, contact }) => [state, contact]),
    [
      ['active', one.id],
      ['done', one.id],
    ],
  );
  await until('the desk knows how many wait', () => desk.state.interactions.get(id)?.pendency?.count === 3);
  assert.equal(desk.state.interactions.get(id)?.contact.phone, '34600888000');
  assert.deepEqual(await conversationOf(desk, id), ['By number', 'By id', 'Both']);
  // The transcript says who the two were, where it happened, also on pages of one item each.
  const items = await itemsOf(desk, id, 1);
  const said = items.map((item) =>
    item.kind === 'merge' ? [item.contacts.kept, item.contacts.ended].map(contactLabel) : item.kind,
  );
  assert.deepEqual(said, ['session', 'message', 'session', 'message', ['Eve', '+34 600 888 000'], 'message']);
  desk.close();
});

test('of two desks with the same person, both hear which conversation goes on', async () => {
  const [ana, ben] = [
    await Desk.open(gateway.url, { agent: 'two-ana' }),
    await Desk.open(gateway.url, { agent: 'two-ben' }),
  ];
  await ana.ready();
  await write({ bsuid: 'US.889' }, 'First');
  const kept = await ana.accept();
  await ana.does('set-agent-status', { status: 'not-ready', reason: null });
  await ben.ready();
  await write({ phone: '34600889000' }, 'Second');
  const ended = await ben.accept();
  await ben.does('set-agent-status', { status: 'not-ready', reason: null });
  await write({ bsuid: 'US.889', phone: '34600889000' }, 'Third');
  for (const desk of [ana, ben]) {
    const event = await until('it is told', () =>
      desk.events.find(({ type }) => type === 'interaction-merged'),
    );
    assert.ok(event?.type === 'interaction-merged');
    assert.deepEqual([event.body.interaction.id, event.body.into.id], [ended.id, kept.id]);
  }
  assert.deepEqual(
    ben.interactions.map(({ id }) => id),
    [],
  );
  // What Ben wanted to say to somebody who is spoken to elsewhere is refused, not lost without a word.
  const args = { interaction: ended.id, content: { kind: 'text', text: 'Too late' } } as const;
  const receipt = await ben.command('send-message', args);
  assert.equal(!receipt.ok && receipt.error.kind, 'not-yours');
  ana.close();
  ben.close();
});

test('many first messages of one contact at once make one contact and one interaction', async () => {
  const person = { phone: '34600555000', bsuid: 'ES.555' };
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => write(i % 2 ? person : { phone: person.phone }, `No. ${i}`)),
  );
  const rows = await database.query<{ n: number }>(
    `select count(*)::int as n from interaction i join contact c on c.id = i.contact where c.phone = $1`,
    [person.phone],
  );
  assert.equal(rows[0]?.n, 1);
});

test('news of a changed number shows on the desk: in the contact and as a notice', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ben' });
  await write({ phone: '34600333000', name: 'Mover' }, 'Before');
  await desk.ready();
  const interaction = await until('it rings', () =>
    desk.interactions.find(({ contact }) => contact.name === 'Mover'),
  );
  await desk.does('accept-interaction', { interaction: interaction.id });
  const system = {
    type: 'user_changed_number',
    body: 'User Mover changed from 34600333000 to 34600333999',
    wa_id: '34600333999',
  };
  const news = {
    from: '34600333000',
    id: newWamid(),
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'system',
    system,
  };
  await post(gateway.url, webhook(change(CHANNEL, { messages: [news] })));
  const result = await desk.query({
    name: 'transcript',
    args: { interaction: interaction.id, before: null, limit: 10 },
  });
  assert.ok(result.ok);
  const notice = result.result.items.at(-1);
  assert.ok(notice?.kind === 'message' && notice.message.content.kind === 'system');
  assert.equal(desk.state.interactions.get(interaction.id)?.contact.phone, '34600333999');
  assert.equal((await contactOf('wa_id', '34600333000'))?.id, interaction.contact.id);
  desk.close();
});

test('a person who writes to numbers of two portfolios is one contact from the third message on, and keeps the number', async () => {
  const phone = '34600899000';
  const [first, second] = [
    { channel: '1001', account: 'account-1', bsuid: 'ES.111' },
    { channel: '2002', account: 'account-2', bsuid: 'ES.222' },
  ] as const;
  const start = Math.floor(Date.now() / 1000) + 10;
  const contacts = async () =>
    database.query<{ id: string; phone: string | null; bsuid: string | null }>(
      `select id, phone, bsuid from contact where merged_into is null
       and id in (select contact from contact_address where value in ('ES.111', 'ES.222')) order by id`,
    );
  const changes = async () =>
    (
      await database.query<{ count: number }>(
        `select count(*)::int as count from event where type = 'contact-changed'
         and body -> 'interaction' -> 'contact' ->> 'name' = 'Pia'`,
      )
    )[0]?.count;
  const seen: unknown[] = [];
  const changed: unknown[] = [];
  for (const [i, { channel, account, bsuid }] of [first, second, first, second, first].entries()) {
    const said = textChange({ phone, bsuid, name: 'Pia' }, `Message ${i}`, { channel, at: start + i });
    assert.equal((await post(gateway.url, accountWebhook(account, said))).status, 200);
    seen.push((await contacts()).map((contact) => contact.phone));
    changed.push(await changes());
  }
  assert.deepEqual(seen, [[phone], [null, phone], [phone], [phone], [phone]]);
  // From then on nothing changes by turns.
  assert.deepEqual(changed.slice(3), [changed[2], changed[2]]);
});
