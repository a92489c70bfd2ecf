import { Observable, catchError, concat, defer, distinctUntilChanged, of, switchMap, take } from 'rxjs';
import type { DeskIdentity, WorkspacePlatform, WorkspaceStorage } from './platform.js';
import { SafeStorage } from './safe-storage.js';
import { TAB_PROTOCOL, Tabs } from './tab-messages.js';

/** What one agent's desk shares with the agent's other tabs in this browser. */
export interface Desk {
  readonly identity: DeskIdentity;
  /** Begins the names of its locks. */
  readonly name: string;
  readonly storage: SafeStorage;
  readonly tabs: Tabs;
}

/**
 * The desk of whoever is signed in: null until it has been opened, and again, at once, when another agent signs in. Closes each desk when it is left.
 * @param identity$ null at first.
 */
export function openDesks(
  identity$: Observable<DeskIdentity | null>,
  platform: WorkspacePlatform,
): Observable<Desk | null> {
  return identity$.pipe(
    distinctUntilChanged((a, b) => a?.issuer === b?.issuer && a?.agent === b?.agent),
    switchMap((identity, index) => {
      if (!identity) return of(null);
      const desk$ = openDesk(identity, platform);
      // What was written before the first agent was known is that agent's; nothing passes from one agent to the next.
      return index > 1 ? concat(of(null), desk$) : desk$;
    }),
  );
}

function openDesk(identity: DeskIdentity, platform: WorkspacePlatform): Observable<Desk> {
  return openStorage(identity, platform).pipe(
    catchError(() => of(null)),
    switchMap(
      (opened) =>
        new Observable<Desk>((subscriber) => {
          // JSON keeps issuer and agent apart, whatever characters they are of.
          const name = `whatsapp-workspace/${TAB_PROTOCOL} ${JSON.stringify([identity.issuer, identity.agent])}`;
          const storage = new SafeStorage(opened);
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

/** Emits once. What is opened too late, when nobody waits for it any more, is closed at once. */
function openStorage(identity: DeskIdentity, platform: WorkspacePlatform): Observable<WorkspaceStorage> {
  return new Observable((subscriber) => {
    defer(() => platform.openStorage(identity))
      .pipe(take(1))
      .subscribe({
        next: (storage) => (subscriber.closed ? storage.close() : subscriber.next(storage)),
        error: (error: unknown) => subscriber.error(error),
      });
  });
}
