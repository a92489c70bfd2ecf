/** Small files made byte by byte: what agents attach, and what is made to deceive or to harm. */

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const u16 = (value: number): readonly number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): readonly number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
const big32 = (value: number): readonly number[] => u32(value).toReversed();

export function fileOf(bytes: Uint8Array<ArrayBuffer> | string, name: string, type = ''): File {
  return new File([bytes], name, { type });
}

/** As far as its header; 8 bits a colour unless told otherwise. */
export function png(width = 8, height = 8, depth = 8): Uint8Array<ArrayBuffer> {
  const header = joined(text('IHDR'), big32(width), big32(height), [depth, 2, 0, 0, 0]);
  const chunk = (body: Uint8Array): Uint8Array => joined(big32(body.length - 4), body, [0, 0, 0, 0]);
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return joined(signature, chunk(header), chunk(joined(text('IDAT'), [0])), chunk(text('IEND')));
}

export function jpeg(width = 8, height = 8): Uint8Array<ArrayBuffer> {
  const size = [...u16(height).toReversed(), ...u16(width).toReversed()];
  const frame = [0xff, 0xc0, 0, 17, 8, ...size, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
  return joined(
    [0xff, 0xd8, 0xff, 0xe0, 0, 16],
    text('JFIF'),
    [0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
    frame,
    [0xff, 0xd9],
  );
}

export const PDF = '%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n';

export interface ZipPart {
  readonly name: string;
  /** What the directory says that it unpacks to. */
  readonly unpacked?: number;
  readonly packed?: number;
}

/** Parts without content, and a directory that says what it is told to. */
export function zip(...parts: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
  const local: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, packed = 0, unpacked = 0 } of parts) {
    const called = text(name);
    const facts = [...u32(0), ...u32(packed), ...u32(unpacked), ...u16(called.length), ...u16(0)];
    const entry = joined([0x50, 0x4b, 3, 4], u16(20), u16(0), u16(8), u32(0), facts, called);
    const listed = [...u16(20), ...u16(20), ...u16(0), ...u16(8), ...u32(0), ...facts, ...u16(0), ...u16(0)];
    directory.push(joined([0x50, 0x4b, 1, 2], listed, u16(0), u32(0), u32(at), called));
    local.push(entry);
    at += entry.length;
  }
  const listing = joined(...directory);
  const end = [...u16(0), ...u16(0), ...u16(parts.length), ...u16(parts.length), ...u32(listing.length)];
  return joined(...local, listing, [0x50, 0x4b, 5, 6], end, u32(at), u16(0));
}

/** A document of Office: `word`, `ppt` or `xl`. */
export function openXml(folder: string, ...more: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
  return zip({ name: '[Content_Types].xml' }, { name: `${folder}/document.xml` }, ...more);
}

/** A compound file with one stream of this name in its directory. */
export function compoundFile(stream: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(512 * 3);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(30, 9, true);
  view.setUint32(48, 1, true);
  view.setUint32(76, 0, true);
  // The table: itself, and the directory's only sector.
  view.setUint32(512, 0xfffffffd, true);
  view.setUint32(516, 0xfffffffe, true);
  ['Root Entry', stream].forEach((name, entry) => {
    const at = 1024 + 128 * entry;
    [...name].forEach((letter, i) => view.setUint16(at + 2 * i, letter.charCodeAt(0), true));
    view.setUint16(at + 64, 2 * name.length + 2, true);
  });
  return bytes;
}

/** The first pages of Ogg. */
export function ogg(codec: 'opus' | 'vorbis', channels = 1): Uint8Array<ArrayBuffer> {
  const head =
    codec === 'opus'
      ? joined(text('OpusHead'), [1, channels], u16(312), u32(48_000), u16(0), [0])
      : joined([1], text('vorbis'), u32(0), [channels], u32(44_100), u32(0), u32(128_000), u32(0), [0xb8, 1]);
  const tags =
    codec === 'opus'
      ? joined(text('OpusTags'), u32(0), u32(0))
      : joined([3], text('vorbis'), u32(0), u32(0), [1]);
  return joined(page(head, 2, 0), page(tags, 0, 1), page(joined([0xfc, 0xff, 0xfe]), 4, 2));
}

function page(packet: Uint8Array, flags: number, index: number): Uint8Array<ArrayBuffer> {
  const granule = index < 2 ? [0, 0, 0, 0, 0, 0, 0, 0] : [0xc0, 3, 0, 0, 0, 0, 0, 0];
  const bytes = joined(
    text('OggS'),
    [0, flags, ...granule],
    u32(7),
    u32(index),
    u32(0),
    [1, packet.length],
    packet,
  );
  new DataView(bytes.buffer).setUint32(22, crcOf(bytes), true);
  return bytes;
}

function crcOf(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let i = 0; i < 8; i++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

/** MP4 with tracks of these kinds and no samples. */
export function mp4(...tracks: readonly ('avc1' | 'hvc1' | 'mp4a' | 'av01')[]): Uint8Array<ArrayBuffer> {
  const brand = joined(text('isom'), u32(0), text('isom'), text('mp42'));
  const moov = box('moov', full('mvhd', zeros(96)), ...tracks.map((kind, i) => track(kind, i + 1)));
  return joined(box('ftyp', brand), moov);
}

function track(kind: string, id: number): Uint8Array<ArrayBuffer> {
  const isSound = kind === 'mp4a';
  const stbl = box(
    'stbl',
    full('stsd', big32(1), isSound ? soundEntry() : pictureEntry(kind)),
    ...['stts', 'stsc', 'stco'].map((name) => full(name, big32(0))),
    full('stsz', zeros(8)),
  );
  const dinf = box('dinf', full('dref', big32(1), full('url ')));
  const minf = box('minf', full(isSound ? 'smhd' : 'vmhd', zeros(isSound ? 4 : 8)), dinf, stbl);
  const mdhd = full('mdhd', zeros(8), big32(1000), zeros(8));
  const hdlr = full('hdlr', zeros(4), text(isSound ? 'soun' : 'vide'), zeros(13));
  const tkhd = full('tkhd', zeros(8), big32(id), zeros(68));
  return box('trak', tkhd, box('mdia', mdhd, hdlr, minf));
}

function pictureEntry(kind: string): Uint8Array<ArrayBuffer> {
  const config = { avc1: 'avcC', hvc1: 'hvcC', av01: 'av1C' }[kind] ?? 'free';
  const avcC = [1, 0x42, 0xe0, 0x1e, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0xe0, 0x1e, 1, 0, 2, 0x68, 0xce];
  const hvcC = [1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 0];
  const body = kind === 'avc1' ? avcC : kind === 'hvc1' ? hvcC : [0x81, 0, 12, 0];
  return box(kind, zeros(6), [0, 1], zeros(16), [0, 64, 0, 64], zeros(50), box(config, body));
}

function soundEntry(): Uint8Array<ArrayBuffer> {
  const config = [5, 2, 0x12, 0x10];
  const decoder = [4, 13 + config.length, 0x40, 0x15, ...zeros(11), ...config];
  const esds = full('esds', [3, 3 + decoder.length, 0, 1, 0], decoder);
  return box('mp4a', zeros(6), [0, 1], zeros(8), [0, 2, 0, 16], zeros(4), [0xac, 0x44, 0, 0], esds);
}

function box(name: string, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const body = joined(...parts);
  return joined(big32(body.length + 8), text(name), body);
}

function full(name: string, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return box(name, [0, 0, 0, 0], ...parts);
}

function zeros(count: number): readonly number[] {
  return Array.from({ length: count }, () => 0);
}
