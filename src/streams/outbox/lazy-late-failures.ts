import { Observable, concat, defer, startWith, switchMap, take } from 'rxjs';
import type { WorkspaceInput } from '../../model/index.js';
import { lazily } from '../operators/index.js';
import type { LateFailure } from '../workspace.js';
import type { LateFailuresOptions } from './late-failures.js';

/**
 * The agent's messages that could not be delivered after their conversations had left this desk, oldest first. What keeps them is loaded when the contact
 * centre is heard for the first time.
 */
export function lateFailures(
  options: Omit<LateFailuresOptions, 'heard$'>,
): Observable<readonly LateFailure[]> {
  const { folded$ } = options.store;
  const early: WorkspaceInput[] = [];
  const listening = folded$.subscribe((input) => early.push(input));
  const heard$ = defer(() => {
    listening.unsubscribe();
    return concat(early.splice(0), folded$);
  });
  return folded$.pipe(
    take(1),
    switchMap(() =>
      lazily(
        () => import('./late-failures.js'),
        ({ LateFailures }) =>
          new Observable<readonly LateFailure[]>((subscriber) => {
            const failures = new LateFailures({ ...options, heard$ });
            failures.failures$.subscribe(subscriber);
            return () => failures.close();
          }),
      ),
    ),
    startWith([]),
  );
}
