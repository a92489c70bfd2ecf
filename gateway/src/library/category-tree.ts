import { createHash } from 'node:crypto';
import type { Checker, Place } from '../checker.js';
import type { NewCategory } from '../store/library.js';

const DEEPEST = 20;
const LONGEST_NAME = 100;
const LONGEST_PATH = 2000;

/** Categories as paths name them. A path is its category's identity, so that a later import finds the same one. */
export class CategoryTree {
  readonly #checker: Checker;
  readonly #categories = new Map<string, NewCategory>();

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  /** Each after the one that it lies in. */
  get categories(): readonly NewCategory[] {
    return [...this.#categories.values()];
  }

  /** Takes a path such as `Sales/Offers`, and all that lead there. Returns the id of the last; empty where it does not fit. */
  add(place: Place): string {
    const path = this.#checker.text(place, LONGEST_PATH);
    if (path === '') return '';
    const names = path.split('/').map((name) => name.trim().normalize('NFC'));
    if (names.length > DEEPEST || names.some((name) => name === '' || name.length > LONGEST_NAME)) {
      this.#checker.misfit(
        place,
        `1 to ${DEEPEST} names of 1 to ${LONGEST_NAME} characters with slashes between`,
      );
      return '';
    }
    let parent: string | null = null;
    names.forEach((name, i) => {
      const id = idOf(names.slice(0, i + 1));
      if (!this.#categories.has(id)) this.#categories.set(id, { id, parent, name });
      parent = id;
    });
    return parent ?? '';
  }
}

function idOf(names: readonly string[]): string {
  return `c-${createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32)}`;
}
