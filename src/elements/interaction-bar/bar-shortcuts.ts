import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Workspace } from '../../context/index.js';
import { isOurs } from '../base/index.js';

type Host = ReactiveControllerHost & { readonly workspace: Workspace | null };

// On a Mac, Option and a digit type a character, and Control and a digit do not.
const MODIFIER = globalThis.navigator?.platform?.startsWith('Mac') ? 'Control' : 'Alt';

/** How the key of the n-th tile (0 for the most urgent) is written in `aria-keyshortcuts`. */
export function shortcutName(digit: number): string {
  return `${MODIFIER}+${digit}`;
}

/** Alt and a digit (Control on a Mac), pressed anywhere inside our elements. `use` says whether the digit led somewhere. */
export class BarShortcuts implements ReactiveController {
  readonly #host: Host;
  readonly #use: (digit: number) => boolean;

  constructor(host: Host, use: (digit: number) => boolean) {
    this.#host = host;
    this.#use = use;
    host.addController(this);
  }

  hostConnected(): void {
    // Capturing, because key events end at the outermost of our elements, and the bar may stand apart from the one that has the focus.
    document.addEventListener('keydown', this.#onKeyDown, true);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#onKeyDown, true);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    if (digit === undefined || event.defaultPrevented || event.isComposing || !hasModifierAlone(event))
      return;
    if (!isOurs(event) || isOfAnother(event, this.#host.workspace)) return;
    if (this.#use(Number(digit))) event.preventDefault();
  };
}

/** Whether the element with the key has a workspace, and not this one. What has none leaves the key to the first bar of the page. */
function isOfAnother(event: Event, workspace: Workspace | null): boolean {
  const own = event.composedPath().find((target) => 'workspaceId' in target);
  const theirs = (own as Partial<Host> | undefined)?.workspace ?? workspace;
  return theirs !== workspace;
}

function hasModifierAlone(event: KeyboardEvent): boolean {
  const pressed = ['Alt', 'Control', 'Meta', 'Shift', 'AltGraph'].filter((key) =>
    event.getModifierState(key),
  );
  return pressed.length === 1 && pressed[0] === MODIFIER;
}
