/** The longest pause between two tries, in milliseconds. */
export const LONGEST_PAUSE = 10 * 60_000;
const FIRST_PAUSE = 1000;
/** While an operator has something to mend, in milliseconds. */
const BLOCKED_PAUSE = 60_000;

/** What became of a try. */
interface Tried {
  readonly outcome: string;
  /** What WhatsApp asked for, in milliseconds; null or left out when it asked for nothing. */
  readonly retryAfter?: number | null;
}

/**
 * How long to wait before a file is tried again, in milliseconds.
 * @param tries How often it has been tried, this time included.
 * @param random Between 0 and 1, for spreading retries.
 */
export function pauseAfter({ outcome, retryAfter }: Tried, tries: number, random: () => number): number {
  const first = outcome === 'blocked' ? BLOCKED_PAUSE : FIRST_PAUSE;
  const backOff = first * 2 ** Math.min(tries - 1, 10) * (0.75 + random() / 4);
  return Math.min(LONGEST_PAUSE, Math.max(retryAfter ?? 0, backOff));
}
