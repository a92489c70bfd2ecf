/** After so long without a letter, in milliseconds, the next one begins a new word. */
const PAUSE = 700;

interface Named {
  readonly key: string;
  readonly text: string;
}

/** Finds items of a list by their first letters as they are typed; one letter over and over goes through all that begin with it. */
export class Typeahead {
  #typed = '';
  #at = -Infinity;

  /** The key of the item that a key stroke leads to; null where it is no letter, or nothing begins so. `from` is where the focus is. */
  find(event: KeyboardEvent, items: readonly Named[], from: string | null): string | null {
    if (!isLetter(event)) return null;
    const letter = event.key.toLocaleLowerCase();
    const typed = event.timeStamp - this.#at > PAUSE ? letter : this.#typed + letter;
    this.#typed = typed;
    this.#at = event.timeStamp;
    const isOne = [...typed].every((one) => one === letter);
    const start = items.findIndex(({ key }) => key === from);
    // A word in the making may still be that of the item that has the focus.
    const rest = rotated(items, isOne ? start + 1 : Math.max(start, 0));
    const wanted = isOne ? letter : typed;
    return rest.find(({ text }) => text.toLocaleLowerCase().startsWith(wanted))?.key ?? null;
  }
}

function isLetter(event: KeyboardEvent): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return false;
  return [...event.key].length === 1 && event.key !== ' ';
}

function rotated<T>(items: readonly T[], start: number): readonly T[] {
  return [...items.slice(start), ...items.slice(0, start)];
}
