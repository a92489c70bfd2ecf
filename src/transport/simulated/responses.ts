import { responseFilter } from '../../model/index.js';
import type { PreparedResponse, Queries, ResponseCategory, ResponsePage } from '../../model/index.js';
import type { UsedResponses } from './used-responses.js';
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
  { after, limit, ...search }: Queries['responses']['args'],
  cursor: ResponsePage['cursor'],
  { agent, used }: { readonly agent: string; readonly used: UsedResponses },
): ResponsePage {
  const found = used.of(agent, library.responses, search).filter(responseFilter(library.categories, search));
  const start = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  if (after !== null && start === 0) throw new TransportError('invalid', 'There is no such page.');
  const items = found.slice(start, start + limit);
  return { items, next: start + limit < found.length ? (items.at(-1)?.id ?? null) : null, cursor };
}
