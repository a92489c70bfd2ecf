import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MediaContent, MediaNews, Message } from 'whatsapp-workspace/model';
import type { SignedSource } from 'whatsapp-workspace/protocol';
import { signAddress } from '../src/media/address.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { jpeg, pdf } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { ORIGIN, startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

const database = await useDatabase();
const mediaDir = temporaryFolder();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const log = recordingLog();
const options = {
  databaseUrl: database.url,
  apiUrl: `${standIn.url}/v23.0`,
  mediaDir,
  port,
  deps: { log },
};
const gateway = await startGateway(options);
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();

const CONTACT = { name: 'Maria', phone: '34600111222' };
const PHOTO = jpeg(640, 480, 100_000);

/** A contact sends a file. Returns its message as the desk has it once a change has told what became of the file. */
async function comesIn(file: Parameters<typeof standIn.writeAsContact>[0], on = desk): Promise<Message> {
  const known = on.events.length;
  await standIn.writeAsContact(file).taken;
  const seen = () => on.events.slice(known);
  const received = await until('the message', () =>
    seen()
      .flatMap((event) => (event.type === 'message-received' ? [event.body.message] : []))
      .at(0),
  );
  await until('what became of the file', () =>
    seen().some(
      ({ type, body }) => type === 'message-changed' && 'message' in body && body.message === received.id,
    ),
  );
  const query = {
    name: 'transcript',
    args: { interaction: received.interaction, before: null, limit: 50 },
  } as const;
  const page = await on.query(query);
  assert.ok(page.ok);
  const message = page.result.items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
  const found = message.find(({ id }) => id === received.id);
  assert.ok(found);
  return found;
}

/** Waits until the desk is told that the file of a message has come to a state. */
async function changeTo(status: MediaContent['status'], message: string): Promise<MediaNews> {
  return until(`it is ${status}`, () =>
    desk.events
      .flatMap(({ type, body }) =>
        type === 'message-changed' &&
        body.message === message &&
        body.change.kind === 'media' &&
        body.change.status === status
          ? [body.change]
          : [],
      )
      .at(0),
  );
}

/** Lets a file be tried so often and no more, unless it ends before, without its pauses. */
async function tried(graphId: string, times: number): Promise<void> {
  await until(`it was tried ${times} times`, async () => {
    await database.query(
      `update media set run_at = 0 where graph_id = $1 and attempts < $2 and state = 'wanted'`,
      [graphId, times],
    );
    const rows = await database.query(
      `select from media where graph_id = $1 and (attempts >= $2 or state not in ('wanted', 'fetching'))`,
      [graphId, times],
    );
    return rows.length > 0;
  });
}

function fileOf({ content }: Message): MediaContent {
  assert.ok('media' in content, 'It is a file.');
  return content;
}

async function sourceOf(media: string, on = desk): Promise<SignedSource | string> {
  const id = randomUUID();
  on.sendRaw({ type: 'query', id, query: { name: 'media-source', args: { media } } });
  const frame = await until('an answer', () =>
    on.frames.find((one) => one.type === 'result' && one.id === id),
  );
  assert.ok(frame.type === 'result');
  return frame.ok ? (frame.result as SignedSource) : frame.error.kind;
}

async function addressOf(media: string, on = desk): Promise<SignedSource> {
  const source = await sourceOf(media, on);
  assert.ok(typeof source !== 'string', 'The address was refused.');
  return source;
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });

await standIn.writeAsContact({ contact: CONTACT, text: 'I send you a photo' }).taken;
const { id: interaction } = await desk.accept();
const photo = await comesIn({
  contact: CONTACT,
  file: { type: 'image', mime: 'image/jpeg', bytes: PHOTO, caption: 'Look' },
});
const { media } = fileOf(photo);
const id = media?.id ?? '';

test('a photo of a contact is fetched, checked and kept, and its message says so', async () => {
  const { status, mimeType, bytes, width, height, caption, error } = fileOf(photo);
  assert.deepEqual(
    { status, mimeType, bytes, width, height, caption, error },
    {
      status: 'stored',
      mimeType: 'image/jpeg',
      bytes: PHOTO.length,
      width: 640,
      height: 480,
      caption: 'Look',
      error: null,
    },
  );
  const { path, until: end } = await addressOf(id);
  assert.ok(end > Date.now());
  const response = await get(path);
  assert.equal(response.status, 200);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), PHOTO);
});

test('it lies under its hash, and nothing that was coming is left', async () => {
  const sha256 = createHash('sha256').update(PHOTO).digest('hex');
  assert.deepEqual(await readdir(join(mediaDir, sha256.slice(0, 2), sha256.slice(2, 4))), [sha256]);
  await until('the draft is gone', async () => (await readdir(join(mediaDir, 'coming'))).length === 0);
});

