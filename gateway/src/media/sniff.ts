import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { imageDimensionsFromData } from 'image-dimensions';

/** What a file is by its content. */
export interface Sniffed {
  /** In lower case; may carry parameters. `application/octet-stream` when the content says nothing that is known. */
  readonly mime: string;
  /** Of an image, in pixels; null where it is not known. */
  readonly width: number | null;
  readonly height: number | null;
}

export const UNKNOWN_TYPE = 'application/octet-stream';

/** What the library calls otherwise than WhatsApp. */
const SAME: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'video/3gpp2': 'video/3gpp',
};

/** What one content can be several of: then what the sender calls it counts. */
const AMBIGUOUS: Readonly<Record<string, readonly string[]>> = {
  'application/x-cfb': ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
  'video/mp4': ['audio/mp4'],
  'video/3gpp': ['audio/3gpp'],
};

/** So much of a file is looked at to tell text, and what an image measures. */
const HEAD = 256 * 1024;
/** More than any screen shows: whoever says so may want to do harm, and nothing is reserved for it. */
const MOST_PIXELS = 30_000;
/** Where a photo says that it says more, in bytes from its beginning. */
const EXIF_WITHIN = 4096;
const IMAGES = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/**
 * Looks into a file. Never throws for what is in it.
 * @param declared What its sender calls it; may be wrong.
 */
export async function sniff(path: string, declared: string | null): Promise<Sniffed> {
  const called = baseType(declared ?? '');
  // The library reads archives as far as it needs to know Office files, with limits of its own.
  const found = await fileTypeFromFile(path).catch(() => undefined);
  const head = await readHead(path);
  if (!found) return { ...NO_SIZE, mime: isText(head) ? textType(called) : UNKNOWN_TYPE };
  const same = SAME[found.mime] ?? found.mime;
  const mime = AMBIGUOUS[baseType(same)]?.includes(called) ? called : same;
  return { mime, ...(IMAGES.has(mime) ? measure(head) : NO_SIZE) };
}

/** A type without its parameters, in lower case. */
export function baseType(mime: string): string {
  return (mime.split(';', 1)[0] ?? '').trim().toLowerCase();
}

const NO_SIZE = { width: null, height: null };

function measure(head: Buffer): Pick<Sniffed, 'width' | 'height'> {
  // A camera may have been held upright, which is not read here: better nothing than the wrong way round.
  if (head.subarray(0, EXIF_WITHIN).includes('Exif\0\0')) return NO_SIZE;
  const size = imageDimensionsFromData(head);
  if (!size || size.width > MOST_PIXELS || size.height > MOST_PIXELS) return NO_SIZE;
  return { width: size.width, height: size.height };
}

/** Pages and programs are text as well, and are never called what they are, or browsers would run them. */
const TEXTS = new Set(['text/plain', 'text/csv', 'text/vcard', 'text/calendar']);

function textType(called: string): string {
  return TEXTS.has(called) ? called : UNKNOWN_TYPE;
}

/** Whether bytes are text: UTF-8 without control characters other than white space. Its end may be cut anywhere. */
function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return !/\p{Control}/u.test(text.replace(/\s/g, ''));
  } catch {
    return false;
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(buffer, 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
