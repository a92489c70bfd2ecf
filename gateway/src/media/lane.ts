import type { Clock } from 'whatsapp-workspace/model';
import { errorFields, type Log } from '../log.js';
import { LONGEST_PAUSE } from './pause.js';
import { Progress, STALLED_AFTER, type Watched } from '../progress.js';
import { Runner } from '../runner.js';
import type { LeaseTimes } from '../store/lease-times.js';

/** Work on files that waits in the database. */
export interface FileJobs<T> {
  /** What cannot be done when nothing gets on, in one sentence without a full stop. */
  readonly trouble: string;
  /** Takes up what is due, at most `limit`. Until `holds` it is ours unless it is renewed. */
  lease(options: LeaseTimes): Promise<readonly T[]>;
  /** When something is due next; null when nothing waits. */
  next(): Promise<number | null>;
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

/** So many files at once: each is a stream with a small buffer. */
const CONCURRENCY = 4;
/** For how long a lease holds, in milliseconds: after a crash, others wait so long. */
const LEASE = 30_000;
const RENEWAL = 10_000;
/** What is due and could not be had is looked at again after so long, in milliseconds. */
const MIN_WAIT = 25;

/** Works files off, a few at a time. Whoever dies at it leaves a lease that ends by itself. */
export class FileLane<T> implements Watched {
  readonly #jobs: FileJobs<T>;
  readonly #options: FileLaneOptions;
  readonly #progress: Progress;
  readonly #runner = new Runner(() => this.#run());
  readonly #working = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | null = null;

  constructor(jobs: FileJobs<T>, options: FileLaneOptions) {
    this.#jobs = jobs;
    this.#options = options;
    const { sweepInterval, stalledAfter = STALLED_AFTER } = options;
    this.#progress = new Progress(jobs.trouble, sweepInterval + stalledAfter);
  }

  async start(): Promise<void> {
    this.#progress.made();
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
    return this.#progress.problem();
  }

  async #run(): Promise<void> {
    const { clock, log, sweepInterval } = this.#options;
    if (this.#timer) clearTimeout(this.#timer);
    let wait = sweepInterval;
    try {
      const now = clock.now();
      const limit = CONCURRENCY - this.#working.size;
      const times = { now, holds: now + LEASE, latest: now + LONGEST_PAUSE + LEASE, limit };
      for (const job of limit > 0 ? await this.#jobs.lease(times) : []) this.#begin(job);
      const next = await this.#jobs.next();
      // With no hand free, whoever is done calls again.
      if (next !== null && this.#working.size < CONCURRENCY) wait = Math.max(0, next - clock.now());
      this.#progress.made();
    } catch (error) {
      log.warn(this.#jobs.trouble, errorFields(error));
    }
    if (!this.#runner.isStopped)
      this.#timer = setTimeout(() => this.hint(), Math.min(Math.max(wait, MIN_WAIT), sweepInterval));
  }

  #begin(job: T): void {
    const working: Promise<void> = this.#work(job).finally(() => {
      this.#working.delete(working);
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