test('an answer with a file is what it is, and does nothing else', async () => {
  const { path, savePath } = await addressOf(id);
  const { headers } = await get(path, { origin: ORIGIN });
  assert.equal(headers.get('content-type'), 'image/jpeg');
  assert.equal(headers.get('content-disposition'), 'inline');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
  assert.match(headers.get('cache-control') ?? '', /^private, max-age=\d+, immutable$/);
  assert.equal(headers.get('access-control-allow-origin'), ORIGIN);
  assert.match((await get(savePath)).headers.get('content-disposition') ?? '', /^attachment/);
  assert.equal((await get(path, { origin: 'https://evil.example' })).status, 403);
});

test('parts of it can be had', async () => {
  const { path } = await addressOf(id);
  const part = await get(path, { range: 'bytes=10-19' });
  assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes 10-19/${PHOTO.length}`]);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), PHOTO.subarray(10, 20));
  const end = await get(path, { range: 'bytes=-5' });
  assert.deepEqual(Buffer.from(await end.arrayBuffer()), PHOTO.subarray(-5));
  assert.equal((await get(path, { range: `bytes=${PHOTO.length}-` })).status, 416);
});

test('an address that was altered, has ended, or is none is refused', async () => {
  const { path } = await addressOf(id);
  const url = new URL(path, gateway.url);
  const altered = (change: (of: URL) => void) => {
    const other = new URL(url);
    change(other);
    return fetch(other).then(({ status }) => status);
  };
  assert.equal(await altered((of) => of.searchParams.set('agent', 'ben')), 403);
  assert.equal(await altered((of) => of.searchParams.set('until', String(Date.now() + 1e9))), 403);
  assert.equal(await altered((of) => of.searchParams.set('as', 'attachment')), 403);
  assert.equal(await altered((of) => of.searchParams.set('signature', 'A'.repeat(43))), 403);
  assert.equal(await altered((of) => of.searchParams.delete('signature')), 403);
  assert.equal(await altered((of) => (of.pathname = `/v1/media/${randomUUID()}`)), 403);
  assert.equal(await altered((of) => (of.pathname = '/v1/media/..%2F..%2Fetc%2Fpasswd')), 403);
  const [row] = await database.query<{ key: string }>('select key from media_key');
  const signed = (address: object) => {
    const good = { media: id, agent: 'ana', until: Date.now() + 60_000, as: 'inline', ...address } as const;
    return get(signAddress(row?.key ?? '', good)).then(({ status }) => status);
  };
  assert.equal(await signed({}), 200);
  assert.equal(await signed({ until: Date.now() - 60_000 }), 403);
  assert.equal(await signed({ media: '../../etc/passwd' }), 404);
});

test('who may not read the message gets no address', async () => {
  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  atEnd(() => ben.close());
  assert.equal(await sourceOf(id, ben), 'not-found');
  assert.equal(await sourceOf('../../etc/passwd', ben), 'not-found');
  await desk.does('move-to-workbin', { interaction, workbin: 'team' });
  assert.equal(typeof (await sourceOf(id, ben)), 'object', 'What lies in a workbin in reach.');
  await desk.does('open-interaction', { interaction });
  assert.equal(await sourceOf(id, ben), 'not-found');
});

test('a file that is no picture is only ever kept, under its name', async () => {
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  const name = 'invoice\u202Efdp.html/..\\"x"; é.html';
  const message = await comesIn({
    contact: CONTACT,
    file: { type: 'document', mime: 'text/html', bytes: page, name },
  });
  const { path } = await addressOf(fileOf(message).media?.id ?? '');
  const { headers } = await get(path);
  assert.equal(headers.get('content-type'), 'application/octet-stream');
  const disposition = headers.get('content-disposition') ?? '';
  assert.match(disposition, /^attachment; filename="[ -~]+"; filename\*=UTF-8''invoice_fdp\.html_\.\._/);
  assert.ok(!/[/\\]/.test(disposition.split('"')[1] ?? ''), 'No part of a path.');
  const bill = pdf(5000);
  const document = await comesIn({
    contact: CONTACT,
    file: { type: 'document', mime: 'application/pdf', bytes: bill, name: 'bill.pdf' },
  });
  const shown = await get((await addressOf(fileOf(document).media?.id ?? '')).path);
  assert.equal(shown.headers.get('content-type'), 'application/pdf');
  assert.equal(
    shown.headers.get('content-disposition'),
    `inline; filename="bill.pdf"; filename*=UTF-8''bill.pdf`,
  );
});

test('a file that WhatsApp has no more is gone, and one that it does not hand over stays refused', async () => {
  const lost = standIn.addFile({ mime: 'image/jpeg', name: null, bytes: PHOTO });
  standIn.forget(lost.id);
  const raw = { type: 'image', image: { id: lost.id, mime_type: 'image/jpeg' } };
  const waits = await comesIn({ contact: CONTACT, raw });
  assert.deepEqual(
    [fileOf(waits).status, fileOf(waits).error?.code],
    ['wanted', 131052],
    'Why it is not here yet.',
  );
  const gone = await changeTo('gone', waits.id);
  assert.deepEqual([gone.error?.code, gone.media], [131052, null]);
  const errors = [{ code: 131052, title: 'Media download error', error_data: { details: 'Too large' } }];
  await standIn.writeAsContact({ contact: CONTACT, raw: { type: 'video', video: {}, errors } }).taken;
  const told = await until(
    'the message',
    () =>
      desk.events.flatMap((event) =>
        event.type === 'message-received' && event.body.message.content.kind === 'video'
          ? [event.body.message]
          : [],
      )[0],
  );
  assert.deepEqual([fileOf(told).status, fileOf(told).error?.code], ['refused', 131052]);
});

test('a file that the token may not have now is asked for until WhatsApp throws it away, and the log says so once', async () => {
  const files = [1, 2].map(() => standIn.addFile({ mime: 'image/jpeg', name: null, bytes: PHOTO }));
  const messages: Message[] = [];
  for (const { id: graphId } of files) {
    standIn.hide(graphId);
    const raw = { type: 'image', image: { id: graphId, mime_type: 'image/jpeg' } };
    messages.push(await comesIn({ contact: CONTACT, raw }));
    await tried(graphId, 8);
  }
  const [late, old] = messages.map((message) => message.id);
  const [{ id: lateId } = { id: '' }, { id: oldId } = { id: '' }] = files;
  const said = () => log.lines.filter(({ message }) => message.includes('not seen'));
  assert.deepEqual(
    said().map(({ level, fields }) => [level, fields['code']]),
    [['error', 100]],
  );
  // The access has been mended.
  standIn.hide(lateId, false);
  await tried(lateId, 9);
  assert.equal((await changeTo('stored', late ?? '')).bytes, PHOTO.length);
  const week = 7 * 24 * 60 * 60_000;
  await database.query('update media set created_at = created_at - $2::bigint where graph_id = $1', [
    oldId,
    week,
  ]);
  await tried(oldId, 9);
  assert.equal((await changeTo('gone', old ?? '')).error?.code, 100);
  assert.equal(said().length, 1);
});

test('only what is about a file itself ends it, however long it could not be asked for before', async () => {
  const bring = async () => {
    const { id: graphId } = standIn.addFile({ mime: 'image/jpeg', name: null, bytes: PHOTO });
    standIn.hide(graphId);
    const raw = { type: 'image', image: { id: graphId, mime_type: 'image/jpeg' } };
    const { id: message } = await comesIn({ contact: CONTACT, raw });
    await tried(graphId, 6);
    return { graphId, message };
  };
  const [twice, thrice] = [await bring(), await bring()];
  standIn.spoil(twice.graphId, 2);
  standIn.spoil(thrice.graphId, 3);
  for (const { graphId } of [twice, thrice]) {
    standIn.hide(graphId, false);
    await tried(graphId, 9);
  }
  assert.equal((await changeTo('stored', twice.message)).bytes, PHOTO.length);
  assert.match((await changeTo('refused', thrice.message)).error?.detail ?? '', /not the file/);
});

test('a gateway that is killed while it fetches leaves nothing for good', async () => {
  const known = desk.events.length;
  const wanted = standIn.addFile({ mime: 'image/jpeg', name: null, bytes: jpeg(10, 10) });
  // As it lies there when the process ends: taken up, and until an instant that has come.
  await database.query(
    `insert into media (id, channel, graph_id, state, attempts, created_at, run_at)
     select 'killed', i.channel, $1, 'fetching', 1, $2::bigint, $2::bigint + 5 from interaction i limit 1`,
    [wanted.id, Date.now()],
  );
  await database.query(`insert into message_media (message, place, media) values ($1, 1, 'killed')`, [
    photo.id,
  ]);
  const told = await until('it is fetched again', () =>
    desk.events.slice(known).find(({ type }) => type === 'message-changed'),
  );
  assert.ok(told.type === 'message-changed' && told.body.change.kind === 'media');
  assert.deepEqual([told.body.change.status, told.body.change.width], ['stored', 10]);
});

test('files that have vanished from the disk are gone for who asks, and cost nothing else', async () => {
  const sha256 = createHash('sha256').update(PHOTO).digest('hex');
  const { path } = await addressOf(id);
  await rm(join(mediaDir, sha256.slice(0, 2), sha256.slice(2, 4), sha256));
  assert.equal((await get(path)).status, 404);
});
