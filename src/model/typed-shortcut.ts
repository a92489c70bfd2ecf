import type { TextRange } from './insert-response.js';

/** A slash at the beginning of a text, of a line or of a word, and the letters behind it up to the caret. As long as a shortcut may be. */
const TYPED = /(?:^|\s)(\/[\p{L}\p{N}\p{M}._-]{0,40})$/u;

/** Longer than any shortcut, with its slash and what stands before it, in UTF-16 code units. */
const LOOKED_AT = 100;

/** A shortcut of a prepared response that is being typed: the slash, what follows it, and where it stands. */
export interface TypedShortcut extends TextRange {
  readonly text: string;
}

/** What is typed as a shortcut up to the caret; null when there is none. @param caret In UTF-16 code units. */
export function typedShortcut(text: string, caret: number): TypedShortcut | null {
  const [, typed] = TYPED.exec(text.slice(Math.max(0, caret - LOOKED_AT), caret)) ?? [];
  return typed === undefined ? null : { text: typed, start: caret - typed.length, end: caret };
}
