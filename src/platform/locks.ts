import { Observable, Subscription, defer, distinctUntilChanged, of, switchMap } from 'rxjs';
import { WebLockCandidate } from './web-lock.js';

export interface HoldOptions {
  /** Whether this tab can be seen: one that can goes before those that cannot. Replays. Default: always. */
  readonly visible$?: Observable<boolean>;
}

/** Locks that one tab at a time holds: Web Locks, and leases in IndexedDB where there are none (on pages that were not loaded securely). */
export class BrowserLocks {
  readonly #manager: LockManager | null;

  /** @param manager Default: the browser's; null where there is none. */
  constructor(manager: LockManager | null = navigator.locks ?? null) {
    this.#manager = manager;
  }

  /**
   * Queues for the lock. Emits true when it is held, and false before it goes to another tab: what is done under the lock must end within that
   * emission. Then queues again. Unsubscribing releases it.
   */
  hold(name: string, { visible$ = of(true) }: HoldOptions = {}): Observable<boolean> {
    const manager = this.#manager;
    if (!manager) return leased(name, visible$);
    return new Observable((subscriber) => {
      const standing = new Subscription();
      const tell = (held: boolean): void => subscriber.next(held);
      const candidate = new WebLockCandidate(manager, name, tell, () => {
        // A sandboxed frame, say: as where there are none.
        standing.unsubscribe();
        subscriber.add(leased(name, visible$).subscribe(subscriber));
      });
      standing.add(visible$.pipe(distinctUntilChanged()).subscribe((visible) => candidate.stand(visible)));
      standing.add(() => candidate.leave());
      return standing;
    });
  }
}

/** Seldom needed, so not part of the first load. */
function leased(name: string, visible$: Observable<boolean>): Observable<boolean> {
  return defer(() => import('./lease-store.js')).pipe(
    switchMap(({ holdBrowserLease }) => holdBrowserLease(name, visible$)),
  );
}
