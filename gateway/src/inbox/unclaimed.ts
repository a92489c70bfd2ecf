import type { WebhookItem } from '../cloud-api/index.js';
import { errorFields, type Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Queryable, Tx } from '../store/db.js';
import { claimItems, insertPoison, UNCLAIMED } from '../store/inbox.js';
import { toInboxItem } from './apply.js';

export interface UnclaimedOptions {
  /** The business numbers that are ours; an empty list takes all for ours. */
  readonly numbers: readonly string[];
  readonly metrics: Metrics;
  readonly log: Log;
}

/**
 * What WhatsApp tells of numbers that are not ours: a Meta app sends webhooks of all of its numbers to one address. It is kept unread, so that a
 * number that was left out by mistake loses nothing: once it is configured, the next start applies what was kept.
 */
export class Unclaimed {
  readonly #options: UnclaimedOptions;
  readonly #numbers: ReadonlySet<string>;
  readonly #named = new Set<string>();

  constructor(options: UnclaimedOptions) {
    this.#options = options;
    this.#numbers = new Set(options.numbers);
  }

  isOurs({ channel }: WebhookItem): boolean {
    return channel === null || this.#numbers.size === 0 || this.#numbers.has(channel);
  }

  /** Keeps items of other numbers. */
  async keep(tx: Tx, items: readonly WebhookItem[], now: number): Promise<void> {
    await insertPoison(tx, items.map(toInboxItem), UNCLAIMED, now);
  }

  /** Says that items of other numbers are kept. */
  tell(items: readonly WebhookItem[]): void {
    const { metrics, log } = this.#options;
    metrics.unclaimed.add(items.length);
    for (const { channel: number } of items) {
      const channel = number ?? '';
      if (this.#named.has(channel)) continue;
      this.#named.add(channel);
      log.error(
        'A webhook came for a number that is not in WHATSAPP_PHONE_NUMBER_ID: it is kept for 30 days, and nobody sees it',
        { channel },
      );
    }
  }

  /** Lets what was kept for numbers that are ours by now be tried again. */
  async claim(q: Queryable): Promise<void> {
    const { log } = this.#options;
    try {
      const claimed = this.#numbers.size === 0 ? 0 : await claimItems(q, [...this.#numbers]);
      if (claimed > 0) log.info('Webhooks were kept for numbers that are ours by now', { items: claimed });
    } catch (error) {
      log.warn('Kept webhooks could not be looked through', errorFields(error));
    }
  }
}
