import {
  BehaviorSubject,
  EMPTY,
  Subscription,
  combineLatest,
  distinctUntilChanged,
  map,
  merge,
  switchMap,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { Interaction, Pendency } from '../model/index.js';
import type { Desk } from './desk.js';
import { sameEntries, withEntry, withoutEntry } from './equal.js';

type Interactions = ReadonlyMap<string, Interaction>;

export interface UnreadOptions {
  readonly desk$: Observable<Desk | null>;
  readonly interactions$: Observable<Interactions>;
  /** The interaction that the agent can see here; null when there is none. */
  readonly looking$: Observable<string | null>;
}

/**
 * How many of the messages that a contact waits on are new to an agent who has looked at `seen`. Messages of a pendency that began later are all new.
 */
export function unreadOf(pendency: Pendency | null, seen: Pendency | undefined): number {
  if (!pendency) return 0;
  return seen?.since === pendency.since ? Math.max(0, pendency.count - seen.count) : pendency.count;
}

/**
 * Counts what the agent has not looked at. Nothing is counted by event: an interaction says how many messages its contact waits on, and what is stored
 * is how many of these were looked at. So a reload, a snapshot or another tab comes to the same number; an answer, from wherever, clears it.
 */
export class Unread {
  /** null until the marks of the past are known: before that everything would look new. */
  readonly #seen$ = new BehaviorSubject<ReadonlyMap<string, Pendency> | null>(null);
  readonly #subscription = new Subscription();

  /** By interaction; none is no entry. Replays. */
  readonly counts$: Observable<ReadonlyMap<string, number>>;

  constructor({ desk$, interactions$, looking$ }: UnreadOptions) {
    this.counts$ = combineLatest([interactions$, this.#seen$]).pipe(
      map(([interactions, seen]) => counts(interactions, seen)),
      distinctUntilChanged(sameEntries),
    );
    this.#subscription.add(
      desk$
        .pipe(
          tap(() => this.#seen$.next(null)),
          switchMap((desk) => (desk ? this.#serve(desk, interactions$, looking$) : EMPTY)),
        )
        .subscribe(),
    );
  }

  /** The interaction is over. */
  forget(interaction: string): void {
    const seen = this.#seen$.value;
    if (seen) this.#seen$.next(withoutEntry(seen, interaction));
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#seen$.complete();
  }

  #serve(
    desk: Desk,
    interactions$: Observable<Interactions>,
    looking$: Observable<string | null>,
  ): Observable<unknown> {
    const { storage, tabs } = desk;
    const stored$ = storage.read((stored) => stored.seen(), new Map<string, Pendency>());
    const looked$ = stored$.pipe(
      tap((stored) => this.#seen$.next(new Map([...stored, ...(this.#seen$.value ?? [])]))),
      switchMap(() => combineLatest([looking$, interactions$])),
      tap(([interaction, interactions]) => {
        const pendency = interaction === null ? null : interactions.get(interaction)?.pendency;
        if (interaction !== null && pendency) this.#look(desk, interaction, pendency);
      }),
    );
    const heard$ = tabs
      .hear('seen')
      .pipe(tap(({ interaction, pendency }) => this.#mark(interaction, pendency)));
    return merge(heard$, looked$);
  }

  #look(desk: Desk, interaction: string, pendency: Pendency): void {
    if (unreadOf(pendency, this.#seen$.value?.get(interaction)) === 0) return;
    this.#mark(interaction, pendency);
    desk.storage.write((storage) => storage.saveSeen(interaction, pendency));
    desk.tabs.tell({ kind: 'seen', interaction, pendency });
  }

  #mark(interaction: string, pendency: Pendency): void {
    this.#seen$.next(withEntry(this.#seen$.value ?? new Map(), interaction, pendency));
  }
}

function counts(
  interactions: Interactions,
  seen: ReadonlyMap<string, Pendency> | null,
): ReadonlyMap<string, number> {
  const result = new Map<string, number>();
  if (!seen) return result;
  for (const { id, pendency } of interactions.values()) {
    const unread = unreadOf(pendency, seen.get(id));
    if (unread > 0) result.set(id, unread);
  }
  return result;
}
