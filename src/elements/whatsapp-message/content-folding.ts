import type { ContactCard, Content, OrderLine } from '../../model/index.js';
import { foldedText } from './folding.js';

/** A list of more lines is folded, */
const MOST_LINES = 40;
/** and then shows so many. */
const SHOWN_LINES = 20;

/** How many cards there are in all, by those that a folded content shows. */
const whole = new WeakMap<readonly ContactCard[], number>();

/** How many cards were sent, shown or not. */
export function countOfCards(cards: readonly ContactCard[]): number {
  return whole.get(cards) ?? cards.length;
}

/** What was chosen, and what was filled into a form, one answer a line. */
export function replyText({ title, description, fields }: Extract<Content, { kind: 'reply' }>): string {
  return [title, description, ...fields.map(({ name, value }) => `${name}: ${value}`)]
    .filter(Boolean)
    .join('\n');
}

/** A content that is not text with what is long of it folded: text, caption, body, answers, cards, order lines; null when there is nothing to fold. */
export function foldedContent(content: Content): Content | null {
  if (content.kind === 'contacts') return foldedCards(content);
  if (content.kind === 'order') return foldedOrder(content);
  if (content.kind === 'reply') {
    const title = foldedText(replyText(content));
    return title === null ? null : { ...content, title, description: null, fields: [] };
  }
  if ('text' in content && content.text !== null) return folded(content, 'text', content.text);
  if ('caption' in content && content.caption !== null) return folded(content, 'caption', content.caption);
  const hasBody = content.kind === 'template' || content.kind === 'interactive';
  return hasBody ? folded(content, 'body', content.body) : null;
}

function folded(content: Content, field: 'text' | 'caption' | 'body', long: string): Content | null {
  const text = foldedText(long);
  return text === null ? null : { ...content, [field]: text };
}

function foldedOrder(content: Extract<Content, { kind: 'order' }>): Content | null {
  const text = content.text === null ? null : foldedText(content.text);
  const items: readonly OrderLine[] = begin(content.items, () => 1);
  if (items === content.items && text === null) return null;
  return { ...content, items, text: text ?? content.text };
}

function foldedCards(content: Extract<Content, { kind: 'contacts' }>): Content | null {
  const shown = begin(content.cards, ({ phones, emails }) => 1 + phones.length + emails.length);
  if (shown === content.cards) return null;
  // One card may have hundreds of numbers.
  const cards = shown.map((card) => ({
    ...card,
    phones: card.phones.slice(0, SHOWN_LINES),
    emails: card.emails.slice(0, SHOWN_LINES),
  }));
  whole.set(cards, content.cards.length);
  return { ...content, cards };
}

/** The first ones, at least one, of a list that is too high; else the list itself. */
function begin<T>(list: readonly T[], linesOf: (item: T) => number): readonly T[] {
  let lines = 0;
  let shown = 0;
  for (const item of list) {
    lines += linesOf(item);
    if (lines <= SHOWN_LINES) shown += 1;
  }
  return lines > MOST_LINES ? list.slice(0, Math.max(shown, 1)) : list;
}
