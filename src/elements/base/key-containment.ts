import type { ReactiveController, ReactiveControllerHost } from 'lit';

const OURS = Symbol.for('whatsapp-workspace.element');

/** Whether an event comes from one of our elements, also of another copy of this package on the page: for a page's own hotkeys. */
export function isOurs(event: Event): boolean {
  return event.composedPath().some(isOurElement);
}

function isOurElement(target: EventTarget): boolean {
  return OURS in target;
}

const KEY_EVENTS = ['keydown', 'keypress', 'keyup'] as const;

/**
 * Ends key events at the outermost of our elements, so that typing never triggers the host page's hotkeys. Passed on are: Escape and modifier
 * shortcuts that nothing inside used (used ones have their default prevented), and Tab, which the host may need to keep focus in a dialog.
 */
export class KeyContainment implements ReactiveController {
  readonly #host: HTMLElement;
  /** Keys whose press went on to the page: their release does too. */
  readonly #passed = new Set<string>();

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    Object.defineProperty(host, OURS, { value: true });
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of KEY_EVENTS) this.#host.addEventListener(type, this.#onKey);
  }

  hostDisconnected(): void {
    for (const type of KEY_EVENTS) this.#host.removeEventListener(type, this.#onKey);
    this.#passed.clear();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!this.#isOutermost(event)) return;
    if (!this.#passes(event)) event.stopPropagation();
  };

  #isOutermost(event: Event): boolean {
    const path = event.composedPath();
    return !path.slice(path.indexOf(this.#host) + 1).some(isOurElement);
  }

  #passes(event: KeyboardEvent): boolean {
    if (event.type === 'keyup') return this.#passed.delete(event.code);
    const passes = !event.defaultPrevented && !event.isComposing && isForThePage(event);
    if (passes && event.type === 'keydown') this.#passed.add(event.code);
    return passes;
  }
}

function isForThePage(event: KeyboardEvent): boolean {
  if (event.key === 'Escape' || event.key === 'Tab') return true;
  if (event.getModifierState('AltGraph')) return false;
  if (!event.ctrlKey && !event.metaKey && !event.altKey) return false;
  return !(isEditable(event.composedPath()[0]) && isEditing(event));
}

function isEditable(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
  );
}

/** What text fields themselves do with a modifier: cut, copy, paste, undo, select, move and delete by words, and letters typed with Option. */
function isEditing(event: KeyboardEvent): boolean {
  const typed =
    event.altKey && !event.ctrlKey && !event.metaKey && event.key.length === 1 && event.key > '\u007f';
  if (typed) return true;
  if (event.altKey && event.ctrlKey) return false;
  return /^([acvxyz]|Arrow.*|Backspace|Delete|Home|End|Insert|Enter|Dead)$/i.test(event.key);
}
