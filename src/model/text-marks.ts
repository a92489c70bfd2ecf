/** Text as it is being written, with what is selected of it, in UTF-16 units. Where nothing is selected, both ends are where the caret is. */
export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What marks are put around: WhatsApp's bold, italic, strike, and code. */
export type InlineMark = '*' | '_' | '~' | '`';

/** What stands at the beginning of lines: of a bulleted or a numbered list, or of a quote. */
export type LineMark = 'bullets' | 'numbers' | 'quote';

const WORD = /[\p{L}\p{N}]/u;
const LINE_MARK = /^(?:[*-] +|\d{1,3}\. +|> ?)/;
const OF_KIND: { readonly [K in LineMark]: RegExp } = {
  bullets: /^[*-] +/,
  numbers: /^\d{1,3}\. +/,
  quote: /^> ?/,
};
const PREFIX: { readonly [K in LineMark]: (index: number) => string } = {
  bullets: () => '- ',
  numbers: (index) => `${index + 1}. `,
  quote: () => '> ',
};

/**
 * Marks what is selected, or takes the marks away where all of it has them. Each line has marks of its own, inside of what makes it an item or a quote and of white
 * space, because WhatsApp reads others as text. Where nothing is selected, the caret comes to stand between two marks.
 */
export function toggleMark({ text, start, end }: Selected, mark: InlineMark): Selected {
  if (start === end) return toggleAtCaret(text, start, mark);
  const spans = spansIn(text, start, end);
  if (spans.length === 0) return { text, start, end };
  const marked = spans.map((span) => markedSpan(text, span, mark));
  const isMarked = marked.every((span) => span !== null);
  const changes = isMarked
    ? marked.map(({ from, to }): Change => ({ from, to, by: text.slice(from + 1, to - 1) }))
    : spans
        .filter((_span, index) => marked[index] === null)
        .map(({ from, to }): Change => ({ from, to, by: `${mark}${text.slice(from, to)}${mark}` }));
  const concerned = isMarked ? marked : spans;
  return changed(text, changes, {
    from: concerned[0]?.from ?? start,
    to: concerned.at(-1)?.to ?? end,
  });
}

/** Makes the lines that are selected, or the one of the caret, items or a quote; lines that are all of this kind already become plain. */
export function toggleLines({ text, start, end }: Selected, kind: LineMark): Selected {
  const from = lineStart(text, start);
  // A line of which only the beginning is touched is not selected.
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const to = lineEnd(text, last);
  const lines = text.slice(from, to).split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const isOfKind = filled.length > 0 && filled.every((line) => OF_KIND[kind].test(line));
  let item = 0;
  const next = lines.map((line) => {
    if (line.trim() === '' && lines.length > 1) return line;
    const bare = line.replace(isOfKind ? OF_KIND[kind] : LINE_MARK, '');
    return isOfKind ? bare : PREFIX[kind](item++) + bare;
  });
  const by = next.join('\n');
  const whole = text.slice(0, from) + by + text.slice(to);
  if (start !== end) return { text: whole, start: from, end: from + by.length };
  const caret = Math.max(from, start + (next[0]?.length ?? 0) - (lines[0]?.length ?? 0));
  return { text: whole, start: caret, end: caret };
}

/**
 * What a new line becomes in a list or a quote: its next item; an item without words ends the list instead. null where the line is none of these, or something is
 * selected.
 */
export function continuedLine({ text, start, end }: Selected): Selected | null {
  if (start !== end) return null;
  const from = lineStart(text, start);
  const line = text.slice(from, start);
  const mark = LINE_MARK.exec(line)?.[0];
  if (mark === undefined) return null;
  if (line === mark) {
    if (lineEnd(text, start) !== start) return null;
    return { text: text.slice(0, from) + text.slice(start), start: from, end: from };
  }
  const number = Number.parseInt(mark, 10);
  const next = Number.isNaN(number) ? mark : `${Math.min(number + 1, 999)}. `;
  const caret = start + 1 + next.length;
  return { text: `${text.slice(0, start)}\n${next}${text.slice(start)}`, start: caret, end: caret };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Change extends Span {
  readonly by: string;
}

function toggleAtCaret(text: string, at: number, mark: InlineMark): Selected {
  if (at > 0 && text[at - 1] === mark && text[at] === mark) {
    return { text: text.slice(0, at - 1) + text.slice(at + 1), start: at - 1, end: at - 1 };
  }
  return { text: text.slice(0, at) + mark + mark + text.slice(at), start: at + 1, end: at + 1 };
}

/** What can carry marks: of each line what is between white space, without what makes it an item. */
function spansIn(text: string, start: number, end: number): readonly Span[] {
  const spans: Span[] = [];
  for (let from = start; from < end;) {
    const lineStop = lineEnd(text, from);
    const lineFrom = lineStart(text, from);
    const mark = LINE_MARK.exec(text.slice(lineFrom, lineStop))?.[0].length ?? 0;
    const pieceFrom = Math.max(from, lineFrom + mark);
    const piece = text.slice(pieceFrom, Math.min(end, lineStop));
    const core = piece.trim();
    if (core !== '') {
      const at = pieceFrom + piece.indexOf(core);
      spans.push(wholeWords(text, { from: at, to: at + core.length }));
    }
    from = lineStop + 1;
  }
  return spans;
}

/** Marks inside a word are text. */
function wholeWords(text: string, { from, to }: Span): Span {
  let [first, last] = [from, to];
  if (WORD.test(text.charAt(first))) while (first > 0 && WORD.test(text.charAt(first - 1))) first--;
  if (WORD.test(text.charAt(last - 1))) while (WORD.test(text.charAt(last))) last++;
  return { from: first, to: last };
}

/** Where the marks of a span stand: at its ends, or right around it; null where it has none. */
function markedSpan(text: string, { from, to }: Span, mark: InlineMark): Span | null {
  if (to - from > 2 && text[from] === mark && text[to - 1] === mark) return { from, to };
  if (from > 0 && text[from - 1] === mark && text[to] === mark) return { from: from - 1, to: to + 1 };
  return null;
}

/** Carries changes out, in their order, and selects what `span` has become. */
function changed(text: string, changes: readonly Change[], span: Span): Selected {
  let whole = '';
  let done = 0;
  for (const { from, to, by } of changes) {
    whole += text.slice(done, from) + by;
    done = to;
  }
  whole += text.slice(done);
  return { text: whole, start: span.from, end: span.to + whole.length - text.length };
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
