import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, suite, test } from 'node:test';
import { CloudApi, type MessageToSend, type SendResult } from '../../src/cloud-api/index.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const TEXT: MessageToSend = {
  to: { phone: '254700000101', bsuid: 'KE.1' },
  content: { kind: 'text', text: 'Hi' },
  replyTo: null,
  callbackData: 'command-1',
};

let server: Server;
let answer: Answer;
let received: { request: IncomingMessage; body: Record<string, unknown> }[] = [];

async function listen(): Promise<void> {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        request,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function send(message: Partial<MessageToSend> = {}, timeout = 2_000): Promise<SendResult> {
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/v23.0/`;
  return new CloudApi({ baseUrl, phoneNumberId: '42', accessToken: 'token-1', timeout }).send({
    ...TEXT,
    ...message,
  });
}

/** Answers with JSON, or with text as it is. */
function answering(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

function graphError(code: number, more: Record<string, unknown> = {}): unknown {
  return {
    error: { message: `(#${code}) Trouble`, type: 'OAuthException', code, fbtrace_id: 'A1', ...more },
  };
}

const ACCEPTED = answering(200, {
  messaging_product: 'whatsapp',
  contacts: [{ input: '254700000101', wa_id: '254700000101' }],
  messages: [{ id: 'wamid.new' }],
});

suite('CloudApi', () => {
  before(listen);
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    received = [];
  });

  test('sends a text as the Cloud API wants it and returns its id', async () => {
    answer = ACCEPTED;
    const nobody = { bsuid: null, parentBsuid: null, username: null, name: null };
    assert.deepEqual(await send(), {
      outcome: 'accepted',
      wamid: 'wamid.new',
      recipient: { ...nobody, phone: '254700000101' },
    });
    const [first] = received;
    assert.ok(first);
    const { request, body } = first;
    assert.equal(request.method, 'POST');
    assert.equal(request.url, '/v23.0/42/messages');
    assert.equal(request.headers.authorization, 'Bearer token-1');
    assert.deepEqual(body, {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '254700000101',
      type: 'text',
      text: { body: 'Hi', preview_url: true },
      biz_opaque_callback_data: 'command-1',
    });
  });

  test('writes to a user id in its own field', async () => {
    answer = ACCEPTED;
    await send({ to: { phone: null, bsuid: 'KE.1' } });
    const body = received[0]?.body;
    assert.deepEqual([body?.['recipient'], body?.['to']], ['KE.1', undefined]);
  });

  test('refuses a contact without an address and sends nothing', async () => {
    answer = ACCEPTED;
    const result = await send({ to: { phone: '', bsuid: null } });
    assert.equal(result.outcome, 'refused');
    assert.equal(received.length, 0);
  });

  const OUTCOMES: readonly (readonly [string, Answer, SendResult['outcome'], number | null])[] = [
    ['429', answering(429, ''), 'retry', null],
    ['429 with seconds', answering(429, graphError(130429), { 'retry-after': '7' }), 'retry', 7_000],
    ['pair rate, status 400', answering(400, graphError(131056)), 'retry', null],
    ['app rate, status 400', answering(400, graphError(4)), 'retry', null],
    ['business rate', answering(400, graphError(80007)), 'retry', null],
    ['service unavailable', answering(500, graphError(131016)), 'retry', null],
    ['something went wrong', answering(500, graphError(131000)), 'retry', null],
    ['503 that says when', answering(503, 'busy', { 'retry-after': '2' }), 'retry', 2_000],
    ['window closed', answering(400, graphError(131047)), 'refused', null],
    ['undeliverable', answering(400, graphError(131026)), 'refused', null],
    ['bad parameter', answering(400, graphError(131009)), 'refused', null],
    ['invalid parameter', answering(400, graphError(100)), 'refused', null],
    ['404 without words', answering(404, '<html>'), 'refused', null],
    ['wrong phone number id', answering(400, graphError(100, { error_subcode: 33 })), 'blocked', null],
    ['expired token', answering(401, graphError(190)), 'blocked', null],
    ['token, code 0', answering(401, graphError(0)), 'blocked', null],
    ['no permission', answering(403, graphError(10)), 'blocked', null],
    ['permission 2xx', answering(403, graphError(200)), 'blocked', null],
    ['401 without words', answering(401, ''), 'blocked', null],
    ['not in the contact’s country', answering(403, graphError(130497)), 'refused', null],
    [
      '403 with a code of WhatsApp’s own that is not known',
      answering(403, graphError(131999)),
      'refused',
      null,
    ],
    ['redirect', answering(302, '', { location: 'http://127.0.0.1:1/' }), 'blocked', null],
    ['500 without words', answering(500, '<html>'), 'unknown', null],
    ['502', answering(502, ''), 'unknown', null],
    ['503 that says nothing', answering(503, ''), 'unknown', null],
    ['unknown server error', answering(500, graphError(1)), 'unknown', null],
    ['200 without an id', answering(200, { messages: [] }), 'unknown', null],
    ['200 that is no JSON', answering(200, 'OK'), 'unknown', null],
  ];
  for (const [what, given, outcome, retryAfter] of OUTCOMES) {
    test(`${what}: ${outcome}`, async () => {
      answer = given;
      const result = await send();
      assert.equal(result.outcome, outcome);
      if ('retryAfter' in result) assert.equal(result.retryAfter, retryAfter);
      assert.equal(received.length, 1);
    });
  }

  test('passes on the code and the words of an error', async () => {
    answer = answering(
      400,
      graphError(131047, { error_data: { details: 'More than 24 hours have passed' } }),
    );
    const result = await send();
    assert.deepEqual('error' in result && result.error, {
      code: 131047,
      detail: 'More than 24 hours have passed',
    });
  });

  test('reads a date in Retry-After', async () => {
    const until = new Date(Date.now() + 60_000).toUTCString();
    answer = answering(429, '', { 'retry-after': until });
    const result = await send();
    assert.equal(result.outcome, 'retry');
    const wait = 'retryAfter' in result ? result.retryAfter : null;
    assert.ok(wait !== null && wait > 50_000 && wait <= 60_000, String(wait));
  });

  test('a connection reset after the request left: unknown, and not sent again', async () => {
    answer = (request) => request.socket.resetAndDestroy();
    assert.equal((await send()).outcome, 'unknown');
    assert.equal(received.length, 1);
  });

  test('a connection closed in the middle of the answer: unknown', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': '500' }).write('{"messages":[{"id":"wam', () => {
        request.socket.destroy();
      });
    };
    assert.equal((await send()).outcome, 'unknown');
  });

  test('no answer in time: unknown', async () => {
    answer = () => undefined;
    const result = await send({}, 100);
    assert.equal(result.outcome, 'unknown');
    assert.equal(received.length, 1);
  });

  test('nobody listens: retry, for nothing has left', async () => {
    const closing = createServer();
    await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve));
    const { port } = closing.address() as AddressInfo;
    await new Promise((resolve) => closing.close(resolve));
    for (const host of ['127.0.0.1', 'localhost']) {
      const api = new CloudApi({
        baseUrl: `http://${host}:${port}/v23.0`,
        phoneNumberId: '42',
        accessToken: 't',
      });
      assert.equal((await api.send(TEXT)).outcome, 'retry', host);
    }
  });

  test('a host that cannot be found, or whose certificate is wrong: retry', async () => {
    const failing =
      (code: string): typeof fetch =>
      () =>
        Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
    for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'DEPTH_ZERO_SELF_SIGNED_CERT']) {
      const api = new CloudApi({
        baseUrl: 'https://x',
        phoneNumberId: '42',
        accessToken: 't',
        fetch: failing(code),
      });
      assert.equal((await api.send(TEXT)).outcome, 'retry', code);
    }
  });

  test('the token is in no result', async () => {
    for (const given of [answering(401, graphError(190)), answering(500, 'x')]) {
      answer = given;
      assert.doesNotMatch(JSON.stringify(await send()), /token-1/);
    }
  });
});
