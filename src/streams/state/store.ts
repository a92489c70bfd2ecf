import { BehaviorSubject, Observable, Subject, distinctUntilChanged, filter, map, take } from 'rxjs';
import { EMPTY_STATE, reduce, unfitEvent } from '../../model/index.js';
import type { WorkspaceInput, WorkspaceState } from '../../model/index.js';

/**
 * What the desk knows. Inputs are folded at once, also on hidden pages; those dispatched by a subscriber are folded after the one under way, so that
 * everybody sees states in the same order.
 */
export class Store {
  readonly #state$ = new BehaviorSubject<WorkspaceState>(EMPTY_STATE);
  readonly #folded$ = new Subject<WorkspaceInput>();
  readonly #queue: WorkspaceInput[] = [];
  #folding = false;

  /** Replays. */
  readonly state$: Observable<WorkspaceState> = this.#state$.asObservable();
  /** Each input, after it has become part of the state; an event that does not fit is the unknown one that it was folded as. */
  readonly folded$: Observable<WorkspaceInput> = this.#folded$.asObservable();

  get state(): WorkspaceState {
    return this.#state$.value;
  }

  /** A part of the state, when it changes. Replays. */
  select<T>(part: (state: WorkspaceState) => T): Observable<T> {
    return this.#state$.pipe(map(part), distinctUntilChanged());
  }

  dispatch(input: WorkspaceInput): void {
    this.#queue.push(input);
    if (this.#folding) return;
    this.#folding = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { state, input } = fold(this.#state$.value, next);
      if (state !== this.#state$.value) this.#state$.next(state);
      this.#folded$.next(input);
    }
    this.#folding = false;
  }

  /** Cold: dispatches the input, and emits once and completes when it has become part of the state: later, if another is being folded. */
  fold$(input: WorkspaceInput): Observable<unknown> {
    return new Observable((subscriber) => {
      this.#folded$
        .pipe(
          filter((folded) => folded === input),
          take(1),
        )
        .subscribe(subscriber);
      this.dispatch(input);
    });
  }

  /** Forgets everything: another agent sits down. */
  reset(): void {
    this.#state$.next(EMPTY_STATE);
  }

  close(): void {
    this.#state$.complete();
    this.#folded$.complete();
  }
}

interface Folded {
  readonly state: WorkspaceState;
  readonly input: WorkspaceInput;
}

/** An event that cannot be folded stays visible as one that this version does not know; it must not stop those behind it. */
function fold(state: WorkspaceState, input: WorkspaceInput): Folded {
  try {
    return { state: reduce(state, input), input };
  } catch (error) {
    console.error('whatsapp-workspace: this could not be understood and is shown as unknown:', input, error);
    if (input.kind !== 'event') return { state, input };
    const unfit = { kind: 'event', event: unfitEvent(input.event) } as const;
    return { state: reduce(state, unfit), input: unfit };
  }
}
