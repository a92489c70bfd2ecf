import type { Forms } from './catalogue.js';
import { deskWords } from './desk-words.js';
import type { FeatureWords, WordsLoader } from './feature-words.js';
import type { Words } from './keys.js';
import { chainOf, directionOf, localeOf } from './locale-chain.js';
import { Localizer } from './localizer.js';

type Source = Words | WordsLoader;

/** Ours and those of the page, by tag; later ones win. */
const builtIn = new Map<string, Source[]>();
const registered = new Map<string, Source[]>();
const features = new Set<FeatureWords>();
const loaded = new Map<WordsLoader, Words>();
const localizers = new Map<string, { readonly localizer: Localizer; readonly words: object; size: number }>();
const loading = new Map<string, Promise<Localizer>>();
/** Found before, by tag as it was asked for; null where nobody speaks it. Elements ask for each message. */
const found = new Map<string, Speech | null>();
const listeners = new Set<() => void>();

interface Speech {
  readonly locale: Intl.Locale;
  /** English first, the closest last. */
  readonly sources: readonly Source[];
}

/** Speaks for everyone whose language there are no words for. */
export function english(): Localizer {
  const locale = new Intl.Locale('en');
  return localizerOf({ locale, sources: sourcesOf(['en']) });
}

/**
 * Who speaks the first of these languages that there are words for: at once when its words are here, else a promise that never rejects. What a
 * language does not say is said in English.
 *
 * @param tags BCP 47 tags, best first. Tags that are not valid are passed over.
 * @param needed What will be said, beside what all elements say.
 */
export function localizerFor(
  tags: readonly string[],
  needed: readonly FeatureWords[] = [],
): Localizer | Promise<Localizer> {
  for (const feature of needed) add(feature);
  for (const tag of tags) {
    const speech = speechOf(tag);
    if (speech) return speak(speech);
  }
  return english();
}

function speechOf(tag: string): Speech | null {
  const known = found.get(tag);
  if (known !== undefined) return known;
  const locale = localeOf(tag);
  const chain = locale ? chainOf(locale, new Set([...builtIn.keys(), ...registered.keys()])) : [];
  const speech = locale && chain.length > 0 ? { locale, sources: sourcesOf(chain) } : null;
  found.set(tag, speech);
  return speech;
}

/**
 * Adds a language, or changes words of one that is there: what is given wins over what was said before, the rest stays. Elements on the page follow.
 *
 * @param tag A BCP 47 tag, such as `pt-BR`, `zh-Hant` or `en`.
 * @param words Some or all words by key, or what loads them when they are needed. Plural forms are named as by `Intl.PluralRules`.
 */
export function registerLanguage(tag: string, words: Words | WordsLoader): void {
  const locale = localeOf(tag);
  if (!locale) {
    console.warn(`whatsapp-workspace: "${tag}" is no BCP 47 tag; its words are not used.`);
    return;
  }
  const source = typeof words === 'function' ? async () => checked(tag, await words()) : checked(tag, words);
  append(registered, locale.baseName, source);
  localizers.clear();
  for (const listener of listeners) listener();
}

/** The tags of all languages that there are words for, English and others of ours first. */
export function languages(): readonly string[] {
  return [...new Set([...builtIn.keys(), ...registered.keys()])];
}

/** Calls back when the page has registered words. Returns what ends it. */
export function observeRegistrations(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function add(feature: FeatureWords): void {
  if (features.has(feature)) return;
  features.add(feature);
  append(builtIn, 'en', feature.english);
  for (const [tag, loader] of Object.entries(feature.translations)) append(builtIn, tag, loader);
}

function append(sources: Map<string, Source[]>, tag: string, source: Source): void {
  sources.set(tag, [...(sources.get(tag) ?? []), source]);
  found.clear();
}

function sourcesOf(chain: readonly string[]): readonly Source[] {
  const tags = ['en', ...chain.filter((tag) => tag !== 'en')];
  return tags.flatMap((tag) => [...(builtIn.get(tag) ?? []), ...(registered.get(tag) ?? [])]);
}

function speak(speech: Speech): Localizer | Promise<Localizer> {
  const { locale, sources } = speech;
  const missing = sources.filter((source) => typeof source === 'function').filter((one) => !loaded.has(one));
  if (missing.length === 0) return localizerOf(speech);
  const key = `${locale.baseName} ${sources.length}`;
  const known = loading.get(key);
  if (known) return known;
  const promise = Promise.all(missing.map(load))
    .then(() => localizerOf(speech))
    .catch((error: unknown) => {
      // Asked for again by the next element; until then English is better than nothing.
      console.warn(`whatsapp-workspace: the words for "${locale.baseName}" could not be loaded.`, error);
      return english();
    })
    .finally(() => loading.delete(key));
  loading.set(key, promise);
  return promise;
}

async function load(loader: WordsLoader): Promise<void> {
  loaded.set(loader, await loader());
}

/** One for each locale. Words of a feature that came later are added to it, so that whoever speaks already can say them. */
function localizerOf({ locale, sources }: Speech): Localizer {
  const { baseName } = locale;
  let known = localizers.get(baseName);
  if (!known) {
    const words = {};
    known = { localizer: new Localizer(baseName, directionOf(locale), words), words, size: 0 };
    localizers.set(baseName, known);
  }
  if (known.size < sources.length) {
    known.size = sources.length;
    for (const source of sources) {
      Object.assign(known.words, typeof source === 'function' ? loaded.get(source) : source);
    }
  }
  return known.localizer;
}

/** What is no sentence and no forms of one is left out, and named. */
function checked(tag: string, words: Words): Words {
  const entries = Object.entries(words);
  const fit = entries.filter(([, entry]) => typeof entry === 'string' || isForms(entry));
  if (fit.length < entries.length) {
    const unfit = entries.filter((entry) => !fit.includes(entry)).map(([key]) => key);
    console.warn(`whatsapp-workspace: no words for "${tag}" in ${unfit.join(', ')}.`);
  }
  return Object.fromEntries(fit);
}

function isForms(entry: unknown): entry is Forms {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'other' in entry &&
    Object.values(entry).every((form) => typeof form === 'string')
  );
}

add(deskWords);
