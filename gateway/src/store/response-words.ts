import {
  FORGIVEN_LENGTHS,
  MOST_SEARCHED_WORDS,
  plainText,
  SEARCH_LIMIT,
  wordSearch,
  type WordMatch,
} from 'whatsapp-workspace/model';

/** Longer words are cut, when they are written and when they are looked for: they are no words. */
const LONGEST_WORD = 50;
/** Shorter words are found at the beginning of words only, where all of them begin so: too many others have them inside. */
const SHORTEST_INSIDE = 3;

/** Letters of scripts that put nothing between words: each is taken for a word, and a word that is searched for is found as letters in a row. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*`;
const SPACED = String.raw`(?:(?!${UNSPACED})[\p{L}\p{N}\p{M}])+`;
const WORD = new RegExp(String.raw`${UNSPACED}|${SPACED}|\p{Extended_Pictographic}`, 'gu');
const TERM = new RegExp(String.raw`(?:${UNSPACED})+|${SPACED}|\p{Extended_Pictographic}`, 'gu');

/** Field codes are no words of a text. */
const FIELD_CODE = /<\$[^<>$]{1,480}\$>/gu;

/** The words of a text in their order, without accents and in small letters. None has anything that a text search would have to escape. */
export function wordsOf(text: string): readonly string[] {
  const plain = plainText(text).text.toLowerCase();
  return [...plain.matchAll(WORD)].map(([word]) => [...word].slice(0, LONGEST_WORD).join(''));
}

/** A text as names and shortcuts are compared and put in order: without accents, in small letters. */
export function sortKey(text: string): string {
  return plainText(text.trim()).text.toLowerCase();
}

/** What is searched of a response. */
export interface SearchedText {
  readonly name: string;
  readonly shortcut: string | null;
  readonly keywords: readonly string[];
  readonly body: string;
}

/** PostgreSQL keeps so many places of a word. */
const MOST_PLACES = 255;

/** Words with their places and weights, as text for `::tsvector`: names and shortcuts count most, then keywords, then the body. */
export function searchVector({ name, shortcut, keywords, body }: SearchedText): string {
  const places = new Map<string, string[]>();
  let at = 0;
  const add = (text: string, weight: 'A' | 'B' | 'D') => {
    for (const word of wordsOf(text)) {
      const known = places.get(word) ?? [];
      places.set(word, known);
      at += 1;
      if (known.length < MOST_PLACES) known.push(`${at}${weight}`);
    }
    // No phrase goes on from one field to the next.
    at += 1;
  };
  add(name, 'A');
  if (shortcut !== null) add(shortcut, 'A');
  for (const keyword of keywords) add(keyword, 'B');
  add(body.replace(FIELD_CODE, ' '), 'D');
  return [...places].map(([word, list]) => `'${word}':${list.join(',')}`).join(' ');
}

/** The words of a vector that `searchVector` made. */
export function wordsIn(vector: string): readonly string[] {
  return [...vector.matchAll(/'([^']+)'/gu)].map(([, word = '']) => word);
}

/** A word and what is left of it without one of its letters; none for words in which no error is forgiven. One letter more or less than there is for others. */
export function spellingsOf(word: string): readonly string[] {
  const letters = [...word];
  if (letters.length < FORGIVEN_LENGTHS.from - 1 || letters.length > FORGIVEN_LENGTHS.to + 1) return [];
  return [...new Set([word, ...letters.map((_, i) => letters.toSpliced(i, 1).join(''))])];
}

/** Whether a typing error is forgiven in a word that is searched for. */
export function isForgiven(word: string): boolean {
  const { length } = [...word];
  return length >= FORGIVEN_LENGTHS.from && length <= FORGIVEN_LENGTHS.to;
}

/** Whether a word is looked for inside of longer ones. */
export function isFoundInside(word: string): boolean {
  return [...word].length >= SHORTEST_INSIDE;
}

/** Whether a word of the library is what is searched for, by the one rule of all searches. */
export function isMeant(searched: string, word: string): boolean {
  return wordSearch(searched)?.finds(word) ?? false;
}

/** What is searched for, in its order: a word, or letters in a row. */
export type Term = readonly string[];

/** What is searched for. Empty for a text without a word. */
export function searchedTerms(text: string, match: WordMatch): readonly Term[] {
  const plain = plainText(text.slice(0, SEARCH_LIMIT)).text.toLowerCase();
  const terms = [...plain.matchAll(TERM)].map(([term]) => term);
  return (match === 'phrase' ? terms : [...new Set(terms)]).slice(0, MOST_SEARCHED_WORDS).map(wordsOf);
}

/**
 * A search as text for `::tsquery`.
 * @param alternatives Of each word, other words of the library that are found by it.
 */
export function searchQuery(
  terms: readonly Term[],
  match: WordMatch,
  alternatives: ReadonlyMap<string, readonly string[]>,
): string {
  const between = { all: ' & ', any: ' | ', phrase: ' <-> ' }[match];
  return terms
    .map(([word = '', ...rest]) => {
      if (rest.length > 0) return `(${[word, ...rest].map((letter) => `'${letter}'`).join(' <-> ')})`;
      const others = (alternatives.get(word) ?? []).map((other) => `'${other}'`);
      return `(${[`'${word}':*`, ...others].join(' | ')})`;
    })
    .join(between);
}
