import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sniff } from '../src/media/sniff.js';
import { jpeg, ogg, pdf, png, zip } from './support/files.js';
import { temporaryFolder } from './support/folder.js';

const folder = temporaryFolder();
let count = 0;

async function found(content: Uint8Array | string, declared: string | null = null) {
  const path = join(folder, `file-${count++}`);
  await writeFile(path, content);
  return sniff(path, declared);
}

test('a file is what its content says, whatever it is called', async () => {
  assert.deepEqual(await found(png(40, 30), 'application/pdf'), { mime: 'image/png', width: 40, height: 30 });
  assert.deepEqual(await found(jpeg(640, 480)), { mime: 'image/jpeg', width: 640, height: 480 });
  assert.equal((await found(pdf(), 'image/jpeg')).mime, 'application/pdf');
  assert.equal((await found(ogg('OpusHead'))).mime, 'audio/ogg; codecs=opus');
  assert.equal((await found(ogg('\x01vorbis'))).mime, 'audio/ogg');
});

test('an Office file of old is what it is called among what its content can be', async () => {
  const compound = Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex');
  assert.equal((await found(compound, 'application/msword')).mime, 'application/msword');
  assert.equal((await found(compound, 'image/png')).mime, 'application/x-cfb');
});

test('text is text where it is called so; pages, drawings and programs are nothing', async () => {
  assert.equal((await found('Dear Sir,\n¿qué tal?', 'text/plain')).mime, 'text/plain');
  assert.equal((await found('a;b\n1;2', 'text/csv')).mime, 'text/csv');
  for (const declared of ['text/html', 'image/jpeg', null]) {
    const page = await found('<!doctype html><script>alert(1)</script>', declared);
    assert.equal(page.mime, 'application/octet-stream');
  }
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  assert.equal((await found(drawing, 'image/svg+xml')).mime, 'application/octet-stream');
  assert.equal((await found('bytes\0of something', 'text/plain')).mime, 'application/octet-stream');
  assert.equal((await found('', 'text/plain')).mime, 'application/octet-stream');
});

test('an image that says it is enormous, or which way it was held, says nothing of its size', async () => {
  assert.deepEqual(await found(png(30_001, 20)), { mime: 'image/png', width: null, height: null });
  const photo = Buffer.concat([Buffer.from('ffd8ffe10010', 'hex'), Buffer.from('Exif\0\0'), Buffer.alloc(8)]);
  assert.deepEqual(await found(photo), { mime: 'image/jpeg', width: null, height: null });
});

test('a file that is made to keep whoever looks at it busy does not', async () => {
  const zeros = Buffer.alloc(3 * 1024 * 1024);
  zeros.set([0xff, 0xd8, 0xff, 0xe0]);
  const markers = Buffer.alloc(3 * 1024 * 1024, Buffer.from('ffe00000', 'hex'));
  markers.set([0xff, 0xd8, 0xff]);
  const begin = process.cpuUsage();
  for (const content of [zeros, markers, zip(20_000)]) await found(content, 'image/jpeg');
  const { user, system } = process.cpuUsage(begin);
  // What went through such a file again for each of its parts took more than ten times as long.
  assert.ok(user + system < 5_000_000, `${(user + system) / 1e6} s of computing`);
});
