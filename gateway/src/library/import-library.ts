import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Policy } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import type { MediaDisk } from '../media/disk.js';
import type { Scanner } from '../media/scanner.js';
import {
  replaceLibrary,
  type LibraryChange,
  type LibraryFile,
  type NewAttachment,
  type NewResponse,
} from '../store/library.js';
import type { WantedAttachment } from './attachment-file.js';
import { LibraryFiles } from './library-files.js';
import { readLibraryFile, type WantedResponse } from './library-file.js';

export interface ImportOptions {
  readonly ledger: Ledger;
  readonly disk: MediaDisk;
  readonly scanner: Scanner;
  readonly policy: Policy;
}

/** What an import has done. */
export interface ImportReport extends LibraryChange {
  readonly responses: number;
  readonly categories: number;
  readonly files: number;
}

/** The library file has faults: nothing has changed. `problems` has a sentence for each. */
export class LibraryFileError extends Error {
  override readonly name = 'LibraryFileError';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(
      `${file} has faults, and nothing was imported:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** More is no library of responses. In bytes. */
const LARGEST_LIBRARY = 200_000_000;
/** Grows when responses are to be written anew although nothing in their file has changed. */
const WRITTEN_AS = 1;

/**
 * Puts the library that a file describes in the place of the one that is there: what has the same id stays the same response, what is not in the file is
 * removed. All or nothing.
 * @throws LibraryFileError with everything that is wrong with the file, or with the files that it names.
 */
export async function importLibrary(file: string, options: ImportOptions): Promise<ImportReport> {
  const { ledger, disk, scanner, policy } = options;
  const { categories, responses: wanted, problems } = readLibraryFile(await readText(file));
  const folder = dirname(resolve(file));
  const attachments = new LibraryFiles({ folder, disk, scanner, policy });
  const { files, responses, refusals } = await judgeAll(wanted, attachments);
  if (problems.length + refusals.length > 0) throw new LibraryFileError(file, [...problems, ...refusals]);
  await attachments.keep();
  const { result } = await ledger.write(({ tx, now, newId }) =>
    replaceLibrary(tx, { categories, files, responses }, { now, newId }),
  );
  // Should the last file with the same content have been thrown away meanwhile.
  await attachments.keep();
  return { ...result, responses: responses.length, categories: categories.length, files: files.length };
}

async function readText(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > LARGEST_LIBRARY)
    throw new LibraryFileError(file, [`The file has ${size} bytes; allowed is ${LARGEST_LIBRARY}.`]);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new LibraryFileError(file, ['The file is not UTF-8.']);
  }
}

interface JudgedLibrary {
  readonly files: readonly LibraryFile[];
  readonly responses: readonly NewResponse[];
  readonly refusals: readonly string[];
}

async function judgeAll(
  wanted: readonly WantedResponse[],
  attachments: LibraryFiles,
): Promise<JudgedLibrary> {
  const files = new Map<string, LibraryFile>();
  const responses: NewResponse[] = [];
  const refusals: string[] = [];
  for (const response of wanted) {
    const take = async (attachment: WantedAttachment): Promise<NewAttachment | null> => {
      // Where its name did not fit, that is said already.
      const judged = attachment.file === '' ? null : await attachments.judge(attachment);
      if (typeof judged === 'string')
        refusals.push(`${attachment.at} (${JSON.stringify(attachment.file)}) ${judged}.`);
      if (judged === null || typeof judged === 'string') return null;
      files.set(judged.key, judged);
      return { key: judged.key, as: attachment.as, fileName: attachment.fileName };
    };
    const taken: NewAttachment[] = [];
    for (const attachment of response.attachments) {
      const one = await take(attachment);
      if (one) taken.push(one);
    }
    const header = response.header && (await take(response.header));
    const whole = { ...response, attachments: taken, header };
    responses.push({ ...whole, digest: digestOf(whole) });
  }
  return { files: [...files.values()], responses, refusals };
}

function digestOf(response: Omit<NewResponse, 'digest'>): string {
  return createHash('sha256')
    .update(JSON.stringify([WRITTEN_AS, response]))
    .digest('hex');
}
