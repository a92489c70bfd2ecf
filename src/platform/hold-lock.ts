import { Observable, Subscription, defer, distinctUntilChanged, switchMap } from 'rxjs';
import { WebLockCandidate } from './web-lock.js';

/** Stands for a lock among Web Locks; by a lease where there are none, or the browser gives none. */
export function holdLock(
  manager: LockManager | null,
  name: string,
  visible$: Observable<boolean>,
): Observable<boolean> {
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

/** Seldom needed. */
function leased(name: string, visible$: Observable<boolean>): Observable<boolean> {
  return defer(() => import('./lease-store.js')).pipe(
    switchMap(({ holdBrowserLease }) => holdBrowserLease(name, visible$)),
  );
}
