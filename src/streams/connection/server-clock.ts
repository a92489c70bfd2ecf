import type { SchedulerLike } from 'rxjs';
import type { Clock } from '../../model/index.js';

/** The scheduler's time, corrected by what the other side said the time was. */
export class ServerClock implements Clock {
  readonly #scheduler: SchedulerLike;
  #offset = 0;

  constructor(scheduler: SchedulerLike) {
    this.#scheduler = scheduler;
  }

  now(): number {
    return this.#scheduler.now() + this.#offset;
  }

  /** @param serverTime What the other side's clock shows now, in milliseconds since the epoch. */
  correct(serverTime: number): void {
    this.#offset = serverTime - this.#scheduler.now();
  }
}
