import { defer, retry, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';

/** After how long a module is loaded again that could not be had, in milliseconds. */
const LOAD_AGAIN = 5_000;

/** Loads a module that is no part of the first load, with the first subscription, and goes on with what it makes. */
export function lazily<M, T>(load: () => Promise<M>, make: (loaded: M) => Observable<T>): Observable<T> {
  return defer(load).pipe(retry({ delay: LOAD_AGAIN }), switchMap(make));
}
