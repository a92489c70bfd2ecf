import type { WebhookItem } from '../cloud-api/index.js';
import type { Watched } from '../progress.js';
import { isHeldRow } from '../store/db.js';
import { readPoison, removeItem } from '../store/inbox.js';
import { applyItems } from './apply.js';
import { commitBatch, Pending, type BatchOptions } from './batch.js';
import { inOrderOfWriting, takeFree } from './people.js';

/** The most items that one transaction takes. */
const MAX_BATCH = 200;

export interface IngestLimits {
  /** The most items that may wait, with those that are being stored. */
  readonly items: number;
  /** The most bytes of bodies that they may come from. */
  readonly bytes: number;
  /** How long an item may wait, in milliseconds. */
  readonly patience: number;
  /** A transaction that takes longer, in milliseconds, holds up only whose items it has: the next one goes over another connection. */
  readonly stalledAfter: number;
  /** The most transactions at once; more than one only while others are stalled. */
  readonly transactions: number;
}

export const INGEST_LIMITS: IngestLimits = {
  items: 5000,
  bytes: 64 * 1024 * 1024,
  patience: 10_000,
  stalledAfter: 1000,
  transactions: 4,
};

/** A failure counts as long as this against being ready, in milliseconds: without traffic nothing can show that all is well again. */
const MEMORY = 15_000;
/** That many failures one after the other are no accident of one item. */
const TROUBLE = 3;
const CANNOT_STORE = 'Webhooks cannot be stored';

/** A transaction that has not ended. */
interface Running {
  readonly since: number;
  readonly batch: readonly Pending[];
}

/** Too much waits already, or it waited too long: nothing is wrong with the items, and they may come again. */
export class IngestBusy extends Error {
  override readonly name = 'IngestBusy';
}

export interface IngestOptions extends BatchOptions {
  readonly limits?: Partial<IngestLimits>;
}

/**
 * Group commit: what arrives while a transaction runs goes into the next one, so that nobody waits for company and many share a commit. What is
 * too much, or takes too long, is refused quickly: whoever sent it sends it again, and keys make that harmless.
 */
export class Ingest implements Watched {
  readonly #options: IngestOptions;
  readonly #limits: IngestLimits;
  #pending: Pending[] = [];
  readonly #running = new Map<Promise<void>, Running>();
  readonly #load = { items: 0, bytes: 0 };
  #wake: NodeJS.Timeout | null = null;
  #failures = 0;
  #failedAt = 0;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#limits = { ...INGEST_LIMITS, ...options.limits };
  }

  /**
   * Resolves when all items are committed.
   * @param bytes How long the body was that they came in.
   * @throws IngestBusy, or when the database is out of reach: some may be committed, and all may come again.
   */
  async add(items: readonly WebhookItem[], bytes = 0): Promise<void> {
    if (!this.#hasRoom(items.length, bytes)) throw new IngestBusy('Too many webhooks wait.');
    const added = items.map((item) => new Pending(item));
    this.#load.items += items.length;
    this.#load.bytes += bytes;
    this.#pending.push(...added);
    // Whoever arrives in the same turn of the event loop goes into the same batch.
    queueMicrotask(() => this.#next());
    const timer = setTimeout(() => this.#giveUp(added), this.#limits.patience);
    try {
      await outcomeOf(added);
      this.#failures = 0;
    } catch (error) {
      // Of a few contacts whom somebody holds nobody else is to hear.
      if (!(error instanceof IngestBusy) && !isHeldRow(error)) this.#noteFailure();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#load.items -= items.length;
      this.#load.bytes -= bytes;
    }
  }

  /**
   * Tries items again that could not be applied: a newer gateway may know how.
   * @returns How many are applied now.
   */
  async retryPoison(): Promise<number> {
    const { ledger, policy } = this.#options;
    let applied = 0;
    let page = await readPoison<WebhookItem>(ledger.db, null);
    for (; page.length > 0; page = await readPoison(ledger.db, page.at(-1) ?? null)) {
      for (const { item } of page) {
        try {
          await ledger.write(async (work) => {
            await removeItem(work.tx, item.key);
            await applyItems(work, [item], policy);
          });
          applied++;
        } catch {
          // It stays where it is, with its error.
        }
      }
    }
    return applied;
  }

  problem(): string | null {
    const isFailing = this.#failures >= TROUBLE && performance.now() - this.#failedAt < MEMORY;
    return isFailing ? CANNOT_STORE : null;
  }

  /** Resolves when everything that was added is settled. */
  async idle(): Promise<void> {
    while (this.#running.size > 0 || this.#pending.length > 0) {
      await Promise.race([...this.#running.keys(), ...this.#pending.slice(0, 1).map(settled)]);
    }
  }

  /** One line for each time that trouble begins, however many webhooks meet it. */
  #noteFailure(): void {
    this.#failures++;
    this.#failedAt = performance.now();
    if (this.#failures === TROUBLE) this.#options.log.error(`${CANNOT_STORE}: WhatsApp will send them again`);
  }

  /** However long one body is, it is taken when nothing waits. */
  #hasRoom(items: number, bytes: number): boolean {
    const { load, limits } = { load: this.#load, limits: this.#limits };
    if (load.items === 0) return true;
    return load.items + items <= limits.items && load.bytes + bytes <= limits.bytes;
  }

  #giveUp(added: readonly Pending[]): void {
    const late = new IngestBusy('Storing took too long.');
    for (const one of added) if (!one.isSettled) one.fail(late);
    this.#pending = this.#pending.filter(({ isSettled }) => !isSettled);
  }

  /** Begins the next transaction when there is something to store, and no other one runs but such as are stalled. */
  #next(): void {
    if (this.#wake) clearTimeout(this.#wake);
    this.#wake = null;
    const { stalledAfter, transactions } = this.#limits;
    if (this.#pending.length === 0 || this.#running.size >= transactions) return;
    const running = [...this.#running.values()];
    const youngest = Math.max(-Infinity, ...running.map(({ since }) => since));
    const wait = youngest + stalledAfter - performance.now();
    if (wait > 0) {
      this.#wake = setTimeout(() => this.#next(), wait);
      return;
    }
    // What somebody wrote later would stand before what hangs.
    const busy = running.flatMap(({ batch }) => batch.flatMap(({ people }) => people));
    const { free, rest } = takeFree(inOrderOfWriting(this.#pending), busy, MAX_BATCH);
    this.#pending = [...rest];
    if (free.length > 0) this.#run(free);
  }

  #run(batch: readonly Pending[]): void {
    const running: Promise<void> = commitBatch(batch, this.#options).finally(() => {
      this.#running.delete(running);
      this.#next();
    });
    this.#running.set(running, { since: performance.now(), batch });
  }
}

/** Resolves when all are committed; throws the first failure when all are settled. */
async function outcomeOf(added: readonly Pending[]): Promise<void> {
  const results = await Promise.allSettled(added.map(({ done }) => done));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

async function settled({ done }: Pending): Promise<void> {
  await done.catch(() => undefined);
}
