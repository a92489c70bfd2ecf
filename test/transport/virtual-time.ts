import { VirtualTime } from '../support/virtual-time.js';

/** Time of a machine that may sleep. */
export class SleepyTime extends VirtualTime {
  /** The time is past, and what was due meanwhile runs late. */
  oversleep(milliseconds: number): void {
    this.frame += milliseconds;
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
