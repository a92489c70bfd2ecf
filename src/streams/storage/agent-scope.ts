import {
  EMPTY,
  Observable,
  Subject,
  concat,
  defer,
  finalize,
  of,
  retry,
  switchMap,
  take,
  takeUntil,
  timer,
} from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { DeskIdentity, WorkspacePlatform } from '../platform.js';
import { SafeStorage } from './safe-storage.js';
import { TAB_PROTOCOL, Tabs } from '../tabs/index.js';

/** How long the browser may take to open the storage before the desk goes on in memory, in milliseconds: another tab may stand in the way. */
export const OPEN_PATIENCE = 5_000;

/** How long after the browser refused the storage it is asked again, in milliseconds. */
export const OPEN_AGAIN = 30_000;

/** What belongs to one agent in this browser, shared by all tabs: what is stored, and the messages between the tabs. */
export interface AgentScope {
  readonly identity: DeskIdentity;
  /** Begins the names of its locks. */
  readonly name: string;
  readonly storage: SafeStorage;
  readonly tabs: Tabs;
}

/**
 * The scope of whoever is signed in: null until it has been opened, and again, at once, when another agent signs in. One in memory is followed by one of
 * the same agent when the storage opens after all. Each is closed when it is left.
 * @param identity$ null at first; each is another than the one before.
 */
export function agentScopes(
  identity$: Observable<DeskIdentity | null>,
  platform: WorkspacePlatform,
  scheduler: SchedulerLike,
): Observable<AgentScope | null> {
  return identity$.pipe(
    switchMap((identity, index) => {
      if (!identity) return of(null);
      const scope$ = openScope(identity, platform, scheduler);
      // What was written before the first agent was known is that agent's; nothing passes from one agent to the next.
      return index > 1 ? concat(of(null), scope$) : scope$;
    }),
  );
}

function openScope(
  identity: DeskIdentity,
  platform: WorkspacePlatform,
  scheduler: SchedulerLike,
): Observable<AgentScope> {
  return openStorage(identity, platform, scheduler).pipe(
    switchMap(
      (storage) =>
        new Observable<AgentScope>((subscriber) => {
          // JSON keeps issuer and agent apart, whatever characters they are of.
          const name = `whatsapp-workspace/${TAB_PROTOCOL} ${JSON.stringify([identity.issuer, identity.agent])}`;
          const tabs = new Tabs(platform.channel(name));
          subscriber.next({ identity, name, storage, tabs });
          return () => {
            tabs.close();
            storage.close();
          };
        }),
    ),
  );
}

/** Whether a later version of this code has been at work on the storage. */
function isOutdated(error: unknown): boolean {
  return error instanceof Error && error.name === 'VersionError';
}

/**
 * Emits none when the browser refuses, and while it has not answered in time; what it refused is asked for again and again, since the reason may be over: a
 * link that was lost before the code for it had come, or a disk that was full. What is opened when nobody waits for it any more is closed at once.
 */
function openStorage(
  identity: DeskIdentity,
  platform: WorkspacePlatform,
  scheduler: SchedulerLike,
): Observable<SafeStorage> {
  return new Observable((subscriber) => {
    const left$ = new Subject<void>();
    const none = (otherwise: 'memory' | 'outdated'): void =>
      subscriber.next(new SafeStorage(null, { otherwise, scheduler }));
    const late = timer(OPEN_PATIENCE, scheduler).subscribe(() => none('memory'));
    subscriber.add(late);
    subscriber.add(() => left$.next());
    defer(() => platform.openStorage(identity))
      .pipe(
        take(1),
        retry({
          delay: (error) => {
            const outdated = isOutdated(error);
            if (outdated || !late.closed) none(outdated ? 'outdated' : 'memory');
            late.unsubscribe();
            return outdated || subscriber.closed
              ? EMPTY
              : timer(OPEN_AGAIN, scheduler).pipe(takeUntil(left$));
          },
        }),
        finalize(() => late.unsubscribe()),
      )
      .subscribe((storage) =>
        subscriber.closed ? storage.close() : subscriber.next(new SafeStorage(storage, { scheduler })),
      );
  });
}
