import { NEVER, firstValueFrom, merge, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Query, ResultOf } from '../../model/index.js';
import { queryPage } from './page-query.js';
import type { PagingOptions } from './paging.js';

/**
 * Asks for one page, of at least `floor`, a place in the log. Rejects as the query does.
 * @param overtaken$ What makes the answer unwanted.
 * @returns null when that happened meanwhile, or the workspace was closed.
 */
export function askPage<Q extends Query>(
  query: Q,
  floor: number,
  options: PagingOptions,
  overtaken$: Observable<unknown> = NEVER,
): Promise<ResultOf<Q> | null> {
  const over$ = merge(options.closed$, overtaken$);
  return firstValueFrom(queryPage(query, floor, options).pipe(takeUntil(over$)), { defaultValue: null });
}
