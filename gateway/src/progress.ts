/** How much longer than usual work may take before operators are told, in milliseconds. */
export const STALLED_AFTER = 10_000;

/** A part of the gateway that operators want to get on with its work. */
export interface Watched {
  /** Why it does not, in one sentence without a full stop; null while it does. */
  problem(): string | null;
}

/** Watches work that comes round again and again. */
export class Progress implements Watched {
  readonly #sentence: string;
  readonly #patience: number;
  #madeAt: number | null = null;

  /**
   * @param sentence What to say when it no longer gets on.
   * @param patience How long a round may take to come, in milliseconds.
   */
  constructor(sentence: string, patience: number) {
    this.#sentence = sentence;
    this.#patience = patience;
  }

  /** A round went well; or the first one begins. */
  made(): void {
    this.#madeAt = performance.now();
  }

  problem(): string | null {
    const isLate = this.#madeAt !== null && performance.now() - this.#madeAt > this.#patience;
    return isLate ? this.#sentence : null;
  }
}
