import type * as warnings from './missing-workspace.js';

/** After how long something is missing, in ms: pages set it, and sign in, a moment after they have made the element. */
const LONG_ENOUGH = 2_000;

/** Waits a moment before it tells of something that is missing; the words are loaded only then. */
export class Patience {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Instead of what it waited for before. */
  begin(isMissing: () => boolean, warn: (words: typeof warnings) => void): void {
    this.end();
    this.#timer = setTimeout(() => {
      // Words that cannot be loaded are no loss for the agent.
      if (isMissing()) void import('./missing-workspace.js').then(warn, () => undefined);
    }, LONG_ENOUGH);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
