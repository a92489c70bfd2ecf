import type { Queries } from './query.js';
import type { Template } from './template.js';
import { wordSearch } from './word-search.js';

/** A page of templates, by name and language; `next` is what the page after it is asked for with. */
export interface FoundTemplates {
  readonly items: readonly Template[];
  readonly next: string | null;
}

/**
 * Those of a business account's templates that have all words of a text.
 * @returns null when `after` is no place among them.
 */
export function searchTemplates(
  templates: readonly Template[],
  { text, after, limit }: Omit<Queries['templates']['args'], 'interaction'>,
): FoundTemplates | null {
  if (after !== null && !templates.some((one) => keyOf(one) === after)) return null;
  const search = wordSearch(text, 'all');
  const found = templates
    // Of marks alone nothing can be found.
    .filter(
      (one) =>
        (after === null || keyOf(one) > after) && (search ? search.finds(textsOf(one)) : text.trim() === ''),
    )
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && found.length > limit ? keyOf(last) : null };
}

function keyOf({ name, language }: Template): string {
  return `${name} ${language}`;
}

/** Names of templates are words with underscores between them. */
function textsOf({ name, header, body, footer, buttons }: Template): string {
  const above = header?.kind === 'text' ? header.text : '';
  return [
    name,
    name.replaceAll('_', ' '),
    above,
    body,
    footer ?? '',
    ...buttons.map(({ text }) => text),
  ].join('\n');
}
