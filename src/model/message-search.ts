import type { Content, ContentKind } from './content.js';
import type { Message } from './message.js';
import { plainText } from './plain-text.js';

/** The longest text that is searched for, in code units. */
export const SEARCH_LIMIT = 100;

/** More words than these are not looked at. */
const MOST_WORDS = 8;

/** In words of so many letters one typing error is forgiven: shorter ones are too many other words then, and longer ones are no words. */
const FORGIVEN = { from: 5, to: 20 };

/** What stands between words, in plain text: ASCII, Latin-1 and general punctuation, and that of Chinese and Japanese. So no word has anything to escape. */
const BETWEEN = String.raw`\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f`;
const between = new RegExp(`[${BETWEEN}]+`, 'u');

/** Where words are that are searched for. */
export interface MessageSearch {
  /** Whether a message has all of them, in any order; one that was deleted is not found, and none by what it said before it was edited. */
  finds(message: Pick<Message, 'content' | 'deletedAt'>): boolean;
  /** Where they are in a text, from and to which code unit. */
  marks(text: string): readonly (readonly [from: number, to: number])[];
}

/**
 * Accents, and whether letters are small or capital, do not matter. A word is found inside of longer ones, and a whole word also when one letter is missing,
 * too many, another one, or has changed places with the next; not the first one, unless it changed places. The gateway, simulations and what marks the words
 * on the screen go by this one rule.
 * @returns null for a text without a word.
 */
export function messageSearch(searched: string): MessageSearch | null {
  const words = plainText(searched.slice(0, SEARCH_LIMIT)).text.toLowerCase().split(between);
  const patterns = [...new Set(words.filter((word) => word !== ''))].slice(0, MOST_WORDS).map(patternOf);
  if (patterns.length === 0) return null;
  const all = patterns.map((pattern) => new RegExp(pattern, 'iu'));
  return {
    finds: ({ content, deletedAt }) => {
      if (deletedAt !== null) return false;
      const { text } = plainText(wordsOf(content).join('\n'));
      return all.every((pattern) => pattern.test(text));
    },
    marks: (text) => marksIn(text, new RegExp(patterns.join('|'), 'giu')),
  };
}

function patternOf(word: string): string {
  const letters = [...word];
  if (letters.length < FORGIVEN.from || letters.length > FORGIVEN.to) return word;
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

/** Which words of a message are searched, by its kind: fields of its content, through lists too. */
const SEARCHED: { readonly [K in ContentKind]: readonly string[] } = {
  text: ['text'],
  image: ['caption', 'fileName'],
  video: ['caption', 'fileName'],
  audio: ['caption', 'fileName'],
  document: ['caption', 'fileName'],
  sticker: [],
  location: ['name', 'address'],
  contacts: ['cards.name', 'cards.organization', 'cards.phones.phone', 'cards.emails.email'],
  reaction: [],
  reply: ['title', 'description', 'fields.value'],
  order: ['text', 'items.product'],
  template: ['header', 'body', 'footer', 'buttons'],
  interactive: [
    'header',
    'body',
    'footer',
    'action.button',
    'action.buttons.title',
    'action.sections.title',
    'action.sections.rows.title',
    'action.sections.rows.description',
  ],
  system: ['text'],
  edited: ['text'],
  deleted: [],
  unsupported: ['detail'],
};

function wordsOf(content: Content): readonly string[] {
  // A later version's kind has no words that this one knows.
  const fields: readonly string[] | undefined = SEARCHED[content.kind];
  return (fields ?? []).flatMap((path) => textsAt(content, path.split('.')));
}

function textsAt(value: unknown, path: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsAt(one, path));
  const [field, ...rest] = path;
  if (field === undefined) return typeof value === 'string' ? [value] : [];
  const isRecord = typeof value === 'object' && value !== null;
  return isRecord ? textsAt((value as Record<string, unknown>)[field], rest) : [];
}
