import type { Observable, SchedulerLike } from 'rxjs';
import type { Clock } from '../../model/index.js';
import { lazily } from '../operators/index.js';
import type { TokenExpiry } from '../workspace.js';

/** As `tokenExpiring` of token-expiry.ts: a token that a page has just been given ends later than its first load. */
export function tokenExpiring(
  expiresAt$: Observable<number | null>,
  clock: Clock,
  scheduler: SchedulerLike,
): Observable<TokenExpiry> {
  return lazily(
    () => import('./token-expiry.js'),
    (loaded) => loaded.tokenExpiring(expiresAt$, clock, scheduler),
  );
}
