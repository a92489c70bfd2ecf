import type { Clock } from 'whatsapp-workspace/model';

/** A clock that also runs on by itself, but can be put forward. */
export class TestClock implements Clock {
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
