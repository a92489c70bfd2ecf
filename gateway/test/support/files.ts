import { crc32, deflateSync } from 'node:zlib';

/** A black picture, as browsers show it. */
export function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of grey.
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** As much of a photo as says that it is one, and its size. */
export function jpeg(width: number, height: number, bytes = 1024): Buffer {
  const photo = Buffer.alloc(bytes);
  photo.set(Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108', 'hex'));
  photo.writeUInt16BE(height, 25);
  photo.writeUInt16BE(width, 27);
  return photo;
}

/** A document without a page, and as long as is wanted. */
export function pdf(bytes = 0): Buffer {
  const head = Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n',
  );
  const end = Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n');
  return Buffer.concat([
    head,
    Buffer.alloc(Math.max(0, bytes - head.length - end.length), '%filling\n'),
    end,
  ]);
}

/** The first page of a sound, of which nothing but its codec is told. */
export function ogg(codec: string): Buffer {
  const page = Buffer.alloc(128);
  page.write('OggS', 0, 'latin1');
  page.set([0, 2], 4);
  page.set([1, 64], 26);
  page.write(codec, 28, 'latin1');
  return page;
}

/** The beginnings of many entries of an archive, and no end. */
export function zip(entries: number): Buffer {
  const entry = Buffer.alloc(40);
  entry.writeUInt32LE(0x04034b50, 0);
  entry.writeUInt16LE(10, 26);
  entry.write('some-name', 30, 'latin1');
  return Buffer.concat(Array.from({ length: entries }, () => entry));
}
