import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable, Subscription } from 'rxjs';

/**
 * The only bridge from observables to elements: `value` is the latest value, and the element renders again with each.
 *
 * `factory` says which observable; it is asked before each rendering, and when the value is read, and another answer means another subscription.
 * Where making the answer costs something or gives a new observable each time, `key` says what it depends on: the factory is then asked only when one
 * of those has changed. Subscribed while the element is in the page; taking it out and putting it back in one go (a move) keeps the subscription. An
 * error is a value too (`error`), and `value` stays what it was.
 */
export class StreamController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #factory: () => Observable<T> | null | undefined;
  readonly #initial: T;
  readonly #key: (() => readonly unknown[]) | null;
  #value: T;
  #error: unknown = null;
  #connected = false;
  #rendering = false;
  #asked: readonly unknown[] | null = null;
  #source: Observable<T> | null = null;
  #subscription: Subscription | null = null;

  constructor(
    host: ReactiveControllerHost,
    factory: () => Observable<T> | null | undefined,
    initial: T,
    key: (() => readonly unknown[]) | null = null,
  ) {
    this.#host = host;
    this.#factory = factory;
    this.#initial = initial;
    this.#value = initial;
    this.#key = key;
    host.addController(this);
  }

  /** The latest value; the initial one before there was any. */
  get value(): T {
    // Here too, because `willUpdate` comes before the controllers' turn.
    this.#refresh();
    return this.#value;
  }

  /** What the observable ended with; null while all is well. */
  get error(): unknown {
    this.#refresh();
    return this.#error;
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    queueMicrotask(() => {
      if (!this.#connected) this.#release();
    });
  }

  hostUpdate(): void {
    this.#refresh();
  }

  #refresh(): void {
    if (!this.#connected || this.#rendering || !this.#mustAsk()) return;
    const source = this.#factory() ?? null;
    if (source === this.#source) return;
    this.#release();
    this.#value = this.#initial;
    this.#error = null;
    this.#source = source;
    this.#asked = this.#key?.() ?? null;
    this.#rendering = true;
    this.#subscribe(source);
    this.#rendering = false;
  }

  #mustAsk(): boolean {
    const asked = this.#asked;
    if (!this.#key || !asked) return true;
    const key = this.#key();
    return key.length !== asked.length || key.some((part, i) => !Object.is(part, asked[i]));
  }

  #subscribe(source: Observable<T> | null): void {
    this.#subscription =
      source?.subscribe({
        next: (value) => this.#show(() => (this.#value = value)),
        error: (error: unknown) => this.#show(() => (this.#error = error ?? new Error('The stream failed.'))),
      }) ?? null;
  }

  /** What comes while subscribing is rendered by the update under way. */
  #show(change: () => void): void {
    change();
    if (!this.#rendering) this.#host.requestUpdate();
  }

  /** Keeps the value: an element that comes back shows it until the stream speaks. */
  #release(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = null;
    this.#source = null;
    this.#asked = null;
  }
}
