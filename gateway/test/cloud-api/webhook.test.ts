import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_CONTEXT } from 'whatsapp-workspace/model';
import { parseWebhook, type WebhookItem } from '../../src/cloud-api/index.js';
import { ACCOUNT, ANA, AT, CHANNEL, contact, message, status, value, webhook } from './payloads.js';

const RECEIVED_AT = 1_770_000_000_000;

function parseValue(content: Record<string, unknown>): WebhookItem[] {
  return parseWebhook(webhook(value(content)), RECEIVED_AT);
}

function only<K extends WebhookItem['kind']>(
  items: WebhookItem[],
  kind: K,
): Extract<WebhookItem, { kind: K }> {
  assert.equal(items.length, 1);
  return nth(items, 0, kind);
}

function nth<K extends WebhookItem['kind']>(
  items: WebhookItem[],
  index: number,
  kind: K,
): Extract<WebhookItem, { kind: K }> {
  const item = items[index];
  assert.equal(item?.kind, kind);
  return item as Extract<WebhookItem, { kind: K }>;
}

const IDENTITY = { ...ANA, parentBsuid: null, username: null, name: 'Ana Wanjiru' };

test('a message says who wrote what, when and to which number', () => {
  const raw = message();
  const item = only(parseValue({ contacts: [contact()], messages: [raw] }), 'message');
  assert.deepEqual(item, {
    kind: 'message',
    key: 'm:wamid.one',
    account: ACCOUNT,
    channel: CHANNEL,
    wamid: 'wamid.one',
    at: AT * 1000,
    sender: IDENTITY,
    content: { kind: 'text', text: 'Hello' },
    context: null,
    changes: null,
    replyTo: null,
    raw,
  });
});

test('a message tells what it answers and that it was forwarded', () => {
  const contexts = [
    { from: '254711000000', id: 'wamid.out' },
    { forwarded: true },
    { frequently_forwarded: true },
    { referred_product: { catalog_id: '1', product_retailer_id: 'oak' } },
    { referred_product: { catalog_id: '1' } },
  ];
  const messages = contexts.map((context, index) => message({ id: `wamid.${index}`, context }));
  const items = parseValue({ contacts: [contact()], messages });
  assert.deepEqual(
    items.map((item) => item.kind === 'message' && item.context),
    [
      { ...NO_CONTEXT, reply: true },
      { ...NO_CONTEXT, forwarded: true },
      { ...NO_CONTEXT, forwarded: true, forwardedOften: true },
      { ...NO_CONTEXT, product: { catalog: '1', product: 'oak' } },
      null,
    ],
  );
  assert.deepEqual(
    items.map((item) => item.kind === 'message' && item.replyTo),
    ['wamid.out', null, null, null, null],
  );
});

test('a message tells which advertisement led to it', () => {
  const referral = {
    source_url: 'https://fb.me/1',
    source_id: '120',
    source_type: 'ad',
    headline: 'Chairs',
    body: 'Ten per cent off',
    media_type: 'image',
    image_url: 'https://scontent.example/1',
    ctwa_clid: 'click',
  };
  const item = only(parseValue({ contacts: [contact()], messages: [message({ referral })] }), 'message');
  assert.deepEqual(item.context?.referral, {
    source: 'ad',
    id: '120',
    url: 'https://fb.me/1',
    headline: 'Chairs',
    body: 'Ten per cent off',
    mediaUrl: 'https://scontent.example/1',
    click: 'click',
  });
});

test('a change of a message names it, and a placeholder leaves its place to the real message', () => {
  const changes = [
    { type: 'reaction', reaction: { message_id: 'wamid.out', emoji: '👍' } },
    {
      type: 'edit',
      edit: { original_message_id: 'wamid.zero', message: { type: 'text', text: { body: 'x' } } },
    },
    { type: 'revoke', revoke: { original_message_id: 'wamid.zero' } },
    { type: 'unsupported' },
    {},
  ];
  const messages = changes.map((one, i) => message({ id: `wamid.${i}`, ...one }));
  const items = parseValue({ contacts: [contact()], messages });
  assert.deepEqual(
    items.map((item) => item.kind === 'message' && [item.key, item.changes]),
    [
      ['m:wamid.0', 'wamid.out'],
      ['m:wamid.1', 'wamid.zero'],
      ['m:wamid.2', 'wamid.zero'],
      ['p:wamid.3', null],
      ['m:wamid.4', null],
    ],
  );
});

