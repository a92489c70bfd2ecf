import type { Readable } from 'node:stream';

export interface BodyLimits {
  /** The most bytes of one body. */
  readonly one: number;
  /** The most bytes of all bodies that have not come to their end. */
  readonly all: number;
  /** How long a body may take, in milliseconds. */
  readonly patience: number;
}

export const BODY_LIMITS: BodyLimits = {
  // Meta's own limit.
  one: 3 * 1024 * 1024,
  all: 32 * 1024 * 1024,
  patience: 10_000,
};

/** A body that is not read to its end, and the HTTP status that says why. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  readonly status: 400 | 408 | 413 | 503;

  constructor(status: BodyRefused['status']) {
    super(`A body was refused: ${status}.`);
    this.status = status;
  }
}

/**
 * Reads bodies of people who may be anybody: what they keep in memory before they are known is bounded. Where it becomes too much, the body that has
 * been coming the longest goes: those of whoever means it come at once.
 */
export class Bodies {
  readonly #limits: BodyLimits;
  /** How each that is being read is refused, the oldest first. */
  readonly #reading = new Set<(status: BodyRefused['status']) => void>();
  #bytes = 0;

  constructor(limits: Partial<BodyLimits> = {}) {
    this.#limits = { ...BODY_LIMITS, ...limits };
  }

  /**
   * @param declared How long it is going to be, as far as its sender has told; else 0.
   * @throws BodyRefused
   */
  read(stream: Readable, declared: number): Promise<Buffer> {
    if (declared > this.#limits.one) return Promise.reject(new BodyRefused(413));
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const end = () => {
        clearTimeout(timer);
        this.#reading.delete(refuse);
        this.#bytes -= size;
        stream.off('data', onData).off('end', onEnd).off('close', onCut).off('error', onCut);
      };
      const refuse = (status: BodyRefused['status']) => {
        end();
        chunks.length = 0;
        // What still comes is thrown away until the connection has ended.
        stream.on('error', () => undefined).resume();
        reject(new BodyRefused(status));
      };
      const onData = (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        this.#bytes += chunk.length;
        if (size > this.#limits.one) refuse(413);
        else this.#makeRoom();
      };
      const onEnd = () => {
        end();
        resolve(Buffer.concat(chunks, size));
      };
      const onCut = () => refuse(400);
      const timer = setTimeout(() => refuse(408), this.#limits.patience);
      this.#reading.add(refuse);
      stream.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut);
    });
  }

  #makeRoom(): void {
    const [oldest] = this.#reading;
    if (oldest && this.#bytes > this.#limits.all) oldest(503);
  }
}
