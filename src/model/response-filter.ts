import type { PreparedResponse, ResponseCategory, ResponseSearch } from './prepared-response.js';
import { wordSearch } from './word-search.js';
import type { WordMatch } from './word-search.js';

/** Whether a response of a library is what is searched for. @param categories All of the library, parents before those that lie in them. */
export function responseFilter(
  categories: readonly ResponseCategory[],
  { text, match, category, language }: ResponseSearch,
): (response: PreparedResponse) => boolean {
  const inCategory = within(categories, category);
  const isFound = finds(text, match);
  return (one) => (inCategory?.has(one.category) ?? true) && isIn(language, one) && isFound(one);
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

function finds(text: string, match: WordMatch): (one: PreparedResponse) => boolean {
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
