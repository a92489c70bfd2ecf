import createDOMPurify from 'dompurify';
import { markupPolicy } from '../base/trusted-types.js';

/** What of a document is read; of everything else only the words are. */
const TAGS =
  'b strong i em s strike del code tt kbd samp span font a br p div section article header footer pre ul ol li blockquote hr h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th dl dt dd'.split(
    ' ',
  );
const BLOCKS = new Set(
  'P DIV SECTION ARTICLE HEADER FOOTER PRE UL OL LI BLOCKQUOTE HR H1 H2 H3 H4 H5 H6 TABLE TR DL DT DD'.split(
    ' ',
  ),
);
/** Between these and what follows there is an empty line. */
const APART = new Set('P UL OL BLOCKQUOTE PRE TABLE H1 H2 H3 H4 H5 H6 DL'.split(' '));
const MARKED_BY: readonly (readonly [string, readonly string[]])[] = [
  ['*', ['B', 'STRONG', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'TH', 'DT']],
  ['_', ['I', 'EM']],
  ['~', ['S', 'STRIKE', 'DEL']],
  ['`', ['CODE', 'TT', 'KBD', 'SAMP']],
];
/** Further down nothing but the words is read. */
const DEEPEST = 100;
const WORD = /[\p{L}\p{N}]/u;

/**
 * Text of a page or a document as WhatsApp's formatting: bold, italic, strike, code, lists, quotes, and links behind their words. What WhatsApp would not read as a mark is not
 * marked.
 * @param markup HTML of any origin. Nothing of it is loaded or run.
 */
export function whatsAppText(markup: string): string {
  const body = createDOMPurify.sanitize(markup, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'style', 'start'],
    RETURN_DOM: true,
    // Our own policy: one of DOMPurify's name would have to be allowed by every page.
    TRUSTED_TYPES_POLICY: {
      createHTML: (html: string) => markupPolicy?.createHTML(html) ?? html,
      createScriptURL: (url: string) => url,
    } as never,
  });
  return textOf(body)
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A piece of a line: `bare` is what it is where its marks would stand inside of a word. */
interface Piece {
  readonly text: string;
  readonly bare: string;
}

function textOf(node: Node, depth = 0): string {
  if (depth > DEEPEST) return node.textContent ?? '';
  return joined([...node.childNodes].map((child) => pieceOf(child, depth + 1)));
}

function pieceOf(node: Node, depth: number): Piece {
  if (node.nodeType === Node.TEXT_NODE)
    return same((node.textContent ?? '').replace(/[^\S\u00a0]+/g, ' ').replace(/\u00a0/g, ' '));
  if (!(node instanceof Element)) return same('');
  const { tagName } = node;
  if (tagName === 'BR') return same('\n');
  if (tagName === 'PRE') return same(block(fenced(node.textContent ?? ''), true));
  if (tagName === 'A') return same(linkText(node, depth));
  if (tagName === 'UL' || tagName === 'OL') return same(block(listText(node, depth), true));
  const inner = textOf(node, depth);
  if (tagName === 'BLOCKQUOTE') return same(block(prefixed(inner, '> '), true));
  if (tagName === 'TD' || tagName === 'TH') return same(`${marked(inner.trim(), marksOf(node))}\t`);
  const text = marked(inner, marksOf(node));
  if (BLOCKS.has(tagName)) return same(block(text, APART.has(tagName)));
  return { text, bare: inner };
}

/** Marks that touch words on their outside are none. */
function joined(pieces: readonly Piece[]): string {
  let text = '';
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1]?.bare ?? '';
    const touches =
      (isWord(text.at(-1)) && !isSpace(piece.text[0])) || (isWord(next[0]) && !isSpace(piece.text.at(-1)));
    const part = piece.text !== piece.bare && touches ? piece.bare : piece.text;
    text = isBreak(piece) ? text + part : withBlock(text, part);
  });
  return text;
}

