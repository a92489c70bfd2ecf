import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFile } from '../store/account.js';

/** SHA-256 in hex: nothing else names a file here, so that no name leads out of the folder. */
const SHA256 = /^[0-9a-f]{64}$/;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** What a file's content is called, and how long it is. */
export interface Content {
  /** In hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Files by their content in a folder of this machine, or one that all gateways share: the same bytes lie there once. A file appears there whole and
 * for good, or not at all.
 */
export class MediaDisk {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** @throws When the folder cannot be made or written to. */
  static async open(root: string): Promise<MediaDisk> {
    for (const folder of ['coming', 'uploads'])
      await mkdir(join(root, folder), { recursive: true, mode: PRIVATE_FOLDER });
    return new MediaDisk(root);
  }

  /** A file that is coming; nobody sees it before it is kept. */
  async draft(): Promise<Draft> {
    const path = join(this.root, 'coming', randomUUID());
    return new Draft(path, await open(path, 'wx', PRIVATE_FILE));
  }

  /** What is in a file now, as a file of its own that nobody else writes to, complete and on the disk. Whoever asks ends it. */
  async copyOf(path: string): Promise<{ readonly draft: Draft; readonly content: Content }> {
    const draft = await this.draft();
    try {
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) await draft.write(chunk);
      return { draft, content: await draft.finish() };
    } catch (error) {
      await draft.end();
      throw error;
    }
  }

  /** Where an upload grows, so that it goes on after a crash. @param owner With `id`, any text. */
  uploadPath(owner: string, id: string): string {
    const name = createHash('sha256')
      .update(JSON.stringify([owner, id]))
      .digest('hex');
    return join(this.root, 'uploads', name);
  }

  /** Where a content lies, seen from `root`. */
  nameOf(sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error('That is no name of a file.');
    return join(sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  pathOf(sha256: string): string {
    return join(this.root, this.nameOf(sha256));
  }

  /** Makes a file that is complete and on the disk one of those that are kept. It also stays where it is, so that whatever is begun with it can be repeated. */
  async keep(path: string, sha256: string): Promise<void> {
    const target = this.pathOf(sha256);
    if (await isFile(target)) return;
    await mkdir(dirname(target), { recursive: true, mode: PRIVATE_FOLDER });
    await place(path, target);
    // Names are on the disk when their folders are.
    for (const folder of [dirname(target), dirname(dirname(target)), this.root]) await sync(folder);
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  /** Throws away what was coming and never came: files that nobody has written to since an instant. */
  async sweep(before: number): Promise<void> {
    for (const folder of ['coming', 'uploads']) {
      for (const name of await readdir(join(this.root, folder))) {
        const path = join(this.root, folder, name);
        const stats = await stat(path).catch(() => null);
        if (stats && stats.mtimeMs < before) await rm(path, { force: true });
      }
    }
  }
}

/** A file that grows, and its hash. */
export class Draft {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#bytes += chunk.byteLength;
    await writeAll(this.#file, chunk);
  }

  /** It is complete, and on the disk. */
  async finish(): Promise<Content> {
    await this.#file.sync();
    return { sha256: this.#hash.digest('hex'), bytes: this.#bytes };
  }

  /** It is not needed any more. */
  async end(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }
}

/** Gives a file a second name; where the disk knows no such thing, a copy, which appears whole. */
async function place(path: string, target: string): Promise<void> {
  try {
    await link(path, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code === 'ENOENT') throw error;
    const copy = `${target}.${randomUUID()}`;
    await copyFile(path, copy);
    await sync(copy);
    await rename(copy, target);
  }
}

/** Writes all of a chunk where the file ends, or at a position. */
export async function writeAll(
  file: FileHandle,
  chunk: Uint8Array,
  position: number | null = null,
): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const at = position === null ? null : position + written;
    written += (await file.write(chunk, written, chunk.byteLength - written, at)).bytesWritten;
  }
}

/** Puts a file, or the names in a folder, on the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