test('a status tells what the message costs', () => {
  const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };
  const item = only(parseValue({ statuses: [status({ pricing })] }), 'status');
  assert.deepEqual(item.pricing, { billable: true, model: 'PMP', type: 'regular', category: 'service' });
});

test('a sender without a number is known by the user id, wherever it stands', () => {
  const profile = { name: 'Ana', username: '@ana.w' };
  const hidden = { profile, user_id: ANA.bsuid, parent_user_id: 'KE.ENT.1' };
  const expected = { bsuid: ANA.bsuid, parentBsuid: 'KE.ENT.1', phone: null, username: 'ana.w', name: 'Ana' };
  const anonymous = message({ from: undefined, from_user_id: undefined });
  const cases = [
    [hidden, anonymous],
    [
      { ...hidden, wa_id: '' },
      { ...anonymous, from: '' },
    ],
    [hidden, message({ from: '' })],
    [hidden, { ...anonymous, from: ANA.bsuid }],
  ];
  for (const [entry, raw] of cases) {
    const item = only(parseValue({ contacts: [entry], messages: [raw] }), 'message');
    assert.deepEqual(item.sender, expected);
  }
});

test('a sender without a user id is known by the number', () => {
  const raw = message({ from: '+254 700-000 101', from_user_id: undefined });
  const item = only(parseValue({ messages: [raw] }), 'message');
  assert.deepEqual(item.sender, { ...IDENTITY, bsuid: null, name: null });
});

test('each message of one value finds its own contact', () => {
  const contacts = [
    contact({ wa_id: '254700000202', user_id: undefined, profile: { name: 'Ben' } }),
    contact(),
    contact({ wa_id: undefined, user_id: 'KE.303', profile: { name: 'Cleo' } }),
  ];
  const messages = [
    message({ id: 'wamid.1' }),
    message({ id: 'wamid.2', from: undefined, from_user_id: undefined }),
    message({ id: 'wamid.3', from: '254700000202', from_user_id: undefined }),
    message({ id: 'wamid.4', from: undefined }),
  ];
  const senders = parseValue({ contacts, messages }).map(
    (item) => item.kind === 'message' && item.sender.name,
  );
  assert.deepEqual(senders, ['Ana Wanjiru', 'Cleo', 'Ben', 'Ana Wanjiru']);
});

test('nobody gets the name or user id of a contact with another number', () => {
  const raw = message({ from: '254799999999', from_user_id: undefined });
  const item = only(parseValue({ contacts: [contact()], messages: [raw] }), 'message');
  assert.deepEqual(item.sender, { ...IDENTITY, bsuid: null, phone: '254799999999', name: null });
});

test('messages whose sender cannot be told apart are kept for the operator', () => {
  const anonymous = { from: undefined, from_user_id: undefined };
  const contacts = [contact({ wa_id: '1' }), contact({ wa_id: '2', user_id: 'KE.2' })];
  const messages = [message({ id: 'wamid.1', ...anonymous }), message({ id: 'wamid.2', ...anonymous })];
  const items = parseValue({ contacts, messages });
  assert.deepEqual(
    items.map((item) => item.kind),
    ['other', 'other'],
  );
});

for (const state of ['sent', 'delivered', 'read', 'played'] as const) {
  test(`status: ${state}`, () => {
    const raw = status({ status: state, biz_opaque_callback_data: 'command-7', pricing: { billable: true } });
    const item = only(parseValue({ contacts: [contact()], statuses: [raw] }), 'status');
    assert.deepEqual(item, {
      kind: 'status',
      key: `s:wamid.out:${state}`,
      account: ACCOUNT,
      channel: CHANNEL,
      wamid: 'wamid.out',
      state,
      at: AT * 1000,
      callbackData: 'command-7',
      error: null,
      pricing: { billable: true, model: null, type: null, category: null },
      recipient: IDENTITY,
      raw,
    });
  });
}

