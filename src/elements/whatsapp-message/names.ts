import { excerpt } from '../../model/index.js';

/** Of a name, in characters. Browsers take the square of its length to lay out an Arabic word without end: 100,000 letters would hang the page. */
const LONGEST_NAME = 300;
/** Of what is said to be an emoji; families and flags have about ten code points. */
const LONGEST_EMOJI = 16;

// Marks that turn the direction of text make `exe.fdp` of `pdf.exe`; in names of files and people they have no business.
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The name of a person, a file or a product, on one line and no longer than one can read. */
export function shownName(name: string): string {
  return excerpt(name.replace(DIRECTION_MARKS, ''), LONGEST_NAME);
}

/** The emoji of a reaction, or what stands in its place. */
export function shownEmoji(emoji: string): string {
  return excerpt(emoji, LONGEST_EMOJI);
}
