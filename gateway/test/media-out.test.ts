import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstValueFrom, from, toArray } from 'rxjs';
import WebSocket from 'ws';
import type { MediaRole, OutboundMedia } from 'whatsapp-workspace/model';
import { UPLOAD_PATH } from 'whatsapp-workspace/protocol';
import { gatewayTransport } from 'whatsapp-workspace/transport/gateway';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { jpeg, ogg, pdf, png } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway, tokenFor, type TestGatewayOptions } from './support/gateway.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

const database = await useDatabase();
const mediaDir = temporaryFolder();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const options: TestGatewayOptions = {
  databaseUrl: database.url,
  apiUrl: `${standIn.url}/v23.0`,
  mediaDir,
  port,
  policy: { files: { sticker: { types: [], bytes: 0 } } },
};
let gateway = await startGateway(options);
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();
await standIn.writeAsContact({ contact: { name: 'Maria', phone: '34600111222' }, text: 'Hello' }).taken;
const { id: interaction } = await desk.accept();

/** Brings a file as the agent's desk does. Returns its id at the gateway. */
async function bring(bytes: Uint8Array, mimeType: string, agent = 'ana'): Promise<string> {
  const adapter = gatewayTransport({ url: gateway.url, token: () => tokenFor(agent), WebSocket });
  const blob = new Blob([new Uint8Array(bytes)]);
  const steps = await firstValueFrom(
    from(adapter.upload?.(randomUUID(), blob, { mimeType, fileName: 'a name' }) ?? []).pipe(toArray()),
  );
  const last = steps.at(-1);
  assert.ok(last?.at === 'stored');
  return last.media.id;
}

function message(media: string | null, as: MediaRole, more: Partial<OutboundMedia> = {}): OutboundMedia {
  const ref = media === null ? null : { id: media };
  return { kind: 'media', as, upload: 'u', media: ref, fileName: null, caption: null, ...more };
}

/** Sends it. Returns what the contact's phone has. */
async function arrives(content: OutboundMedia) {
  const id = randomUUID();
  await desk.does('send-message', { interaction, content }, id);
  return until('the phone has it', () => standIn.messages().find(({ callbackData }) => callbackData === id));
}

async function refusalOf(content: OutboundMedia): Promise<string> {
  const receipt = await desk.command('send-message', { interaction, content });
  assert.ok(!receipt.ok, 'It was sent.');
  return receipt.error.kind;
}

async function request(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Uint8Array,
) {
  const authorization = `Bearer ${await tokenFor(headers['agent'] ?? 'ana')}`;
  const { agent: _agent, ...rest } = headers;
  const init = { method, headers: { authorization, 'tus-resumable': '1.0.0', ...rest } };
  return fetch(gateway.url + UPLOAD_PATH + path, body ? { ...init, body: new Uint8Array(body) } : init);
}

function creation(id: string, bytes: number, type = 'application/pdf'): Record<string, string> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    'upload-length': String(bytes),
    'upload-metadata': `id ${base64(id)},filetype ${base64(type)},filename ${base64('été.pdf')}`,
  };
}

