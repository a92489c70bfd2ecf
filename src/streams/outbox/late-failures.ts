import { BehaviorSubject, EMPTY, Subscription, concatMap, merge, of, switchMap, take, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { FAILURES_TOLD, FAILURES_TOLD_FOR } from '../../model/index.js';
import type { Clock, DomainEvent, UnknownEvent } from '../../model/index.js';
import type { AgentScope } from '../storage/index.js';
import { RecentSet } from '../operators/index.js';
import type { Store } from '../state/index.js';
import type { LateFailure } from '../workspace.js';
import { LATE_FAILURES, isTold } from './lazy-late-failures.js';
import type { Heard, Told } from './lazy-late-failures.js';

/** How many are kept at most; the oldest go first. */
export const FAILURES_KEPT = 50;

/** How many that were dismissed are remembered. */
const DISMISSED_REMEMBERED = 20 * FAILURES_KEPT;

/** Under which name is stored which ones were dismissed: snapshots go on telling of them for days. */
const DISMISSED = 'dismissed-failures';

/** By how much instants of several clocks may differ, in milliseconds. */
const CLOCKS_DIFFER = 60_000;

type Failures = readonly LateFailure[];

export interface LateFailuresOptions {
  readonly store: Store;
  /** What the contact centre tells, from the first failure or the latest snapshot on. */
  readonly heard$: Observable<Heard>;
  readonly clock: Clock;
  readonly scope$: Observable<AgentScope | null>;
  /** The ids of messages whose failures the agent has seen. */
  readonly dismissed$: Observable<string>;
}

/**
 * The agent's messages that could not be delivered after their conversations had left this desk: no transcript shows them. Each stays until the agent
 * has dismissed it, over reloads and in all tabs.
 */
export class LateFailures {
  readonly #store: Store;
  readonly #failures$ = new BehaviorSubject<Failures>([]);
  /** What was dismissed here or in another tab: a tab that hears late of the failure must not bring it back. */
  #dismissed = new RecentSet<string>(DISMISSED_REMEMBERED);
  readonly #subscription = new Subscription();
  #scope: AgentScope | null = null;
  /** null before there was any. */
  readonly #told$ = new BehaviorSubject<Told | null>(null);

  /** Oldest first. Replays. */
  readonly failures$: Observable<Failures> = this.#failures$.asObservable();

  constructor({ store, heard$, scope$, dismissed$ }: LateFailuresOptions) {
    this.#store = store;
    // Before what was heard: without a storage, all is forgotten that was.
    this.#subscription.add(scope$.pipe(switchMap((scope) => this.#follow(scope))).subscribe());
    // What was dismissed is known first, where it is stored: it must not appear for a moment.
    const dismissedBefore$ = scope$.pipe(
      take(1),
      switchMap((scope) => (scope ? this.#readDismissed(scope) : of(null))),
    );
    this.#subscription.add(
      dismissedBefore$.pipe(switchMap(() => heard$)).subscribe((heard) => {
        if (isTold(heard)) this.#told$.next(heard);
        else this.#apply(heard);
      }),
    );
    this.#subscription.add(dismissed$.subscribe((message) => this.#dismiss(message)));
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#failures$.complete();
  }

  #dismiss(message: string): void {
    this.#forget(message);
    this.#write(without(message));
    this.#remember();
    this.#scope?.tabs.post({ kind: 'failure-dismissed', message });
  }

  #follow(scope: AgentScope | null): Observable<unknown> {
    this.#scope = scope;
    if (!scope) {
      this.#failures$.next([]);
      this.#told$.next(null);
      this.#dismissed = new RecentSet<string>(DISMISSED_REMEMBERED);
      return EMPTY;
    }
    // What came, and was dismissed, while the storage was still being opened.
    for (const failure of this.#failures$.value) this.#write(withFailure(failure));
    if (this.#dismissed.size > 0) this.#remember();
    return merge(
      this.#readDismissed(scope).pipe(
        concatMap(() => scope.storage.read((storage) => storage.remembered(LATE_FAILURES), null)),
        tap((stored) => this.#join(stored?.value)),
        switchMap(() => this.#told$),
        tap((told) => {
          if (!told) return;
          for (const event of told.events) this.#apply(event);
          for (const failure of this.#failures$.value)
            if (hasGone(failure, told)) this.#change(without(failure.message));
        }),
      ),
      scope.tabs.messages$('failure-dismissed').pipe(tap(({ message }) => this.#forget(message))),
    );
  }

  #readDismissed({ storage }: AgentScope): Observable<unknown> {
    return storage
      .read((disk) => disk.remembered(DISMISSED), null)
      .pipe(
        tap((stored) => {
          for (const message of list(stored?.value)) this.#forget(message as string);
        }),
      );
  }

  #join(stored: unknown): void {
    const known = this.#failures$.value;
    const ids = new Set([...known.map(({ message }) => message), ...this.#dismissed]);
    const added = failuresOf(stored).filter(({ message }) => !ids.has(message));
    if (added.length > 0) this.#failures$.next([...added, ...known]);
  }

  #apply(event: DomainEvent | UnknownEvent): void {
    const failure = failureIn(event, this.#store.state.agent?.id);
    if (event.type === 'delivery-changed' && !failure)
      this.#change(without((event as DomainEvent<'delivery-changed'>).body.message));
    else if (failure && !this.#dismissed.has(failure.message)) this.#change(withFailure(failure));
    else if (this.#failures$.value.length > 0) this.#change((failures) => moved(failures, event));
  }

  #change(change: (failures: Failures) => Failures): void {
    const changed = change(this.#failures$.value);
    if (changed === this.#failures$.value) return;
    this.#failures$.next(changed);
    this.#write(change);
  }

  #forget(message: string): void {
    this.#dismissed.add(message);
    const rest = without(message)(this.#failures$.value);
    if (rest !== this.#failures$.value) this.#failures$.next(rest);
  }

  #remember(): void {
    this.#scope?.storage.write((storage) =>
      storage.remember(DISMISSED, (stored) =>
        [...new Set([...list(stored), ...this.#dismissed])].slice(-DISMISSED_REMEMBERED),
      ),
    );
  }

  #write(change: (failures: Failures) => Failures): void {
    this.#scope?.storage.write((storage) =>
      storage.remember(LATE_FAILURES, (stored) => {
        const changed = change(failuresOf(stored));
        return changed.length > 0 ? changed : null;
      }),
    );
  }
}

function failureIn(event: DomainEvent | UnknownEvent, agent: string | undefined): LateFailure | null {
  if (event.type !== 'delivery-changed' || event.interaction === null) return null;
  const { message, delivery, notice } = (event as DomainEvent<'delivery-changed'>).body;
  if (!notice || notice.author !== agent) return null;
  const { contact, text, workbin, into } = notice;
  const { at, error } = delivery;
  const doubt = delivery.state === 'unknown' && { inDoubt: true as const };
  const interaction = into ?? event.interaction;
  // What ended in another conversation goes on there, with whoever has that.
  const state = into === undefined ? notice.state : 'active';
  return { message, interaction, contact, text, at, error, ...doubt, state, workbin };
}

/** Where the conversations of the failures are after an event: it may be parked, taken, or done meanwhile, or go on in another one. */
function moved(failures: Failures, event: DomainEvent | UnknownEvent): Failures {
  if (!failures.some(({ interaction }) => interaction === event.interaction)) return failures;
  const { body } = event as DomainEvent;
  if (typeof body !== 'object' || body === null || !('interaction' in body)) return failures;
  const { id, state, parking } = 'into' in body ? body.into : body.interaction;
  const workbin = parking?.workbin ?? null;
  return failures.map((one) =>
    one.interaction === event.interaction ? { ...one, interaction: id, state, workbin } : one,
  );
}

function withFailure(failure: LateFailure): (failures: Failures) => Failures {
  return (failures) => {
    const known = failures.find(({ message }) => message === failure.message);
    if (!known) return [...failures, failure].slice(-FAILURES_KEPT);
    // What was in doubt may fail for certain.
    return known.inDoubt && !failure.inDoubt
      ? failures.map((one) => (one === known ? failure : one))
      : failures;
  };
}

function without(message: string): (failures: Failures) => Failures {
  return (failures) => {
    const rest = failures.filter((one) => one.message !== message);
    return rest.length < failures.length ? rest : failures;
  };
}

/** What is stored, if it is what this version stores. */
function failuresOf(stored: unknown): Failures {
  return list(stored).filter(isFailure);
}

function list(stored: unknown): readonly unknown[] {
  return Array.isArray(stored) ? stored : [];
}

function isFailure(value: unknown): value is LateFailure {
  if (typeof value !== 'object' || value === null) return false;
  const { message, interaction, at, contact } = value as Partial<LateFailure>;
  return (
    typeof message === 'string' &&
    typeof interaction === 'string' &&
    typeof at === 'number' &&
    typeof contact?.id === 'string'
  );
}

/** Whether a snapshot would tell of a failure, and does not. */
function hasGone({ message, at }: LateFailure, told: Told): boolean {
  const age = told.at - at;
  if (age < CLOCKS_DIFFER || age > FAILURES_TOLD_FOR || told.events.length >= FAILURES_TOLD) return false;
  return !told.events.some(({ body }) => (body as Partial<LateFailure> | null)?.message === message);
}
