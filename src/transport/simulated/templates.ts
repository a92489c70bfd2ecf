import { wordSearch } from '../../model/index.js';
import type { Queries, Template, TemplatePage } from '../../model/index.js';
import { TransportError } from '../adapter.js';

/** @throws TransportError `invalid` when it is no page of such a search. */
export function findTemplates(
  templates: readonly Template[],
  { text, after, limit }: Queries['templates']['args'],
  cursor: TemplatePage['cursor'],
): TemplatePage {
  const search = wordSearch(text, 'all');
  const found = templates
    // Of marks alone nothing can be found.
    .filter((one) => (search ? search.finds(textsOf(one)) : text.trim() === ''))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const start = after === null ? 0 : found.findIndex((one) => keyOf(one) === after) + 1;
  if (after !== null && start === 0) throw new TransportError('invalid', 'There is no such page.');
  const items = found.slice(start, start + limit);
  const last = items.at(-1);
  return { items, next: last && start + limit < found.length ? keyOf(last) : null, cursor };
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
