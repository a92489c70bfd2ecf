import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { CloudMedia } from '../../src/cloud-api/index.js';
import { atEnd } from '../support/cleanup.js';
import { temporaryFolder } from '../support/folder.js';

const NEVER = new AbortController().signal;
const LOOK_EVERY = 500;
const FILE = Buffer.alloc(60_000, 7);
const path = join(temporaryFolder(), 'file');
await writeFile(path, FILE);

let answer: RequestListener = () => undefined;
const server = createServer((request, response) => answer(request, response));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
atEnd(() => server.close());
atEnd(() => server.closeAllConnections());
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const cloud = new CloudMedia({ baseUrl, accessToken: 'token', lookEvery: LOOK_EVERY });

/** Brings a file part by part. */
function inParts(bytes: number, every: number): RequestListener {
  return (_request, response) => {
    let sent = 0;
    const timer = setInterval(() => {
      response.write(FILE.subarray(sent, sent + bytes));
      sent += bytes;
      if (sent < FILE.length) return;
      clearInterval(timer);
      response.end();
    }, every);
    response.on('close', () => clearInterval(timer));
  };
}

async function download(): Promise<readonly [outcome: string, bytes: number]> {
  let bytes = 0;
  const sink = async (chunk: Uint8Array) => void (bytes += chunk.byteLength);
  const { outcome } = await cloud.download(`${baseUrl}/file`, sink, NEVER);
  return [outcome, bytes];
}

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
const upload = () => cloud.upload('1', { path, bytes: FILE.length, mime: 'image/png', name: 'file' }, NEVER);

test('a file that trickles is broken off, and tried again later', { timeout: 10_000 }, async () => {
  answer = inParts(1, LOOK_EVERY / 10);
  const [outcome] = await download();
  assert.equal(outcome, 'retry');
});

test('one that comes slowly, but fast enough, is taken', { timeout: 10_000 }, async () => {
  answer = inParts(3000, LOOK_EVERY / 10);
  assert.deepEqual(await download(), ['fetched', FILE.length]);
});

test('a file whose handing over is not answered is tried again later', { timeout: 10_000 }, async () => {
  answer = (request) => void request.resume();
  assert.equal((await upload()).outcome, 'retry');
});

test('a file that is not taken off our hands is tried again later', { timeout: 10_000 }, async () => {
  answer = () => undefined;
  assert.equal((await upload()).outcome, 'retry');
});

test('a file that is refused before it has left leaves no further, and is watched no more', async () => {
  const large = join(temporaryFolder(), 'large');
  const bytes = 64 * 1024 * 1024;
  await writeFile(large, Buffer.alloc(bytes));
  const left = new Promise<number>((resolve) => {
    answer = (request, response) => {
      const { socket } = request;
      socket.on('close', () => resolve(socket.bytesRead));
      response.writeHead(401).end();
    };
  });
  const before = timers();
  const { outcome } = await cloud.upload('1', { path: large, bytes, mime: 'image/png', name: 'file' }, NEVER);
  assert.equal(outcome, 'blocked');
  assert.ok((await left) < bytes, 'All of it has left.');
  assert.equal(timers(), before);
});

test('a file that is answered before its last part has left is watched no more', async () => {
  const before = timers();
  answer = (_request, response) => void response.writeHead(401).end();
  for (let i = 0; i < 50; i++) await upload();
  assert.equal(timers(), before);
});
