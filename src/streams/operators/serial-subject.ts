import { BehaviorSubject } from 'rxjs';

/**
 * A BehaviorSubject whose observers all see the same values in the same order, also when one of them causes the next value while it is told of the
 * present one: that is told when everybody has been told of the present one.
 */
export class SerialSubject<T> extends BehaviorSubject<T> {
  readonly #waiting: T[] = [];
  #emitting = false;

  override next(value: T): void {
    this.#waiting.push(value);
    if (this.#emitting) return;
    this.#emitting = true;
    try {
      while (this.#waiting.length > 0) super.next(this.#waiting.shift() as T);
    } finally {
      this.#emitting = false;
    }
  }
}
