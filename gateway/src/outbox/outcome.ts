import type { DeliveryError } from 'whatsapp-workspace/model';
import type { SendResult } from '../cloud-api/index.js';
import { learnRecipient } from '../contacts/learn.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Log, LogFields } from '../log.js';
import { LONGEST_WAIT } from '../store/channels.js';
import { releaseLease, type Lease } from '../store/outbox.js';
import type { ChannelsHealth, Outage } from './health.js';
import { recordAccepted, recordEnding } from './record.js';

/** A message that could not be handed over for so long, though its number sends, fails visibly: the agent decides. */
const GIVE_UP_AFTER = 15 * 60_000;
/** A message whose number does not send waits for as long as WhatsApp could take it at all. */
const GIVE_UP_PAUSED = 24 * 60 * 60_000;
const FIRST_RETRY = 1000;
const LAST_RETRY = 60_000;
/** After 131056, as Meta's guide has it: 4^n seconds. */
const PAIR_BASE = 4;
const LAST_PAIR_POWER = 4;

export interface OutcomesOptions {
  readonly ledger: Ledger;
  readonly health: ChannelsHealth;
  readonly log: Log;
  /** Between 0 and 1, for spreading retries. */
  readonly random: () => number;
}

/** Writes down what became of requests to the Cloud API. */
export class Outcomes {
  readonly #options: OutcomesOptions;

  constructor(options: OutcomesOptions) {
    this.#options = options;
  }

  async record(lease: Lease, result: SendResult): Promise<void> {
    const { ledger, health } = this.#options;
    if (result.outcome !== 'unknown' && !isOutage(result)) health.answered(lease.channel);
    switch (result.outcome) {
      case 'accepted':
        // Before the message is done with: where one at a time finds out, the next one must not go meanwhile.
        await health.pass(lease.channel);
        await recordAccepted(ledger, lease, result.wamid);
        // The message is on its way all the same, and its statuses teach it again.
        if (result.recipient) await learnRecipient(ledger, lease, result.recipient).catch(() => undefined);
        return;
      case 'refused':
        return recordEnding(ledger, lease, 'failed', result.error);
      case 'unknown':
        await this.#markUnknown(lease, result.error);
        return void (await health.fault(outageOf(lease, result.error, null)));
      case 'blocked':
        return this.#pause(lease, { ...result, retryAfter: null });
      case 'retry':
        if (result.scope === 'number') return this.#pause(lease, { ...result, trouble: null });
        return this.#retry(lease, result);
    }
  }

  async #markUnknown(lease: Lease, error: DeliveryError): Promise<void> {
    const { ledger, log } = this.#options;
    await recordEnding(ledger, lease, 'unknown', error);
    log.warn('A message was left in doubt: no clear answer came', fieldsOf(lease, error));
  }

  async #expire(lease: Lease, error: DeliveryError): Promise<void> {
    const { ledger, log } = this.#options;
    await recordEnding(ledger, lease, 'failed', error);
    log.warn('A message was given up: WhatsApp did not take it for too long', fieldsOf(lease, error));
  }

  async #retry(lease: Lease, result: Extract<SendResult, { readonly outcome: 'retry' }>): Promise<void> {
    const { ledger, health } = this.#options;
    const { error, retryAfter, scope } = result;
    const pausedUntil = isOutage(result) ? await health.fault(outageOf(lease, error, retryAfter)) : null;
    const now = ledger.clock.now();
    const isExpired =
      pausedUntil === null ? now - lease.freeSince >= GIVE_UP_AFTER : now - lease.createdAt >= GIVE_UP_PAUSED;
    if (isExpired) return this.#expire(lease, error);
    const tries = lease.attempts - 1;
    const backOff =
      scope === 'pair' ? 1000 * PAIR_BASE ** Math.min(tries, LAST_PAIR_POWER) : this.#backOff(tries);
    const wait = Math.min(LONGEST_WAIT, Math.max(retryAfter ?? 0, backOff));
    // Behind what others have to send when the pause ends: this message may be the one that Meta cannot take.
    await this.#release(lease, Math.round(Math.max(now, pausedUntil ?? 0) + wait), error);
  }

  /** The number is paused, and the message waits with the others. */
  async #pause(
    lease: Lease,
    strike: Pick<Parameters<ChannelsHealth['strike']>[0], 'error' | 'trouble' | 'retryAfter'>,
  ): Promise<void> {
    const { ledger, health } = this.#options;
    const { error } = strike;
    const pausedUntil = await health.strike({ ...strike, channel: lease.channel });
    const now = ledger.clock.now();
    if (now - lease.createdAt >= GIVE_UP_PAUSED) return this.#expire(lease, error);
    // What an operator has to mend may lie with this message alone after all, and then another one finds out that the number sends.
    const behind = strike.trouble === null ? now : pausedUntil + this.#backOff(lease.attempts - 1);
    // Not before the pause has been noted, or another worker would send it at once.
    await this.#release(lease, Math.round(behind), error);
  }

  /** How much longer than others a message waits that was turned away, in milliseconds. */
  #backOff(tries: number): number {
    return Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.min(tries, 10)) * (0.5 + this.#options.random());
  }

  /**
   * The message waits to be sent again. Where another worker has given it up as in doubt meanwhile, so that the agent was told and others may have gone
   * after it, it fails: that it was not sent is certain, and whether it still should be is the agent's to decide.
   */
  async #release(lease: Lease, runAt: number, error: DeliveryError): Promise<void> {
    const { ledger } = this.#options;
    if (!(await releaseLease(ledger.db, lease, runAt, error)))
      await recordEnding(ledger, lease, 'failed', error);
  }
}

/** Meta's own trouble, or nobody was there: nothing that is known to be about the message, its contact or its number. */
function isOutage(result: SendResult): boolean {
  return result.outcome === 'retry' && result.scope === 'message';
}

function outageOf(
  { channel, message, attempts }: Lease,
  error: DeliveryError,
  retryAfter: number | null,
): Outage {
  return { channel, message, attempts, error, retryAfter };
}

function fieldsOf({ message, channel }: Lease, { code }: DeliveryError): LogFields {
  return { messageId: message, channel, code };
}
