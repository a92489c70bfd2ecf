import { EMPTY, Subject, combineLatest, filter, map, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { PAGE_SIZE, freshPage, paged } from './paging.js';
import type { PagedSource, PagingOptions } from './paging.js';
import { shareGrace } from './share-grace.js';
import type { WorkbinView } from './workspace.js';

/** Workbins whose contents are being looked at. */
export class Workbins {
  readonly #options: PagingOptions;
  readonly #views = new Map<string, Observable<WorkbinView>>();
  readonly #more$ = new Subject<string>();

  constructor(options: PagingOptions) {
    this.#options = options;
  }

  /** Subscribing loads the first page. The same observable for the same workbin. */
  view$(workbin: string): Observable<WorkbinView> {
    const view$ = this.#views.get(workbin) ?? this.#make(workbin);
    this.#views.set(workbin, view$);
    return view$;
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
        hasMore: contents?.more ?? false,
      })),
      takeUntil(closed$),
      shareGrace(undefined, scheduler),
    );
  }
}

function workbinSource(workbin: string, options: PagingOptions): PagedSource {
  const { store } = options;
  return {
    opened: { kind: 'workbin-opened', workbin },
    closed: { kind: 'workbin-closed', workbin },
    isOpen: ({ contents }) => contents.has(workbin),
    isLoaded: ({ contents }) => contents.get(workbin)?.loaded ?? false,
    returns$: EMPTY,
    next: ({ contents }) => {
      const known = contents.get(workbin);
      if (!known || (known.loaded && !known.more)) return null;
      const after = known.loaded ? (known.interactions.at(-1)?.id ?? null) : null;
      // A page from before the last fact could bring back what that fact took out.
      const floor = (): number => store.state.cursor?.seq ?? 0;
      const query = { name: 'workbin', args: { workbin, after, limit: PAGE_SIZE } } as const;
      return {
        page$: freshPage(query, floor, options).pipe(
          map((page) => ({ kind: 'workbin-page', workbin, page }) as const),
        ),
      };
    },
  };
}
