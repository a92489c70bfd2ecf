/**
 * The gallery's clock: begins at the same moment at every visit, so that a picture of a state is the same tomorrow, and can be stopped and put forward.
 * It stands in for the page's `Date`, which is where elements read the time.
 */
const RealDate = Date;

/** When the gallery's day is: a Friday, in the time zone of whoever looks. */
export const NOW = new RealDate(2026, 10, 20, 14, 32, 10).getTime();

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

let offset = NOW - RealDate.now();
let frozenAt: number | null = NOW;

/** Milliseconds since the epoch, as all elements on the page see them. */
export function now(): number {
  return frozenAt ?? RealDate.now() + offset;
}

export function isFrozen(): boolean {
  return frozenAt !== null;
}

export function setFrozen(frozen: boolean): void {
  if (frozen) frozenAt ??= now();
  else if (frozenAt !== null) {
    offset = frozenAt - RealDate.now();
    frozenAt = null;
  }
  wake();
}

/** Puts the clock forward. */
export function forward(ms: number): void {
  if (frozenAt === null) offset += ms;
  else frozenAt += ms;
  wake();
}

/** Back to the gallery's moment. */
export function reset(): void {
  offset = NOW - RealDate.now();
  if (frozenAt !== null) frozenAt = NOW;
  wake();
}

/** Timers look at the clock anew when a page comes into view, as after a sleep. */
function wake(): void {
  document.dispatchEvent(new Event('visibilitychange'));
}

class GalleryDate extends RealDate {
  constructor(...parts: readonly unknown[]) {
    super(...((parts.length === 0 ? [now()] : parts) as [number]));
  }

  static override now(): number {
    return now();
  }
}

globalThis.Date = GalleryDate as DateConstructor;
