import type { FoundFile } from '../../model/index.js';
import { beginsWith, bytesOf, viewOf } from './bytes.js';

/** Directories of documents are short; a longer one is not followed to its end. In sectors. */
const MOST_SECTORS = 64;

/** How many sectors of the allocation table the header itself names. */
const TABLES_IN_HEADER = 109;

const ENTRY = 128;

/** By the stream that each kind of document has at its root. */
const DOCUMENTS = new Map([
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['Book', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
]);

export function isCompoundFile(head: Uint8Array): boolean {
  return beginsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
}

/** What a compound file of Microsoft's is (MS-CFB), by the names in its directory. */
export async function inspectCompoundFile(file: Blob): Promise<FoundFile> {
  for (const name of await namesIn(file)) {
    const mimeType = DOCUMENTS.get(name);
    if (mimeType !== undefined) return { mimeType };
  }
  return { mimeType: 'application/x-cfb' };
}

async function namesIn(file: Blob): Promise<readonly string[]> {
  const bytes = await bytesOf(file, 0, 512);
  if (bytes.length < 512) return [];
  const header = viewOf(bytes);
  const shift = header.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return [];
  const size = 1 << shift;
  const sector = (index: number): Promise<Uint8Array> => bytesOf(file, (index + 1) * size, size);
  const next = async (index: number): Promise<number> => {
    const table = Math.floor(index / (size / 4));
    if (table >= TABLES_IN_HEADER) return Infinity;
    const entries = await sector(header.getUint32(76 + 4 * table, true));
    const at = (index % (size / 4)) * 4;
    return at + 4 <= entries.length ? viewOf(entries).getUint32(at, true) : Infinity;
  };
  const names: string[] = [];
  let index = header.getUint32(48, true);
  for (let read = 0; read < MOST_SECTORS && index < 0xfffffffa; read++) {
    // oxlint-disable-next-line no-await-in-loop -- Where the next sector is stands in the file.
    const [entries, following] = await Promise.all([sector(index), next(index)]);
    names.push(...namesOf(entries));
    index = following;
  }
  return names;
}

function namesOf(sector: Uint8Array): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at + ENTRY <= sector.length; at += ENTRY) {
    const length = Math.min(64, viewOf(sector).getUint16(at + 64, true));
    if (length > 2) names.push(new TextDecoder('utf-16le').decode(sector.subarray(at, at + length - 2)));
  }
  return names;
}
