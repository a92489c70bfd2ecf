import {
  BehaviorSubject,
  EMPTY,
  Observable,
  ReplaySubject,
  Subject,
  asyncScheduler,
  catchError,
  defer,
  distinctUntilChanged,
  endWith,
  ignoreElements,
  interval,
  map,
  of,
  skip,
  take,
  takeUntil,
} from 'rxjs';
import type { ObservableInput, SchedulerLike, Subscription } from 'rxjs';
import type { WorkspaceStorage } from '../platform.js';
import type { StorageState } from '../workspace.js';

type SafeStorageState = Exclude<StorageState, 'opening'>;

/** How long the browser may take to answer, in seconds in which this tab was awake: of a clock that jumps while a tab is frozen, one counts. */
export const ANSWER_PATIENCE = 10;

const SECOND = 1_000;

export interface SafeStorageOptions {
  /** Why there is no storage. */
  readonly otherwise?: SafeStorageState;
  readonly scheduler?: SchedulerLike;
}

/** Storage that never errors, and always answers: when the browser refuses or runs out of room, what is written stays in memory alone, and `state$` says so. */
export class SafeStorage {
  readonly #storage: WorkspaceStorage | null;
  readonly #state$: BehaviorSubject<SafeStorageState>;
  readonly #outdated: Subscription | undefined;
  readonly #scheduler: SchedulerLike;
  readonly #closed$ = new Subject<void>();
  /** How many answers are overdue. */
  #overdue = 0;
  #failed = false;

  /**
   * `memory` from the first failure on: what failed to be stored then is not stored by a later success. Also while the browser does not answer. Replays.
   */
  readonly state$: Observable<SafeStorageState>;

  /** Whether what is stored can be read, and is this version's to change. Replays. */
  readonly usable$: Observable<boolean>;

  /** Emits when what is asked within the emission is stored, and nothing later. */
  readonly outdated$: Observable<unknown>;

  /**
   * @param storage null when the browser refused to open it.
   */
  constructor(
    storage: WorkspaceStorage | null,
    { otherwise = 'memory', scheduler = asyncScheduler }: SafeStorageOptions = {},
  ) {
    this.#storage = storage;
    this.#scheduler = scheduler;
    this.#state$ = new BehaviorSubject<SafeStorageState>(storage ? 'persistent' : otherwise);
    this.state$ = this.#state$.asObservable();
    this.usable$ = this.state$.pipe(
      map((state) => storage !== null && state !== 'outdated'),
      distinctUntilChanged(),
    );
    this.outdated$ = storage?.outdated$ ?? EMPTY;
    this.#outdated = storage?.outdated$.subscribe(() => this.#state$.next('outdated'));
  }

  /** Whether all that was ever to be stored has been. */
  get reliable(): boolean {
    return this.#state$.value === 'persistent';
  }

  /** Emits once and completes: what is stored, or `otherwise` where the browser refuses or does not answer in time. */
  read<T>(ask: (storage: WorkspaceStorage) => ObservableInput<T>, otherwise: T): Observable<T> {
    const storage = this.#storage;
    if (!storage) return of(otherwise);
    return this.#inTime(defer(() => ask(storage)).pipe(take(1))).pipe(catchError(() => of(otherwise)));
  }

  /** Writes now, whether or not anybody subscribes. Emits once and completes when the write is over: whether it was done, and in time. */
  write(act: (storage: WorkspaceStorage) => ObservableInput<unknown>): Observable<boolean> {
    const over$ = new ReplaySubject<boolean>(1);
    const storage = this.#storage;
    const written$ = storage
      ? this.#inTime(defer(() => act(storage)).pipe(ignoreElements(), endWith(true))).pipe(
          catchError(() => of(false)),
        )
      : of(false);
    written$.subscribe(over$);
    return over$;
  }

  close(): void {
    this.#outdated?.unsubscribe();
    this.#storage?.close();
    this.#closed$.next();
    this.#state$.complete();
  }

  /** Errors when the answer is an error or overdue. One that comes later than that still counts for `state$`. */
  #inTime<T>(asked$: Observable<T>): Observable<T> {
    return new Observable((subscriber) => {
      let overdue = false;
      const waiting = interval(SECOND, this.#scheduler)
        .pipe(skip(ANSWER_PATIENCE - 1), take(1), takeUntil(this.#closed$))
        .subscribe(() => {
          overdue = true;
          this.#say({ overdue: 1 });
          subscriber.error(new Error('The browser did not answer in time.'));
        });
      const answered = (failed: boolean): void => {
        waiting.unsubscribe();
        if (failed || overdue) this.#say({ failed, overdue: overdue ? -1 : 0 });
      };
      asked$.subscribe({
        next: (value) => subscriber.next(value),
        error: (error: unknown) => {
          answered(true);
          subscriber.error(error);
        },
        complete: () => {
          answered(false);
          subscriber.complete();
        },
      });
      // What was asked is asked, whether or not anybody still wants to know.
    });
  }

  #say({ failed = false, overdue = 0 }: { readonly failed?: boolean; readonly overdue?: number }): void {
    this.#failed ||= failed;
    this.#overdue += overdue;
    const state = this.#failed || this.#overdue > 0 ? 'memory' : 'persistent';
    if (this.#state$.value !== 'outdated' && this.#state$.value !== state) this.#state$.next(state);
  }
}
