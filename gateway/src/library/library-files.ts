import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { LARGEST_FILE, shownContent, type MediaRole, type Policy } from 'whatsapp-workspace/model';
import { isFile } from '../store/account.js';
import { fileKey, type LibraryFile } from '../store/library.js';
import type { Content, MediaDisk } from '../media/disk.js';
import type { Scanner } from '../media/scanner.js';
import { sendingRefusal } from '../media/sending.js';
import { sniff, type Sniffed } from '../media/sniff.js';
import type { WantedAttachment } from './attachment-file.js';

export interface LibraryFilesOptions {
  /** Where the library file lies: nothing outside of it is read. */
  readonly folder: string;
  readonly disk: MediaDisk;
  readonly scanner: Scanner;
  readonly policy: Policy;
}

interface Judged extends Content, Sniffed {
  readonly path: string;
}

/** A file that cannot be taken. */
class FileRefused extends Error {}

/** Types that no content tells, by the end of a name. */
const DECLARED: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  m4a: 'audio/mp4',
};

/** Files of a library on their way in: all are judged before one is kept. */
export class LibraryFiles {
  readonly #options: LibraryFilesOptions;
  readonly #judged = new Map<string, Judged | FileRefused>();

  constructor(options: LibraryFilesOptions) {
    this.#options = options;
  }

  /** A file as it goes into the library, or why it does not, in one English sentence without its full stop. */
  async judge({ file, as, fileName }: WantedAttachment): Promise<LibraryFile | string> {
    try {
      const found = await this.#look(file);
      const refusal = refusalAs(as, found, this.#options.policy);
      if (refusal !== null) return refusal;
      const { sha256, bytes, mime, width, height } = found;
      const content = { sha256, bytes, mime, width, height };
      return { ...content, key: fileKey(content, fileName), name: fileName };
    } catch (error) {
      if (error instanceof FileRefused) return error.message;
      throw error;
    }
  }

  /** @throws When one of the files has changed since it was judged. */
  async keep(): Promise<void> {
    for (const found of this.#judged.values())
      if (!(found instanceof FileRefused)) await this.#keepOne(found);
  }

  async #keepOne({ path, sha256 }: Judged): Promise<void> {
    const { disk } = this.#options;
    if (await isFile(disk.pathOf(sha256))) return;
    const { draft, content } = await disk.copyOf(path);
    try {
      if (content.sha256 !== sha256) throw new Error(`${path} was changed while the library was imported.`);
      await disk.keep(draft.path, sha256);
    } finally {
      await draft.end();
    }
  }

  async #look(file: string): Promise<Judged> {
    const path = await this.#pathOf(file);
    const known = this.#judged.get(path) ?? (await this.#judge(path));
    this.#judged.set(path, known);
    if (known instanceof FileRefused) throw known;
    return known;
  }

  /** The file itself, through all links: it must lie in the folder. */
  async #pathOf(file: string): Promise<string> {
    const { folder } = this.#options;
    const isOutside = (from: string, to: string) => {
      const way = relative(from, to);
      return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
    };
    if (isAbsolute(file) || file.includes('\\') || isOutside(folder, resolve(folder, file)))
      throw new FileRefused('lies outside of the folder of the library file; allowed is what lies in it');
    const path = await realpath(join(folder, file)).catch(() => null);
    if (path === null || !(await isFile(path))) throw new FileRefused('is no file that is there');
    if (isOutside(await realpath(folder), path))
      throw new FileRefused('leads out of the folder of the library file; allowed is what lies in it');
    return path;
  }

  async #judge(path: string): Promise<Judged | FileRefused> {
    const { disk, scanner, policy } = this.#options;
    const { size } = await stat(path);
    if (size === 0) return new FileRefused('is empty');
    if (size > LARGEST_FILE) return new FileRefused(`has ${size} bytes; allowed is ${LARGEST_FILE}`);
    const { draft, content } = await disk.copyOf(path);
    try {
      const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
      const declared = Object.hasOwn(DECLARED, ending) ? (DECLARED[ending] ?? null) : null;
      const found = await sniff(draft.path, declared);
      const refusal = sendingRefusal(found.mime, content.bytes, policy);
      if (refusal !== null) return new FileRefused(`is not taken: ${withoutStop(refusal)}`);
      const harm = await scanner.scan(draft.path);
      if (harm !== null) return new FileRefused(`is not taken: the virus scanner has found ${harm} in it`);
      return { path, ...content, ...found };
    } finally {
      await draft.end();
    }
  }
}

/** By the rule that holds when an agent sends it. */
function refusalAs(as: MediaRole, { mime, bytes, width, height }: Judged, policy: Policy): string | null {
  const content = {
    kind: 'media',
    as,
    upload: '',
    media: { id: '' },
    fileName: null,
    caption: null,
  } as const;
  const file = { mimeType: mime, bytes, width, height };
  const shown = shownContent(content, { policy, file, template: null });
  return shown.ok ? null : `is not taken: ${withoutStop(shown.error.sentence)}`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
