import type { FoundFile } from '../../model/index.js';
import { bytesOf, viewOf } from './bytes.js';

/** Within how many bytes a JPEG says how large it is: before that may be what a camera noted, with a small picture. */
const JPEG_HEAD = 1024 * 1024;

/** A picture of more pixels is made to exhaust whoever shows it: no camera fills so many within what WhatsApp takes. */
const MOST_PIXELS = 100_000_000;

/** Without the picture being decoded. */
export async function inspectPicture(file: Blob, mimeType: 'image/png' | 'image/jpeg'): Promise<FoundFile> {
  const isPng = mimeType === 'image/png';
  const view = viewOf(await bytesOf(file, 0, isPng ? 32 : JPEG_HEAD));
  const found = isPng ? sizeOfPng(view) : sizeOfJpeg(view);
  if (!found) return { mimeType };
  const { width, height, depth } = found;
  return { mimeType, depth, ...(width * height > MOST_PIXELS && { bomb: true }) };
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** Bits for each colour; what has a palette has eight in it. */
  readonly depth: number;
}

function sizeOfPng(view: DataView): Size | null {
  if (view.byteLength < 26) return null;
  return { width: view.getUint32(16), height: view.getUint32(20), depth: Math.max(8, view.getUint8(24)) };
}

/** From the first frame header (ITU-T T.81, B.2.2). */
function sizeOfJpeg(view: DataView): Size | null {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { depth: view.getUint8(at + 4), height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Filling bytes stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}
