import type { MediaRef } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { DeclaredFile, MediaSource } from '../adapter.js';

/** What a browser shows and plays without running anything in it. Other files, in the page's own origin here, are bytes and nothing more. */
const HARMLESS = /^(?:image\/(?:jpeg|png|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)(?:;|$)/;

/** A file that a simulated contact centre keeps. */
export interface KeptFile {
  /** Made when it is first wanted, where it was promised. */
  readonly blob: () => Blob;
  readonly declared: DeclaredFile;
}

/** The files of a simulated contact centre: in this page's memory, and with addresses that are good as long as the page is there. */
export class MediaStore {
  readonly #files = new Map<string, KeptFile>();
  readonly #sources = new Map<string, MediaSource>();

  /** Keeps a file. */
  put(blob: Blob, declared: DeclaredFile): MediaRef {
    return this.promise(() => blob, declared);
  }

  /** Keeps a file that is made when somebody wants it. */
  promise(blob: () => Blob, declared: DeclaredFile): MediaRef {
    const id = `file-${this.#files.size + 1}`;
    this.#files.set(id, { blob, declared });
    return { id };
  }

  /** null for a file that was never kept. */
  get({ id }: MediaRef): KeptFile | null {
    return this.#files.get(id) ?? null;
  }

  /** @throws {TransportError} `invalid`: there is no such file. */
  source(media: MediaRef): MediaSource {
    const file = this.get(media);
    if (!file) throw new TransportError('invalid', 'There is no such file.');
    const source = this.#sources.get(media.id) ?? sourceOf(typed(file));
    this.#sources.set(media.id, source);
    return source;
  }
}

function sourceOf(content: Blob): MediaSource {
  return { url: URL.createObjectURL(content), until: null, content };
}

function typed({ blob, declared }: KeptFile): Blob {
  const type = declared.mimeType.toLowerCase();
  return new Blob([blob()], { type: HARMLESS.test(type) ? type : 'application/octet-stream' });
}
