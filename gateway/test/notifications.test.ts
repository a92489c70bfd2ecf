import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { ACCOUNT } from '../stand-in/stand-in.js';
import { NOTIFICATION_SCOPE } from '../src/http/notifications.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway, tokenFor } from './support/gateway.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';
import { CHANNEL } from './support/webhooks.js';

const database = await useDatabase();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const gateway = await startGateway({
  databaseUrl: database.url,
  apiUrl: `${standIn.url}/v23.0`,
  accounts: [ACCOUNT],
  numbers: [CHANNEL],
  port,
});
atEnd(() => gateway.close());
const ana = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => ana.close());
await ana.ready();
await until('the templates are read', async () => {
  const rows = await database.query<{ count: number }>('select count(*)::int as count from template');
  return rows[0]?.count === standIn.templates().length;
});

const SHIPPED = {
  name: 'order_on_its_way',
  language: 'en_US',
  values: { header: { 1: 'HP-1' }, body: { 1: 'Ana', 2: 'Monday' }, buttons: { 0: 'HP-1' } },
};

async function ask(body: unknown, { scope = NOTIFICATION_SCOPE, key = randomUUID() as string | null } = {}) {
  const token = await tokenFor('shop', 600_000, Date.now(), scope);
  const response = await fetch(`${gateway.url}/v1/notifications`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(key !== null && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    ...((await response.json()) as { readonly id?: string; readonly error?: string }),
  };
}

const onPhone = (id = '') => standIn.messages().filter(({ callbackData }) => callbackData === id);
const interactions = async (phone: string) =>
  database.query<{ id: string; state: string; items: number }>(
    `select i.id, i.state, i.items from interaction i join contact c on c.id = i.contact where c.phone = $1 order by i.created_at`,
    [phone],
  );

test('another system tells a contact something, once, and no agent is called before the contact answers', async () => {
  const phone = '34600700001';
  const key = randomUUID();
  const first = await ask({ phone: '+34 600 700 001', ...SHIPPED }, { key });
  assert.equal(first.status, 202);
  const [message] = await until('it is on the phone', () => {
    const found = onPhone(first.id);
    return found.length > 0 && found;
  });
  assert.match(message?.text ?? '', /^Hello Ana, your order left/);
  const again = await ask({ phone, ...SHIPPED }, { key });
  assert.deepEqual([again.status, again.id], [202, first.id]);
  const other = await ask({ phone, ...SHIPPED, language: 'de' }, { key });
  assert.equal(other.status, 409);
  assert.deepEqual(
    (await interactions(phone)).map(({ state }) => state),
    ['done'],
  );
  assert.deepEqual(ana.interactions, []);
  const second = await ask({ phone, ...SHIPPED });
  await until('that is on the phone too', () => onPhone(second.id).length > 0);
  assert.deepEqual([onPhone(first.id).length, (await interactions(phone)).length], [1, 1]);

  standIn.writeAsContact({ contact: { phone }, text: 'When exactly?' });
  const { id } = await ana.accept();
  const answer = await ana.query({ name: 'transcript', args: { interaction: id, before: null, limit: 20 } });
  assert.ok(answer.ok && answer.result.next);
  const before = await ana.query({ name: 'transcript', args: { ...answer.result.next, limit: 20 } });
  assert.ok(before.ok);
  const said = before.result.items.flatMap((item) => (item.kind === 'message' ? [item] : []));
  assert.equal(said.length, 2);
});

test('in an open conversation it is seen by who has it, and answers nothing', async () => {
  const phone = '34600700002';
  await standIn.writeAsContact({ contact: { phone, name: 'Ben' }, text: 'Where is it?' }).taken;
  const { id } = await ana.accept();
  const { pendency } = ana.state.interactions.get(id) ?? {};
  assert.ok(pendency);
  const told = await ask({ phone, ...SHIPPED });
  const event = await until('Ana sees it', () =>
    ana.events.find((one) => one.type === 'message-sent' && one.body.message.clientId === told.id),
  );
  assert.deepEqual([event.interaction, event.actor], [id, null]);
  assert.deepEqual(ana.state.interactions.get(id)?.pendency, pendency);
  await until('it is on the phone', () => onPhone(told.id).length > 0);
});

test('what does not fit is refused with a sentence, and leaves nothing', async () => {
  const phone = '34600700003';
  const wrong: readonly (readonly [number, object, Parameters<typeof ask>[1]?])[] = [
    [403, SHIPPED, { scope: 'other' }],
    [400, SHIPPED, { key: null }],
    [400, { ...SHIPPED, phone: 'me' }],
    [400, { ...SHIPPED, channel: '42' }],
    [400, { ...SHIPPED, name: 7 }],
    [404, { ...SHIPPED, name: 'nobody_knows' }],
    [422, { ...SHIPPED, values: {} }],
    [422, { name: 'summer_sale', language: 'en_US', values: { body: { 1: 'a', 2: 'b' } } }],
    [
      404,
      {
        name: 'return_form',
        language: 'en_US',
        values: { body: { 1: 'a', 2: 'b' } },
        header: { kind: 'media', media: { id: 'x' }, fileName: null },
      },
    ],
  ];
  for (const [status, body, how] of wrong) {
    const answer = await ask({ phone, ...body }, how);
    assert.equal(answer.status, status, JSON.stringify(body));
    assert.ok(answer.error);
  }
  const anonymous = await fetch(`${gateway.url}/v1/notifications`, { method: 'POST' });
  assert.equal(anonymous.status, 401);
  assert.deepEqual(await database.query('select from contact where phone = $1', [phone]), []);
  const key = randomUUID();
  assert.equal((await ask({ phone, ...SHIPPED, name: 'nobody_knows' }, { key })).status, 404);
  assert.equal((await ask({ phone, ...SHIPPED }, { key })).status, 202);
});
