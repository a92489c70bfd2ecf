import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';

/** A text of more lines is folded, */
const MOST_LINES = 40;
/** and then shows so many. */
const SHOWN_LINES = 20;
/** Letters in a line, about, at the width that a bubble mostly has. */
const LETTERS = 50;

/** The beginning of a text that is too long to be shown whole unasked: two screens of it, or thousands of empty lines; null when it is not. */
export function foldedText(text: string): string | null {
  let lines = 0;
  let begin = 0;
  let cut: number | null = null;
  for (const { length } of text.split('\n')) {
    const height = Math.max(1, Math.ceil(length / LETTERS));
    if (lines + height > SHOWN_LINES) cut ??= begin + Math.min(length, (SHOWN_LINES - lines) * LETTERS);
    lines += height;
    begin += length + 1;
  }
  return cut !== null && lines > MOST_LINES ? `${wholeWords(text.slice(0, cut))}…` : null;
}

export function foldButton(open: boolean, toggle: () => void, words: Localizer): TemplateResult {
  return html`<button
    class="button quiet small fold"
    type="button"
    aria-expanded=${open ? 'true' : 'false'}
    @click=${toggle}
  >
    ${words.t(open ? 'message.show-less' : 'message.show-more')}
  </button>`;
}

function wholeWords(text: string): string {
  // A word without end is cut where it is, though not inside a character.
  return text.replace(/\s+\S{0,30}$/, '').replace(/[\uD800-\uDBFF]$/, '');
}
