import {
  EMPTY,
  asyncScheduler,
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  finalize,
  groupBy,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  of,
  scan,
  startWith,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { AgentScope } from '../storage/index.js';
import { withEntry, withoutEntry } from '../../model/index.js';
import { replayed, sameElements } from '../operators/index.js';
import type { Tabs } from '../tabs/index.js';

/** How often a tab repeats what is being looked at in it, in milliseconds. It is visible then, so its timers are not throttled. */
export const LOOKING_REPEAT = 10_000;

/** How long a tab is believed that has fallen silent (it has crashed), in milliseconds. */
export const LOOKING_BELIEVED = 25_000;

export interface LookingOptions {
  readonly scope$: Observable<AgentScope | null>;
  readonly selected$: Observable<string | null>;
  readonly visible$: Observable<boolean>;
  /** The id of this tab. */
  readonly tab: string;
  readonly scheduler?: SchedulerLike;
}

/** The interaction that the agent can see on this page: in front, on a visible page. Replays. */
export function lookingHere(
  selected$: Observable<string | null>,
  visible$: Observable<boolean>,
): Observable<string | null> {
  return combineLatest([selected$, visible$]).pipe(
    map(([selected, visible]) => (visible ? selected : null)),
    distinctUntilChanged(),
  );
}

/** The interactions that the agent can see in any tab. Replays. */
export function lookedAt(options: LookingOptions): Observable<ReadonlySet<string>> {
  const { scope$, selected$, visible$ } = options;
  const here$ = lookingHere(selected$, visible$).pipe(replayed());
  const elsewhere$ = scope$.pipe(
    switchMap((scope) => (scope ? lookedAtElsewhere(scope.tabs, here$, options) : EMPTY)),
    startWith<readonly string[]>([]),
  );
  return combineLatest([here$, elsewhere$]).pipe(
    map(([here, elsewhere]) => [...new Set(here === null ? elsewhere : [here, ...elsewhere])]),
    distinctUntilChanged(sameElements),
    map((interactions) => new Set(interactions)),
  );
}

function lookedAtElsewhere(
  tabs: Tabs,
  here$: Observable<string | null>,
  { tab, scheduler = asyncScheduler }: LookingOptions,
): Observable<readonly string[]> {
  const asking$ = defer(() => {
    tabs.post({ kind: 'who-looks' });
    return EMPTY;
  });
  return merge(lookedAtInOthers(tabs, scheduler), postLooking(tabs, here$, tab, scheduler), asking$);
}

/** What can be seen in the other tabs, as they tell. */
function lookedAtInOthers(tabs: Tabs, scheduler: SchedulerLike): Observable<readonly string[]> {
  const silenced$ = timer(LOOKING_BELIEVED, scheduler).pipe(map(() => null));
  return tabs.messages$('looking').pipe(
    groupBy((message) => message.tab),
    mergeMap((ofTab) =>
      ofTab.pipe(
        switchMap(({ interaction }) =>
          interaction === null ? of(null) : concat(of(interaction), silenced$),
        ),
        map((interaction) => ({ tab: ofTab.key, interaction })),
      ),
    ),
    scan(
      (byTab: ReadonlyMap<string, string>, { tab, interaction }) =>
        interaction === null ? withoutEntry(byTab, tab) : withEntry(byTab, tab, interaction),
      new Map<string, string>(),
    ),
    map((byTab) => [...byTab.values()]),
  );
}

/** Tells the other tabs what can be seen here: at each change, when one asks, and from time to time. Never emits. */
function postLooking(
  tabs: Tabs,
  here$: Observable<string | null>,
  tab: string,
  scheduler: SchedulerLike,
): Observable<never> {
  const repeated$ = interval(LOOKING_REPEAT, scheduler).pipe(startWith(0));
  return tabs.messages$('who-looks').pipe(
    startWith(null),
    switchMap(() => here$),
    switchMap((here) => (here === null ? of(null) : repeated$.pipe(map(() => here)))),
    tap((interaction) => tabs.post({ kind: 'looking', tab, interaction })),
    ignoreElements(),
    finalize(() => tabs.post({ kind: 'looking', tab, interaction: null })),
  );
}
