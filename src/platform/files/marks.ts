import { beginsWith, bytesOf, viewOf } from './bytes.js';

/** What files begin with. What can be sent is here, and what agents often have instead, so that it can be named. */
const MARKS: readonly (readonly [mimeType: string, mark: string | readonly number[], at?: number])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/pdf', '%PDF-'],
  ['audio/amr', '#!AMR'],
  ['audio/ogg', 'OggS'],
  ['image/gif', 'GIF8'],
  ['image/webp', 'WEBP', 8],
  ['audio/wav', 'WAVE', 8],
  ['video/avi', 'AVI ', 8],
  ['image/bmp', 'BM'],
  ['image/tiff', [0x49, 0x49, 0x2a, 0]],
  ['image/tiff', [0x4d, 0x4d, 0, 0x2a]],
  ['audio/flac', 'fLaC'],
  ['video/webm', [0x1a, 0x45, 0xdf, 0xa3]],
  ['application/rtf', '{\\rtf'],
  ['application/x-rar', 'Rar!'],
  ['application/x-7z', '7z\u{bc}'],
  ['application/gzip', [0x1f, 0x8b]],
  ['application/exe', 'MZ'],
  ['application/exe', [0x7f, 0x45, 0x4c, 0x46]],
];

/** By the brand of a file of boxes (ISO 14496-12); any other is MP4. */
const BRANDS: readonly (readonly [mimeType: string, brand: RegExp])[] = [
  ['audio/mp4', /^M4[AB]/],
  ['video/quicktime', /^qt/],
  ['video/3gpp', /^3g/],
  ['image/avif', /^avi/],
  ['image/heic', /^(?:hei|hev|mif|msf)/],
];

/** The MIME type of a file by what it begins with; null when that is nothing known. */
export async function markedType(file: Blob, head: Uint8Array): Promise<string | null> {
  const marked = MARKS.find(([, mark, at = 0]) => beginsWith(head.subarray(at), bytesIn(mark)));
  if (marked) return marked[0];
  if (beginsWith(head.subarray(4), bytesIn('ftyp'))) return typeOfBrand(head);
  return soundType(beginsWith(head, bytesIn('ID3')) ? await bytesOf(file, lengthOfTag(head), 4) : head, head);
}

function typeOfBrand(head: Uint8Array): string {
  const brand = String.fromCharCode(...head.subarray(8, 12));
  return BRANDS.find(([, pattern]) => pattern.test(brand))?.[0] ?? 'video/mp4';
}

/** MP3 and AAC begin with a frame (ISO 11172-3, 13818-7), perhaps behind a tag. */
function soundType(frame: Uint8Array, head: Uint8Array): string | null {
  const isTagged = frame !== head;
  if (frame.length < 4) return isTagged ? 'audio/mpeg' : null;
  const header = viewOf(frame).getUint32(0);
  if (header >>> 21 !== 0x7ff) return isTagged ? 'audio/mpeg' : null;
  const layer = (header >>> 17) & 3;
  // AAC in ADTS has the layer that MPEG audio has not.
  if (layer === 0) return header >>> 20 === 0xfff && ((header >>> 10) & 15) < 13 ? 'audio/aac' : null;
  const isFrame = ((header >>> 12) & 15) !== 15 && ((header >>> 10) & 3) !== 3 && ((header >>> 19) & 3) !== 1;
  return isFrame ? 'audio/mpeg' : null;
}

/** Four times seven bits, behind the ten bytes of its header. */
function lengthOfTag(head: Uint8Array): number {
  return 10 + [6, 7, 8, 9].reduce((length, at) => length * 128 + ((head[at] ?? 0) & 127), 0);
}

function bytesIn(mark: string | readonly number[]): readonly number[] {
  return typeof mark === 'string' ? [...mark].map((letter) => letter.charCodeAt(0)) : mark;
}
