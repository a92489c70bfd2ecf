import type { Clock } from 'whatsapp-workspace/model';

/** A clock that also runs on by itself, but can be put forward, and stopped: then it is only put forward. */
export class TestClock implements Clock {
  #ahead = 0;
  #stoppedAt: number | null = null;

  now(): number {
    return (this.#stoppedAt ?? Date.now()) + this.#ahead;
  }

  /** @returns Lets it run on. */
  stop(): () => void {
    const at = Date.now();
    this.#stoppedAt = at;
    return () => {
      this.#stoppedAt = null;
      // Goes on from where it is.
      this.#ahead -= Date.now() - at;
    };
  }

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
