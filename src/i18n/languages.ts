import { en } from './en.js';
import type { Catalogue } from './en.js';
import { Localizer } from './localizer.js';
import type { Direction } from './localizer.js';

interface Language {
  readonly direction: Direction;
  load(): Promise<Catalogue>;
}

const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ['ar', { direction: 'rtl', load: async () => (await import('./ar.js')).ar }],
]);

/** Speaks for everyone whose language there is no catalogue for. */
export const ENGLISH = new Localizer('en', 'ltr', en);

const ready = new Map<string, Localizer>([['en', ENGLISH]]);
const loading = new Map<string, Promise<Localizer>>();

/**
 * Who speaks the first of these languages that there is a catalogue for: at once when its words are here, else a promise that never rejects.
 *
 * @param tags BCP 47 tags, best first. Tags that are not valid are passed over.
 */
export function localizerFor(tags: readonly string[]): Localizer | Promise<Localizer> {
  for (const tag of tags) {
    const locale = parse(tag);
    if (!locale) continue;
    const known = ready.get(locale.baseName);
    if (known) return known;
    if (locale.language === 'en') return remember(new Localizer(locale.baseName, 'ltr', en));
    const language = LANGUAGES.get(locale.language);
    if (language) return load(locale.baseName, language);
  }
  return ENGLISH;
}

function load(locale: string, language: Language): Promise<Localizer> {
  const known = loading.get(locale);
  if (known) return known;
  const promise = language
    .load()
    .then((catalogue) => remember(new Localizer(locale, language.direction, catalogue)))
    .catch((error: unknown) => {
      // Asked for again by the next element; until then English is better than nothing.
      console.warn(`whatsapp-workspace: the words for "${locale}" could not be loaded.`, error);
      return ENGLISH;
    })
    .finally(() => loading.delete(locale));
  loading.set(locale, promise);
  return promise;
}

function remember(localizer: Localizer): Localizer {
  ready.set(localizer.locale, localizer);
  return localizer;
}

function parse(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}
