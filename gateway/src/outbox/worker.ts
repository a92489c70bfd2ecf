import { randomInt } from 'node:crypto';
import type { DeliveryError } from 'whatsapp-workspace/model';
import type { SendResult, TextToSend } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { Runner } from '../runner.js';
import type { Hold } from '../store/db.js';
import {
  dueChannels,
  findLostLeases,
  leaseMessages,
  nextDue,
  pauseChannel,
  releaseLease,
  takeBackLeases,
  WORKER_LOCKS,
  type Lease,
  type LeaseOptions,
  type Pace,
} from '../store/outbox.js';
import { recordAccepted, recordEnding } from './record.js';

/** The sending side of one business number. */
export interface Sender {
  sendText(message: TextToSend): Promise<SendResult>;
}

export interface OutboxOptions {
  readonly ledger: Ledger;
  readonly senderFor: (channel: string) => Sender;
  readonly metrics: Metrics;
  readonly log: Log;
  /** How often the worker looks although nothing told it to, in milliseconds. */
  readonly sweepInterval: number;
  readonly pace?: Pace;
  /** Between 0 and 1, for spreading retries. */
  readonly random?: () => number;
}

/** WhatsApp's own limits: one message in 6 s to the same person with 45 at once, 80 a second for a number. */
export const PACE: Pace = {
  lane: { interval: 6000, burst: 45 },
  channel: { interval: 12.5, burst: 80 },
};
/** How long a message is ours; longer than the Cloud API client waits for an answer. */
export const LEASE = 25_000;
const CONCURRENCY = 32;
/** A message that could not be handed over for so long fails visibly: the agent decides. */
const GIVE_UP_AFTER = 15 * 60_000;
const PAUSE = 60_000;
const FIRST_RETRY = 1000;
const LAST_RETRY = 60_000;
const DRAIN_PATIENCE = 17_000;

