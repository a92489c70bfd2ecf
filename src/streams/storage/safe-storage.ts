import {
  BehaviorSubject,
  EMPTY,
  ReplaySubject,
  Subject,
  asyncScheduler,
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  finalize,
  ignoreElements,
  interval,
  map,
  of,
  retry,
  skip,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import type { Observable, ObservableInput, Observer, SchedulerLike, Subscription } from 'rxjs';
import type { WorkspaceStorage } from '../platform.js';
import type { StorageState } from '../workspace.js';

type SafeStorageState = Exclude<StorageState, 'opening'>;

/** How long the browser may take to answer, in seconds in which this tab was awake: of a clock that jumps while a tab is frozen, one counts. */
export const ANSWER_PATIENCE = 10;

/** How long after writes that failed they are tried again, in milliseconds. */
export const TRY_AGAIN = 5_000;

/** How often a write that failed is tried again at once. */
const AT_ONCE = 2;

const SECOND = 1_000;

export interface SafeStorageOptions {
  /** Why there is no storage. */
  readonly otherwise?: SafeStorageState;
  readonly scheduler?: SchedulerLike;
}

interface Write {
  readonly act$: Observable<never>;
  readonly over$: ReplaySubject<boolean>;
}

/**
 * Storage that never errors, and always answers: when the browser refuses or runs out of room, `state$` says so, and what is written stays in memory
 * until it can be stored.
 */
export class SafeStorage {
  readonly #storage: WorkspaceStorage | null;
  readonly #state$: BehaviorSubject<SafeStorageState>;
  readonly #outdated: Subscription | undefined;
  readonly #scheduler: SchedulerLike;
  readonly #closed$ = new Subject<void>();
  /** How many answers are overdue. */
  #overdue = 0;
  /** How many writes are not known to be done. */
  #undone = 0;
  /** Failed, or asked for behind what had: tried again in this order. */
  readonly #waiting = new Set<Write>();
  #trying = false;
  /** Whether reading has failed. */
  #failed = false;

  /**
   * `memory` while something that was to be stored is not, or the browser does not answer; from the first reading on that fails: it is not known then what
   * is stored. Replays.
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

  /** For what need not be stored by all means: may error. null where the browser refuses. */
  get disk(): WorkspaceStorage | null {
    return this.#storage;
  }

  /** Whether all that was ever to be stored has been. */
  get reliable(): boolean {
    return this.#undone === 0;
  }

  /** Whether what is asked to be written now waits for what has failed. */
  get waits(): boolean {
    return this.#waiting.size > 0;
  }

  /** Emits once and completes: what is stored, or `otherwise` where the browser refuses or does not answer in time. */
  read<T>(ask: (storage: WorkspaceStorage) => ObservableInput<T>, otherwise: T): Observable<T> {
    const storage = this.#storage;
    if (!storage) return of(otherwise);
    const read$ = new ReplaySubject<T>(1);
    const answer = (value: T): void => read$.next(value);
    const asked$ = defer(() => ask(storage)).pipe(
      take(1),
      catchError(() => {
        this.#failed = true;
        return of(otherwise);
      }),
    );
    this.#ask(asked$, () => answer(otherwise), { next: answer });
    return read$.pipe(take(1));
  }

  /**
   * Writes now, whether or not anybody subscribes; what fails is tried again: at once, then every few seconds, in the order in which it was asked for,
   * until it is done or the storage is closed. What is to be written may be another thing by then: `act` says it each time.
   * @returns false when it is not done in time, then true when it is, and completes. Where there is no storage, false alone. Replays the latest.
   */
  write(act: (storage: WorkspaceStorage) => ObservableInput<unknown>): Observable<boolean> {
    const storage = this.#storage;
    if (!storage) return of(false);
    const act$ = defer(() => act(storage)).pipe(
      ignoreElements(),
      // Once something else waits, it is not tried again before that.
      retry({
        count: AT_ONCE,
        delay: (error) => {
          if (this.waits && !this.#waiting.has(write)) throw error;
          return of(null);
        },
      }),
    );
    const write: Write = { act$, over$: new ReplaySubject(1) };
    const { over$ } = write;
    this.#undone++;
    if (this.waits) this.#wait(write);
    else {
      // In the browser it is in its order, behind what the browser has not answered either.
      if (this.#overdue > 0) over$.next(false);
      this.#ask(act$, () => over$.next(false), {
        error: () => this.#wait(write),
        complete: () => this.#done(write),
      });
    }
    return over$.pipe(distinctUntilChanged());
  }

  close(): void {
    this.#outdated?.unsubscribe();
    this.#storage?.close();
    this.#waiting.clear();
    this.#closed$.next();
    // What fails now is not tried again.
    this.#trying = true;
    this.#state$.complete();
  }

  #wait(write: Write): void {
    this.#waiting.add(write);
    this.#say();
    write.over$.next(false);
    if (!this.#trying) this.#tryLater();
  }

  #done(write: Write): void {
    this.#undone--;
    this.#waiting.delete(write);
    this.#say();
    write.over$.next(true);
    write.over$.complete();
  }

  #tryLater(): void {
    this.#trying = true;
    timer(TRY_AGAIN, this.#scheduler)
      .pipe(
        concatMap(() => [...this.#waiting]),
        // One that cannot be done although others can holds up nothing.
        concatMap((write) =>
          write.act$.pipe(
            tap({ complete: () => this.#done(write) }),
            catchError(() => EMPTY),
          ),
        ),
        takeUntil(this.#closed$),
        finalize(() => {
          this.#trying = false;
          if (this.waits) this.#tryLater();
        }),
      )
      .subscribe();
  }

  /** @param late Called when the answer is overdue, which does not end the asking. */
  #ask<T>(asked$: Observable<T>, late: () => void, observer: Partial<Observer<T>>): void {
    let overdue = 0;
    const waiting = interval(SECOND, this.#scheduler)
      .pipe(skip(ANSWER_PATIENCE - 1), take(1), takeUntil(this.#closed$))
      .subscribe(() => {
        overdue = 1;
        this.#overdue++;
        this.#say();
        late();
      });
    const answered = (): void => {
      waiting.unsubscribe();
      this.#overdue -= overdue;
      this.#say();
    };
    asked$.pipe(tap({ error: answered, complete: answered })).subscribe(observer);
  }

  #say(): void {
    const state = this.#failed || this.#overdue > 0 || this.waits ? 'memory' : 'persistent';
    if (this.#state$.value !== 'outdated' && this.#state$.value !== state) this.#state$.next(state);
  }
}
