import { distinctUntilChanged, filter, pairwise } from 'rxjs';
import type { Observable } from 'rxjs';

/** Emits each time that a flag, which replays, becomes true after it was false. */
export function risesOf(flag$: Observable<boolean>): Observable<unknown> {
  return flag$.pipe(
    distinctUntilChanged(),
    pairwise(),
    filter(([, now]) => now),
  );
}
