import { ReplaySubject, asyncScheduler, share, timer } from 'rxjs';
import type { MonoTypeOperatorFunction, SchedulerLike } from 'rxjs';

/** How long a shared source stays open after its last subscriber has gone: an element that is moved in the page comes back sooner. In milliseconds. */
export const GRACE = 5_000;

/** Shares one subscription of the source, replays its latest value, and closes the source only when nobody has come back within the grace. */
export function shareGrace<T>(
  grace: number = GRACE,
  scheduler: SchedulerLike = asyncScheduler,
): MonoTypeOperatorFunction<T> {
  return share<T>({
    connector: () => new ReplaySubject<T>(1),
    resetOnRefCountZero: () => timer(grace, scheduler),
  });
}

/** Shares one subscription of the source, for as long as there is a subscriber, and replays its latest value, also after its end. */
export function replayed<T>(): MonoTypeOperatorFunction<T> {
  return share<T>({ connector: () => new ReplaySubject<T>(1), resetOnComplete: false });
}
