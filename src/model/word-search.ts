import { plainText } from './plain-text.js';

/** The longest text that is searched for, in code units. */
export const SEARCH_LIMIT = 100;

/** How the words of a search belong together: all of them in any order, any of them, or one after the other with nothing but spaces and punctuation between. */
export type WordMatch = 'all' | 'any' | 'phrase';

/** More words than these are not looked at. */
export const MOST_SEARCHED_WORDS = 8;

/** In words of so many letters one typing error is forgiven: shorter ones are too many other words then, and longer ones are no words. */
export const FORGIVEN_LENGTHS = { from: 5, to: 20 } as const;

/** What stands between words, in plain text: ASCII, Latin-1 and general punctuation, and that of Chinese and Japanese. So no word has anything to escape. */
const BETWEEN = String.raw`\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f`;
const between = new RegExp(`[${BETWEEN}]+`, 'u');

const gap = `[${BETWEEN}]+`;

/** Where words are that are searched for. */
export interface WordSearch {
  /** Whether a text has what is searched for. */
  finds(text: string): boolean;
  /** Where it is in a text, from and to which code unit. */
  marks(text: string): readonly (readonly [from: number, to: number])[];
}

/**
 * Accents, and whether letters are small or capital, do not matter. A word is found inside of longer ones, and a whole word also when one letter is missing,
 * too many, another one, or has changed places with the next; not the first one, unless it changed places. The gateway, simulations and what marks the words
 * on the screen go by this one rule.
 * @returns null for a text without a word.
 */
export function wordSearch(searched: string, match: WordMatch = 'all'): WordSearch | null {
  const words = plainText(searched.slice(0, SEARCH_LIMIT)).text.toLowerCase().split(between);
  const some = words.filter((word) => word !== '').slice(0, MOST_SEARCHED_WORDS);
  if (some.length === 0) return null;
  const patterns = [...new Set(some)].map(patternOf);
  const any = patterns.join('|');
  const phrase = some.map((word) => `(?:${patternOf(word)})`).join(gap);
  const wanted = match === 'all' ? patterns : [match === 'any' ? any : phrase];
  const tests = wanted.map((pattern) => new RegExp(pattern, 'iu'));
  return {
    finds: (text) => {
      const plain = plainText(text).text;
      return tests.every((test) => test.test(plain));
    },
    marks: (text) => marksIn(text, new RegExp(match === 'phrase' ? phrase : any, 'giu')),
  };
}

function patternOf(word: string): string {
  const letters = [...word];
  if (letters.length < FORGIVEN_LENGTHS.from || letters.length > FORGIVEN_LENGTHS.to) return word;
  return `${word}|(?<=^|[${BETWEEN}])(?:${misspelt(letters).join('|')})(?=[${BETWEEN}]|$)`;
}

function misspelt(letters: readonly string[]): string[] {
  const any = `[^${BETWEEN}]`;
  return letters.flatMap((letter, i) => {
    const before = letters.slice(0, i).join('');
    const [next = '', ...rest] = letters.slice(i + 1);
    const swapped = `${before}${next}${letter}${rest.join('')}`;
    const after = `${next}${rest.join('')}`;
    const wrong = i === 0 ? [] : ['', any, `${any}${letter}`].map((instead) => `${before}${instead}${after}`);
    return [...wrong, swapped];
  });
}

function marksIn(text: string, pattern: RegExp): readonly (readonly [number, number])[] {
  const plain = plainText(text);
  return [...plain.text.matchAll(pattern)].map(({ index, 0: found }) => [
    plain.origins[index] ?? 0,
    // Up to the character that comes after: marks on the last letter belong to it.
    plain.origins[index + found.length] ?? text.length,
  ]);
}
