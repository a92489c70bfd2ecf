import type { ChannelHealth, DeliveryError, SendingTrouble } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import type { Work } from '../ledger/work.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { Faults } from './faults.js';
import {
  isStruck,
  lockChannels,
  LONGEST_WAIT,
  pauseChannel,
  readTroubles,
  resumeChannel,
  type ChannelState,
  type StoredHealth,
} from '../store/channels.js';

/** While an operator has something to mend, in milliseconds. */
const BLOCKED_PAUSE = 60_000;
const FIRST_PAUSE = 1000;
/** While Meta is down, each message that finds out may end in doubt. */
const FIRST_OUTAGE_PAUSE = 4000;
const LAST_PAUSE = 60_000;
/** Turned away so often in a row, desks are told: their messages have been waiting for half a minute. */
const SLOW_FROM = 5;

export interface Strike {
  readonly channel: string;
  readonly error: DeliveryError;
  /** What an operator has to mend; null when the number only was too fast. */
  readonly trouble: SendingTrouble | null;
  /** What WhatsApp asked for, in milliseconds. */
  readonly retryAfter: number | null;
  /** Told by a status, so that the Cloud API takes messages all the same. */
  readonly byStatus?: true;
}

/** A request that failed because of Meta, or of the way there. */
export interface Outage extends Pick<Strike, 'channel' | 'error' | 'retryAfter'> {
  readonly message: string;
  /** How often the message has been taken up, this time included. */
  readonly attempts: number;
}

export interface HealthOptions {
  readonly ledger: Ledger;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly random: () => number;
}

/** Whether business numbers send: pauses those that WhatsApp turns away, and tells operators and desks. */
export class ChannelsHealth {
  readonly #options: HealthOptions;
  readonly #faults = new Faults();

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /**
   * WhatsApp turned a message away for a reason that concerns the whole number, or all numbers of its account.
   * @returns Until when nothing is sent over it.
   */
  async strike(strike: Strike): Promise<number> {
    const { ledger, metrics } = this.#options;
    const { result } = await ledger.write(async (work) => {
      const [state, ...others] = await lockChannels(
        work.tx,
        strike.channel,
        extentOf(strike.trouble),
        work.now,
      );
      if (!state) return work.now;
      // Requests that left together come back together: they are one strike.
      const strikes = state.isPaused ? state.strikes : state.strikes + 1;
      const until = work.now + this.#pause(strike, strikes);
      for (const { channel, health: known } of [state, ...others]) {
        const health = healthAfter({ ...strike, channel }, strikes, known, work.now);
        await pauseChannel(work.tx, channel, { until, strikes, health });
        if (health && health.trouble !== known?.trouble) record(work, health);
        if (channel === state.channel && health && health.trouble !== known?.trouble)
          this.#alarm(health, state, others);
      }
      if (!state.isPaused) metrics.pauses.add(1, strike.trouble ?? 'rate');
      return until;
    });
    return result;
  }

  /**
   * A request failed because of Meta, or of the way there. After a few in a row, and while the number is being tried, that concerns the whole number.
   * @returns Until when nothing is sent over it; null when that was one request.
   */
  async fault(outage: Outage): Promise<number | null> {
    const { message, attempts, ...strike } = outage;
    const { channel, error } = strike;
    const tooMany = this.#faults.add({ channel, message, attempts, code: error.code });
    return tooMany || (await this.#isOut(channel)) ? this.strike({ ...strike, trouble: 'outage' }) : null;
  }

  async #isOut(number: string): Promise<boolean> {
    const troubles = await readTroubles(this.#options.ledger.db);
    return troubles.some(({ channel, trouble }) => channel === number && trouble === 'outage');
  }

  /** The Cloud API answered about a message, whatever it said. */
  answered(channel: string): void {
    this.#faults.clear(channel);
  }

  /** WhatsApp took a message over a number. */
  async pass(channel: string): Promise<void> {
    const { ledger } = this.#options;
    if (!(await isStruck(ledger.db, channel))) return;
    await ledger.write(async (work) => {
      const [state, ...others] = await lockChannels(work.tx, channel, 'account', work.now);
      // What left before the number was turned away says nothing about it.
      if (!state || state.isPaused || state.strikes === 0) return;
      if (!state.health?.byStatus) return this.#resume(work, state, others);
      // Messages were taken before, too: the next one waits for what the status of this one says. Should that turn it away, it was one more in a row.
      const { strikes, health } = state;
      const until = work.now + BLOCKED_PAUSE;
      await pauseChannel(work.tx, channel, { until, strikes: strikes + 1, health });
    });
  }

  /**
   * WhatsApp has sent a message over a number, by its own word.
   * @param at When, by WhatsApp's clock.
   * @returns Whether the number sends again for that reason.
   */
  async confirm(channel: string, at: number): Promise<boolean> {
    const { ledger } = this.#options;
    if (!(await isStruck(ledger.db, channel))) return false;
    const { result } = await ledger.write(async (work) => {
      const [state, ...others] = await lockChannels(work.tx, channel, 'account', work.now);
      // What left before the trouble says nothing about it.
      if (!state?.health?.byStatus || at <= state.health.since) return false;
      await this.#resume(work, state, others);
      return true;
    });
    return result;
  }

  /** With all numbers of the account that are stopped for the same reason, where it is the account's. */
  async #resume(work: Work, state: ChannelState, others: readonly ChannelState[]): Promise<void> {
    const trouble = state.health?.trouble ?? null;
    const together = extentOf(trouble) === 'account' ? others : [];
    for (const one of [state, ...together.filter(({ health }) => health?.trouble === trouble)]) {
      await resumeChannel(work.tx, one.channel, work.now);
      if (one.health) this.#resumed(work, one.channel);
    }
  }

