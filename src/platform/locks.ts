import { NEVER, Observable } from 'rxjs';

const HELD = { kind: 'held' } as const;

/** Locks that one tab at a time holds. */
export class BrowserLocks {
  readonly #manager: LockManager | null;

  /** @param manager Default: the browser's; null where there is none (a page that was not loaded securely). */
  constructor(manager: LockManager | null = navigator.locks ?? null) {
    this.#manager = manager;
  }

  /** Queues for the lock, emits once when it is held, and releases it at unsubscription. Emits at once where there are no locks. */
  hold(name: string): Observable<unknown> {
    const manager = this.#manager;
    return new Observable((subscriber) => {
      if (!manager) {
        subscriber.next(HELD);
        return NEVER.subscribe();
      }
      const abort = new AbortController();
      let release: () => void = () => abort.abort();
      const request = manager.request(name, { signal: abort.signal }, () => {
        if (subscriber.closed) return undefined;
        return new Promise<void>((resolve) => {
          release = resolve;
          subscriber.next(HELD);
        });
      });
      // Refused (a sandboxed frame, say): as where there are none.
      request.catch(() => subscriber.next(HELD));
      return () => release();
    });
  }
}
