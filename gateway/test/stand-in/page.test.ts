import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { startStandIn, type StandIn } from '../../stand-in/stand-in.js';
import { Receiver, SECRETS } from './receiver.js';

let receiver: Receiver;
let standIn: StandIn;

function post(path: string, body: unknown, type = 'application/json'): Promise<Response> {
  return fetch(standIn.url + path, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });
}

/** Server-sent events, one after the other. */
async function* events(signal: AbortSignal): AsyncGenerator<{ type: string; data: Record<string, unknown> }> {
  const response = await fetch(`${standIn.url}/phone/events`, { signal });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.ok(response.body);
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, type = '', data = '{}'] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (type) yield { type, data: JSON.parse(data) as Record<string, unknown> };
    }
  }
}

suite('the phone page', { timeout: 10_000 }, () => {
  before(async () => {
    receiver = new Receiver();
    standIn = await startStandIn({
      ...SECRETS,
      webhookUrl: await receiver.start(),
      delays: { sent: 0, delivered: 0, read: 0 },
    });
  });
  after(async () => {
    await standIn.close();
    receiver.stop();
  });

  test('comes with everything it needs, under a policy that lets nothing else in', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/phone.css', 'text/css'],
      ['/phone.js', 'javascript'],
    ] as const) {
      const response = await fetch(standIn.url + path);
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get('content-type') ?? '', new RegExp(type), path);
      const policy = response.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      const text = await response.text();
      assert.doesNotMatch(
        text,
        /<script>|<style|\son\w+=|\sstyle=|innerHTML|https?:\/\/(?!www\.w3\.org)/,
        path,
      );
    }
  });

  test('hears of everything that happens', async () => {
    const ending = new AbortController();
    const stream = events(ending.signal);
    const next = async (): Promise<{ type: string; data: Record<string, unknown> }> => {
      const { value, done } = await stream.next();
      assert.ok(!done);
      return value;
    };
    const snapshot = await next();
    assert.equal(snapshot.type, 'snapshot');
    assert.equal((snapshot.data['contacts'] as unknown[]).length, standIn.contacts().length);

    assert.equal((await post('/phone/contacts', { name: 'Noor', phone: '+974 5500 0111' })).status, 201);
    const contact = await next();
    assert.deepEqual(
      [contact.type, contact.data['name'], contact.data['phone']],
      ['contact', 'Noor', '97455000111'],
    );

    const path = `/phone/contacts/${String(contact.data['id'])}/messages`;
    assert.equal((await post(path, { text: 'Hello' })).status, 202);
    const [pending, link, taken] = [await next(), await next(), await next()];
    assert.deepEqual([pending.data['text'], pending.data['state']], ['Hello', 'pending']);
    assert.deepEqual([link.type, link.data['state']], ['link', 'connected']);
    assert.deepEqual([taken.data['wamid'], taken.data['state']], [pending.data['wamid'], 'taken']);

    assert.equal((await post('/faults', { failNext: 131047 })).status, 200);
    assert.equal((await next()).data['failNext'], 131047);
    standIn.faults.clear();
    ending.abort();
  });

  test('reads what was delivered when it shows the conversation', async () => {
    standIn.faults.set({ readsAtOnce: false });
    const response = await fetch(`${standIn.url}/v23.0/42/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRETS.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: '254712000345', text: { body: 'Hi' } }),
    });
    const { messages } = (await response.json()) as { messages: [{ id: string }] };
    const [{ id }] = messages;
    await receiver.until(() => receiver.statuses(id).length === 2);
    assert.equal((await fetch(`${standIn.url}/phone/contacts/ana/read`, { method: 'POST' })).status, 204);
    await receiver.until(() => receiver.statuses(id).length === 3);
    assert.equal(receiver.statuses(id)[2]?.state, 'read');
    standIn.faults.clear();
  });

  test('is told in a sentence what cannot be', async () => {
    const cases = [
      ['/faults', { earthquake: true }, 400],
      ['/faults', { holdWebhooks: 'yes' }, 400],
      ['/faults', { sendFault: 'toString' }, 400],
      ['/faults', [], 400],
      ['/phone/contacts', { name: ' ' }, 400],
      ['/phone/contacts', { name: 'X', phone: 'abc' }, 400],
      ['/phone/contacts', { name: 7 }, 400],
      ['/phone/contacts/ana/messages', { text: '' }, 400],
      ['/phone/contacts/nobody/messages', { text: 'Hi' }, 404],
    ] as const;
    for (const [path, body, status] of cases) {
      const response = await post(path, body);
      assert.equal(response.status, status, path);
      assert.match(((await response.json()) as { error: string }).error, /\.$/);
    }
    assert.deepEqual(await (await fetch(`${standIn.url}/faults`)).json(), standIn.faults.settings);
  });

  test('is the only one who may write: forms and pages of other origins are not heard', async () => {
    const count = standIn.messages().length;
    const form = await post('/phone/contacts/ana/messages', { text: 'Forged' }, 'text/plain');
    assert.notEqual(form.status, 202);
    const preflight = await fetch(`${standIn.url}/faults`, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.test' },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
    assert.equal(standIn.messages().length, count);
  });
});