  #pause({ trouble, retryAfter }: Strike, strikes: number): number {
    const { random } = this.#options;
    // What needs no operator is over by itself, and perhaps soon.
    const first = trouble === 'outage' ? FIRST_OUTAGE_PAUSE : FIRST_PAUSE;
    const grows = trouble === null || trouble === 'rate' || trouble === 'outage';
    const backOff = grows ? Math.min(LAST_PAUSE, first * 2 ** Math.min(strikes - 1, 10)) : BLOCKED_PAUSE;
    return Math.round(Math.min(LONGEST_WAIT, Math.max(retryAfter ?? 0, backOff * (0.75 + random() / 4))));
  }

  #alarm(
    { channel, trouble, code }: ChannelHealth,
    { account }: ChannelState,
    others: readonly ChannelState[],
  ): void {
    if (trouble === null) return;
    const { log } = this.#options;
    if (others.length === 0) return log.error(SENTENCES[trouble], { channel, trouble, code });
    const channels = [channel, ...others.map((one) => one.channel)].join(', ');
    const sentence = `${SENTENCES[trouble]}. This holds for all numbers of the account`;
    log.error(sentence, { channel, trouble, code, account, channels });
  }

  #resumed(work: Work, channel: string): void {
    record(work, { channel, trouble: null, code: null, since: work.now });
    this.#options.log.warn('The number sends again', { channel });
  }
}

/** Whether a trouble is one of the number or, by what WhatsApp says of its codes, of the WhatsApp Business Account. */
function extentOf(trouble: SendingTrouble | null): 'number' | 'account' {
  return trouble === 'restricted' || trouble === 'payment' ? 'account' : 'number';
}

function record(work: Work, { channel: id, trouble, code, since }: ChannelHealth): void {
  const channel = { channel: id, trouble, code, since };
  work.record({
    type: 'channel-changed',
    at: work.now,
    interaction: null,
    actor: null,
    command: null,
    body: { channel },
  });
}

const SENTENCES: Readonly<Record<SendingTrouble, string>> = {
  access: 'Sending is stopped: the Cloud API refuses this number: check the access token and its permissions',
  restricted:
    'Sending is stopped: WhatsApp has restricted the business account: see the Business Support Home',
  payment: 'Sending is stopped: WhatsApp wants its payment: check the payment method of the business account',
  registration: 'Sending is stopped: the number is not registered with the Cloud API',
  outage:
    'Sending is stopped: the Cloud API does not answer, or has trouble of its own: see Meta’s status page and the way there',
  other: 'Sending is stopped',
  rate: 'Sending is slow: WhatsApp turns messages of this number away, there are too many of them',
};

function healthAfter(
  { channel, error, trouble, byStatus }: Strike,
  strikes: number,
  known: StoredHealth | null,
  now: number,
): StoredHealth | null {
  const next = trouble ?? (strikes >= SLOW_FROM ? 'rate' : null);
  const mark = byStatus || known?.byStatus ? { byStatus: true as const } : {};
  // Too many messages are no news while something worse is.
  if (next === null || next === known?.trouble || (next === 'rate' && known))
    return known && { ...known, ...mark };
  return { channel, trouble: next, code: error.code, since: now, ...mark };
}
