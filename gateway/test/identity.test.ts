import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { until } from './support/until.js';
import { change, CHANNEL, newWamid, post, textChange, webhook, type Person } from './support/webhooks.js';

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

test('two open conversations of one person are joined when both are known to be hers; a desk sees the new contact', async () => {
  await write({ bsuid: 'US.888', name: 'Eve' }, 'By id');
  await write({ phone: '34600888000' }, 'By number');
  const [one, two] = [await contactOf('bsuid', 'US.888'), await contactOf('wa_id', '34600888000')];
  assert.notEqual(one?.id, two?.id);
  await write({ bsuid: 'US.888', phone: '34600888000' }, 'Both');
  const joined = await contactOf('wa_id', '34600888000');
  assert.equal(joined?.id, one?.id);
  assert.equal(joined?.phone, '34600888000');
  const rows = await database.query<{ texts: number }>(
    `select count(*)::int as texts from message m join interaction i on i.id = m.interaction
     where i.contact = $1 and m.body -> 'content' ->> 'text' in ('By id', 'Both')`,
    [joined?.id],
  );
  assert.equal(rows[0]?.texts, 2);
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
  assert.ok(result.ok && 'items' in result.result);
  const notice = result.result.items.at(-1);
  assert.ok(notice?.kind === 'message' && notice.message.content.kind === 'system');
  assert.equal(desk.state.interactions.get(interaction.id)?.contact.phone, '34600333999');
  assert.equal((await contactOf('wa_id', '34600333000'))?.id, interaction.contact.id);
  desk.close();
});
