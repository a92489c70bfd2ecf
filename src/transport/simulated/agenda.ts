import { Subscription } from 'rxjs';
import type { SchedulerLike } from 'rxjs';

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/**
 * What will happen in the simulation, by time. It has a timer only while somebody watches: what was due meanwhile happens, each thing at its own
 * time, when somebody looks again. So an unwatched simulation costs nothing and still goes on.
 */
export class Agenda {
  readonly #scheduler: SchedulerLike;
  /** By time, then by order of entry. */
  readonly #entries: Entry[] = [];
  #orders = 0;
  #watchers = 0;
  #timer: Subscription | null = null;
  #timerAt = Infinity;
  /** The instant that is being lived; null between entries. */
  #living: number | null = null;
  #lived = -Infinity;

  constructor(scheduler: SchedulerLike) {
    this.#scheduler = scheduler;
  }

  /** Milliseconds since the epoch: while something happens, when it was due. */
  get now(): number {
    return this.#living ?? this.#scheduler.now();
  }

  /** @returns What takes the entry out again. */
  at(time: number, action: () => void): () => void {
    const entry = { at: time, order: this.#orders++, action };
    const place = this.#entries.findLastIndex(({ at }) => at <= time) + 1;
    this.#entries.splice(place, 0, entry);
    this.#arm();
    return () => {
      const index = this.#entries.indexOf(entry);
      if (index >= 0) this.#entries.splice(index, 1);
      this.#arm();
    };
  }

  in(delay: number, action: () => void): () => void {
    return this.at(this.now + delay, action);
  }

  /** Lives through everything that is due. Does nothing when called from what is happening. */
  catchUp(): void {
    if (this.#living !== null) return;
    try {
      for (let entry = this.#due(); entry; entry = this.#due()) {
        // What is entered for a time that has passed happens at once, not in the past.
        this.#lived = Math.max(this.#lived, entry.at);
        this.#living = this.#lived;
        entry.action();
      }
    } finally {
      this.#living = null;
      this.#arm();
    }
  }

  /** Things happen in time until the returned subscription ends. */
  watch(): Subscription {
    this.#watchers++;
    this.#arm();
    return new Subscription(() => {
      this.#watchers--;
      this.#arm();
    });
  }

  #due(): Entry | undefined {
    const [next] = this.#entries;
    return next && next.at <= this.#scheduler.now() ? this.#entries.shift() : undefined;
  }

  #arm(): void {
    if (this.#living !== null) return;
    const next = this.#watchers > 0 ? (this.#entries[0]?.at ?? Infinity) : Infinity;
    if (next === this.#timerAt) return;
    this.#timer?.unsubscribe();
    this.#timerAt = next;
    this.#timer =
      next === Infinity
        ? null
        : this.#scheduler.schedule(
            () => {
              this.#timerAt = Infinity;
              this.catchUp();
            },
            Math.max(0, next - this.#scheduler.now()),
          );
  }
}
