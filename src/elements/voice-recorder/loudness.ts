const BARS = 40;

/** How loud a recording was, look by look. */
export class Loudness {
  #looks: number[] = [];

  /** @param level From 0 to 1. */
  add(level: number): void {
    this.#looks.push(level);
  }

  clear(): void {
    this.#looks = [];
  }

  /** The last looks, the newest at the end; silence before the first. */
  latest(): readonly number[] {
    const looks = this.#looks.slice(-BARS);
    return [...Array<number>(BARS - looks.length).fill(0), ...looks];
  }

  /** All of it in as many bars. */
  whole(): readonly number[] {
    const looks = this.#looks;
    return Array.from({ length: BARS }, (_, bar) =>
      Math.max(0, ...looks.slice(...[bar, bar + 1].map((at) => Math.ceil((at / BARS) * looks.length)))),
    );
  }
}

/** Bars in a box of 3 for each by 24. @param bars From 0 to 1. */
export function barsPath(bars: readonly number[]): string {
  return bars
    .map((loud, i) => {
      // Speech is mostly far below what a microphone can.
      const high = Math.max(2, Math.sqrt(loud) * 24);
      return `M${i * 3} ${12 - high / 2}h2v${high}h-2z`;
    })
    .join('');
}
