import type { Content, ContentKind } from './content.js';
import type { Message } from './message.js';
import { wordSearch } from './word-search.js';
import type { WordSearch } from './word-search.js';

/** Where words are that are searched for in messages. */
export interface MessageSearch extends Pick<WordSearch, 'marks'> {
  /** Whether a message has all of them, in any order; one that was deleted is not found, and none by what it said before it was edited. */
  finds(message: Pick<Message, 'content' | 'deletedAt'>): boolean;
}

/** By the rule of `wordSearch`. @returns null for a text without a word. */
export function messageSearch(searched: string): MessageSearch | null {
  const search = wordSearch(searched);
  return (
    search && {
      finds: ({ content, deletedAt }) => deletedAt === null && search.finds(wordsOf(content).join('\n')),
      marks: (text) => search.marks(text),
    }
  );
}

/** Which words of a message are searched, by its kind: fields of its content, through lists too. */
const SEARCHED: { readonly [K in ContentKind]: readonly string[] } = {
  text: ['text'],
  image: ['caption', 'fileName'],
  video: ['caption', 'fileName'],
  audio: ['caption', 'fileName'],
  document: ['caption', 'fileName'],
  sticker: [],
  location: ['name', 'address'],
  contacts: ['cards.name', 'cards.organization', 'cards.phones.phone', 'cards.emails.email'],
  reaction: [],
  reply: ['title', 'description', 'fields.value'],
  order: ['text', 'items.product'],
  template: ['header', 'body', 'footer', 'buttons'],
  interactive: [
    'header',
    'body',
    'footer',
    'action.button',
    'action.buttons.title',
    'action.sections.title',
    'action.sections.rows.title',
    'action.sections.rows.description',
  ],
  system: ['text'],
  edited: ['text'],
  deleted: [],
  unsupported: ['detail'],
};

function wordsOf(content: Content): readonly string[] {
  // A later version's kind has no words that this one knows.
  const fields: readonly string[] | undefined = SEARCHED[content.kind];
  return (fields ?? []).flatMap((path) => textsAt(content, path.split('.')));
}

function textsAt(value: unknown, path: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsAt(one, path));
  const [field, ...rest] = path;
  if (field === undefined) return typeof value === 'string' ? [value] : [];
  const isRecord = typeof value === 'object' && value !== null;
  return isRecord ? textsAt((value as Record<string, unknown>)[field], rest) : [];
}