/** Of the line breaks that blocks want between them, the most count; a line begins without white space. */
function withBlock(text: string, part: string): string {
  const after = /\n*$/.exec(text)?.[0].length ?? 0;
  const before = /^\n*/.exec(part)?.[0].length ?? 0;
  if (after === 0 && before === 0) return text + part;
  const rest = part.slice(before).replace(/^[^\S\n]+/, '');
  if (rest === '' && before === 0) return text;
  return text.replace(/\s+$/, '') + '\n'.repeat(Math.max(after, before)) + rest;
}

function block(text: string, isApart: boolean): string {
  const inner = text.trim();
  if (inner === '') return text === '' ? '' : '\n\n';
  return isApart ? `\n\n${inner}\n\n` : `\n${inner}\n`;
}

function listText(list: Element, depth: number): string {
  const first = Number(list.getAttribute('start') ?? 1) || 1;
  const items = [...list.children].filter(
    ({ tagName }) => tagName === 'LI' || tagName === 'UL' || tagName === 'OL',
  );
  let number = first;
  return items
    .map((item) => {
      if (item.tagName !== 'LI') return depth > DEEPEST ? '' : listText(item, depth + 1);
      const mark = list.tagName === 'OL' ? `${number++}. ` : '- ';
      const text = textOf(item, depth + 1)
        .trim()
        .replace(/\n{2,}/g, '\n');
      return text === '' ? '' : mark + text;
    })
    .filter((line) => line !== '')
    .join('\n');
}

function fenced(code: string): string {
  const text = code.replace(/^\n+|\s+$/g, '');
  return text === '' || text.includes('```') ? text : `\`\`\`\n${text}\n\`\`\``;
}

function linkText(link: Element, depth: number): string {
  const text = textOf(link, depth);
  const href = link.getAttribute('href') ?? '';
  const address = href.replace(/^mailto:|^tel:/i, '');
  const isAddress = /^(?:https?:\/\/|mailto:|tel:)/i.test(href);
  if (!isAddress || text.trim() === '') return text;
  const known = plainAddress(text).includes(plainAddress(address));
  return known ? text : `${text} (${address})`;
}

function plainAddress(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?|\/$/g, '');
}

/** By the name of an element, and by its style, which says more: editors write `<b style="font-weight: normal">` around all of a document. */
function marksOf(element: Element): readonly string[] {
  const style = element.getAttribute('style') ?? '';
  const marks = new Set<string>();
  for (const [mark, names] of MARKED_BY) if (names.includes(element.tagName)) marks.add(mark);
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
  if (weight !== undefined) toggle(marks, '*', /^(?:bold|bolder|[6-9]00)$/i.test(weight));
  const slant = /font-style:\s*(\w+)/i.exec(style)?.[1];
  if (slant !== undefined) toggle(marks, '_', /^(?:italic|oblique)$/i.test(slant));
  if (/text-decoration[^;]*line-through/i.test(style)) marks.add('~');
  return [...marks];
}

function toggle(marks: Set<string>, mark: string, isOn: boolean): void {
  if (isOn) marks.add(mark);
  else marks.delete(mark);
}

/** Each line has marks of its own, between white space; where it has this mark already, it keeps it. */
function marked(text: string, marks: readonly string[]): string {
  return marks.reduce(
    (inner, mark) =>
      inner
        .split('\n')
        .map((line) => markedLine(line, mark))
        .join('\n'),
    text,
  );
}

function markedLine(line: string, mark: string): string {
  const core = line.trim();
  if (core === '' || core.includes(mark)) return line;
  const at = line.indexOf(core);
  return `${line.slice(0, at)}${mark}${core}${mark}${line.slice(at + core.length)}`;
}

function prefixed(text: string, prefix: string): string {
  const lines = text.trim().split('\n');
  return lines.map((line) => (line.trim() === '' ? '' : prefix + line)).join('\n');
}

function same(text: string): Piece {
  return { text, bare: text };
}

function isBreak({ text }: Piece): boolean {
  return text === '\n';
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && WORD.test(letter);
}

function isSpace(letter: string | undefined): boolean {
  return letter === undefined || /\s/.test(letter);
}
