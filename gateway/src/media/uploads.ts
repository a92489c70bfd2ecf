import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { LARGEST_FILE, type Policy } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import { insertOwnFile } from '../store/media.js';
import {
  beginUpload,
  endUpload,
  lockUpload,
  readUnsent,
  readUpload,
  type NewUpload,
  type Upload,
} from '../store/uploads.js';
import type { Metrics } from '../metrics.js';
import { writeAll, type Content, type MediaDisk } from './disk.js';
import type { Scanner } from './scanner.js';
import { sendingRefusal } from './sending.js';
import { sniff } from './sniff.js';

/** How far an upload has come; bytes. */
export interface UploadState {
  readonly upload: Upload;
  readonly taken: number;
}

/** Why a request about an upload is refused, and the HTTP status that says so. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  readonly status: 404 | 409 | 413 | 422 | 429;

  /** @param message An English sentence for the agent's desk. */
  constructor(status: UploadRefused['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** More than an agent attaches at once. */
const MOST_OPEN = 50;
/** How much an agent may have brought, or be bringing, and not sent: it lies on the disk for a week. As much as the largest uploads that may be open. */
const MOST_UNSENT = MOST_OPEN * LARGEST_FILE;

export interface UploadsOptions {
  readonly ledger: Ledger;
  readonly disk: MediaDisk;
  readonly scanner: Scanner;
  readonly policy: () => Policy;
  readonly metrics: Metrics;
}

/** Files that agents bring: each grows on the disk as it comes, goes on after whatever broke it off, and is judged when it is complete. */
export class Uploads {
  readonly #options: UploadsOptions;
  /** Who writes to which file here, and how he is told to stop. */
  readonly #writing = new Map<string, { readonly stop: AbortController; readonly ended: Promise<unknown> }>();

  readonly #finishing = new Map<string, Promise<UploadState>>();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /**
   * Begins an upload, or says how far it has come.
   * @throws UploadRefused when there is no room for it, or the id was used for another file.
   */
  async begin(wanted: NewUpload): Promise<UploadState> {
    const { db, clock } = this.#options.ledger;
    if (wanted.bytes === 0) throw new UploadRefused(422, 'The file is empty.');
    if (wanted.bytes > LARGEST_FILE)
      throw new UploadRefused(413, `The file has ${wanted.bytes} bytes; at most ${LARGEST_FILE} are taken.`);
    const known = await readUpload(db, wanted.owner, wanted.id);
    if (known) await this.#interrupt(this.#options.disk.uploadPath(known.owner, known.id));
    else await this.#findRoom(wanted);
    const upload = known ?? (await beginUpload(db, wanted, clock.now()));
    const isSame = (['bytes', 'mime', 'name'] as const).every((part) => upload[part] === wanted[part]);
    if (!isSame) throw new UploadRefused(409, 'This id was used for another file.');
    return this.#stateOf(upload);
  }

  /** @throws UploadRefused when there is no such upload of this agent's. */
  async state(owner: string, id: string): Promise<UploadState> {
    const upload = await readUpload(this.#options.ledger.db, owner, id);
    if (!upload) throw new UploadRefused(404, 'There is no such upload.');
    // Who asks has lost his connection: what is still being written over the old one is not waited for.
    await this.#interrupt(this.#options.disk.uploadPath(owner, id));
    return this.#stateOf(upload);
  }

  /**
   * Takes more of a file.
   * @returns How far it has come, also when the rest stayed away.
   * @throws UploadRefused
   */
  async append(owner: string, id: string, offset: number, bytes: Readable): Promise<UploadState> {
    const { upload, taken } = await this.state(owner, id);
    if (upload.media !== null) return { upload, taken };
    if (offset !== taken) throw new UploadRefused(409, `The file has come to ${taken}, not to ${offset}.`);
    const path = this.#options.disk.uploadPath(owner, id);
    const stop = new AbortController();
    stop.signal.addEventListener('abort', () => bytes.destroy());
    const writing = write(path, { from: offset, to: upload.bytes }, bytes);
    const entry = { stop, ended: writing.catch(() => undefined) };
    this.#writing.set(path, entry);
    let size: number;
    try {
      size = await writing;
    } finally {
      if (this.#writing.get(path) === entry) this.#writing.delete(path);
    }
    return size === upload.bytes ? this.#finish(upload) : { upload, taken: size };
  }

  async #findRoom({ owner, bytes }: NewUpload): Promise<void> {
    const unsent = await readUnsent(this.#options.ledger.db, owner);
    if (unsent.open >= MOST_OPEN)
      throw new UploadRefused(429, `More than ${MOST_OPEN} uploads of this agent have not ended.`);
    if (unsent.bytes + bytes > MOST_UNSENT)
      throw new UploadRefused(
        413,
        `This agent has brought ${unsent.bytes} bytes and not sent them; at most ${MOST_UNSENT} are kept.`,
      );
  }

  /** What has come all is judged and kept, once; where the gateway had died before that, when somebody asks again. */
  async #stateOf(upload: Upload): Promise<UploadState> {
    if (upload.refusal !== null) throw new UploadRefused(422, upload.refusal);
    if (upload.media !== null) return { upload, taken: upload.bytes };
    const taken = await sizeOf(this.#options.disk.uploadPath(upload.owner, upload.id));
    return taken === upload.bytes ? this.#finish(upload) : { upload, taken };
  }

  #finish(upload: Upload): Promise<UploadState> {
    const path = this.#options.disk.uploadPath(upload.owner, upload.id);
    const finishing =
      this.#finishing.get(path) ?? this.#judge(upload, path).finally(() => void this.#finishing.delete(path));
    this.#finishing.set(path, finishing);
    return finishing;
  }

  /** A copy is judged and kept: the file itself may be written to until the end, by whoever brings it over a second connection or gateway. */
  async #judge(upload: Upload, path: string): Promise<UploadState> {
    const { draft, content } = await this.#options.disk.copyOf(path);
    try {
      await this.#record(upload, draft.path, content);
    } finally {
      await draft.end();
    }
    await rm(path, { force: true });
    return this.#stateOf((await readUpload(this.#options.ledger.db, upload.owner, upload.id)) ?? upload);
  }

  async #record({ owner, id, mime, name }: Upload, path: string, content: Content): Promise<void> {
    const { disk, ledger, metrics, policy } = this.#options;
    const found = await sniff(path, mime);
    const refusal = sendingRefusal(found.mime, content.bytes, policy()) ?? (await this.#harmIn(path));
    if (refusal === null) await disk.keep(path, content.sha256);
    const { result: ended } = await ledger.write(async ({ tx, now, newId }) => {
      if (!(await lockUpload(tx, owner, id))) return null;
      const end: { readonly media: string } | { readonly refusal: string } =
        refusal === null ? { media: newId() } : { refusal };
      if ('media' in end) await insertOwnFile(tx, { ...content, ...found, id: end.media, owner, name }, now);
      await endUpload(tx, { owner, id }, end);
      return end;
    });
    if (ended) metrics.mediaUploads.add(1, refusal === null ? 'stored' : 'refused');
    // Should the last message with this content have been thrown away meanwhile.
    if (ended && 'media' in ended) await disk.keep(path, content.sha256);
  }

  async #harmIn(path: string): Promise<string | null> {
    const harm = await this.#options.scanner.scan(path);
    return harm === null ? null : `The virus scanner has found ${harm} in the file.`;
  }

  async #interrupt(path: string): Promise<void> {
    const writing = this.#writing.get(path);
    writing?.stop.abort();
    await writing?.ended;
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/**
 * Writes what comes to a file. Two who write the same file write the same bytes to the same places. When the connection breaks, what came before is kept.
 * @returns How long the file is then.
 * @throws UploadRefused when more comes than was said; what the disk throws.
 */
async function write(
  path: string,
  { from, to }: { readonly from: number; readonly to: number },
  bytes: Readable,
): Promise<number> {
  await (await open(path, 'a', 0o600)).close();
  const file = await open(path, 'r+');
  try {
    return await pour(bytes, file, from, to);
  } finally {
    await file.close();
  }
}

async function pour(bytes: Readable, file: FileHandle, from: number, to: number): Promise<number> {
  const chunks = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (let at = from; ;) {
    // The sender's fault, or his network's; whatever else throws here is ours.
    const next = await chunks.next().catch(() => ({ done: true }) as const);
    if (next.done) {
      await file.datasync();
      return at;
    }
    if (at + next.value.byteLength > to)
      throw new UploadRefused(413, `The file has more than its ${to} bytes.`);
    await writeAll(file, next.value, at);
    at += next.value.byteLength;
  }
}
