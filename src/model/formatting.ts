/**
 * WhatsApp's formatting marks as a tree of plain data: `*bold*`, `_italic_`, `~strike~`, `` `code` ``, fenced code, lists and quotes. Nothing is
 * thrown away: what is not a complete mark is text. Parsing takes linear time, whatever a contact sends.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Inline[] }
  | { readonly kind: 'bullets'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'numbers'; readonly items: readonly NumberedItem[] }
  | { readonly kind: 'code'; readonly text: string };

/** An item of a numbered list keeps the number that was typed. */
export interface NumberedItem {
  readonly number: number;
  readonly children: readonly Inline[];
}

/** Text inside a block; line breaks are `\n` in text leaves. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] };

type MarkKind = 'bold' | 'italic' | 'strike';

const MARKS: ReadonlyMap<string, MarkKind> = new Map([
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
]);

const FENCE = '```';
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s/;
const ADDRESS = /[^\s]*/y;
// An address ends before punctuation and marks that close around it: `*https://example.com*`.
const ADDRESS_CLOSING = '*_~`.,;:!?)]}"\'';
const LIST_BULLET = /^[*-] +(?=\S)/;
const LIST_NUMBER = /^(\d{1,3})\. +(?=\S)/;
const QUOTE = /^> ?(?=\S)/;

/** Reads a message's text into blocks, in order. Empty text gives no block. */
export function parseFormatting(text: string): readonly Block[] {
  const blocks = new BlockReader();
  for (const piece of splitFences(text.replace(/\r\n?/g, '\n'))) {
    if (piece.fenced) blocks.code(piece.text);
    else blocks.lines(piece.text);
  }
  return blocks.finish(text);
}

interface Piece {
  readonly fenced: boolean;
  readonly text: string;
}

/** Cuts out fenced code that stands on lines of its own; fences inside a line are left to the inline reader. */
function splitFences(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  let open = text.indexOf(FENCE);
  while (open >= 0) {
    const close = text.indexOf(FENCE, open + FENCE.length);
    if (close < 0) break;
    const inside = text.slice(open + FENCE.length, close);
    const after = close + FENCE.length;
    const alone = startsLine(text, open) && endsLine(text, after);
    if (inside.trim() === '' || !(alone || inside.includes('\n'))) {
      open = inside.trim() === '' ? close : text.indexOf(FENCE, after);
      continue;
    }
    if (open > done)
      pieces.push({ fenced: false, text: text.slice(done, startsLine(text, open) ? open - 1 : open) });
    pieces.push({ fenced: true, text: inside.replace(/^\n|\n$/g, '') });
    done = endsLine(text, after) ? after + 1 : after;
    open = text.indexOf(FENCE, after);
  }
  if (done < text.length) pieces.push({ fenced: false, text: text.slice(done) });
  return pieces;
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n';
}

function endsLine(text: string, at: number): boolean {
  return at === text.length || text[at] === '\n';
}

/** Gathers lines of one kind into blocks. */
class BlockReader {
  readonly #blocks: Block[] = [];
  #kind: 'paragraph' | 'quote' | null = null;
  #lines: string[] = [];

  code(text: string): void {
    this.#close();
    this.#blocks.push({ kind: 'code', text });
  }

  lines(text: string): void {
    for (const line of text.split('\n')) this.#line(line);
    this.#close();
  }

  /** The blocks, or the source as it stands when it holds nothing but white space. */
  finish(source: string): readonly Block[] {
    if (this.#blocks.length > 0 || source === '') return this.#blocks;
    return [{ kind: 'paragraph', children: [{ kind: 'text', text: source }] }];
  }

  #line(line: string): void {
    const quote = QUOTE.exec(line);
    if (quote) return this.#gather('quote', line.slice(quote[0].length));
    const bullet = LIST_BULLET.exec(line);
    if (bullet) return this.#bullet(parseInline(line.slice(bullet[0].length)));
    const number = LIST_NUMBER.exec(line);
    if (number) return this.#number(Number(number[1]), parseInline(line.slice(number[0].length)));
    this.#gather('paragraph', line);
  }

  #gather(kind: 'paragraph' | 'quote', line: string): void {
    if (this.#kind !== kind) this.#close();
    this.#kind = kind;
    this.#lines.push(line);
  }

  #bullet(children: readonly Inline[]): void {
    this.#close();
    const last = this.#blocks.at(-1);
    if (last?.kind === 'bullets') (last.items as (readonly Inline[])[]).push(children);
    else this.#blocks.push({ kind: 'bullets', items: [children] });
  }

  #number(number: number, children: readonly Inline[]): void {
    this.#close();
    const last = this.#blocks.at(-1);
    if (last?.kind === 'numbers') (last.items as NumberedItem[]).push({ number, children });
    else this.#blocks.push({ kind: 'numbers', items: [{ number, children }] });
  }

  #close(): void {
    const kind = this.#kind;
    const lines = this.#lines;
    this.#kind = null;
    this.#lines = [];
    if (kind === null || lines.every((line) => line.trim() === '')) return;
    this.#blocks.push({ kind, children: joinLines(lines) });
  }
}

