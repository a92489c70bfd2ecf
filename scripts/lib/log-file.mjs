import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT = 10_000_000;

/** A log that goes on at each start. One that has become long is put aside, in place of the one that was put aside before. */
export class LogFile {
  #path;
  #stream;
  #size = 0;

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.#open();
  }

  /** @param {string} line without its end */
  write(line) {
    if (this.#size > LIMIT) {
      this.#stream.end();
      this.#open();
    }
    this.#size += Buffer.byteLength(line) + 1;
    this.#stream.write(`${line}\n`);
  }

  #open() {
    this.#size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (this.#size > LIMIT) {
      renameSync(this.#path, `${this.#path}.1`);
      this.#size = 0;
    }
    this.#stream = createWriteStream(this.#path, { flags: 'a' });
  }
}
