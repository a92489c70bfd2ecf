import type { Clock } from 'whatsapp-workspace/model';
import { errorFields, type Log } from '../log.js';
import { LONGEST_PAUSE } from './pause.js';
import { Progress, STALLED_AFTER, type Watched } from '../progress.js';
import { Runner } from '../runner.js';
import { Slots } from '../slots.js';
import type { LeaseTimes } from '../store/lease-times.js';

/** Work on a file, for one business number. */
export interface FileJob {
  readonly channel: string;
}

/** Work on files that waits in the database. */
export interface FileJobs<T extends FileJob> {
  /** What cannot be done when nothing gets on, in one sentence without a full stop. */
  readonly trouble: string;
  /** Takes up what is due, at most `limit`. Until `holds` it is ours unless it is renewed. */
  lease(options: LeaseTimes): Promise<readonly T[]>;
  /** When something is due next; null when nothing waits. @param full Numbers to leave out. */
  next(full: readonly string[]): Promise<number | null>;
  /** Holds what is ours for longer. */
  renew(job: T, holds: number): Promise<boolean>;
  /** Does it, and writes down what became of it. @param stop Ends what is under way: the gateway stops, and whoever comes next does it. */
  carryOut(job: T, stop: AbortSignal): Promise<void>;
}

export interface FileLaneOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How often to look although nobody told to, in milliseconds. */
  readonly sweepInterval: number;
  readonly stalledAfter?: number | undefined;
}

/** So many files at once, and half of them for one number: each is a stream with a small buffer. */
const CONCURRENCY = 8;
/** While all hands are at files that take their time, operators are told so much later. */
const HANDS_PATIENCE = 6;
/** For how long a lease holds, in milliseconds: after a crash, others wait so long. */
const LEASE = 30_000;
const RENEWAL = 10_000;
/** What is due and could not be had is looked at again after so long, in milliseconds. */
const MIN_WAIT = 25;

/** Works files off, a few at a time, shared among the numbers: one whose files hang keeps no other waiting. Whoever dies at it leaves a lease that ends by itself. */
export class FileLane<T extends FileJob> implements Watched {
  readonly #jobs: FileJobs<T>;
  readonly #options: FileLaneOptions;
  readonly #progress: Progress;
  /** A hand is free, or has been since. */
  readonly #hands: Progress;
  readonly #slots = new Slots(CONCURRENCY);
  readonly #runner = new Runner(() => this.#run());
  readonly #working = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | null = null;

  constructor(jobs: FileJobs<T>, options: FileLaneOptions) {
    this.#jobs = jobs;
    this.#options = options;
    const { sweepInterval, stalledAfter = STALLED_AFTER } = options;
    this.#progress = new Progress(jobs.trouble, sweepInterval + stalledAfter);
    this.#hands = new Progress(jobs.trouble, HANDS_PATIENCE * (sweepInterval + stalledAfter));
  }

  async start(): Promise<void> {
    this.#progress.made();
    this.#hands.made();
    this.hint();
  }

  /** There may be something to do. */
  hint(): void {
    this.#runner.hint();
  }

  /** Takes up nothing more, and breaks off what is under way: it is due again as soon as its lease has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#runner.stop();
    if (this.#timer) clearTimeout(this.#timer);
    await Promise.all(this.#working);
  }

  problem(): string | null {
    return this.#progress.problem() ?? this.#hands.problem();
  }

  async #run(): Promise<void> {
    const { clock, log, sweepInterval } = this.#options;
    if (this.#timer) clearTimeout(this.#timer);
    let wait = sweepInterval;
    try {
      await this.#takeUp();
      const next = await this.#jobs.next(this.#slots.full());
      // With no hand free, whoever is done calls again.
      if (this.#isFree) this.#hands.made();
      if (next !== null && this.#isFree) wait = Math.max(0, next - clock.now());
      this.#progress.made();
    } catch (error) {
      log.warn(this.#jobs.trouble, errorFields(error));
    }
    if (!this.#runner.isStopped)
      this.#timer = setTimeout(() => this.hint(), Math.min(Math.max(wait, MIN_WAIT), sweepInterval));
  }

  get #isFree(): boolean {
    return this.#working.size < CONCURRENCY;
  }

  /** One after the other: with each, what its number may have becomes less. */
  async #takeUp(): Promise<void> {
    while (this.#isFree && !this.#runner.isStopped) {
      const now = this.#options.clock.now();
      const times = { now, holds: now + LEASE, latest: now + LONGEST_PAUSE + LEASE };
      const [job] = await this.#jobs.lease({ ...times, limit: 1, full: this.#slots.full() });
      if (!job) return;
      this.#begin(job);
    }
  }

  #begin(job: T): void {
    this.#slots.take(job.channel);
    const working: Promise<void> = this.#work(job).finally(() => {
      this.#slots.release(job.channel);
      this.#working.delete(working);
      this.#hands.made();
      this.hint();
    });
    this.#working.add(working);
  }

  async #work(job: T): Promise<void> {
    const { clock, log } = this.#options;
    const renew = async () => {
      await this.#jobs.renew(job, clock.now() + LEASE).catch(() => undefined);
    };
    const timer = setInterval(() => void renew(), RENEWAL);
    try {
      await this.#jobs.carryOut(job, this.#stop.signal);
    } catch (error) {
      // It is tried again when its lease has ended.
      if (!this.#stop.signal.aborted) log.warn(this.#jobs.trouble, errorFields(error));
    } finally {
      clearInterval(timer);
    }
  }
}
