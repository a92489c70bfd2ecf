import { distinctUntilChanged, map } from 'rxjs';
import type { Observable } from 'rxjs';

/** A part of what a stream says, told only when it is another one than before: what does not concern an element must not render it. */
export function slice<T, P>(
  source: Observable<T> | null | undefined,
  part: (value: T) => P,
): Observable<P> | null {
  return source?.pipe(map(part), distinctUntilChanged()) ?? null;
}