test('a failed status carries the error in its most telling words', () => {
  const error = {
    code: 131047,
    title: 'Re-engagement message',
    error_data: { details: 'More than 24 hours' },
  };
  const item = only(parseValue({ statuses: [status({ status: 'failed', errors: [error] })] }), 'status');
  assert.deepEqual(item.error, { code: 131047, detail: 'More than 24 hours' });
});

test('a status without callback data or recipient is still a status', () => {
  const raw = { id: 'wamid.out', status: 'read', timestamp: AT };
  const item = only(parseValue({ statuses: [raw] }), 'status');
  assert.deepEqual([item.callbackData, item.recipient, item.at], [null, null, AT * 1000]);
});

test('both spellings of the parent user id are read', () => {
  const statuses = [
    status({ recipient_parent_user_id: 'KE.ENT.1' }),
    status({ parent_recipient_user_id: 'KE.ENT.1' }),
  ];
  for (const item of parseValue({ statuses })) {
    assert.equal(item.kind === 'status' && item.recipient?.parentBsuid, 'KE.ENT.1');
  }
});

test('the recipient of a message to a group is who got it, not the group', () => {
  const raw = status({
    status: 'read',
    recipient_type: 'group',
    recipient_id: 'group-1',
    recipient_user_id: undefined,
    recipient_participant_id: ANA.phone,
  });
  assert.equal(only(parseValue({ statuses: [raw] }), 'status').recipient?.phone, ANA.phone);
});

test('statuses that are unknown, or of calls and payments, are kept for the operator', () => {
  const statuses = [
    status({ status: 'in_orbit' }),
    status({ status: 'deleted' }),
    status({ status: 'failed', type: 'payment' }),
    status({ status: 'RINGING', type: 'call' }),
    status({ id: undefined }),
  ];
  const items = parseValue({ statuses });
  assert.deepEqual(
    items.map((item) => item.kind),
    statuses.map(() => 'other'),
  );
  assert.equal(new Set(items.map((item) => item.key)).size, statuses.length);
});

const CHANGED = { from: ANA.phone, id: 'wamid.sys', timestamp: String(AT), type: 'system' };

for (const spelling of ['wa_id', 'new_wa_id']) {
  test(`a changed number, told as ${spelling}`, () => {
    const system = { type: 'user_changed_number', body: 'Ana changed', [spelling]: '254700000999' };
    const item = only(parseValue({ messages: [{ ...CHANGED, system }] }), 'identity-changed');
    assert.deepEqual(
      [item.key, item.previous.phone, item.next.phone, item.text, item.at],
      ['m:wamid.sys', ANA.phone, '254700000999', 'Ana changed', AT * 1000],
    );
  });
}

test('a changed number brings a new user id', () => {
  const system = {
    type: 'user_changed_number',
    wa_id: '254700000999',
    user_id: 'KE.new',
    previous_user_id: ANA.bsuid,
    previous_parent_user_id: 'KE.ENT.old',
    parent_user_id: 'KE.ENT.new',
  };
  const item = only(
    parseValue({ messages: [{ ...CHANGED, from_user_id: 'KE.new', system }] }),
    'identity-changed',
  );
  assert.deepEqual(item.previous, { ...IDENTITY, parentBsuid: 'KE.ENT.old', name: null });
  assert.deepEqual([item.next.bsuid, item.next.parentBsuid], ['KE.new', 'KE.ENT.new']);
});

test('a changed user id without any number', () => {
  const system = { type: 'user_changed_user_id', user_id: 'KE.new', previous_user_id: ANA.bsuid };
  const item = only(parseValue({ messages: [{ ...CHANGED, from: undefined, system }] }), 'identity-changed');
  assert.deepEqual([item.previous.bsuid, item.previous.phone], [ANA.bsuid, null]);
  assert.deepEqual([item.next.bsuid, item.next.phone], ['KE.new', null]);
});

