import { AsyncSubject, BehaviorSubject, EMPTY, catchError, concat, defer, of, take } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import type { WorkspaceStorage } from './platform.js';

/** Storage that never errors: when the browser refuses or runs out of room, what is written stays in memory alone, and `state$` says so. */
export class SafeStorage {
  readonly #storage: WorkspaceStorage | null;
  readonly #state$: BehaviorSubject<'persistent' | 'memory'>;

  /** `memory` from the first failure on: what failed to be stored then is not stored by a later success. Replays. */
  readonly state$: Observable<'persistent' | 'memory'>;

  /** @param storage null when the browser refused to open it. */
  constructor(storage: WorkspaceStorage | null) {
    this.#storage = storage;
    this.#state$ = new BehaviorSubject<'persistent' | 'memory'>(storage ? 'persistent' : 'memory');
    this.state$ = this.#state$.asObservable();
  }

  /** Emits once and completes: what is stored, or `otherwise`. */
  read<T>(ask: (storage: WorkspaceStorage) => ObservableInput<T>, otherwise: T): Observable<T> {
    const storage = this.#storage;
    if (!storage) return of(otherwise);
    return defer(() => ask(storage)).pipe(
      take(1),
      catchError(() => {
        this.#fail();
        return of(otherwise);
      }),
    );
  }

  /** Writes now, whether or not anybody subscribes. Emits once and completes when the write is over, done or not. */
  write(act: (storage: WorkspaceStorage) => ObservableInput<unknown>): Observable<null> {
    const over$ = new AsyncSubject<null>();
    const storage = this.#storage;
    const written$ = storage
      ? defer(() => act(storage)).pipe(
          catchError(() => {
            this.#fail();
            return EMPTY;
          }),
        )
      : EMPTY;
    concat(written$, of(null)).subscribe({
      next: () => over$.next(null),
      complete: () => over$.complete(),
    });
    return over$;
  }

  close(): void {
    this.#storage?.close();
    this.#state$.complete();
  }

  #fail(): void {
    this.#state$.next('memory');
  }
}
