/** A list of rows, which is asked only for those that are needed. */
export interface RowSource {
  readonly count: number;
  /** Whether there are more below, which are not here: then their end is nothing to stay at. */
  readonly cut: boolean;
  keyAt(index: number): string;
  /** About how high a row is, in pixels, before it has been laid out. */
  heightOf(index: number): number;
}

const NO_ROWS: RowSource = { count: 0, cut: false, keyAt: () => '', heightOf: () => 0 };

/** Where the rows of a list begin and end, in pixels below its beginning, by the heights that were taken and guesses for the others. */
export class RowPositions {
  #rows: RowSource = NO_ROWS;
  /** Heights that were taken, by key. */
  #heights = new Map<string, number>();
  /** Where each row begins, and in the end where the last one ends; null when that has to be worked out. */
  #starts: Float64Array | null = null;

  get rows(): RowSource {
    return this.#rows;
  }

  /** Of all rows together. */
  get height(): number {
    return this.startOf(this.#rows.count);
  }

  /** Other rows; those that were here before keep their heights. */
  show(rows: RowSource): void {
    this.#rows = rows;
    this.#starts = null;
    this.#forgetOthers();
  }

  /** Rows that have nothing to do with those before. */
  restart(rows: RowSource): void {
    this.#heights.clear();
    this.show(rows);
  }

  /** The height of a row, as it was laid out. Returns whether that is news. */
  take(key: string, height: number): boolean {
    if (this.#heights.get(key) === height) return false;
    this.#heights.set(key, height);
    this.#starts = null;
    return true;
  }

  startOf(index: number): number {
    return this.#positions()[index] ?? 0;
  }

  /** The row at a place: the first or last one for places before or behind all; -1 when there are none. */
  indexAt(place: number): number {
    const starts = this.#positions();
    let low = 0;
    let high = this.#rows.count - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return Math.min(low, this.#rows.count - 1);
  }

  /** Where a row is; null when it is not there. `guess` is looked at first. */
  indexOf(key: string, guess: number): number | null {
    const { count } = this.#rows;
    if (guess < count && this.#rows.keyAt(guess) === key) return guess;
    for (let i = 0; i < count; i++) if (this.#rows.keyAt(i) === key) return i;
    return null;
  }

  #positions(): Float64Array {
    if (this.#starts) return this.#starts;
    const { count } = this.#rows;
    const starts = new Float64Array(count + 1);
    let end = 0;
    for (let i = 0; i < count; i++) {
      end += this.#heights.get(this.#rows.keyAt(i)) ?? this.#rows.heightOf(i);
      starts[i + 1] = end;
    }
    this.#starts = starts;
    return starts;
  }

  /** Thousands of rows pass in a day. */
  #forgetOthers(): void {
    const { count } = this.#rows;
    if (this.#heights.size <= 2 * count + 100) return;
    const heights = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const key = this.#rows.keyAt(i);
      const height = this.#heights.get(key);
      if (height !== undefined) heights.set(key, height);
    }
    this.#heights = heights;
  }
}
