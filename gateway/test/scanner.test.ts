import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { Clamd } from '../src/media/scanner.js';
import { atEnd } from './support/cleanup.js';
import { temporaryFolder } from './support/folder.js';

const folder = temporaryFolder();
/** What the part of clamd says when a file has come, by what is in it. */
const answers = new Map<string, string>();

/** Plays clamd: reads the parts of a stream and answers. */
const clamd = createServer((socket) => {
  let got = Buffer.alloc(0);
  let content = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    got = Buffer.concat([got, chunk]);
    if (content.length === 0 && got.subarray(0, 10).toString() === 'zINSTREAM\0') got = got.subarray(10);
    while (got.length >= 4 && got.length >= 4 + got.readUInt32BE(0)) {
      const length = got.readUInt32BE(0);
      content = Buffer.concat([content, got.subarray(4, 4 + length)]);
      got = got.subarray(4 + length);
      if (length === 0)
        return void socket.end(answers.get(content.toString('latin1', 0, 5)) ?? 'stream: OK\0');
      if (content.length > 1_000_000) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
    }
  });
});
await new Promise<void>((resolve) => clamd.listen(0, '127.0.0.1', resolve));
atEnd(() => clamd.close());
const scanner = new Clamd(`tcp://127.0.0.1:${(clamd.address() as AddressInfo).port}`);

async function scan(content: Buffer | string): Promise<string | null> {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return scanner.scan(path);
}

test('a file in which nothing is found is taken, however many parts it has', async () => {
  assert.equal(await scan('harmless'), null);
  assert.equal(await scan(Buffer.alloc(500_000, 'x')), null);
});

test('what is found has a name', async () => {
  answers.set('EICAR', 'stream: Win.Test.EICAR_HDB-1 FOUND\0');
  assert.equal(await scan('EICAR'), 'Win.Test.EICAR_HDB-1');
});

test('a scanner that cannot tell, or is not there, takes nothing', async () => {
  await assert.rejects(scan(Buffer.alloc(3_000_000, 'x')), /size limit exceeded|EPIPE|ECONNRESET/);
  answers.set('empty', '');
  await assert.rejects(scan('empty'), /hung up/);
  await assert.rejects(new Clamd('tcp://127.0.0.1:9').scan(join(folder, 'file')), /ECONNREFUSED/);
});
