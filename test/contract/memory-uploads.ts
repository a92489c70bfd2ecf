import { Observable, of, throwError } from 'rxjs';
import { TransportError } from '../../src/transport/adapter.js';
import type { MediaSource, TransportAdapter, UploadStep } from '../../src/transport/adapter.js';

/** How many bytes are taken at once. */
const CHUNK = 512 * 1024;

/** What is wrong with an adapter, how to say so, and part of the name of the case that must notice. */
export const UPLOAD_FAULTS = [
  ['starts over', 'begins an upload anew that was broken off', 'an upload that was broken off'],
  ['goes back', 'tells less than it told before', 'an upload tells how much was taken'],
  ['counts chunks', 'counts something else than bytes', 'an upload tells how much was taken'],
  ['no end', 'completes without saying which file it is', 'an upload tells how much was taken'],
  ['silent', 'does not tell how far it has come', 'an upload tells how much was taken'],
  ['new file each time', 'makes two files of one upload', 'the same upload twice'],
  ['one file for all', 'gives two files one id', 'the same upload twice'],
  ['takes any', 'takes another file under the same id', 'an id is not taken for another file'],
  ['forgets on loss', 'knows nothing of an upload that it was given', 'can be tried again'],
  ['dead address', 'gives addresses that are past', 'a stored file is to be had'],
  ['makes up addresses', 'has an address for any file', 'a stored file is to be had'],
] as const;

export type UploadFault = (typeof UPLOAD_FAULTS)[number][0] | 'none';

interface Upload {
  readonly size: number;
  taken: number;
  media: string | null;
}

/** Keeps files in memory, chunk by chunk, as a task each. */
export class MemoryUploads {
  readonly methods: Required<Pick<TransportAdapter, 'upload' | 'media'>>;
  readonly #fault: UploadFault;
  readonly #uploads = new Map<string, Upload>();
  readonly #stored = new Set<string>();

  constructor(fault: UploadFault) {
    this.#fault = fault;
    this.methods = {
      upload: (id, { size }) => this.#upload(id, size),
      media: ({ id }) => this.#media(id),
    };
  }

  #upload(id: string, size: number): Observable<UploadStep> {
    return new Observable((out) => {
      const known = this.#uploads.get(id);
      if (known && known.size !== size && this.#fault !== 'takes any') {
        out.error(new TransportError('invalid', 'The id was used for another file.'));
        return undefined;
      }
      if (known && this.#fault === 'forgets on loss') {
        out.error(new TransportError('timeout', 'Nobody knows of this upload.'));
        return undefined;
      }
      const upload = known ?? { size, taken: 0, media: null };
      if (this.#fault === 'starts over') upload.taken = 0;
      this.#uploads.set(id, upload);
      const timer = setInterval(() => {
        upload.taken = Math.min(size, upload.taken + CHUNK);
        if (this.#fault !== 'silent')
          out.next({ at: 'uploading', taken: this.#told(upload.taken), of: size });
        if (upload.taken < size) return;
        if (this.#fault !== 'no end') out.next({ at: 'stored', media: { id: this.#store(upload) } });
        out.complete();
      });
      return () => clearInterval(timer);
    });
  }

  #told(taken: number): number {
    if (this.#fault === 'goes back') return taken === CHUNK ? 3 * CHUNK : taken;
    return this.#fault === 'counts chunks' ? taken * 1000 : taken;
  }

  #store(upload: Upload): string {
    const count = this.#fault === 'one file for all' ? 0 : this.#stored.size;
    if (this.#fault === 'new file each time') upload.media = null;
    upload.media ??= `media-${count}`;
    this.#stored.add(upload.media);
    return upload.media;
  }

  #media(id: string): Observable<MediaSource> {
    if (!this.#stored.has(id) && this.#fault !== 'makes up addresses') {
      return throwError(() => new TransportError('invalid', 'There is no such file.'));
    }
    const until = this.#fault === 'dead address' ? 0 : null;
    return of({ url: `https://files.example/${id}`, until });
  }
}
