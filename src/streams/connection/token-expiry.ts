import {
  EMPTY,
  defer,
  distinctUntilChanged,
  endWith,
  ignoreElements,
  map,
  of,
  switchMap,
  takeUntil,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { Clock } from '../../model/index.js';
import type { TokenExpiry } from '../workspace.js';

/** How long before a token's end it is told, in milliseconds; of one that is good for less than twice as long, after half of its time. */
export const TOKEN_NOTICE = 120_000;

/** Timers do not reach far, and clocks are corrected: looked at again after this long, in milliseconds. */
const LOOK_AGAIN = 3_600_000;

/** Once for each token, some time before its end. @param expiresAt$ By `clock`; null while that is not known. */
export function tokenExpiring(
  expiresAt$: Observable<number | null>,
  clock: Clock,
  scheduler: SchedulerLike,
): Observable<TokenExpiry> {
  const reached = (at: number): Observable<unknown> =>
    defer(() => {
      const wait = at - clock.now();
      if (wait <= 0) return of(null);
      return timer(Math.min(wait, LOOK_AGAIN), scheduler).pipe(switchMap(() => reached(at)));
    });
  const closed$ = expiresAt$.pipe(ignoreElements(), endWith(null));
  return expiresAt$.pipe(
    distinctUntilChanged(),
    switchMap((expiresAt) => {
      if (expiresAt === null) return EMPTY;
      const lead = Math.min(TOKEN_NOTICE, (expiresAt - clock.now()) / 2);
      return reached(expiresAt - lead).pipe(
        map(() => ({ expiresAt, remaining: Math.max(0, expiresAt - clock.now()) })),
      );
    }),
    takeUntil(closed$),
  );
}
