import { outboundText } from '../../model/index.js';
import { foldedText } from '../whatsapp-message/folding.js';
import type { Row } from './transcript-rows.js';

/** Of a bubble without its text, with the space around it. */
const BUBBLE = 26;
const LINE = 20;
const NOTICE = 44;
const CARD = 72;
const PICTURE = 260;
/** Of a letter of running text, on average. */
const LETTER = 7.5;

// Guessed once for each: it is asked for at every change of the list, and serves only until the row has been laid out.
const guesses = new WeakMap<object, number>();

/** About how high a row will be in a transcript so wide, in pixels: near enough that the scroll bar does not leap. */
export function estimateHeight(row: Row | undefined, width: number): number {
  if (!row) return NOTICE;
  const subject = row.kind === 'pending' ? row.pending : row.item;
  const known = guesses.get(subject);
  if (known !== undefined) return known;
  const guess = guessHeight(row, width);
  // Without a width there is nothing to go by.
  if (width > 0) guesses.set(subject, guess);
  return guess;
}

function guessHeight(row: Row, width: number): number {
  if (row.kind === 'pending') return textHeight(outboundText(row.pending.body), width);
  if (row.item.kind !== 'message') return NOTICE;
  const { content } = row.item.message;
  if (content.kind === 'image' || content.kind === 'video') return PICTURE;
  return content.kind === 'text' ? textHeight(content.text, width) : CARD;
}

function textHeight(text: string, width: number): number {
  const perLine = Math.max(10, Math.min(width * 0.78, 560) / LETTER);
  const lines = (foldedText(text) ?? text).split('\n');
  return BUBBLE + LINE * lines.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / perLine)), 0);
}
