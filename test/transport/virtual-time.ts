import { VirtualTimeScheduler } from 'rxjs';
import { NOON } from '../support/builders.js';

/** Time that moves when a test says so; it starts at noon. */
export class VirtualTime extends VirtualTimeScheduler {
  constructor(start: number = NOON) {
    super();
    this.frame = start;
  }

  /** Runs everything that is due within the next `ms` milliseconds, in its order. */
  advance(ms: number): void {
    const until = this.frame + ms;
    this.maxFrames = until;
    this.flush();
    this.frame = until;
  }

  /** As when the machine slept: the time is past, and what was due meanwhile runs late. */
  oversleep(ms: number): void {
    this.frame += ms;
    for (let action = this.#due(); action; action = this.#due()) action.execute(action.state, action.delay);
  }

  #due() {
    const [next] = this.actions;
    return next && next.delay <= this.frame ? this.actions.shift() : undefined;
  }
}

/** Lets promises that are settled already go on. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
