import { wordSearch } from '../../model/index.js';
import type { PreparedResponse, Queries, ResponseCategory, ResponsePage } from '../../model/index.js';
import { TransportError } from '../adapter.js';

/** A Standard Response Library. */
export interface SimulatedLibrary {
  /** Parents before those that lie in them. */
  readonly categories: readonly ResponseCategory[];
  readonly responses: readonly PreparedResponse[];
}

/** @throws TransportError `invalid` when it is no page of such a search. */
export function findResponses(
  library: SimulatedLibrary,
  { text, match, category, language, after, limit }: Queries['responses']['args'],
  cursor: ResponsePage['cursor'],
): ResponsePage {
  const inCategory = within(library.categories, category);
  const isFound = finds(text, match);
  const found = library.responses
    .filter((one) => (inCategory?.has(one.category) ?? true) && isIn(language, one) && isFound(one))
    .toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  const start = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  if (after !== null && start === 0) throw new TransportError('invalid', 'There is no such page.');
  const items = found.slice(start, start + limit);
  return { items, next: start + limit < found.length ? (items.at(-1)?.id ?? null) : null, cursor };
}

/** A category and all that lie in it; null for all. */
function within(categories: readonly ResponseCategory[], category: string | null): Set<string> | null {
  if (category === null) return null;
  const known = new Set([category]);
  for (const { id, parent } of categories) if (parent !== null && known.has(parent)) known.add(id);
  return known;
}

/** `de` takes `de-AT` too, and what is for all languages. */
function isIn(wanted: string | null, { language }: PreparedResponse): boolean {
  if (wanted === null || language === null) return true;
  const [of, to] = [language.toLowerCase(), wanted.toLowerCase()];
  return of === to || of.startsWith(`${to}-`);
}

function finds(
  text: string,
  match: Queries['responses']['args']['match'],
): (one: PreparedResponse) => boolean {
  const searched = text.trim();
  if (searched.startsWith('/')) {
    const begin = searched.slice(1).toLowerCase();
    return ({ shortcut }) => shortcut?.toLowerCase().startsWith(begin) ?? false;
  }
  const search = wordSearch(searched, match);
  // Of marks alone nothing can be found.
  if (!search) return () => searched === '';
  return ({ name, body, keywords, shortcut }) =>
    search.finds([name, body, ...keywords, shortcut ?? ''].join('\n'));
}