function joinLines(lines: readonly string[]): readonly Inline[] {
  const children: Inline[] = [];
  lines.forEach((line, index) => {
    if (index > 0) pushText(children, '\n');
    for (const inline of parseInline(line)) push(children, inline);
  });
  return children;
}

interface Open {
  readonly mark: string;
  readonly kind: MarkKind;
  readonly at: number;
  readonly children: Inline[];
}

function parseInline(line: string): readonly Inline[] {
  return new InlineReader(line).read();
}

/** Reads the marks of one line. At most three marks are open at once, so undoing one moves a node three times at the most. */
class InlineReader {
  readonly #line: string;
  readonly #root: Inline[] = [];
  readonly #open: Open[] = [];
  // Remembered, so that a line full of lone backticks is searched once.
  readonly #unclosed = new Set<string>();
  #textFrom = 0;

  constructor(line: string) {
    this.#line = line;
  }

  read(): readonly Inline[] {
    const special = /[*_~`]|https?:\/\//g;
    for (let found = special.exec(this.#line); found; found = special.exec(this.#line)) {
      special.lastIndex = found.index + this.#take(found.index, found[0]);
    }
    this.#flush(this.#line.length, 0);
    while (this.#open.length > 0) this.#undo();
    return this.#root;
  }

  get #here(): Inline[] {
    return this.#open.at(-1)?.children ?? this.#root;
  }

  /** Takes what begins at `start`: a mark, code, or a web address. Returns how many characters it took. */
  #take(start: number, token: string): number {
    if (token === '`') return this.#takeCode(start, FENCE) || this.#takeCode(start, '`') || 1;
    const kind = MARKS.get(token);
    if (!kind) return Math.max(addressLength(this.#line, start), token.length);
    if (this.#closes(start, token)) {
      this.#flush(start, 1);
      this.#close(token);
    } else if (this.#opens(start, token)) {
      this.#flush(start, 1);
      this.#open.push({ mark: token, kind, at: start, children: [] });
    }
    return 1;
  }

  /** The length of the code at `start` with its marks, or 0 if there is none. */
  #takeCode(start: number, mark: string): number {
    if (this.#unclosed.has(mark) || !this.#line.startsWith(mark, start)) return 0;
    const close = this.#line.indexOf(mark, start + mark.length);
    if (close < 0) this.#unclosed.add(mark);
    const text = this.#line.slice(start + mark.length, Math.max(close, 0));
    if (text.trim() === '') return 0;
    const length = text.length + 2 * mark.length;
    this.#flush(start, length);
    this.#here.push({ kind: 'code', text });
    return length;
  }

  /** Ends the text before `end`; what follows the `skip` characters of a mark may be text again. */
  #flush(end: number, skip: number): void {
    pushText(this.#here, this.#line.slice(this.#textFrom, end));
    this.#textFrom = end + skip;
  }

  #opens(at: number, mark: string): boolean {
    const next = this.#line.charAt(at + 1);
    if (next === '' || next === mark || SPACE.test(next)) return false;
    return !this.#open.some((open) => open.mark === mark) && !endsWord(this.#line, at);
  }

  #closes(at: number, mark: string): boolean {
    const opener = this.#open.find((open) => open.mark === mark);
    if (!opener || opener.at === at - 1 || SPACE.test(this.#line.charAt(at - 1))) return false;
    const next = this.#line.codePointAt(at + 1);
    return next === undefined || !WORD.test(String.fromCodePoint(next));
  }

  #close(mark: string): void {
    while (this.#open.at(-1)?.mark !== mark) this.#undo();
    const closed = this.#open.pop();
    if (closed) this.#here.push({ kind: closed.kind, children: closed.children });
  }

  /** The innermost open mark was none: it becomes text, and what it held moves up. */
  #undo(): void {
    const undone = this.#open.pop();
    if (!undone) return;
    pushText(this.#here, undone.mark);
    for (const child of undone.children) push(this.#here, child);
  }
}

// Marks inside an address are part of it: https://example.com/a_b_c.
function addressLength(line: string, start: number): number {
  ADDRESS.lastIndex = start;
  const run = ADDRESS.exec(line)?.[0] ?? '';
  let end = run.length;
  while (end > 0 && ADDRESS_CLOSING.includes(run.charAt(end - 1))) end--;
  return end;
}

function endsWord(line: string, at: number): boolean {
  if (at === 0) return false;
  const low = line.charCodeAt(at - 1);
  const from = low >= 0xdc00 && low <= 0xdfff && at > 1 ? at - 2 : at - 1;
  return WORD.test(line.slice(from, at));
}

function push(into: Inline[], inline: Inline): void {
  if (inline.kind === 'text') pushText(into, inline.text);
  else into.push(inline);
}

function pushText(into: Inline[], text: string): void {
  if (text === '') return;
  const last = into.at(-1);
  if (last?.kind === 'text') into[into.length - 1] = { kind: 'text', text: last.text + text };
  else into.push({ kind: 'text', text });
}
