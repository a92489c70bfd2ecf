/**
 * What speaks of files with the gateway; loaded with the first of them. It imports nothing of the adapter, so that the bundle has that in one piece.
 */
import { Observable, catchError, defer, map, switchMap, take, throwError } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { MediaRef } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { DeclaredFile, MediaSource, UploadStep } from '../adapter.js';
import type { SignedSource } from './frames.js';
import { UPLOAD_PATH } from './upload-path.js';

export interface GatewayFilesOptions {
  /** Makes an address of a path on the gateway. */
  readonly address: (path: string) => string;
  /** Emits the agent's token of now. */
  readonly token: () => Observable<string>;
  /** Asks the gateway over the living connection where a file is. */
  readonly locate: (media: string) => Observable<SignedSource>;
  readonly scheduler: SchedulerLike;
}

/** How much leaves at once, in bytes: at first, at least, and at most. What is quick grows, so that a file is some dozens of requests. */
const CHUNK = { first: 512 * 1024, least: 64 * 1024, most: 8 * 1024 * 1024 } as const;
/** A chunk should take about so long, in milliseconds: the gateway waits half a minute for a request, and progress is told after each. */
const QUICK = 1_000;
const SLOW = 5_000;
/** How long nothing may be heard of a chunk, in milliseconds. */
const PATIENCE = 60_000;
/** How often the gateway may be at another place than it said, without getting on. */
const MAX_CONFLICTS = 3;

/** Files at the gateway: where they are to be had, and how they get there. */
export class GatewayFiles {
  readonly #options: GatewayFilesOptions;

  constructor(options: GatewayFilesOptions) {
    this.#options = options;
  }

  source({ id }: MediaRef): Observable<MediaSource> {
    const { locate, address } = this.#options;
    return locate(id).pipe(
      map(({ path, savePath, until }) => ({ url: address(path), saveUrl: address(savePath), until })),
    );
  }

  upload(id: string, blob: Blob, declared: DeclaredFile): Observable<UploadStep> {
    return defer(() => this.#options.token()).pipe(
      take(1),
      switchMap(
        (token) =>
          new Observable<UploadStep>((out) => {
            const ending = new AbortController();
            const upload = new Upload({
              address: this.#options.address(UPLOAD_PATH),
              token,
              scheduler: this.#options.scheduler,
              signal: ending.signal,
            });
            upload
              .run(id, blob, declared, (step) => out.next(step))
              .then(
                () => out.complete(),
                (error: unknown) => out.error(error),
              );
            return () => ending.abort();
          }),
      ),
      catchError((error: unknown) => throwError(() => asTransportError(error))),
    );
  }
}

interface UploadOptions {
  readonly address: string;
  readonly token: string;
  readonly scheduler: SchedulerLike;
  readonly signal: AbortSignal;
}

/** What the gateway has of a file. */
interface Place {
  readonly taken: number;
  /** Its id there once it is complete. */
  readonly media: string | null;
}

/** One file on its way, by the tus protocol 1.0.0. */
class Upload {
  readonly #options: UploadOptions;

  constructor(options: UploadOptions) {
    this.#options = options;
  }

  async run(id: string, blob: Blob, declared: DeclaredFile, tell: (step: UploadStep) => void): Promise<void> {
    const { scheduler, address } = this.#options;
    const at = `${address}/${encodeURIComponent(id)}`;
    let place = await this.#begin(id, blob.size, declared);
    let chunk: number = CHUNK.first;
    let conflicts = 0;
    while (place.media === null) {
      tell({ at: 'uploading', taken: place.taken, of: blob.size });
      const began = scheduler.now();
      const before = place.taken;
      place = await this.#append(at, blob, before, chunk);
      const took = scheduler.now() - began;
      if (took < QUICK) chunk = Math.min(2 * chunk, CHUNK.most);
      else if (took > SLOW) chunk = Math.max(chunk / 2, CHUNK.least);
      conflicts = place.taken > before ? 0 : conflicts + 1;
      if (place.media === null && conflicts > MAX_CONFLICTS)
        throw new TransportError('offline', 'The gateway does not get on with this file.');
    }
    tell({ at: 'uploading', taken: blob.size, of: blob.size });
    tell({ at: 'stored', media: { id: place.media } });
  }

  /** The same id again is the same upload. */
  async #begin(id: string, size: number, { mimeType, fileName }: DeclaredFile): Promise<Place> {
    const metadata = { id, filetype: mimeType, ...(fileName === null ? {} : { filename: fileName }) };
    const written = Object.entries(metadata).map(([key, value]) => `${key} ${base64(value)}`);
    const response = await this.#fetch(this.#options.address, 'POST', {
      'upload-length': String(size),
      'upload-metadata': written.join(','),
    });
    return readPlace(await accepted(response));
  }

  /** The gateway may be at another place than we think: then it says where it is. */
  async #append(at: string, blob: Blob, from: number, size: number): Promise<Place> {
    const headers = { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' };
    const response = await this.#fetch(at, 'PATCH', headers, blob.slice(from, from + size));
    return readPlace(await accepted(response.status === 409 ? await this.#fetch(at, 'HEAD', {}) : response));
  }

  async #fetch(
    url: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    body: Blob | null = null,
  ): Promise<Response> {
    const { token, signal } = this.#options;
    signal.throwIfAborted();
    const patience = new AbortController();
    const end = () => patience.abort();
    const timer = setTimeout(end, PATIENCE);
    signal.addEventListener('abort', end);
    try {
      return await fetch(url, {
        method,
        headers: { ...headers, authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' },
        body,
        cache: 'no-store',
        credentials: 'omit',
        signal: patience.signal,
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  }
}

/** @throws TransportError: what the gateway will never take is `invalid`; all else may come right. */
async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { status } = response;
  if (status === 403)
    throw new TransportError('refused', 'The gateway takes no files from pages of this origin.');
  const isFinal = [400, 409, 413, 415, 422].includes(status);
  throw new TransportError(isFinal ? 'invalid' : 'offline', await sentenceOf(response));
}

async function sentenceOf(response: Response): Promise<string> {
  const plain = `The gateway answered ${response.status}.`;
  const answer: unknown = await response.json().catch(() => null);
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return plain;
  return typeof answer.error === 'string' ? answer.error : plain;
}

function readPlace({ headers }: Response): Place {
  const taken = Number(headers.get('upload-offset') ?? Number.NaN);
  if (Number.isSafeInteger(taken)) return { taken, media: headers.get('upload-media') };
  throw new TransportError('invalid', 'What answers is not a gateway that takes files.');
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function asTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  return new TransportError('offline', 'The gateway could not be reached with the file.', { cause: error });
}
