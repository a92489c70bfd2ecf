import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Clamd } from '../src/media/scanner.js';
import { NOTHING_FOUND, startClamd } from './support/clamd.js';
import { temporaryFolder } from './support/folder.js';

const folder = temporaryFolder();
/** What the part of clamd says when a file has come, by what is in it. */
const answers = new Map<string, string>();

const clamd = await startClamd((content) => answers.get(content.toString('latin1', 0, 5)) ?? NOTHING_FOUND);
const scanner = new Clamd(clamd);

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
