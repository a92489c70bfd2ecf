import type { Localizer } from '../../i18n/index.js';

const formats = new Map<string, Intl.NumberFormat>();

/** A price as WhatsApp told it. Currencies that are none are written behind the number. */
export function money(words: Localizer, amount: number, currency: string | null): string {
  if (currency === null) return words.number(amount);
  try {
    return format(words.locale, { style: 'currency', currency }).format(amount);
  } catch {
    return `${words.number(amount)} ${currency}`;
  }
}

/** A file's size in kilobytes or megabytes. */
export function fileSize(words: Localizer, bytes: number): string {
  const [unit, size] =
    bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
  return format(words.locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / size);
}

function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, known);
  return known;
}
