import { SEARCH_LIMIT } from './word-search.js';

/** Words as long as this at least, in UTF-16 code units, say what a message is about; shorter ones stand in every other message. */
const TELLING = 4;
/** No more of them are looked for. */
const MOST = 8;

/** What is looked for, as any of its words, to find prepared responses that may answer a message: its longest words, in their order. Empty when there are none. */
export function suggestionText(message: string): string {
  const words = new Set(message.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu));
  const telling = [...words].filter(({ length }) => length >= TELLING);
  const longest = new Set(telling.toSorted((a, b) => b.length - a.length).slice(0, MOST));
  let text = '';
  for (const word of telling) {
    if (!longest.has(word) || text.length + word.length >= SEARCH_LIMIT) continue;
    text += text === '' ? word : ` ${word}`;
  }
  return text;
}
