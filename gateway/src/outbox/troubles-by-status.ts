import type { Clock, DeliveryError } from 'whatsapp-workspace/model';
import { retryScope, troubleOf } from '../cloud-api/index.js';
import type { ReceivedStatus } from '../ledger/work.js';
import { errorFields, type Log } from '../log.js';
import type { ChannelsHealth, Strike } from './health.js';

/** A status that comes later tells nothing of now, in milliseconds: webhooks wait for days where they found nobody. */
const FRESH = 10 * 60_000;

export interface TroublesByStatusOptions {
  readonly health: ChannelsHealth;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a number sends again. */
  readonly resumed: () => void;
}

/**
 * Some troubles of a number or its account are told only after the Cloud API took a message, by its status: they stop the number as in an answer, and
 * are over when WhatsApp says that it has sent a message.
 */
export class TroublesByStatus {
  readonly #options: TroublesByStatusOptions;
  #applied: Promise<void> = Promise.resolve();

  constructor(options: TroublesByStatusOptions) {
    this.#options = options;
  }

  /** Statuses that are stored. */
  receive(statuses: readonly ReceivedStatus[]): void {
    const { clock } = this.#options;
    const sent = new Map<string, number>();
    const strikes = new Map<string, Strike>();
    for (const { channel, state, at, error } of statuses) {
      if (state === 'sent') sent.set(channel, Math.max(at, sent.get(channel) ?? 0));
      const trouble = error && state === 'failed' && at > clock.now() - FRESH ? troubleBy(error) : null;
      if (error && trouble)
        strikes.set(channel, { channel, error, trouble, retryAfter: null, byStatus: true });
    }
    if (sent.size + strikes.size > 0)
      this.#applied = this.#applied.then(() => this.#apply(sent, strikes.values()));
  }

  /** Resolves when all that was heard is written down. */
  idle(): Promise<void> {
    return this.#applied;
  }

  async #apply(sent: ReadonlyMap<string, number>, strikes: Iterable<Strike>): Promise<void> {
    const { health, log, resumed } = this.#options;
    try {
      for (const [channel, at] of sent) if (await health.confirm(channel, at)) resumed();
      for (const strike of strikes) await health.strike(strike);
    } catch (error) {
      log.warn('What a status tells of its number could not be stored', errorFields(error));
    }
  }
}

function troubleBy({ code }: DeliveryError): Strike['trouble'] {
  return troubleOf(code, null) ?? (retryScope(code) === 'number' ? 'rate' : null);
}