function chunk(offset: number): Record<string, string> {
  return { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
}

test('a document arrives byte for byte, under its name, before what was written after it', async () => {
  const bill = pdf(3_000_000);
  const media = await bring(bill, 'application/pdf');
  const [first, second] = [randomUUID(), randomUUID()];
  const content = message(media, 'document', { fileName: 'bill.pdf', caption: 'Yours' });
  await desk.does('send-message', { interaction, content }, first);
  await desk.does('send-message', { interaction, content: { kind: 'text', text: 'That is it' } }, second);
  const sent = () => standIn.messages().filter(({ author }) => author === 'business');
  await until('both are there', () => sent().length === 2);
  assert.deepEqual(
    sent().map(({ callbackData }) => callbackData),
    [first, second],
  );
  const [document] = sent();
  assert.deepEqual([document?.type, document?.text, document?.file?.name], ['document', 'Yours', 'bill.pdf']);
  assert.ok(standIn.file(document?.file?.id ?? '')?.bytes.equals(bill));
  const shown = desk.events.flatMap((event) =>
    event.type === 'message-sent' ? [event.body.message.content] : [],
  )[0];
  assert.ok(shown?.kind === 'document');
  assert.deepEqual(
    [shown.status, shown.media, shown.bytes, shown.mimeType, shown.fileName],
    ['stored', { id: media }, bill.length, 'application/pdf', 'bill.pdf'],
  );
});

test('a file is handed over once for each number, however often it is sent', async () => {
  const media = await bring(png(4, 4), 'image/png');
  const first = await arrives(message(media, 'image'));
  const second = await arrives(message(media, 'image', { caption: 'Again' }));
  assert.equal(second.file?.id, first.file?.id);
});

test('a recording goes as a voice note', async () => {
  const media = await bring(ogg('OpusHead'), 'audio/ogg');
  const note = await arrives(message(media, 'voice'));
  assert.deepEqual([note.type, note.file?.mime], ['audio', 'audio/ogg; codecs=opus']);
});

test('only a file that the agent has brought can be sent, and as what it is', async () => {
  const media = await bring(png(4, 4), 'image/png');
  assert.equal(await refusalOf(message(null, 'image')), 'not-found');
  assert.equal(await refusalOf(message(randomUUID(), 'image')), 'not-found');
  assert.equal(await refusalOf(message(await bring(png(5, 5), 'image/png', 'ben'), 'image')), 'not-found');
  assert.equal(await refusalOf(message(media, 'video')), 'invalid');
  assert.equal(await refusalOf(message(media, 'sticker')), 'invalid');
  assert.equal(await refusalOf(message(media, 'image', { caption: 'x'.repeat(1025) })), 'text-too-long');
});

test('what no agent may send is not kept', async () => {
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  await assert.rejects(bring(page, 'application/pdf'), { kind: 'invalid' });
  await assert.rejects(bring(page, 'text/html'), { kind: 'invalid' });
  await assert.rejects(bring(ogg('\x01vorbis'), 'audio/ogg'), { kind: 'invalid' });
  await assert.rejects(bring(jpeg(10, 10, 5 * 1024 * 1024 + 1), 'image/jpeg'), { kind: 'invalid' });
  await assert.rejects(bring(Buffer.alloc(0), 'image/jpeg'), { kind: 'invalid' });
  assert.deepEqual(await readdir(join(mediaDir, 'uploads')), []);
});

test('a file of 100,000,000 bytes is refused before it comes', async () => {
  assert.equal((await request('POST', '', creation(randomUUID(), 100_000_000))).status, 413);
  assert.equal((await request('POST', '', creation(randomUUID(), 99_999_999))).status, 201);
});

test('a file of a message that the agent may read is sent on; that of another agent’s conversation is not', async () => {
  const bytes = png(40, 30);
  const sent = (name: string, phone: string) =>
    standIn.writeAsContact({ contact: { name, phone }, file: { type: 'image', mime: 'image/png', bytes } })
      .taken;
  const stored = (name: string) =>
    until(`the photo of ${name} is here`, async () => {
      const [found] = await database.query<{ id: string }>(
        `select f.id from media f join message_media mm on mm.media = f.id join message m on m.id = mm.message
           join interaction i on i.id = m.interaction join contact c on c.id = i.contact
         where f.state = 'stored' and m.direction = 'inbound' and c.name = $1`,
        [name],
      );
      return found?.id;
    });
  await sent('Maria', '34600111222');
  await arrives(message(await stored('Maria'), 'image', { caption: 'Look' }));
  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
  await ben.ready();
  await sent('Pau', '34600111444');
  await ben.accept();
  const others = await stored('Pau');
  assert.equal(await refusalOf(message(others, 'image')), 'not-found');
  ben.close();
  await desk.ready();
});

test('an upload goes on after its gateway has ended, whoever asks by the same id', async () => {
  const id = randomUUID();
  const bill = pdf(200_000);
  assert.equal((await request('POST', '', creation(id, bill.length))).status, 201);
  const half = await request('PATCH', `/${id}`, chunk(0), bill.subarray(0, 100_000));
  assert.deepEqual([half.status, half.headers.get('upload-offset')], [204, '100000']);
  await gateway.close();
  gateway = await startGateway(options);
  const place = await request('HEAD', `/${id}`);
  assert.deepEqual([place.status, place.headers.get('upload-offset')], [200, '100000']);
  const wrong = await request('PATCH', `/${id}`, chunk(50_000), bill.subarray(50_000));
  assert.equal(wrong.status, 409);
  const end = await request('PATCH', `/${id}`, chunk(100_000), bill.subarray(100_000));
  assert.deepEqual([end.status, end.headers.get('upload-offset')], [204, '200000']);
  const again = await request('POST', '', creation(id, bill.length));
  assert.equal(again.headers.get('upload-media'), end.headers.get('upload-media'));
  const [row] = await database.query<{ count: string }>(
    'select count(*) from media where sha256 is not null and name = $1',
    ['été.pdf'],
  );
  assert.equal(Number(row?.count), 1);
});

test('what came whole before its gateway died is judged when somebody asks', async () => {
  const id = randomUUID();
  const bill = pdf(1000);
  await request('POST', '', creation(id, bill.length));
  await request('PATCH', `/${id}`, chunk(0), bill.subarray(0, 999));
  const [name = ''] = (await readdir(join(mediaDir, 'uploads'))).slice(-1);
  await appendFile(join(mediaDir, 'uploads', name), bill.subarray(999));
  const place = await request('HEAD', `/${id}`);
  assert.ok(place.headers.get('upload-media'));
});

test('an upload is its agent’s own, and takes a token', async () => {
  const id = randomUUID();
  const bill = pdf(1000);
  await request('POST', '', creation(id, bill.length));
  assert.equal((await request('HEAD', `/${id}`, { agent: 'ben' })).status, 404);
  assert.equal((await request('POST', '', { ...creation(id, 5), agent: 'ben' })).status, 201);
  assert.equal((await request('HEAD', `/${id}`, { authorization: 'Bearer forged' })).status, 401);
  assert.equal((await request('HEAD', `/${id}`, { origin: 'https://evil.example' })).status, 403);
  assert.equal((await request('HEAD', `/${encodeURIComponent('../../etc/passwd')}`)).status, 404);
  assert.equal((await request('POST', '', creation(id, bill.length + 1))).status, 409);
  const more = await request('PATCH', `/${id}`, chunk(0), Buffer.alloc(1001));
  assert.equal(more.status, 413);
});

test('an answer to a page of the list says that it may ask', async () => {
  const headers = { origin: 'https://crm.example.com', 'access-control-request-method': 'PATCH' };
  const response = await fetch(`${gateway.url}${UPLOAD_PATH}/x`, { method: 'OPTIONS', headers });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get('access-control-allow-origin'), 'https://crm.example.com');
  assert.match(response.headers.get('access-control-allow-methods') ?? '', /PATCH/);
});

