import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { startGateway, VERIFY_TOKEN } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { until } from './support/until.js';
import { change, CHANNEL, MARIA, newWamid, post, sign, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const log = recordingLog();
const gateway = await startGateway({ databaseUrl: database.url, deps: { log } });
atEnd(() => gateway.close());

async function countRows(table: string, where = 'true', params: readonly unknown[] = []): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `select count(*)::int as n from ${table} where ${where}`,
    params,
  );
  return row?.n ?? 0;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ')[1] ?? Number.NaN);
}

const FORGERIES = 'gateway_webhook_forgeries_total';

const handshake = (query: Record<string, string>) =>
  fetch(`${gateway.url}/webhooks/whatsapp?${new URLSearchParams(query).toString()}`);

test('the handshake answers with the challenge as plain text', async () => {
  const response = await handshake({
    'hub.mode': 'subscribe',
    'hub.verify_token': VERIFY_TOKEN,
    'hub.challenge': '1158201444',
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
  assert.equal(await response.text(), '1158201444');
});

test('a handshake with another token, or with none, is refused', async () => {
  for (const query of [
    { 'hub.mode': 'subscribe', 'hub.verify_token': 'guess', 'hub.challenge': '1' },
    { 'hub.mode': 'unsubscribe', 'hub.verify_token': VERIFY_TOKEN, 'hub.challenge': '1' },
    { 'hub.mode': 'subscribe', 'hub.challenge': '1' },
    {},
  ]) {
    assert.equal((await handshake(query as Record<string, string>)).status, 403);
  }
});

test('a forged, missing or misplaced signature gets 401 and leaves no trace but a counter', async () => {
  const before = {
    inbox: await countRows('inbox'),
    lines: log.lines.length,
    forgeries: await metric(FORGERIES),
  };
  const body = webhook(textChange(MARIA, 'Forged'));
  const good = sign(JSON.stringify(body));
  const attempts = [
    null,
    '',
    'sha256=',
    `sha256=${'0'.repeat(64)}`,
    good.replace('sha256=', 'sha1='),
    sign('other'),
  ];
  for (const signature of attempts) assert.equal((await post(gateway.url, body, signature)).status, 401);
  assert.equal(await countRows('inbox'), before.inbox);
  assert.equal(log.lines.length, before.lines);
  assert.equal(await metric(FORGERIES), before.forgeries + attempts.length);
});

/** Sends the head of a request that promises a body, and nothing of the body. Resolves with the status of the answer. */
function promise(length: number, signature: string | null): Promise<number | undefined> {
  const headers = {
    'content-length': length,
    ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
  };
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, signal: AbortSignal.timeout(5000) };
    const sending = request(`${gateway.url}/webhooks/whatsapp`, options, (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    sending.on('error', reject);
    sending.flushHeaders();
  });
}

test('what is not signed is turned away before its body is taken', async () => {
  const before = await metric(FORGERIES);
  for (const signature of [null, 'sha256=', 'sha1=0'.padEnd(71, '0')]) {
    assert.equal(await promise(3_000_000, signature), 401);
  }
  assert.equal(await metric(FORGERIES), before + 3);
});

test('a request that does not come in is ended in the midst of it, and keeps no connection', async () => {
  const hasty = await startGateway({ databaseUrl: database.url, deps: { requestTimeout: 200 } });
  const socket = connect(hasty.port, '127.0.0.1');
  let answer = '';
  let ended = false;
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.on('close', () => (ended = true));
  const signature = sign('{"a": 1}');
  socket.write(
    `POST /webhooks/whatsapp HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\nx-hub-signature-256: ${signature}\r\n\r\n{"a"`,
  );
  await until('the connection is ended', () => ended);
  assert.match(answer, /^HTTP\/1\.1 408 /);
  await hasty.close();
});

test('what is not JSON gets 400', async () => {
  for (const text of ['{', '', '{"a":1,}']) {
    assert.equal((await post(gateway.url, text)).status, 400, text);
  }
});

test('a body over 3 MB gets 413, one below is taken', async () => {
  const withPadding = (size: number) =>
    webhook(textChange(MARIA, 'Big', { message: { padding: 'x'.repeat(size) } }));
  assert.equal((await post(gateway.url, withPadding(3 * 1024 * 1024))).status, 413);
  assert.equal((await post(gateway.url, withPadding(2.5 * 1024 * 1024))).status, 200);
});

test('the content type does not matter: the signature says who it is from', async () => {
  const text = JSON.stringify(webhook(textChange(MARIA, 'Typed otherwise')));
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
    const response = await fetch(`${gateway.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'content-type': type, 'x-hub-signature-256': sign(text) },
      body: Buffer.from(text),
    });
    assert.equal(response.status, 200, type);
  }
});

test('a message that comes again, alone or in another batch, is there once', async () => {
  const wamid = newWamid();
  const body = webhook(textChange(MARIA, 'Once', { wamid }));
  const both = webhook(
    textChange(MARIA, 'Once', { wamid }),
    textChange(MARIA, 'Also', {}),
    textChange(MARIA, 'Once', { wamid }),
  );
  const answers = await Promise.all([body, body, both, body, both].map((one) => post(gateway.url, one)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(await countRows('message', 'wamid = $1', [wamid]), 1);
  assert.equal(await countRows('event', `body -> 'message' -> 'content' ->> 'text' = 'Once'`), 1);
});

test('a thousand messages in one webhook are all there, in order', async () => {
  const person = { phone: '34600999000', name: 'Many' };
  const texts = Array.from({ length: 1000 }, (_, i) => `Line ${i}`);
  const response = await post(gateway.url, webhook(...texts.map((text) => textChange(person, text))));
  assert.equal(response.status, 200);
  const rows = await database.query<{ text: string }>(
    `select m.body -> 'content' ->> 'text' as text from message m join interaction i on i.id = m.interaction
     join contact c on c.id = i.contact where c.phone = $1 order by m.place`,
    [person.phone],
  );
  assert.deepEqual(
    rows.map(({ text }) => text),
    texts,
  );
});

test('what nobody knows yet is acknowledged and stored', async () => {
  const strange = [
    {
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ field: 'in_orbit', value: { a: 1 } }] }],
    },
    webhook(change(CHANNEL, { statuses: [{ id: 'wamid.x', status: 'in_orbit', timestamp: '1700000000' }] })),
    { surprise: true },
    [],
    null,
  ];
  for (const body of strange) {
    const before = await countRows('inbox', `kind = 'other'`);
    assert.equal((await post(gateway.url, JSON.stringify(body))).status, 200);
    assert.equal(await countRows('inbox', `kind = 'other'`), before + 1, JSON.stringify(body));
  }
});

test('a message of an unknown kind is shown as such', async () => {
  const person = { phone: '34600999111' };
  await post(
    gateway.url,
    webhook(textChange(person, '', { message: { type: 'hologram', text: undefined, hologram: {} } })),
  );
  const [row] = await database.query<{ content: { kind: string; label: string } }>(
    `select m.body -> 'content' as content from message m join interaction i on i.id = m.interaction
     join contact c on c.id = i.contact where c.phone = $1`,
    [person.phone],
  );
  assert.equal(row?.content.kind, 'unsupported');
  assert.equal(row?.content.label, 'hologram');
});

test('an unknown business number registers itself', async () => {
  await post(gateway.url, webhook(textChange(MARIA, 'Other shop', { channel: '999888777' })));
  assert.equal(await countRows('channel', 'id = $1', ['999888777']), 1);
  assert.equal(await countRows('interaction', 'channel = $1', ['999888777']), 1);
});

test('an item that cannot be applied is kept with its error; the others of its batch are applied', async () => {
  await database.query(`create function refuse() returns trigger language plpgsql as $$ begin
    raise exception 'poisoned'; end $$`);
  await database.query(`create trigger refuse before insert on message for each row
    when (new.body -> 'content' ->> 'text' = 'Poison') execute function refuse()`);
  const person = { phone: '34600999222' };
  const [good, bad, after] = [newWamid(), newWamid(), newWamid()];
  const body = webhook(
    textChange(person, 'Before', { wamid: good }),
    textChange(person, 'Poison', { wamid: bad }),
    textChange(person, 'After', { wamid: after }),
  );
  assert.equal((await post(gateway.url, body)).status, 200);
  assert.equal(await countRows('message', 'wamid = any($1)', [[good, after]]), 2);
  const [kept] = await database.query<{ error: string; done_at: number | null }>(
    'select error, done_at from inbox where key = $1',
    [`m:${bad}`],
  );
  assert.match(kept?.error ?? '', /poisoned/);
  assert.equal(kept?.done_at, null);
  assert.equal(await metric('gateway_webhook_poison_total'), 1);
  const alarm = log.lines.find(({ fields }) => fields['key'] === `m:${bad}`);
  assert.equal(alarm?.level, 'error');
  // It comes again, as webhooks do: it is known.
  assert.equal((await post(gateway.url, body)).status, 200);
  await database.query('drop trigger refuse on message');
});

test('what could not be applied is tried again by the next gateway that starts', async () => {
  const countPoison = () => countRows('inbox', 'error is not null');
  assert.equal(await countPoison(), 1);
  const next = await startGateway({ databaseUrl: database.url });
  await until('it is applied', async () => (await countPoison()) === 0);
  assert.equal(await countRows('message', `body -> 'content' ->> 'text' = 'Poison'`), 1);
  await next.close();
});

test('an item that cannot even be kept as it came is kept in another form, and its webhook is taken', async () => {
  await database.query(`create function refuse_words() returns trigger language plpgsql as $$ begin
    raise exception 'unstorable'; end $$`);
  await database.query(`create trigger refuse_words before insert on inbox for each row
    when (new.item::text like '%Unstorable%') execute function refuse_words()`);
  const wamid = newWamid();
  assert.equal((await post(gateway.url, webhook(textChange(MARIA, 'Unstorable', { wamid })))).status, 200);
  const [kept] = await database.query<{ item: { base64: string }; error: string | null }>(
    'select item, error from inbox where key = $1 and done_at is null',
    [`m:${wamid}`],
  );
  assert.ok(kept?.error);
  assert.match(Buffer.from(kept.item.base64, 'base64').toString(), /Unstorable/);
  await database.query('drop trigger refuse_words on inbox');
  await database.query('delete from inbox where key = $1', [`m:${wamid}`]);
});

test('no log line holds what people wrote or who they are', async () => {
  const all = JSON.stringify(log.lines);
  for (const private_ of ['Poison', 'Unstorable', 'Once', MARIA.name ?? '', MARIA.phone ?? ''])
    assert.ok(!all.includes(private_), private_);
});

test('health, readiness and metrics answer', async () => {
  assert.equal((await fetch(`${gateway.url}/healthz`)).status, 200);
  assert.equal((await fetch(`${gateway.url}/readyz`)).status, 200);
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  assert.match(text, /gateway_webhook_seconds_bucket\{le="0\.05"\} \d+/);
  assert.match(text, /gateway_webhooks_total\{status="401"\} \d+/);
});
