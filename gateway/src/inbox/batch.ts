import type { Policy } from 'whatsapp-workspace/model';
import { tameText, type WebhookItem } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { isDefect, isTimeOut, isUnavailable } from '../store/db.js';
import { insertPoison, UNCLAIMED, type InboxItem } from '../store/inbox.js';
import { applyItems, toInboxItem } from './apply.js';
import { apart, peopleOf } from './people.js';
import type { Unclaimed } from './unclaimed.js';

/** Why an item lies there as base64. */
const UNSTORABLE = 'It could not be stored as it came: this is its JSON in base64.';

/** An item that somebody waits for. */
export class Pending {
  readonly item: WebhookItem;
  /** Whom it comes from, by all addresses that it names: of these it must not be overtaken. */
  readonly people: readonly string[];
  /** Resolves when the item is committed. */
  readonly done: Promise<void>;
  readonly addedAt = performance.now();
  #resolve: () => void = () => undefined;
  #reject: (reason: Error) => void = () => undefined;
  #isSettled = false;

  constructor(item: WebhookItem) {
    this.item = item;
    this.people = peopleOf(item);
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether nobody waits any more. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  commit(): void {
    this.#isSettled = true;
    this.#resolve();
  }

  fail(reason: unknown): void {
    this.#isSettled = true;
    this.#reject(reason instanceof Error ? reason : new Error('Storing failed'));
  }
}

export interface BatchOptions {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly unclaimed: Unclaimed;
}

/**
 * Commits items together and settles each. An item that cannot be applied is kept with its error, and one that waits for a lock is left to its
 * sender's next try: neither holds up the others.
 */
export async function commitBatch(batch: readonly Pending[], options: BatchOptions): Promise<void> {
  // Whom everybody has given up on comes again.
  if (batch.every(({ isSettled }) => isSettled)) return;
  try {
    await apply(batch, options);
    for (const one of batch) one.commit();
  } catch (error) {
    const [only] = batch;
    const parts = isTimeOut(error) ? apart(batch) : [batch];
    if (parts.length > 1) {
      // Side by side: the part that nobody blocks is not to wait for the other one.
      await Promise.all(parts.map((part) => commitBatch(part, options)));
    } else if (comesRight(error)) {
      for (const one of batch) one.fail(error);
    } else if (only && batch.length === 1) {
      await poison(only, error, options);
    } else {
      for (const half of halves(batch)) await commitBatch(half, options);
    }
  }
}

/** Whether the same items may well be stored later. */
function comesRight(error: unknown): boolean {
  return isUnavailable(error) && !isDefect(error);
}

function halves(batch: readonly Pending[]): readonly (readonly Pending[])[] {
  const half = Math.ceil(batch.length / 2);
  return [batch.slice(0, half), batch.slice(half)];
}

async function apply(
  batch: readonly Pending[],
  { ledger, policy, metrics, unclaimed }: BatchOptions,
): Promise<void> {
  const all = batch.map(({ item }) => item);
  const items = all.filter((item) => unclaimed.isOurs(item));
  const others = all.filter((item) => !unclaimed.isOurs(item));
  const { result } = await ledger.write(async (work) => {
    await unclaimed.keep(work.tx, others, work.now);
    return applyItems(work, items, policy);
  });
  unclaimed.tell(others);
  let fresh = 0;
  for (const [kind, count] of result) {
    metrics.items.add(count, kind);
    fresh += count;
  }
  metrics.duplicates.add(items.length - fresh);
}

async function poison(pending: Pending, error: unknown, options: BatchOptions): Promise<void> {
  const { metrics, log, ledger, unclaimed } = options;
  const { item } = pending;
  const why = error instanceof Error ? tameText(error.message) : 'unknown';
  try {
    await keep(toInboxItem(item), unclaimed.isOurs(item) ? why : UNCLAIMED, ledger);
    metrics.poison.add();
    log.error('An item of a webhook could not be applied and is kept', {
      key: item.key,
      kind: item.kind,
      ...errorFields(error),
    });
    pending.commit();
  } catch (failure) {
    pending.fail(failure);
  }
}

/** As it came; in a form that any database takes when it is the keeping that fails. */
async function keep(item: InboxItem, why: string, { db, clock }: Ledger): Promise<void> {
  try {
    await insertPoison(db, [item], why, clock.now());
  } catch (error) {
    if (comesRight(error)) throw error;
    const base64 = Buffer.from(JSON.stringify(item.item)).toString('base64');
    await insertPoison(db, [{ ...item, wamid: null, item: { base64 } }], UNSTORABLE, clock.now());
  }
}
