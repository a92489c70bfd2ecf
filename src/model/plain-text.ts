/** Letters that no normalization takes apart, and what people type for them. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['þ', 'th'],
  ['Þ', 'TH'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'd'],
  ['Ð', 'D'],
  ['ı', 'i'],
]);

/**
 * What is left out of text in compatibility decomposition (NFKD): accents and other marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters, what stretches
 * Arabic words, and characters without a width.
 */
const LEFT_OUT = new RegExp(
  String.raw`[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]`,
  'gu',
);

/** A text without what many leave out when they type. */
export interface PlainText {
  readonly text: string;
  /** Of each code unit of the plain text, where in the original the character begins that it comes from; and at the end, how long the original is. */
  readonly origins: readonly number[];
}

/** Takes accents and the like away; small and capital letters stay. */
export function plainText(original: string): PlainText {
  let text = '';
  let at = 0;
  const origins: number[] = [];
  for (const character of original) {
    const plain = plainOf(character);
    text += plain;
    for (let i = 0; i < plain.length; i++) origins.push(at);
    at += character.length;
  }
  origins.push(at);
  return { text, origins };
}

function plainOf(character: string): string {
  if (character < '\u0080') return character;
  let plain = '';
  for (const part of character.normalize('NFKD').replace(LEFT_OUT, ''))
    plain += PLAIN_LETTERS.get(part) ?? part;
  return plain;
}
