import type { EventDraft } from 'whatsapp-workspace/model';
import { atMost } from '../at-most.js';
import type { MessageToSend, SendResult } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { Progress, STALLED_AFTER, type Watched } from '../progress.js';
import { Runner } from '../runner.js';
import { ConnectionFailed, type Hold, type Queryable } from '../store/db.js';
import { readTroubles } from '../store/channels.js';
import {
  dueChannels,
  leaseMessages,
  nextDue,
  readLeases,
  renumberLeases,
  takeBackLeases,
  WORKER_LOCKS,
  type Lease,
  type LeaseOptions,
  type OpenLease,
  type Pace,
} from '../store/outbox.js';
import { Answers } from './answers.js';
import { ChannelsHealth } from './health.js';
import { InboundRate } from './inbound-rate.js';
import { LeaseWatch } from './lease-watch.js';
import { Outcomes } from './outcome.js';
import { recordEnding } from './record.js';
import { resolve, type FindMedia, type FindTemplate } from './resolve.js';
import { Slots } from '../slots.js';
import { TroublesByStatus } from './troubles-by-status.js';

/** The sending side of one business number. */
export interface Sender {
  send(message: MessageToSend): Promise<SendResult>;
}

export interface OutboxOptions {
  readonly ledger: Ledger;
  readonly senderFor: (channel: string) => Sender;
  /** Without it, no file is at WhatsApp. */
  readonly findMedia?: FindMedia;
  /** Without it, there is no template. */
  readonly findTemplate?: FindTemplate;
  /** Told when WhatsApp, or we ourselves, did not take a message over a number, and by which code. */
  readonly onRefused?: (channel: string, code: number | null) => void;
  readonly metrics: Metrics;
  readonly log: Log;
  /** How often the worker looks although nothing told it to, in milliseconds. */
  readonly sweepInterval: number;
  readonly pace?: Pace;
  /** How much longer a look may take before operators are told, in milliseconds; 10,000 by default. */
  readonly stalledAfter?: number;
  /** Between 0 and 1, for spreading retries. */
  readonly random?: () => number;
  /** Milliseconds since some instant, whatever happens to clocks. */
  readonly stopwatch?: () => number;
}

/** WhatsApp's own limits: one message in 6 s to the same person with 45 at once, 80 a second for a number. */
export const PACE: Pace = {
  lane: { interval: 6000, burst: 45 },
  channel: { interval: 12.5, burst: 80 },
};
/** How long a message may be ours; longer than the Cloud API client waits for an answer and its storing takes. */
export const LEASE = 25_000;
/** How long a worker's lock may be gone before it counts as dead, in milliseconds: its connection may have broken, and is made again. */
const LOCK_GRACE = 5000;
/** Requests that are open at once; one number alone gets half of them. */
const CONCURRENCY = 64;
/** What is due but has no room yet is looked at again after so long. */
const MIN_PAUSE = 5;
/** What is due and could not be had, because others hold it, is looked at again after so long. */
const HELD_PAUSE = 25;
/** So many messages in doubt are given up at once: what holds one of them up leaves connections for the others, and for sending. */
const GIVING_UP = 3;
/** Longer than a request takes; shorter than whoever stops us waits. */
const DRAIN_PATIENCE = 17_000;

/** Whether an agent has sent something: a message, or a reaction, which changes one. */
function isSent({ type, command }: EventDraft): boolean {
  return type === 'message-sent' || (type === 'message-changed' && command !== null);
}

const noMedia: FindMedia = () =>
  Promise.resolve({
    outcome: 'refused',
    error: { code: null, detail: 'This gateway hands no files to WhatsApp.' },
  });

const noTemplate: FindTemplate = () => Promise.resolve(null);

/** Sends what agents wrote: in order for each contact, within WhatsApp's rates, never twice. */
export class OutboxWorker implements Watched {
  readonly #options: OutboxOptions;
  readonly #pace: Pace;
  readonly #stopwatch: () => number;
  readonly #answers: Answers;
  readonly #troubles: TroublesByStatus;
  readonly #watch: LeaseWatch;
  readonly #inbound: InboundRate;
  readonly #slots = new Slots(CONCURRENCY);
  /** Tell this worker from all others, living and dead: a new one for each connection that holds its lock, the present one last. */
  #numbers: readonly number[] = [];
  #life: Hold | null = null;
  readonly #sending = new Set<Promise<void>>();
  /** Rows whose request may have left, until its outcome is stored, with the number of the attempt. */
  readonly #left = new Map<number, number>();
  /** Since when leases may be ours that we never heard of: leasing failed, and perhaps only its answer did. Null for never. */
  #unheardSince: number | null = null;
  /** How many numbers do not send as they should. */
  #troubled = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #progress: Progress;
  readonly #runner = new Runner(() => this.#run());
  /** Beside the sending, which is not to wait for the one contact whose message cannot be given up now. */
  readonly #lost = new Runner(() => this.#giveUpLost());

