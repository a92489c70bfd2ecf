import { html } from 'lit';
import type { WordSearch } from '../../model/word-search.js';

/** How much of a text is shown before the first hit in it, in characters. */
const LEAD = 24;

/** A text in which the hits of a search are marked. */
export function marked(text: string, search: WordSearch | null): unknown {
  let done = 0;
  const parts: unknown[] = [];
  for (const [from, to] of search?.marks(text) ?? []) {
    parts.push(text.slice(done, from), html`<mark>${text.slice(from, to)}</mark>`);
    done = to;
  }
  return done === 0 ? text : [...parts, text.slice(done)];
}

/** One line of a text, from shortly before the first hit on: it would else stand where nobody sees it. */
export function lineOf(text: string, search: WordSearch | null): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const hit = search?.marks(line)[0]?.[0] ?? 0;
  if (hit <= LEAD) return line;
  const word = line.indexOf(' ', hit - LEAD);
  return word < 0 || word >= hit ? line : `…${line.slice(word)}`;
}