test('what cannot be handed over now waits, and what was written after it waits with it', async () => {
  await gateway.close();
  gateway = await startGateway({ ...options, apiUrl: 'http://127.0.0.1:9/v23.0' });
  const later = await Desk.open(gateway.url, { agent: 'ana' });
  atEnd(() => later.close());
  const media = await bring(png(7, 7), 'image/png');
  const [first, second] = [randomUUID(), randomUUID()];
  await later.does('send-message', { interaction, content: message(media, 'image') }, first);
  await later.does('send-message', { interaction, content: { kind: 'text', text: 'After it' } }, second);
  await until('it was tried', async () => {
    const rows = await database.query(`select from outbox where state = 'held' and last_error is not null`);
    return rows.length > 0;
  });
  await gateway.close();
  gateway = await startGateway(options);
  const arrived = () =>
    standIn
      .messages()
      .flatMap(({ callbackData }) =>
        callbackData === first || callbackData === second ? [callbackData] : [],
      );
  await until('both are there', () => arrived().length === 2);
  assert.deepEqual(arrived(), [first, second]);
});

test('an agent who has brought very much sends some of it before there is room for more; others have theirs', async () => {
  await database.query(
    `with file as (
       insert into media (id, mime, owner, state, created_at, run_at)
       select 'much-' || n, 'application/pdf', 'cleo', 'stored', $1::bigint, 0 from generate_series(1, 50) n returning id
     ) insert into upload (owner, id, bytes, mime, created_at, media) select 'cleo', id, 99999999, 'application/pdf', $1::bigint, id from file`,
    [Date.now()],
  );
  const begin = (agent: string) => request('POST', '', { ...creation('one-more', 1000), agent });
  const refused = await begin('cleo');
  assert.equal(refused.status, 413);
  const { error } = (await refused.json()) as { error: string };
  assert.match(error, /has brought 4999999950 bytes and not sent them/);
  assert.equal((await begin('dora')).status, 201);
  await database.query(
    `insert into message_media (message, place, media) select id, 1, 'much-1' from message limit 1`,
  );
  assert.equal((await begin('cleo')).status, 201);
});
