import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CloudMedia } from '../../src/cloud-api/index.js';
import { atEnd } from '../support/cleanup.js';
import { jpeg, pdf } from '../support/files.js';
import { temporaryFolder } from '../support/folder.js';
import { ACCESS_TOKEN } from '../support/gateway.js';
import { freePort, startTestStandIn } from '../support/stand-in.js';
import { CHANNEL } from '../support/webhooks.js';

const standIn = await startTestStandIn(await freePort());
atEnd(() => standIn.close());
const baseUrl = `${standIn.url}/v23.0`;
const bearer = { authorization: `Bearer ${ACCESS_TOKEN}` };
const never = new AbortController().signal;
const folder = temporaryFolder();

async function handOver(bytes: Buffer, mime: string) {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  const media = new CloudMedia({ baseUrl, accessToken: ACCESS_TOKEN });
  return media.upload(CHANNEL, { path, bytes: bytes.length, mime, name: 'a "name"\r\n.pdf' }, never);
}

test('a file that is handed over can be had again, at an address that wants the token, until it is thrown away', async () => {
  const bytes = pdf(3000);
  const uploaded = await handOver(bytes, 'application/pdf');
  assert.ok(uploaded.outcome === 'uploaded');
  const address = `${baseUrl}/${uploaded.id}`;
  const about = (await (await fetch(address, { headers: bearer })).json()) as Record<string, unknown>;
  assert.deepEqual(
    [about['mime_type'], about['file_size'], about['sha256']],
    ['application/pdf', bytes.length, createHash('sha256').update(bytes).digest('hex')],
  );
  const url = String(about['url']);
  assert.equal((await fetch(url)).status, 401);
  assert.deepEqual(Buffer.from(await (await fetch(url, { headers: bearer })).arrayBuffer()), bytes);
  assert.equal((await fetch(address, { method: 'DELETE', headers: bearer })).status, 200);
  assert.equal((await fetch(address, { headers: bearer })).status, 400);
  assert.equal((await fetch(url, { headers: bearer })).status, 404);
});

test('what WhatsApp does not take is refused as WhatsApp does', async () => {
  for (const mime of ['audio/ogg', 'image/gif', 'text/html']) {
    const refused = await handOver(Buffer.from('bytes'), mime);
    assert.ok(refused.outcome === 'refused');
    assert.equal(refused.error.code, 100);
  }
  const large = await handOver(jpeg(10, 10, 5 * 1024 * 1024 + 1), 'image/jpeg');
  assert.ok(large.outcome === 'refused');
  assert.equal(large.error.code, 131053);
});

test('who has not the token, or another number, hands nothing over', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'bytes');
  const file = { path, bytes: 5, mime: 'image/jpeg', name: 'a' };
  const stranger = await new CloudMedia({ baseUrl, accessToken: 'other' }).upload(CHANNEL, file, never);
  assert.equal(stranger.outcome, 'blocked');
  const elsewhere = await new CloudMedia({ baseUrl, accessToken: ACCESS_TOKEN }).upload('1', file, never);
  assert.equal(elsewhere.outcome, 'blocked');
  const nobody = await new CloudMedia({ baseUrl: 'http://127.0.0.1:9', accessToken: 'x' }).upload(
    '1',
    file,
    never,
  );
  assert.equal(nobody.outcome, 'retry');
});

test('a phone sends a file from its page, and shows what it has', async () => {
  const bytes = jpeg(10, 10);
  const sent = await fetch(`${standIn.url}/phone/contacts/bruno/files?name=a.jpg&caption=Look`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(bytes),
  });
  assert.equal(sent.status, 202);
  const message = standIn.messages().at(-1);
  assert.deepEqual([message?.type, message?.text, message?.file?.mime], ['image', 'Look', 'image/jpeg']);
  const shown = await fetch(`${standIn.url}/phone/files/${message?.file?.id ?? ''}`);
  assert.equal(shown.headers.get('content-type'), 'image/jpeg');
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), bytes);
  assert.equal((await fetch(`${standIn.url}/phone/files/none`)).status, 404);
});
