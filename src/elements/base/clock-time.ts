import type { Localizer } from '../../i18n/index.js';

const formats = new Map<string, Intl.NumberFormat>();

/** A length of time as players show it: `0:07`, `12:30`, `1:02:03`. @param seconds From 0. */
export function clockTime(words: Localizer, seconds: number): string {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const parts = [Math.floor((whole % 3600) / 60), whole % 60];
  const [first = 0, ...rest] = hours > 0 ? [hours, ...parts] : parts;
  const two = twoDigits(words.locale);
  return [words.number(first), ...rest.map((part) => two.format(part))].join(':');
}

function twoDigits(locale: string): Intl.NumberFormat {
  const known = formats.get(locale) ?? new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  formats.set(locale, known);
  return known;
}
