import {
  EMPTY,
  Observable,
  concat,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  startWith,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { DomainEvent, UnknownEvent, WorkspaceInput } from '../../model/index.js';
import { lazily, sameElements } from '../operators/index.js';
import type { LateFailure } from '../workspace.js';
import type { LateFailuresOptions } from './late-failures.js';

/** Under which name they are stored. */
export const LATE_FAILURES = 'late-failures';

/** How much is kept of what is heard while what keeps failures is being loaded, or cannot be: beyond it, the oldest goes, and a snapshot tells of it. */
export const HEARD_KEPT = 2_000;

/** What a snapshot tells, and when it came. */
export interface Told {
  readonly events: readonly (DomainEvent | UnknownEvent)[];
  readonly at: number;
}

export type Heard = DomainEvent | UnknownEvent | Told;

/**
 * The agent's messages that could not be delivered after their conversations had left this desk, oldest first. What keeps them is loaded when the contact
 * centre tells of one for the first time, or one is stored.
 * @param resync Asks for a fresh snapshot.
 */
export function lateFailures(
  options: Omit<LateFailuresOptions, 'heard$'>,
  resync: () => void,
): Observable<readonly LateFailure[]> {
  const { store, clock, scope$ } = options;
  const told$ = store.folded$.pipe(
    map((input) => heardIn(input, clock.now())),
    filter((heard) => heard !== null),
  );
  const early: Heard[] = [];
  let keeps = false;
  let missed = false;
  const listening = told$.subscribe((heard) => {
    keeps ||= tellsOfFailure(heard);
    if (keeps) missed = (early.push(heard) > HEARD_KEPT && early.shift() !== undefined) || missed;
    // What is stored may have gone by then.
    else if (isTold(heard)) early.splice(0, 1, heard);
  });
  const heard$ = defer(() => {
    listening.unsubscribe();
    if (missed) resync();
    return concat(early.splice(0), told$);
  });
  const stored$ = scope$.pipe(
    switchMap((scope) => scope?.storage.read((storage) => storage.remembered(LATE_FAILURES), null) ?? EMPTY),
    filter((stored) => stored !== null),
  );
  return merge(told$.pipe(filter(tellsOfFailure)), stored$).pipe(
    take(1),
    tap(() => (keeps = true)),
    switchMap(() =>
      lazily(
        () => import('./late-failures.js'),
        ({ LateFailures }) =>
          new Observable<readonly LateFailure[]>((subscriber) => {
            const failures = new LateFailures({ ...options, heard$ });
            failures.failures$.subscribe(subscriber);
            return () => failures.close();
          }),
      ),
    ),
    startWith([]),
    distinctUntilChanged(sameElements),
  );
}

export function isTold(heard: Heard): heard is Told {
  return 'events' in heard;
}

function heardIn(input: WorkspaceInput, at: number): Heard | null {
  if (input.kind === 'event') return input.event;
  const events = input.kind === 'snapshot' && input.snapshot.failures;
  return events ? { events, at } : null;
}

function tellsOfFailure(heard: Heard): boolean {
  return isTold(heard)
    ? heard.events.length > 0
    : heard.type === 'delivery-changed' && Boolean((heard as DomainEvent<'delivery-changed'>).body.notice);
}
