import { defer, of, retry, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';

/** After how long the code is loaded again that could not be had, in milliseconds. */
const LOAD_AGAIN = 5_000;

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
    // Nothing is done under a lock before the storage is open, so it is no part of the first load.
    return defer(() => import('./hold-lock.js')).pipe(
      retry({ delay: LOAD_AGAIN }),
      switchMap(({ holdLock }) => holdLock(this.#manager, name, visible$)),
    );
  }
}
