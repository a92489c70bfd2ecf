import {
  BehaviorSubject,
  EMPTY,
  Subject,
  Subscription,
  asyncScheduler,
  auditTime,
  distinctUntilChanged,
  filter,
  map,
  merge,
  switchMap,
  tap,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { Desk } from './desk.js';
import { withEntry, withoutEntry } from './equal.js';

/** How far what is stored may lag behind what is typed, in milliseconds. */
export const DRAFT_LAG = 250;

export interface DraftOptions {
  readonly desk$: Observable<Desk | null>;
  readonly visible$: Observable<boolean>;
  readonly scheduler?: SchedulerLike;
}

/** What the agent has typed and not sent, by interaction: kept over reload and crash, and the same in all tabs of the agent. */
export class Drafts {
  readonly #texts$ = new BehaviorSubject<ReadonlyMap<string, string>>(new Map());
  readonly #typed$ = new Subject<void>();
  /** Typed here and not stored yet. */
  readonly #dirty = new Set<string>();
  readonly #observables = new Map<string, Observable<string>>();
  readonly #subscription = new Subscription();
  #desk: Desk | null = null;

  constructor({ desk$, visible$, scheduler = asyncScheduler }: DraftOptions) {
    const hidden$ = visible$.pipe(filter((visible) => !visible));
    // Not debounced: who types without a pause would lose it all.
    const due$ = merge(this.#typed$.pipe(auditTime(DRAFT_LAG, scheduler)), hidden$);
    this.#subscription.add(due$.subscribe(() => this.flush()));
    this.#subscription.add(
      desk$
        .pipe(
          tap((desk) => this.#sitDown(desk)),
          switchMap((desk) => (desk ? this.#serve(desk) : EMPTY)),
        )
        .subscribe(),
    );
  }

  /** Replays; empty when there is none. The same observable for the same interaction. */
  text$(interaction: string): Observable<string> {
    const known = this.#observables.get(interaction);
    if (known) return known;
    const made = this.#texts$.pipe(
      map((texts) => texts.get(interaction) ?? ''),
      distinctUntilChanged(),
    );
    this.#observables.set(interaction, made);
    return made;
  }

  get(interaction: string): string {
    return this.#texts$.value.get(interaction) ?? '';
  }

  save(interaction: string, text: string): void {
    if (text === this.get(interaction)) return;
    this.#set(interaction, text);
    this.#dirty.add(interaction);
    this.#typed$.next();
  }

  /** The draft has become a message, and the storage has been told with it. */
  sent(interaction: string): void {
    this.#set(interaction, '');
    // Without a desk nobody has been told yet.
    if (!this.#desk) this.#dirty.add(interaction);
    else this.#dirty.delete(interaction);
    this.#desk?.tabs.tell({ kind: 'draft', interaction, text: '' });
  }

  /** The interaction is over. */
  forget(interaction: string): void {
    this.#set(interaction, '');
    this.#dirty.delete(interaction);
  }

  /** Stores what has been typed now. */
  flush(): void {
    const desk = this.#desk;
    if (!desk) return;
    for (const interaction of this.#dirty) {
      const text = this.get(interaction);
      desk.storage.write((storage) => storage.saveDraft(interaction, text));
      desk.tabs.tell({ kind: 'draft', interaction, text });
    }
    this.#dirty.clear();
  }

  close(): void {
    this.flush();
    this.#subscription.unsubscribe();
    this.#texts$.complete();
  }

  #sitDown(desk: Desk | null): void {
    this.#desk = desk;
    if (desk) return;
    this.#dirty.clear();
    this.#texts$.next(new Map());
  }

  #serve(desk: Desk): Observable<unknown> {
    const stored$ = desk.storage.read((storage) => storage.drafts(), new Map<string, string>());
    return merge(
      stored$.pipe(
        tap((stored) => {
          for (const [interaction, text] of stored) this.#hear(interaction, text);
          this.flush();
        }),
      ),
      desk.tabs.hear('draft').pipe(tap(({ interaction, text }) => this.#hear(interaction, text))),
    );
  }

  /** What is being typed here at this moment wins over what another tab or the storage says. */
  #hear(interaction: string, text: string): void {
    if (!this.#dirty.has(interaction)) this.#set(interaction, text);
  }

  #set(interaction: string, text: string): void {
    const texts = this.#texts$.value;
    if (text === this.get(interaction)) return;
    this.#texts$.next(text === '' ? withoutEntry(texts, interaction) : withEntry(texts, interaction, text));
  }
}
