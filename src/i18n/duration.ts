import type { Key, Params } from './keys.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Say = <K extends Extract<Key, `time.${string}`>>(key: K, ...params: Params<K>) => string;

/** A length of time in its two largest units. */
export function durationWords(say: Say, ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return say('time.seconds', { count: Math.floor(length / SECOND) });
  if (length < HOUR) return say('time.minutes', { count: Math.floor(length / MINUTE) });
  if (length < DAY) {
    const [hours, minutes] = split(length, HOUR, MINUTE);
    return minutes === 0
      ? say('time.hours', { count: hours })
      : say('time.hours-minutes', { hours, minutes });
  }
  const [days, hours] = split(length, DAY, HOUR);
  return hours === 0 ? say('time.days', { count: days }) : say('time.days-hours', { days, hours });
}

/** How many whole large units, and how many whole small ones are left over. */
function split(length: number, large: number, small: number): readonly [number, number] {
  return [Math.floor(length / large), Math.floor((length % large) / small)];
}

/** How long from `ms` until `durationWords` says something else. */
export function durationStep(ms: number): number {
  const unit = ms < MINUTE ? SECOND : ms < DAY ? MINUTE : HOUR;
  const length = Math.max(0, ms);
  return unit - (length % unit);
}

/** How the parts of a stopwatch's time are written in a locale: in two digits. */
export function stopwatchFormat(locale: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
}

/** A length of time as a stopwatch shows it: `00:04:52`. */
export function elapsedDigits(format: Intl.NumberFormat, ms: number): string {
  const length = Math.max(0, ms);
  const parts = [length / HOUR, (length % HOUR) / MINUTE, (length % MINUTE) / SECOND];
  return parts.map((part) => format.format(Math.floor(part))).join(':');
}
