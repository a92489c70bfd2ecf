import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { firstValueFrom, from, toArray } from 'rxjs';
import WebSocket from 'ws';
import type { OutboundMedia } from 'whatsapp-workspace/model';
import { gatewayTransport } from 'whatsapp-workspace/transport/gateway';
import { FileLane } from '../src/media/lane.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { jpeg, png } from './support/files.js';
import { startGateway, tokenFor } from './support/gateway.js';
import { silentLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { change, CHANNEL, newWamid, post, textChange, webhook } from './support/webhooks.js';

const OTHER = '999000111';
const PHOTO = jpeg(20, 10);
/** More than there are hands. */
const MANY = 10;
const hanging = { uploads: 0, downloads: 0 };

/** A Cloud API that never answers about files of one number. */
const server = createServer((request, response) =>
  request.method === 'POST' ? taken(request, response) : given(request, response),
);

function taken(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (request.url?.includes(CHANNEL)) return void hanging.uploads++;
  request.on('end', () => response.end(JSON.stringify({ id: randomUUID() })));
}

function given(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  if (pathname !== '/file') {
    const url = `${origin}/file?of=${searchParams.get('phone_number_id')}`;
    const sha256 = createHash('sha256').update(PHOTO).digest('hex');
    response.end(JSON.stringify({ url, sha256, file_size: PHOTO.length }));
  } else if (searchParams.get('of') === CHANNEL) hanging.downloads++;
  else response.end(PHOTO);
}

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
atEnd(() => server.close());
atEnd(() => server.closeAllConnections());

const database = await useDatabase();
const sender = new ScriptedSender();
const gateway = await startGateway({
  databaseUrl: database.url,
  apiUrl: `${origin}/v23.0`,
  policy: { agentCapacity: 2 * MANY },
  deps: { senderFor: () => sender },
});
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();

/** A contact writes over a number, and the agent accepts. Returns the interaction. */
async function written(phone: string, channel: string): Promise<string> {
  await post(gateway.url, webhook(textChange({ phone }, 'Hello', { channel })));
  return (await desk.accept()).id;
}

/** The agent sends a picture of its own. */
async function sends(interaction: string, width: number): Promise<void> {
  const adapter = gatewayTransport({ url: gateway.url, token: () => tokenFor('ana'), WebSocket });
  const blob = new Blob([new Uint8Array(png(width, 4))]);
  const named = { mimeType: 'image/png', fileName: 'a name' };
  const steps = await firstValueFrom(from(adapter.upload?.(randomUUID(), blob, named) ?? []).pipe(toArray()));
  const last = steps.at(-1);
  assert.ok(last?.at === 'stored');
  const content: OutboundMedia = {
    kind: 'media',
    as: 'image',
    upload: 'u',
    media: last.media,
    fileName: null,
    caption: null,
  };
  await desk.does('send-message', { interaction, content });
}

async function photoComes(phone: string, channel: string): Promise<void> {
  const image = { id: randomUUID(), mime_type: 'image/jpeg' };
  const message = {
    from: phone,
    id: newWamid(),
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'image',
    image,
  };
  const contacts = [{ wa_id: phone, profile: { name: 'M' } }];
  await post(gateway.url, webhook(change(channel, { contacts, messages: [message] })));
}

test('files that WhatsApp does not take over one number keep those of no other waiting', async () => {
  for (let n = 0; n < MANY; n++) await sends(await written(`346007000${n}0`, CHANNEL), 10 + n);
  await until('they hang', () => hanging.uploads >= 4);
  await sends(await written('34600800000', OTHER), 99);
  await until('it has gone', () => sender.requests.length === 1);
  assert.equal(hanging.uploads, 4);
});

test('files that do not come over one number keep those of no other waiting', async () => {
  for (let n = 0; n < MANY; n++) await photoComes('34600700000', CHANNEL);
  await until('they hang', () => hanging.downloads >= 4);
  await photoComes('34600800000', OTHER);
  await until('it is here', async () => {
    const rows = await database.query(`select from media where channel = $1 and state = 'stored'`, [OTHER]);
    return rows.length === 1;
  });
  assert.equal(hanging.downloads, 4);
});

test('a lane of which no hand gets done says so', async () => {
  const done = new EventEmitter();
  const jobs = Array.from({ length: 99 }, (_, n) => ({ channel: String(n) }));
  const lane = new FileLane(
    {
      trouble: 'Files do not come',
      lease: async () => jobs.splice(0, 1),
      next: async () => null,
      renew: async () => true,
      carryOut: async () => void (await once(done, 'done')),
    },
    { clock: { now: () => Date.now() }, log: silentLog, sweepInterval: 5, stalledAfter: 20 },
  );
  await lane.start();
  await until('it is said', () => lane.problem() === 'Files do not come');
  jobs.length = 0;
  done.emit('done');
  await until('it is over', () => lane.problem() === null);
  await lane.stop();
});
