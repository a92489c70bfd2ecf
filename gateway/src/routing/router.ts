import type { Policy } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import { Runner } from '../runner.js';
import { lockCandidates } from '../store/agents.js';
import { lockEndedOffers, lockQueue, readRouting } from '../store/interactions.js';
import { endOffers, offerQueued } from './route.js';

/** After which facts somebody may have become free, or something waits. */
const TELLING = new Set([
  'interaction-queued',
  'interaction-created',
  'interaction-parked',
  'interaction-done',
  'agent-status-changed',
]);
/** How much of the queue is looked at in one transaction. */
const BATCH = 100;

export interface RouterOptions {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly log: Log;
  /** How often the router looks although nothing told it to, in milliseconds. Safe with several gateways. */
  readonly sweepInterval: number;
}

/** Moves offers on when they end, and gives what is queued to agents as they become free. */
export class Router {
  readonly #options: RouterOptions;
  #sweep: NodeJS.Timeout | null = null;
  #expiry: { readonly at: number; readonly timer: NodeJS.Timeout } | null = null;
  readonly #runner = new Runner(() => this.#run());

  constructor(options: RouterOptions) {
    this.#options = options;
    options.ledger.onCommit(({ events }) => {
      if (events.some(({ type }) => TELLING.has(type))) this.hint();
      for (const event of events) {
        const offer = event.type === 'interaction-offered' ? event.body.interaction.offer : null;
        if (offer) this.#wakeAt(offer.expiresAt);
      }
    });
  }

  start(): void {
    this.#sweep = setInterval(() => this.hint(), this.#options.sweepInterval);
    this.hint();
  }

  /** Something may be there to do. */
  hint(): void {
    this.#runner.hint();
  }

  async stop(): Promise<void> {
    if (this.#sweep) clearInterval(this.#sweep);
    if (this.#expiry) clearTimeout(this.#expiry.timer);
    await this.#runner.stop();
  }

  async #run(): Promise<void> {
    const { ledger, log } = this.#options;
    try {
      const { hasWork, nextExpiry } = await readRouting(ledger.db, ledger.clock.now());
      if (nextExpiry !== null) this.#wakeAt(nextExpiry);
      if (hasWork) await this.#route();
    } catch (error) {
      // The sweep comes again.
      log.warn('Routing failed', errorFields(error));
    }
  }

  /** Agents before interactions: this may wait for agents, because it holds nothing yet; of interactions it takes only what is free. */
  async #route(): Promise<void> {
    const { ledger, policy } = this.#options;
    await ledger.write(async (work) => {
      const candidates = await lockCandidates(work.tx, work.now, true);
      work.hold(await lockEndedOffers(work.tx, work.now));
      endOffers(work);
      if (candidates.length === 0) return;
      work.hold(await lockQueue(work.tx, BATCH));
      offerQueued(work, candidates, policy);
    });
  }

  #wakeAt(at: number): void {
    if (this.#runner.isStopped || (this.#expiry && this.#expiry.at <= at)) return;
    if (this.#expiry) clearTimeout(this.#expiry.timer);
    const wait = Math.max(0, at - this.#options.ledger.clock.now());
    const timer = setTimeout(() => {
      this.#expiry = null;
      this.hint();
    }, wait);
    this.#expiry = { at, timer };
  }
}
