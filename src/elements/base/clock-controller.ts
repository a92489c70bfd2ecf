import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../../model/index.js';

/** Between two ticks of a page that nobody sees. */
const HIDDEN_INTERVAL = 60_000;
/** The longest that one timer is trusted. */
const LONGEST = 3_600_000;

interface Timers {
  now(): number;
  /** Whether nobody sees the page. */
  hidden(): boolean;
  set(run: () => void, ms: number): unknown;
  clear(timer: unknown): void;
  /** Calls back when the page comes into view or goes out of it; returns what ends that. */
  onVisibility(changed: () => void): () => void;
}

/** One timer for all that shows time: it goes off at the earliest moment at which something looks different. */
export class Ticker {
  readonly #timers: Timers;
  readonly #due = new Map<() => void, number>();
  #timer: unknown = null;
  /** When the timer was to go off, hidden or not. */
  #armedFor = Infinity;
  #stop: (() => void) | null = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Calls `run` once, in `ms`; replaces what was set for the same `run`. */
  set(run: () => void, ms: number): void {
    const at = this.#timers.now() + ms;
    this.#due.set(run, at);
    this.#stop ??= this.#timers.onVisibility(() => this.#arm(this.#earliest()));
    if (at < this.#armedFor) this.#arm(at);
  }

  /** A timer that was set for it stays: finding the next one each time would cost too much when thousands go. */
  clear(run: () => void): void {
    if (this.#due.delete(run) && this.#due.size === 0) this.#rest();
  }

  #arm(at: number): void {
    this.#timers.clear(this.#timer);
    this.#armedFor = at;
    const wait = Math.max(at - this.#timers.now(), 0);
    const coarse = this.#timers.hidden() ? Math.max(wait, HIDDEN_INTERVAL) : wait;
    this.#timer = this.#timers.set(() => this.#tick(), Math.min(coarse, LONGEST));
  }

  #rest(): void {
    this.#timers.clear(this.#timer);
    this.#armedFor = Infinity;
    this.#stop?.();
    this.#stop = null;
  }

  #tick(): void {
    const now = this.#timers.now();
    const due = [...this.#due].filter(([, at]) => at <= now).map(([run]) => run);
    for (const run of due) this.#due.delete(run);
    if (this.#due.size > 0) this.#arm(this.#earliest());
    else this.#rest();
    for (const run of due) run();
  }

  #earliest(): number {
    let earliest = Infinity;
    for (const at of this.#due.values()) earliest = Math.min(earliest, at);
    return earliest;
  }
}

const pageTicker = new Ticker({
  now: () => Date.now(),
  hidden: () => document.hidden,
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as number),
  onVisibility: (changed) => {
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  },
});

/**
 * Renders an element again when what it shows of time changes. All of them share one timer.
 *
 * `next` says, for a moment, when the element next looks different; null for never. `clock` gives the workspace's corrected clock, if there is one.
 */
export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #next: (now: number) => number | null;
  readonly #clock: () => Clock | null | undefined;
  readonly #run = (): void => this.#host.requestUpdate();
  #connected = false;

  constructor(
    host: ReactiveControllerHost,
    next: (now: number) => number | null,
    clock: () => Clock | null | undefined = () => null,
  ) {
    this.#host = host;
    this.#next = next;
    this.#clock = clock;
    host.addController(this);
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#clock()?.now() ?? Date.now();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    pageTicker.clear(this.#run);
  }

  hostUpdated(): void {
    // One that was put in and taken out in the same task is rendered all the same, and nothing would end its ticking.
    if (!this.#connected) return;
    const { now } = this;
    const next = this.#next(now);
    if (next === null) pageTicker.clear(this.#run);
    else pageTicker.set(this.#run, Math.max(next - now, 0));
  }
}
