import {
  EMPTY,
  Subject,
  combineLatest,
  filter,
  ignoreElements,
  map,
  merge,
  take,
  takeUntil,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { EMPTY_STATE, reduce } from '../../model/index.js';
import type { WorkbinPage, WorkspaceInput } from '../../model/index.js';
import { PAGE_SIZE, queryPage } from './page-query.js';
import { paged } from './paging.js';
import type { PagedSource, PagingOptions } from './paging.js';
import { OBSERVED, RecentlyMade, shareGrace } from '../operators/index.js';
import type { WorkbinView } from '../workspace.js';

/** Workbins whose contents are being looked at. */
export class Workbins {
  readonly #options: PagingOptions;
  readonly #views = new RecentlyMade(OBSERVED, (workbin: string) => this.#make(workbin));
  readonly #more$ = new Subject<string>();

  constructor(options: PagingOptions) {
    this.#options = options;
  }

  /** Subscribing loads the first page. The same observable for the same workbin. */
  view$(workbin: string): Observable<WorkbinView> {
    return this.#views.get(workbin);
  }

  loadMore(workbin: string): void {
    this.#more$.next(workbin);
  }

  #make(workbin: string): Observable<WorkbinView> {
    const { store, closed$, scheduler } = this.#options;
    const more$ = this.#more$.pipe(filter((wanted) => wanted === workbin));
    const loading$ = paged(workbinSource(workbin, this.#options), more$, this.#options);
    const contents$ = store.select(({ contents }) => contents.get(workbin));
    return combineLatest([contents$, loading$]).pipe(
      map(([contents, loading]) => ({
        ...loading,
        interactions: contents?.interactions ?? [],
        loaded: contents?.loaded ?? false,
        hasMore: (contents?.next ?? null) !== null,
      })),
      takeUntil(closed$),
      shareGrace(undefined, scheduler),
    );
  }
}

function workbinSource(workbin: string, options: PagingOptions): PagedSource {
  const { store } = options;
  return {
    opened: () => ({ kind: 'workbin-opened', workbin }),
    isOpen: ({ contents }) => contents.has(workbin),
    isLoaded: ({ contents }) => contents.get(workbin)?.loaded ?? false,
    returns$: EMPTY,
    next: ({ contents }) => {
      const known = contents.get(workbin);
      if (!known || (known.loaded && known.next === null)) return null;
      const after = known.next;
      const floor = store.state.cursor?.seq ?? 0;
      const query = { name: 'workbin', args: { workbin, after, limit: PAGE_SIZE } } as const;
      const came: WorkspaceInput[] = [];
      const coming$ = store.folded$.pipe(
        tap((input) => came.push(input)),
        ignoreElements(),
      );
      return merge(coming$, queryPage(query, floor, options)).pipe(
        take(1),
        map((page) => ({ kind: 'workbin-page', workbin, page: broughtUp(workbin, page, came) }) as const),
      );
    },
    left: () => store.dispatch({ kind: 'workbin-closed', workbin }),
  };
}

/** What is in a page after the facts that came while it was on its way: as it was made, it could bring back what they took out. */
function broughtUp(workbin: string, page: WorkbinPage, came: readonly WorkspaceInput[]): WorkbinPage {
  const inputs: readonly WorkspaceInput[] = [
    { kind: 'workbin-opened', workbin },
    { kind: 'workbin-page', workbin, page },
    ...came.filter(({ kind }) => kind === 'event'),
  ];
  const { contents } = inputs.reduce(reduce, { ...EMPTY_STATE, cursor: page.cursor });
  return { ...page, items: contents.get(workbin)?.interactions ?? [] };
}
