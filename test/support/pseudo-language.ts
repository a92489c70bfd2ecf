import { readdirSync, readFileSync } from 'node:fs';
import type { Entry } from '../../src/i18n/catalogue.js';
import { FEATURES } from './features.js';

const mark = (sentence: string): string => `⟦${sentence}⟧`;

function marked(entry: Entry): Entry {
  if (typeof entry === 'string') return mark(entry);
  return { other: mark(entry.other), ...(entry.one !== undefined && { one: mark(entry.one) }) };
}

/** English that shows where it comes from: each sentence of the catalogues between brackets. What stands outside of them was never translated. */
export const pseudoEnglish: Readonly<Record<string, Entry>> = Object.fromEntries(
  Object.values(FEATURES)
    .flatMap(({ english }) => Object.entries<Entry>(english))
    .map(([key, entry]) => [key, marked(entry)]),
);

/** Words of three letters or more that the gallery's contacts, agents and messages are made of. */
export function galleryWords(): ReadonlySet<string> {
  const files = readdirSync('demo/gallery', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  // Only what is written as text, and not the states' own names.
  const code = files
    .map((name) => readFileSync(`demo/gallery/${name}`, 'utf8').replace(/title: '[^']*'/g, ''))
    .flatMap((file) => file.match(/'[^'\n]*'|`[^`]*`|"[^"\n]*"/g) ?? [])
    .join('\n')
    // The letter of a line break belongs to no word.
    .replaceAll('\\n', ' ');
  return new Set(wordsIn(code));
}

/** What `Intl` says by itself. */
const OF_LANGUAGES = /^(english|american|spanish|arabic|german|portuguese|brazilian|pseudo|accents)$/;
const OF_DATES =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|(mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|utc)$/;

/** Texts with words that come neither from a catalogue nor from what is shown. */
export function untranslated(texts: readonly string[], data: ReadonlySet<string>): readonly string[] {
  return texts
    .map(withoutMarked)
    .filter((text) =>
      wordsIn(text).some((word) => !data.has(word) && !OF_DATES.test(word) && !OF_LANGUAGES.test(word)),
    );
}

/** A marked sentence may be part of another. */
function withoutMarked(text: string): string {
  const shorter = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return shorter === text ? text : withoutMarked(shorter);
}

function wordsIn(text: string): readonly string[] {
  // Addresses, and what is longer than any word, are not said.
  const said = text.replace(/https?:\S*/g, '').match(/[a-z]{3,}/gi) ?? [];
  return said.filter(({ length }) => length <= 30).map((word) => word.toLowerCase());
}
