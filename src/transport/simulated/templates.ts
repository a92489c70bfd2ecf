import { searchTemplates } from '../../model/index.js';
import type { Queries, Template, TemplatePage } from '../../model/index.js';
import { TransportError } from '../adapter.js';

/** @throws TransportError `invalid` when it is no page of such a search. */
export function findTemplates(
  templates: readonly Template[],
  args: Queries['templates']['args'],
  cursor: TemplatePage['cursor'],
): TemplatePage {
  const found = searchTemplates(templates, args);
  if (!found) throw new TransportError('invalid', 'There is no such page.');
  return { ...found, cursor };
}
