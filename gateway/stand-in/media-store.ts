import { createHash, randomInt } from 'node:crypto';

/** A file at WhatsApp. */
export interface StoredFile {
  readonly id: string;
  readonly mime: string;
  readonly name: string | null;
  readonly bytes: Buffer;
  /** Base64, as webhooks have it. */
  readonly sha256: string;
}

/** Files that contacts sent and that the business handed over; in memory. */
export class MediaStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #forgotten = new Set<string>();
  readonly #hidden = new Set<string>();
  /** How often each is still to come as something else. */
  readonly #spoiled = new Map<string, number>();
  /** Addresses that were given, each good for one file. */
  readonly #addresses = new Map<string, string>();

  put(file: Pick<StoredFile, 'mime' | 'name' | 'bytes'>): StoredFile {
    const id = `${randomInt(1e9, 1e10)}${randomInt(1e5, 1e6)}`;
    const sha256 = createHash('sha256').update(file.bytes).digest('base64');
    const stored = { ...file, id, sha256 };
    this.#files.set(id, stored);
    return stored;
  }

  get(id: string): StoredFile | undefined {
    return this.#hidden.has(id) ? undefined : this.#files.get(id);
  }

  /** It was thrown away by the business. */
  remove(id: string): boolean {
    return this.#files.delete(id);
  }

  /** WhatsApp has it no more, and knows that it had it. */
  forget(id: string): void {
    if (this.#files.delete(id)) this.#forgotten.add(id);
  }

  isForgotten(id: string): boolean {
    return this.#forgotten.has(id);
  }

  /** Whether the business may see it. */
  setHidden(id: string, isHidden: boolean): void {
    if (isHidden) this.#hidden.add(id);
    else this.#hidden.delete(id);
  }

  /** A new address of a file. */
  address(id: string): string {
    const key = String(randomInt(1e9, 1e10));
    this.#addresses.set(key, id);
    return key;
  }

  /** The next so many times, what comes from its address is something else. */
  spoil(id: string, times: number): void {
    this.#spoiled.set(id, times);
  }

  at(address: string): StoredFile | undefined {
    const file = this.#files.get(this.#addresses.get(address) ?? '');
    const times = this.#spoiled.get(file?.id ?? '') ?? 0;
    if (!file || times === 0) return file;
    this.#spoiled.set(file.id, times - 1);
    return { ...file, bytes: Buffer.from('A page of a proxy') };
  }
}
