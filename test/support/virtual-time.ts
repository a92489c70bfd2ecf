import assert from 'node:assert/strict';
import { VirtualTimeScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';
import { NOON } from './builders.js';

/** A clock that stands still until a test lets time pass; it begins at noon. */
export class VirtualTime extends VirtualTimeScheduler {
  constructor(start: number = NOON) {
    super();
    this.frame = start;
  }

  /** Lets time pass and does all that falls due, in order. */
  pass(milliseconds: number): void {
    const end = this.frame + milliseconds;
    this.maxFrames = end;
    this.flush();
    this.frame = end;
  }

  /** How many timers are running. */
  get pending(): number {
    return this.actions.length;
  }
}

/** Runs marbles in virtual time. */
export function marbles(test: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => assert.deepStrictEqual(actual, expected)).run(test);
}
