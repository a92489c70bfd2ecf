import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { CloudMedia, type HandedOver } from '../../src/cloud-api/media.js';
import { atEnd } from '../support/cleanup.js';
import { temporaryFolder } from '../support/folder.js';

const path = join(temporaryFolder(), 'file');
await writeFile(path, 'x');

/** Hands a file over to a server that answers with these lines. */
async function uploadTo(answer: string): Promise<HandedOver> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const media = new CloudMedia({ baseUrl: `http://127.0.0.1:${port}/v23.0`, accessToken: 't' });
  const file = { path, bytes: 1, mime: 'image/png', name: 'f.png' };
  return media.upload('1', file, new AbortController().signal);
}

const withText = (status: string) =>
  `HTTP/1.1 ${status} Odd\r\ncontent-length: 5\r\nconnection: close\r\n\r\nwords`;

for (const status of ['099', '101', '205', '600', '999'])
  test(`an answer with status ${status} is trouble of the one file, and nobody else's`, async () => {
    assert.equal((await uploadTo(withText(status))).outcome, 'retry');
  });

test('an answer with a status and nothing else is read as one', async () => {
  assert.equal((await uploadTo('HTTP/1.1 205 Odd\r\nconnection: close\r\n\r\n')).outcome, 'retry');
});
