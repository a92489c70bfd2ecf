import type { Policy } from 'whatsapp-workspace/model';
import { tameText, type WebhookItem } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { isUnavailable } from '../store/db.js';
import { insertPoison, readPoison, removeItem, type InboxItem } from '../store/inbox.js';
import { applyItems, toInboxItem } from './apply.js';

/** The most items that one transaction takes. */
const MAX_BATCH = 200;

/** Why an item lies there as base64. */
const UNSTORABLE = 'It could not be stored as it came: this is its JSON in base64.';

interface Pending {
  readonly item: WebhookItem;
  readonly settle: (error?: unknown) => void;
}

export interface IngestOptions {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly metrics: Metrics;
  readonly log: Log;
}

/**
 * Group commit: what arrives while a transaction runs goes into the next one, so that nobody waits for company and many share a commit. An
 * item that cannot be applied is kept with its error, and holds up nothing else.
 */
export class Ingest {
  readonly #options: IngestOptions;
  readonly #pending: Pending[] = [];
  #running: Promise<void> | null = null;

  constructor(options: IngestOptions) {
    this.#options = options;
  }

  /**
   * Resolves when all items are committed.
   * @throws When the database is out of reach: some may be committed, and all may come again.
   */
  async add(items: readonly WebhookItem[]): Promise<void> {
    const all = items.map(
      (item) =>
        new Promise<void>((resolve, reject) => {
          const settle = (error?: unknown) => {
            if (error === undefined) resolve();
            else reject(error instanceof Error ? error : new Error('Storing failed'));
          };
          this.#pending.push({ item, settle });
        }),
    );
    this.#running ??= this.#run();
    const results = await Promise.allSettled(all);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  }

  /**
   * Tries items again that could not be applied: a newer gateway may know how.
   * @returns How many are applied now.
   */
  async retryPoison(): Promise<number> {
    const { ledger, policy } = this.#options;
    let applied = 0;
    for (const item of await readPoison<WebhookItem>(ledger.db)) {
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
    return applied;
  }

  /** Resolves when everything that was added is settled. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // The first batch takes whoever arrives in the same turn of the event loop.
    await Promise.resolve();
    while (this.#pending.length > 0) await this.#commit(this.#pending.splice(0, MAX_BATCH));
    // In the same turn as the last look at the list, or what is added in between would wait for ever.
    this.#running = null;
  }

  async #commit(batch: readonly Pending[]): Promise<void> {
    try {
      await this.#apply(batch.map(({ item }) => item));
      for (const { settle } of batch) settle();
    } catch (error) {
      const [only] = batch;
      if (isUnavailable(error)) {
        for (const { settle } of batch) settle(error);
      } else if (only && batch.length === 1) {
        await this.#poison(only, error);
      } else {
        const half = Math.ceil(batch.length / 2);
        await this.#commit(batch.slice(0, half));
        await this.#commit(batch.slice(half));
      }
    }
  }

  async #apply(items: readonly WebhookItem[]): Promise<void> {
    const { ledger, policy, metrics } = this.#options;
    const { result } = await ledger.write((work) => applyItems(work, items, policy));
    let fresh = 0;
    for (const [kind, count] of result) {
      metrics.items.add(count, kind);
      fresh += count;
    }
    metrics.duplicates.add(items.length - fresh);
  }

  /** As it came; in a form that any database takes when it is the keeping that fails. */
  async #keep(item: InboxItem, why: string): Promise<void> {
    const { db, clock } = this.#options.ledger;
    try {
      await insertPoison(db, item, tameText(why), clock.now());
    } catch (error) {
      if (isUnavailable(error)) throw error;
      const base64 = Buffer.from(JSON.stringify(item.item)).toString('base64');
      await insertPoison(db, { ...item, wamid: null, item: { base64 } }, UNSTORABLE, clock.now());
    }
  }

  async #poison({ item, settle }: Pending, error: unknown): Promise<void> {
    const { metrics, log } = this.#options;
    const kept = toInboxItem(item);
    const why = error instanceof Error ? error.message : 'unknown';
    try {
      await this.#keep(kept, why);
      metrics.poison.add();
      log.error('An item of a webhook could not be applied and is kept', {
        key: item.key,
        kind: item.kind,
        ...errorFields(error),
      });
      settle();
    } catch (failure) {
      settle(failure);
    }
  }
}
