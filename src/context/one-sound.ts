let pauseLast: (() => void) | null = null;

/** One sounds, or records, at a time over the page: what did so before is paused. @param pause Pauses what begins now; the same function for the same thing. */
export function alone(pause: () => void): void {
  if (pauseLast !== pause) pauseLast?.();
  pauseLast = pause;
}
