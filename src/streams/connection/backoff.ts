/** How long to wait between tries, in milliseconds. */
export interface BackoffPolicy {
  /** The longest wait after the first failure. */
  readonly base: number;
  /** The longest wait ever. */
  readonly cap: number;
}

/**
 * Full-jitter exponential back-off: anything from nothing to a ceiling that doubles with each failure, so that a thousand desks that lost the same
 * gateway do not come back at the same moment.
 * @param failures How many tries have failed, 1 or more.
 * @param random From 0 to below 1.
 */
export function backoff(failures: number, { base, cap }: BackoffPolicy, random: () => number): number {
  return random() * Math.min(cap, base * 2 ** (failures - 1));
}
