import type { ReadTemplates } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import { Runner } from '../runner.js';
import {
  markTemplatesDue,
  nextTemplatesDue,
  putBackTemplates,
  readAccountOf,
  replaceTemplates,
  takeTemplatesDue,
  type TakenAccount,
  type TemplatePace,
} from '../store/templates.js';

export interface SynchronisationOptions {
  readonly ledger: Pick<Ledger, 'db' | 'clock'>;
  /** The business accounts whose templates are read. */
  readonly accounts: readonly string[];
  readonly cloud: { read(account: string): Promise<ReadTemplates> };
  readonly log: Log;
  readonly pace?: TemplatePace;
}

const HOUR = 60 * 60_000;
/** How long reading an account's templates may take, in milliseconds: then another gateway begins. */
const HOLDS = 10 * 60_000;
/** After a failure, unless WhatsApp asks for more, in milliseconds. */
const AFTER_FAILURE = 5 * 60_000;
/** The management side of the Cloud API takes 200 requests an hour, and others want some of them. Webhooks about templates come in swarms. */
export const TEMPLATE_PACE: TemplatePace = { delay: 5000, perRequest: HOUR / 100 };
/** What WhatsApp says of a message whose template is not as it is here: its code is one of these. */
const TEMPLATE_ERRORS = { from: 132_000, to: 132_999 } as const;

/** What a reading has brought. */
export interface SyncReport {
  readonly account: string;
  readonly templates: number;
  readonly changed: number;
  readonly removed: number;
  /** So many came without a name or a language, and were left out. */
  readonly unnamed: number;
}

/**
 * Keeps the templates of business accounts as WhatsApp has them: read as a whole at the start, by the hour, and when webhooks or refusals say that something has
 * changed. Of several gateways one reads.
 */
export class TemplateSynchronisation {
  readonly #options: SynchronisationOptions;
  readonly #pace: TemplatePace;
  readonly #runner = new Runner(() => this.#run());
  #timer: NodeJS.Timeout | null = null;

  constructor(options: SynchronisationOptions) {
    this.#options = options;
    this.#pace = options.pace ?? TEMPLATE_PACE;
  }

  async start(): Promise<void> {
    const { ledger, accounts } = this.#options;
    if (accounts.length === 0) return;
    await markTemplatesDue(ledger.db, accounts, { ...this.#pace, delay: 0 }, ledger.clock.now());
    this.#runner.hint();
  }

  async stop(): Promise<void> {
    await this.#runner.stop();
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** WhatsApp has changed templates of these accounts. What goes wrong here, the next hour mends. */
  async changed(accounts: readonly string[]): Promise<void> {
    const { ledger, log } = this.#options;
    const ours = accounts.filter((account) => this.#options.accounts.includes(account));
    if (ours.length === 0) return;
    try {
      await markTemplatesDue(ledger.db, ours, this.#pace, ledger.clock.now());
      this.#runner.hint();
    } catch (error) {
      log.warn('Templates could not be marked as changed', errorFields(error));
    }
  }

  /** A message over a number met this error: perhaps its template is not as it is here. */
  async failed(channel: string, code: number | null): Promise<void> {
    const { ledger, accounts, log } = this.#options;
    const isOurs = code !== null && code >= TEMPLATE_ERRORS.from && code <= TEMPLATE_ERRORS.to;
    if (!isOurs || accounts.length === 0) return;
    try {
      const account = await readAccountOf(ledger.db, channel);
      await this.changed(account === null ? accounts : [account]);
    } catch (error) {
      log.warn('Templates could not be marked as changed', errorFields(error));
    }
  }

  async #run(): Promise<void> {
    const { ledger, accounts, log } = this.#options;
    if (this.#timer) clearTimeout(this.#timer);
    let next: number | null = null;
    try {
      const now = ledger.clock.now();
      const due = await takeTemplatesDue(ledger.db, accounts, { now, until: now + HOLDS });
      for (const taken of due) if (!this.#runner.isStopped) await this.#sync(taken);
      next = await nextTemplatesDue(ledger.db, accounts);
    } catch (error) {
      log.warn('Templates could not be read', errorFields(error));
    }
    if (this.#runner.isStopped) return;
    const wait = next === null ? LONGEST_LOOK : next - ledger.clock.now();
    this.#timer = setTimeout(
      () => this.#runner.hint(),
      Math.min(Math.max(wait, SHORTEST_LOOK), LONGEST_LOOK),
    );
  }

  async #sync(taken: TakenAccount): Promise<void> {
    const { log } = this.#options;
    const outcome = await syncTemplates(taken, this.#options);
    if ('account' in outcome) log.info('Templates were read from WhatsApp', { ...outcome });
    else
      log.warn('Templates could not be read from WhatsApp', {
        account: taken.account,
        code: outcome.code,
        detail: outcome.detail,
      });
  }
}

const SHORTEST_LOOK = 100;
/** Other gateways, and webhooks that reach them, make templates due. */
const LONGEST_LOOK = 10_000;

/**
 * Reads the templates of an account as a whole, and puts them in the place of those that are here. When WhatsApp does not tell all of them, nothing changes.
 * @returns What it has brought, or why it has not.
 */
export async function syncTemplates(
  taken: TakenAccount,
  { ledger: { db, clock }, cloud }: Pick<SynchronisationOptions, 'ledger' | 'cloud'>,
): Promise<SyncReport | Extract<ReadTemplates, { outcome: 'failed' }>['error']> {
  const answer = await cloud.read(taken.account);
  const now = clock.now();
  if (answer.outcome === 'failed') {
    await putBackTemplates(db, taken, now + Math.max(AFTER_FAILURE, Math.min(answer.retryAfter ?? 0, HOUR)));
    return answer.error;
  }
  const { templates, unnamed } = answer;
  const change = await db.tx((tx) => replaceTemplates(tx, taken, answer, { now, dueAt: now + HOUR }));
  return { account: taken.account, templates: templates.length, ...change, unnamed };
}
