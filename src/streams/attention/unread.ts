import {
  BehaviorSubject,
  EMPTY,
  Subject,
  Subscription,
  asyncScheduler,
  merge,
  switchMap,
  tap,
  throttleTime,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { Pendency } from '../../model/index.js';
import { changedInteractions } from '../state/index.js';
import type { AgentScope } from '../storage/index.js';
import { withEntry, withoutEntry } from '../../model/index.js';
import { removeOldest, sameEntries } from '../operators/index.js';
import type { Store } from '../state/index.js';

/** How far what is stored, and what other tabs are told, may lag behind what has been looked at, in milliseconds. */
export const SEEN_LAG = 250;

/** Of how many interactions this tab knows what was seen of them: more than ever lie on a desk and in its workbins. What is stored stays. */
export const SEEN_REMEMBERED = 1_000;

export interface UnreadOptions {
  readonly store: Store;
  readonly scope$: Observable<AgentScope | null>;
  /** The interaction that the agent can see here; null when there is none. Replays. */
  readonly looking$: Observable<string | null>;
  /** The interactions that the agent can see in any tab. Replays. */
  readonly lookedAt$: Observable<ReadonlySet<string>>;
  readonly scheduler?: SchedulerLike;
}

/**
 * How many of the messages that a contact waits on are new to an agent who has looked at `seen`. Messages of a pendency that began later are all new.
 */
export function unreadOf(pendency: Pendency | null, seen: Pendency | undefined): number {
  if (!pendency) return 0;
  return seen?.since === pendency.since ? Math.max(0, pendency.count - seen.count) : pendency.count;
}

/** What was seen by two accounts of it: of one pendency, the larger count, because a mark of another tab may come late. */
function moreSeen(heard: Pendency, known: Pendency | undefined): Pendency {
  return known?.since === heard.since && known.count > heard.count ? known : heard;
}

/**
 * Counts what the agent has not looked at. Nothing is counted by event: an interaction says how many messages its contact waits on, and what is stored
 * is how many of these were looked at. So a reload, a snapshot or another tab comes to the same number; an answer, from wherever, clears it. What comes
 * while the agent looks, here or in another tab, is never counted.
 */
export class Unread {
  readonly #options: UnreadOptions;
  readonly #counts$ = new BehaviorSubject<ReadonlyMap<string, number>>(new Map());
  readonly #marked$ = new Subject<void>();
  /** Marked here, and neither stored nor told yet. */
  readonly #dirty = new Set<string>();
  readonly #subscription = new Subscription();
  /** null until the marks of the past are known: before that everything would look new. */
  #seen: Map<string, Pendency> | null = null;
  #lookedAt: ReadonlySet<string> = new Set();
  #looking: string | null = null;
  #scope: AgentScope | null = null;

  /** By interaction; none is no entry. Replays. */
  readonly counts$: Observable<ReadonlyMap<string, number>> = this.#counts$.asObservable();

  constructor(options: UnreadOptions) {
    this.#options = options;
    const { store, scope$, looking$, lookedAt$, scheduler = asyncScheduler } = options;
    const due$ = this.#marked$.pipe(throttleTime(SEEN_LAG, scheduler, { leading: true, trailing: true }));
    // Before `lookedAt$` tells the other tabs that nobody looks any more: what was seen must not look new to them.
    this.#subscription.add(looking$.subscribe((interaction) => this.#look(interaction)));
    this.#subscription.add(lookedAt$.subscribe((lookedAt) => this.#lookElsewhere(lookedAt)));
    this.#subscription.add(due$.subscribe(() => this.#flush()));
    this.#subscription.add(changedInteractions(store).subscribe((id) => this.#count(id)));
    this.#subscription.add(scope$.pipe(switchMap((scope) => this.#follow(scope))).subscribe());
  }

  /** The interaction is over. */
  forget(interaction: string): void {
    this.#seen?.delete(interaction);
    this.#dirty.delete(interaction);
  }

  close(): void {
    this.#flush();
    this.#subscription.unsubscribe();
    this.#counts$.complete();
  }

  #follow(scope: AgentScope | null): Observable<unknown> {
    this.#scope = scope;
    // What was seen before the storage opened after all stays seen.
    const heard: [string, Pendency][] = scope ? [...(this.#seen ?? [])] : [];
    this.#seen = null;
    this.#dirty.clear();
    this.#count(null);
    if (!scope) return EMPTY;
    const stored$ = scope.storage.read((storage) => storage.seen(), new Map<string, Pendency>());
    const heard$ = scope.tabs.messages$('seen').pipe(
      tap(({ interaction, pendency }) => {
        if (!this.#seen) heard.push([interaction, pendency]);
        this.#see(interaction, moreSeen(pendency, this.#seen?.get(interaction)));
        this.#count(interaction);
      }),
    );
    return merge(
      heard$,
      stored$.pipe(
        tap((stored) => {
          const seen = new Map(stored);
          for (const [interaction, pendency] of heard)
            seen.set(interaction, moreSeen(pendency, seen.get(interaction)));
          this.#seen = seen;
          this.#count(null);
        }),
      ),
    );
  }

  #look(interaction: string | null): void {
    this.#flush();
    this.#looking = interaction;
    if (interaction !== null) this.#count(interaction);
  }

  #lookElsewhere(lookedAt: ReadonlySet<string>): void {
    this.#lookedAt = lookedAt;
    this.#count(null);
  }

  /** @param id Which interaction may have another count; null when all may. */
  #count(id: string | null): void {
    if (this.#looking !== null && (id === null || id === this.#looking)) this.#mark(this.#looking);
    const counts = this.#counts$.value;
    if (id === null) {
      const all = this.#all();
      if (!sameEntries(all, counts)) this.#counts$.next(all);
      return;
    }
    const count = this.#unread(id);
    if (count === (counts.get(id) ?? 0)) return;
    this.#counts$.next(count === 0 ? withoutEntry(counts, id) : withEntry(counts, id, count));
  }

  #all(): ReadonlyMap<string, number> {
    const ids = [...this.#options.store.state.interactions.keys()];
    return new Map(ids.map((id) => [id, this.#unread(id)] as const).filter(([, count]) => count > 0));
  }

  #unread(id: string): number {
    if (!this.#seen || id === this.#looking || this.#lookedAt.has(id)) return 0;
    return unreadOf(this.#pendencyOf(id), this.#seen.get(id));
  }

  /** What the agent sees has been looked at. */
  #mark(interaction: string): void {
    const pendency = this.#pendencyOf(interaction);
    if (!this.#seen || !pendency || unreadOf(pendency, this.#seen.get(interaction)) === 0) return;
    this.#see(interaction, pendency);
    this.#dirty.add(interaction);
    this.#marked$.next();
  }

  #see(interaction: string, pendency: Pendency): void {
    const seen = this.#seen;
    if (!seen) return;
    seen.delete(interaction);
    seen.set(interaction, pendency);
    if (seen.size > SEEN_REMEMBERED) removeOldest(seen);
  }

  #pendencyOf(id: string): Pendency | null {
    return this.#options.store.state.interactions.get(id)?.pendency ?? null;
  }

  /** Stores and tells what has been marked. */
  #flush(): void {
    const scope = this.#scope;
    for (const interaction of this.#dirty) {
      const pendency = this.#seen?.get(interaction);
      if (!scope || !pendency) continue;
      scope.storage.write((storage) => storage.saveSeen(interaction, pendency));
      scope.tabs.post({ kind: 'seen', interaction, pendency });
    }
    this.#dirty.clear();
  }
}