test('a change that does not say to what is shown as WhatsApp worded it', () => {
  const system = { type: 'user_changed_number', body: 'Ana changed her number' };
  const item = only(parseValue({ messages: [{ ...CHANGED, system }] }), 'message');
  assert.deepEqual(item.content, {
    kind: 'system',
    text: 'Ana changed her number',
    event: 'user_changed_number',
  });
});

test('one bad item does not lose its neighbours', () => {
  const messages = [
    message({ id: 'wamid.1' }),
    null,
    7,
    'text',
    [],
    {},
    message({ id: undefined }),
    message(),
  ];
  const statuses = [status(), null, { status: 'read' }];
  const items = parseValue({ contacts: [null, 3, contact()], messages, statuses });
  const good = items.filter((item) => item.kind !== 'other').map((item) => item.key);
  assert.deepEqual(good, ['m:wamid.1', 'm:wamid.one', 's:wamid.out:sent']);
  assert.equal(items.length, messages.length + statuses.length);
});

test('other fields and other parts of a value are kept for the operator', () => {
  const account = parseWebhook(webhook({ event: 'ACCOUNT_RESTRICTION' }, 'account_update'));
  const update = only(account, 'other');
  assert.deepEqual([update.field, update.channel], ['account_update', null]);
  assert.match(JSON.stringify(update.raw), /ACCOUNT_RESTRICTION/);

  const items = parseValue({
    calls: [{ id: 'c1' }, { id: 'c2' }],
    message_echoes: [message()],
    messages: [message()],
  });
  assert.deepEqual(
    items.map((item) => item.kind),
    ['message', 'other', 'other', 'other'],
  );
  const echoes = parseWebhook(webhook(value({ message_echoes: [message()] }), 'smb_message_echoes'));
  assert.deepEqual(
    [only(echoes, 'other').field, only(echoes, 'other').channel],
    ['smb_message_echoes', CHANNEL],
  );
});

test('the same account event at another time is another item, redelivered it is the same', () => {
  const at = (time: number) => ({
    entry: [{ id: '1', time, changes: [{ field: 'account_update', value: { event: 'DISABLED' } }] }],
  });
  const key = (body: unknown) => only(parseWebhook(body), 'other').key;
  assert.equal(key(at(1)), key(at(1)));
  assert.notEqual(key(at(1)), key(at(2)));
  const reordered = {
    entry: [{ changes: [{ value: { event: 'DISABLED' }, field: 'account_update' }], time: 1, id: '1' }],
  };
  assert.equal(key(reordered), key(at(1)));
});

test('lists that came as single objects are read', () => {
  const single = value({ contacts: contact(), messages: message(), statuses: status() });
  const items = parseWebhook({ entry: { changes: { field: 'messages', value: single } } });
  assert.deepEqual(
    items.map((item) => item.key),
    ['m:wamid.one', 's:wamid.out:sent'],
  );
  assert.equal(nth(items, 0, 'message').sender.name, 'Ana Wanjiru');
});

test('what is no webhook at all gives one item', () => {
  for (const body of [
    null,
    7,
    'x',
    [],
    {},
    { entry: [] },
    { entry: null },
    { entry: [null] },
    { all: webhook({}) },
  ]) {
    only(parseWebhook(body), 'other');
  }
  only(parseValue({}), 'other');
});

test('instants are milliseconds, whatever the timestamp looked like', () => {
  const at = (timestamp: unknown) => only(parseValue({ messages: [message({ timestamp })] }), 'message').at;
  assert.equal(at(AT), AT * 1000);
  assert.equal(at(String(AT * 1000)), AT * 1000);
  for (const bad of [undefined, null, '', 'soon', -5, '9'.repeat(30), {}]) assert.equal(at(bad), RECEIVED_AT);
});

test('ids too long for an index do not become keys', () => {
  only(parseValue({ messages: [message({ id: `wamid.${'x'.repeat(5000)}` })] }), 'other');
});

test('names are untrusted text and stay as they are', () => {
  const profile = { name: '  <img src=x onerror=alert(1)> \u202eABC ' };
  const item = only(parseValue({ contacts: [contact({ profile })], messages: [message()] }), 'message');
  assert.equal(item.sender.name, '<img src=x onerror=alert(1)> \u202eABC');
});
