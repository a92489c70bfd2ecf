import type { Policy } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import { Progress, STALLED_AFTER, type Watched } from '../progress.js';
import { Runner } from '../runner.js';
import { lockCandidates } from '../store/agents.js';
import { isTimeOut } from '../store/db.js';
import { lockEndedOffers, lockInteractions, readRouting } from '../store/interactions.js';
import { agentsOf, endOffers, offerQueued, planQueue } from './route.js';

/** After which facts somebody may have become free, or something waits. */
const TELLING = new Set([
  'interaction-queued',
  'interaction-created',
  'interaction-parked',
  'interaction-done',
  'interaction-merged',
  'agent-status-changed',
  'centre-changed',
]);
/** How often agents are told of as connected, in milliseconds. */
const HEARTBEAT = 5000;
/** How many offers one transaction makes. */
const BATCH = 100;

export interface RouterOptions {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly log: Log;
  /** How often the router looks although nothing told it to, in milliseconds. Safe with several gateways. */
  readonly sweepInterval: number;
  /** How often agents are told of as connected, in milliseconds; 5,000 by default. */
  readonly heartbeat?: number;
  /** How much longer a look may take before operators are told, in milliseconds; 10,000 by default. */
  readonly stalledAfter?: number;
}

/** Moves offers on when they end, and gives what is queued to agents as they become free. */
export class Router implements Watched {
  readonly #options: RouterOptions;
  readonly #progress: Progress;
  #sweep: NodeJS.Timeout | null = null;
  /** By the process's clock. */
  #lookedAt = performance.now();
  /** Until when who is not told of may be connected all the same, by the process's clock. */
  #uncertainUntil = 0;
  #expiry: { readonly at: number; readonly timer: NodeJS.Timeout } | null = null;
  readonly #runner = new Runner(() => this.#run());

  constructor(options: RouterOptions) {
    this.#options = options;
    const { sweepInterval, stalledAfter = STALLED_AFTER } = options;
    this.#progress = new Progress('The queue is not routed', sweepInterval + stalledAfter);
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
    this.#lookedAt = performance.now();
    this.#progress.made();
    this.hint();
  }

  problem(): string | null {
    return this.#progress.problem();
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
      const { hasEnded, nextExpiry } = await readRouting(ledger.db, ledger.clock.now());
      this.#noteLook();
      if (nextExpiry !== null) this.#wakeAt(nextExpiry);
      if (hasEnded) await this.#endOffers();
      await this.#offerAll();
      this.#progress.made();
    } catch (error) {
      // The sweep comes again.
      log.warn('Routing failed', errorFields(error));
    }
  }

  /** While the database was away nobody could be told of: who is connected is told of again within a heartbeat. */
  #noteLook(): void {
    const { heartbeat = HEARTBEAT, sweepInterval } = this.#options;
    const now = performance.now();
    if (now - this.#lookedAt > heartbeat + sweepInterval) this.#uncertainUntil = now + 2 * heartbeat;
    this.#lookedAt = now;
  }

  async #endOffers(): Promise<void> {
    const isCertain = performance.now() >= this.#uncertainUntil;
    await this.#options.ledger.write(async (work) => {
      work.hold(await lockEndedOffers(work.tx, work.now, isCertain ? work.now : 0));
      endOffers(work);
    });
  }

  /** Whoever is held by somebody for long holds up nobody else: from then on they are passed over. */
  async #offerAll(): Promise<void> {
    let wait = true;
    while (!this.#runner.isStopped) {
      try {
        if ((await this.#offer(wait)) === 0) return;
        this.#progress.made();
      } catch (error) {
        if (!wait || !isTimeOut(error)) throw error;
        wait = false;
      }
    }
  }

  /**
   * Gives the longest waiting to who can take them. What is planned without locks is decided again with locks on those, and only those, whom the
   * plan names: agents before interactions, as in all transactions that wait for agents.
   * @param wait Whether to wait for what others hold; else it is passed over.
   * @returns How many offers were made; none also when others have changed what was planned, and then their routers come.
   */
  async #offer(wait: boolean): Promise<number> {
    const { ledger, policy } = this.#options;
    const plan = await planQueue(ledger.db, ledger.clock.now(), policy, BATCH);
    if (plan.length === 0) return 0;
    const { result } = await ledger.write(async (work) => {
      const candidates = await lockCandidates(work.tx, agentsOf(plan), work.now, wait);
      const ids = plan.map(({ interaction }) => interaction.id);
      work.hold(await lockInteractions(work.tx, { ids }, { wait }));
      offerQueued(work, candidates, policy);
      return work.events.length;
    });
    return result;
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
