import type { Direction } from './localizer.js';

const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/** A BCP 47 tag as a locale; null for what is none. */
export function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/**
 * Which of the known tags speak for a locale, the most general first: `zh-TW` is served by `zh-Hant`, never by `zh-Hans`; `pt-AO` by `pt-PT` where nothing is
 * closer. Empty when nobody speaks its language in its script.
 */
export function chainOf(locale: Intl.Locale, known: Iterable<string>): readonly string[] {
  const { language, script, region } = locale.maximize();
  const fit = [...known].filter((tag) => {
    const other = localeOf(tag)?.maximize();
    return other?.language === language && other.script === script;
  });
  const wanted = [language, `${language}-${script}`, `${language}-${region}`, locale.baseName].filter(
    (tag, index, all) => all.lastIndexOf(tag) === index,
  );
  const close = wanted.filter((tag) => fit.includes(tag));
  return close.length > 0 ? close : fit.slice(0, 1);
}

export function directionOf(locale: Intl.Locale): Direction {
  return RIGHT_TO_LEFT.has(locale.maximize().script ?? '') ? 'rtl' : 'ltr';
}