  constructor(options: OutboxOptions) {
    const { ledger, metrics, log, random = Math.random } = options;
    this.#options = options;
    const { sweepInterval, stalledAfter = STALLED_AFTER } = options;
    this.#progress = new Progress('Messages are not sent', sweepInterval + stalledAfter);
    this.#pace = options.pace ?? PACE;
    this.#stopwatch = options.stopwatch ?? (() => performance.now());
    this.#watch = new LeaseWatch({ longest: LEASE, grace: LOCK_GRACE, stopwatch: this.#stopwatch });
    this.#inbound = new InboundRate(this.#pace.channel.interval);
    const health = new ChannelsHealth({ ledger, metrics, log, random });
    metrics.troubles.from(() => this.#troubled);
    this.#answers = new Answers(new Outcomes({ ledger, health, log, random }), log);
    this.#troubles = new TroublesByStatus({ health, clock: ledger.clock, log, resumed: () => this.hint() });
    ledger.onCommit(({ events, statuses, hasFreed }) => {
      this.#troubles.receive(statuses);
      if (hasFreed || events.some(isSent)) this.hint();
    });
  }

  async start(): Promise<void> {
    this.#life = await this.#options.ledger.db.hold(WORKER_LOCKS, (q, number) => this.#renumber(q, number));
    this.#progress.made();
    this.hint();
  }

  problem(): string | null {
    return this.#progress.problem();
  }

  /** There may be something to send. */
  hint(): void {
    this.#runner.hint();
    this.#lost.hint();
  }

  /** Messages came in over a number: they use up its rate too. */
  countInbound(channel: string, count: number): void {
    this.#inbound.add(channel, count, this.#options.ledger.clock.now());
  }

  /** Takes up nothing more and waits for what is on its way. */
  async stop(): Promise<void> {
    await Promise.all([this.#runner.stop(), this.#lost.stop()]);
    if (this.#timer) clearTimeout(this.#timer);
    // None of them throws.
    await atMost(DRAIN_PATIENCE, this.#sending);
    this.#answers.abandon();
    await this.#troubles.idle();
    await this.#life?.stop();
  }

  async #run(): Promise<void> {
    const { ledger, log, sweepInterval } = this.#options;
    let next: number | null = null;
    let least = HELD_PAUSE;
    if (this.#timer) clearTimeout(this.#timer);
    try {
      await this.#takeBackUnheard();
      // Others would take this worker for dead, and what it sends for left in doubt.
      if (this.#life?.isHeld) {
        const due = await dueChannels(ledger.db, ledger.clock.now(), this.#pace);
        let hasFailed = false;
        for (const channel of due) {
          const went = await this.#attempt(channel);
          if (went) least = MIN_PAUSE;
          hasFailed ||= went === null;
        }
        // With no hand free, the next message that is done calls again.
        const full = due.filter((channel) => this.#slots.free(channel) === 0);
        next = await nextDue(ledger.db, ledger.clock.now(), this.#pace, full);
        if (!hasFailed) this.#progress.made();
      }
      this.#troubled = (await readTroubles(ledger.db)).length;
    } catch (error) {
      log.warn('The outbox could not be read', errorFields(error));
    }
    if (this.#runner.isStopped) return;
    const wait = next === null ? sweepInterval : next - ledger.clock.now();
    this.#timer = setTimeout(
      () => this.hint(),
      Math.min(wait > 0 ? Math.max(wait, MIN_PAUSE) : least, sweepInterval),
    );
  }

  /**
   * Sends what may go over one number. What keeps that from being found out keeps no other number waiting.
   * @returns Whether anything went; null when that failed.
   */
  async #attempt(channel: string): Promise<boolean | null> {
    try {
      return await this.#take(channel);
    } catch (error) {
      if (error instanceof ConnectionFailed) throw error;
      const sentence = 'What may go over a number could not be read';
      this.#options.log.warn(sentence, { channel, ...errorFields(error) });
      return null;
    }
  }

  /**
   * Leases what may go and sends it at once: the shorter a lease is held before the request leaves, the less a crash leaves in doubt.
   * @returns Whether anything went.
   */
  async #take(channel: string): Promise<boolean> {
    const { ledger } = this.#options;
    const limit = this.#slots.free(channel);
    const worker = this.#numbers.at(-1);
    if (limit <= 0 || worker === undefined || this.#runner.isStopped) return false;
    const now = ledger.clock.now();
    const owed = this.#inbound.owed(channel, now);
    const leases = await this.#lease(channel, { limit, now, owed, pace: this.#pace, worker });
    if (leases) this.#inbound.settle(channel, owed, now);
    for (const lease of leases ?? []) {
      this.#left.set(lease.id, lease.attempts);
      this.#watch.note(lease);
      this.#slots.take(channel);
      const sending: Promise<void> = this.#send(lease).finally(() => {
        this.#slots.release(channel);
        this.#sending.delete(sending);
        this.hint();
      });
      this.#sending.add(sending);
    }
    return leases !== null && leases.length > 0;
  }

  async #lease(channel: string, options: LeaseOptions): Promise<readonly Lease[] | null> {
    try {
      return await leaseMessages(this.#options.ledger.db, channel, options);
    } catch (error) {
      this.#unheardSince = this.#stopwatch();
      throw error;
    }
  }

  /** The server may still be at it when the connection breaks: this goes on for as long as such a lease may last. */
  async #takeBackUnheard(): Promise<void> {
    const { ledger } = this.#options;
    if (this.#unheardSince === null) return;
    const now = this.#stopwatch();
    await takeBackLeases(ledger.db, this.#numbers, [...this.#left.keys()]);
    if (now - this.#unheardSince > LEASE) this.#unheardSince = null;
  }

  async #send(lease: Lease): Promise<void> {
    const { metrics, log, onRefused } = this.#options;
    try {
      const result = await this.#request(lease);
      metrics.sends.add(1, result.outcome);
      if (result.outcome === 'refused') onRefused?.(lease.channel, result.error.code);
      await this.#answers.store(lease, result);
      if (this.#left.get(lease.id) === lease.attempts) this.#left.delete(lease.id);
    } catch (error) {
      // The lease runs out and leaves the message unknown, for a status to resolve.
      log.error('The outcome of a message could not be stored', {
        messageId: lease.message,
        ...errorFields(error),
      });
    }
  }

  async #request(lease: Lease): Promise<SendResult> {
    const { senderFor, findMedia = noMedia, findTemplate = noTemplate } = this.#options;
    const resolved = await resolve(lease, { findMedia, findTemplate });
    if ('outcome' in resolved) return resolved;
    const { phone, bsuid, clientId } = lease;
    return senderFor(lease.channel).send({ ...resolved, to: { phone, bsuid }, callbackData: clientId });
  }

  /** Where its lock is held now, this worker has another number than before. */
  async #renumber(q: Queryable, number: number): Promise<void> {
    await renumberLeases(q, this.#numbers, number);
    this.#numbers = [...this.#numbers, number];
  }

  async #giveUpLost(): Promise<void> {
    const { log } = this.#options;
    try {
      const leases = await this.#readLeases();
      const lost = this.#watch
        .look(leases)
        .filter((lease) => !this.#answers.has(lease))
        .values();
      const giveUp = async () => {
        for (const lease of lost) await this.#giveUp(lease);
      };
      await Promise.all(Array.from({ length: GIVING_UP }, giveUp));
    } catch (error) {
      log.warn('Messages on their way could not be looked at', errorFields(error));
    }
  }

  async #readLeases(): Promise<readonly OpenLease[]> {
    try {
      return await readLeases(this.#options.ledger.db, this.#numbers);
    } catch (error) {
      this.#watch.interrupt();
      throw error;
    }
  }

  async #giveUp(lease: OpenLease): Promise<void> {
    const { ledger, log } = this.#options;
    const detail = lease.isHeld
      ? 'The gateway got no answer about this message in time.'
      : 'The gateway stopped while this message was on its way.';
    try {
      await recordEnding(ledger, lease, 'unknown', { code: null, detail });
      log.warn('A message was left in doubt', { outbox: lease.id });
    } catch (error) {
      // It holds up its own contact, and nobody else.
      log.error('A message in doubt could not be given up', { outbox: lease.id, ...errorFields(error) });
    }
  }
}
