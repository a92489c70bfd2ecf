import type { Localizer } from './localizer.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its two largest units. */
export function durationWords(localizer: Pick<Localizer, 't'>, ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return localizer.t('time.seconds', { count: Math.floor(length / SECOND) });
  if (length < HOUR) return localizer.t('time.minutes', { count: Math.floor(length / MINUTE) });
  if (length < DAY) {
    const [hours, minutes] = split(length, HOUR, MINUTE);
    return minutes === 0
      ? localizer.t('time.hours', { count: hours })
      : localizer.t('time.hours-minutes', { hours, minutes });
  }
  const [days, hours] = split(length, DAY, HOUR);
  return hours === 0
    ? localizer.t('time.days', { count: days })
    : localizer.t('time.days-hours', { days, hours });
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

/** A length of time as a stopwatch shows it: `00:04:52`, in the digits of a locale. */
export function elapsedDigits(locale: string, ms: number): string {
  const length = Math.max(0, ms);
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
  const parts = [length / HOUR, (length % HOUR) / MINUTE, (length % MINUTE) / SECOND];
  return parts.map((part) => two.format(Math.floor(part))).join(':');
}