/** Sends what agents wrote: in order for each contact, within WhatsApp's rates, never twice. */
export class OutboxWorker {
  readonly #options: OutboxOptions;
  readonly #pace: Pace;
  readonly #random: () => number;
  /** Tells this worker from all others, living and dead. */
  readonly #worker = randomInt(2 ** 31 - 1);
  #life: Hold | null = null;
  readonly #sending = new Set<Promise<void>>();
  /** Rows whose request may have left, until its outcome is stored, with the number of the attempt. */
  readonly #left = new Map<number, number>();
  /** Since when leases may be ours that we never heard of: leasing failed, and perhaps only its answer did. Null for never. */
  #unheardSince: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #runner = new Runner(() => this.#run());

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#pace = options.pace ?? PACE;
    this.#random = options.random ?? Math.random;
    options.ledger.onCommit(({ events }) => {
      if (events.some(({ type }) => type === 'message-sent')) this.hint();
    });
  }

  async start(): Promise<void> {
    this.#life = await this.#options.ledger.db.hold([WORKER_LOCKS, this.#worker]);
    this.hint();
  }

  /** There may be something to send. */
  hint(): void {
    this.#runner.hint();
  }

  /** Takes up nothing more and waits for what is on its way. */
  async stop(): Promise<void> {
    await this.#runner.stop();
    if (this.#timer) clearTimeout(this.#timer);
    let patience: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => (patience = setTimeout(resolve, DRAIN_PATIENCE)));
    await Promise.race([Promise.allSettled(this.#sending), tooLong]);
    clearTimeout(patience);
    await this.#life?.stop();
  }

  async #run(): Promise<void> {
    const { ledger, log, sweepInterval } = this.#options;
    let next: number | null = null;
    if (this.#timer) clearTimeout(this.#timer);
    try {
      await this.#takeBackUnheard();
      await this.#giveUpLost();
      // Others would take this worker for dead, and what it sends for left in doubt.
      if (this.#life?.isHeld) {
        for (const channel of await dueChannels(ledger.db, ledger.clock.now(), this.#pace))
          await this.#take(channel);
        next = await nextDue(ledger.db, ledger.clock.now(), this.#pace);
      }
    } catch (error) {
      log.warn('The outbox could not be read', errorFields(error));
    }
    if (this.#runner.isStopped) return;
    // With no hand free, the next message that is done calls again.
    const wait =
      next === null || this.#sending.size >= CONCURRENCY ? sweepInterval : next - ledger.clock.now();
    this.#timer = setTimeout(() => this.hint(), Math.min(Math.max(wait, 1), sweepInterval));
  }

  /** Leases what may go and sends it at once: the shorter a lease is held before the request leaves, the less a crash leaves in doubt. */
  async #take(channel: string): Promise<void> {
    const { ledger } = this.#options;
    const limit = CONCURRENCY - this.#sending.size;
    if (limit <= 0 || this.#runner.isStopped) return;
    const now = ledger.clock.now();
    const options = { limit, now, leaseUntil: now + LEASE, pace: this.#pace, worker: this.#worker };
    for (const lease of await this.#lease(channel, options)) {
      this.#left.set(lease.id, lease.attempts);
      const sending: Promise<void> = this.#send(lease).finally(() => {
        this.#sending.delete(sending);
        this.hint();
      });
      this.#sending.add(sending);
    }
  }

  async #lease(channel: string, options: LeaseOptions): Promise<readonly Lease[]> {
    try {
      return await leaseMessages(this.#options.ledger.db, channel, options);
    } catch (error) {
      this.#unheardSince = options.now;
      throw error;
    }
  }

  /** The server may still be at it when the connection breaks: this goes on for as long as such a lease may last. */
  async #takeBackUnheard(): Promise<void> {
    const { ledger } = this.#options;
    if (this.#unheardSince === null) return;
    const now = ledger.clock.now();
    await takeBackLeases(ledger.db, this.#worker, [...this.#left.keys()]);
    if (now - this.#unheardSince > LEASE) this.#unheardSince = null;
  }

  async #send(lease: Lease): Promise<void> {
    const { senderFor, metrics, log } = this.#options;
    const { phone, bsuid, text, clientId } = lease;
    try {
      const sender = senderFor(lease.channel);
      const result = await sender.sendText({ to: { phone, bsuid }, text, callbackData: clientId });
      metrics.sends.add(1, result.outcome);
      await this.#persist(lease, result);
      if (this.#left.get(lease.id) === lease.attempts) this.#left.delete(lease.id);
    } catch (error) {
      // The lease runs out and leaves the message unknown, for a status to resolve.
      log.error('The outcome of a message could not be stored', {
        message: lease.message,
        ...errorFields(error),
      });
    }
  }

  /** What WhatsApp answered must not be lost to a moment's trouble with the database. */
  async #persist(lease: Lease, result: SendResult): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#record(lease, result);
      } catch (error) {
        if (attempt === 6) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      }
    }
  }

  async #record(lease: Lease, result: SendResult): Promise<void> {
    const { ledger } = this.#options;
    switch (result.outcome) {
      case 'accepted':
        return recordAccepted(ledger, lease, result.wamid);
      case 'refused':
        return recordEnding(ledger, lease, 'failed', result.error);
      case 'unknown':
        return recordEnding(ledger, lease, 'unknown', result.error);
      case 'retry':
        return this.#retry(lease, result.error, result.retryAfter ?? 0);
      case 'blocked':
        return this.#pause(lease, result.error);
    }
  }

  async #retry(lease: Lease, error: DeliveryError, atLeast: number): Promise<void> {
    const { ledger } = this.#options;
    const now = ledger.clock.now();
    if (now - lease.createdAt >= GIVE_UP_AFTER) return recordEnding(ledger, lease, 'failed', error);
    const backOff = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.min(lease.attempts - 1, 10));
    const wait = Math.max(atLeast, backOff * (0.5 + this.#random()));
    await releaseLease(ledger.db, lease, Math.round(now + wait), error);
  }

  async #pause(lease: Lease, error: DeliveryError): Promise<void> {
    const { ledger, log } = this.#options;
    log.error('The Cloud API refuses this number: check the access token and its permissions', {
      channel: lease.channel,
      code: error.code,
    });
    await pauseChannel(ledger.db, lease.channel, ledger.clock.now() + PAUSE);
    await this.#retry(lease, error, 0);
  }

  async #giveUpLost(): Promise<void> {
    const { ledger, log } = this.#options;
    for (const lease of await findLostLeases(ledger.db, this.#worker, ledger.clock.now())) {
      const detail = 'The gateway stopped while this message was on its way.';
      try {
        await recordEnding(ledger, lease, 'unknown', { code: null, detail });
        log.warn('A message was left in doubt', { outbox: lease.id });
      } catch (error) {
        // It holds up its own contact, and nobody else.
        log.error('A message in doubt could not be given up', { outbox: lease.id, ...errorFields(error) });
      }
    }
  }
}
