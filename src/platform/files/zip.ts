import type { FoundFile } from '../../model/index.js';
import { beginsWith, bytesOf, textOf, viewOf } from './bytes.js';

/** Where the directory ends: 22 bytes and a comment of at most 65,535. */
const LONGEST_END = 22 + 65_535;

/** The longest directory that is read, in bytes: that of a document has some tens of parts. */
const LONGEST_DIRECTORY = 4 * 1024 * 1024;

/** What a document may unpack to, in bytes, before it is looked at how much more that is than the file. */
const UNPACKED = 200_000_000;

/** How many times its own size a document may unpack to: text of a table seldom comes to more than 30. */
const MOST_TIMES = 100;

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

/** By the folder of their main part. */
const DOCUMENTS = [
  ['word/', `${OPEN_XML}.wordprocessingml.document`],
  ['ppt/', `${OPEN_XML}.presentationml.presentation`],
  ['xl/', `${OPEN_XML}.spreadsheetml.sheet`],
] as const;

interface Entry {
  readonly name: string;
  readonly packed: number;
  readonly unpacked: number;
}

export function isZip(head: Uint8Array): boolean {
  return beginsWith(head, [0x50, 0x4b, 0x03, 0x04]) || beginsWith(head, [0x50, 0x4b, 0x05, 0x06]);
}

/** What a ZIP is, by the names of its parts; nothing is unpacked. */
export async function inspectZip(file: Blob): Promise<FoundFile> {
  const entries = await entriesOf(file);
  const mimeType = (entries && documentType(entries)) ?? 'application/zip';
  return entries && isBomb(entries, file.size) ? { mimeType, bomb: true } : { mimeType };
}

function documentType(entries: readonly Entry[]): string | null {
  const has = (test: (name: string) => boolean): boolean => entries.some(({ name }) => test(name));
  if (!has((name) => name === '[Content_Types].xml')) return null;
  // With macros it is of another type, which WhatsApp does not take.
  if (has((name) => name.endsWith('vbaProject.bin'))) return null;
  return DOCUMENTS.find(([folder]) => has((name) => name.startsWith(folder)))?.[1] ?? null;
}

/** Parts that lie over each other are packed only to multiply. */
function isBomb(entries: readonly Entry[], size: number): boolean {
  const packed = entries.reduce((sum, one) => sum + one.packed, 0);
  const unpacked = entries.reduce((sum, one) => sum + one.unpacked, 0);
  return packed > size || (unpacked > UNPACKED && unpacked > MOST_TIMES * size);
}

/** null when there is no directory that can be read. */
async function entriesOf(file: Blob): Promise<readonly Entry[] | null> {
  const end = await bytesOf(file, Math.max(0, file.size - LONGEST_END), LONGEST_END);
  const view = viewOf(end);
  for (let at = end.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const [length, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    if (length > LONGEST_DIRECTORY || start + length > file.size) return null;
    return readDirectory(await bytesOf(file, start, length));
  }
  return null;
}

function readDirectory(directory: Uint8Array): readonly Entry[] {
  const view = viewOf(directory);
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= directory.length && view.getUint32(at, true) === 0x02014b50;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const end = at + 46 + (name ?? 0);
    entries.push({
      name: textOf(directory.subarray(at + 46, end)),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
    });
    at = end + (extra ?? 0) + (comment ?? 0);
  }
  return entries;
}
