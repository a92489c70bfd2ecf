import { FaviconMark } from './favicon-mark.js';
import { PageTitle } from './page-title.js';

/** How long each face of a flashing title is shown, in milliseconds. Hidden pages may be given a timer once a minute only. */
export const FLASH = 1_000;

/** What calls for attention. */
export interface Call {
  /** How many conversations wait. */
  readonly count: number;
  /** What the title says in turn with the page's own, in the agent's language: "Masha is waiting". */
  readonly text: string;
}

/** Attracts the agent's eye to the page: its title flashes, its icon has a mark, the app's badge a number. */
export interface PageAttention {
  /** Calls, or changes the call; a count of 0 is the same as `clear()`. */
  show(call: Call): void;
  /** Ends the call. When nobody else on the page calls, everything is as the page has it. */
  clear(): void;
}

/** One page has one title: all workspaces on it, also those of another copy of this package, call through the same place. */
const SHARED = Symbol.for('whatsapp-workspace page attention 1');

interface Shared {
  set(caller: object, call: Call | null): void;
}

/** @param document The page whose title and icon are to change. */
export function createPageAttention(document: Document): PageAttention {
  const page = document as Document & { [SHARED]?: Shared };
  const shared = (page[SHARED] ??= new SharedAttention(document));
  const caller = {};
  return {
    show: (call) => shared.set(caller, call.count > 0 ? call : null),
    clear: () => shared.set(caller, null),
  };
}

/**
 * Both faces of the title begin with the number, so that the page reads well whichever of them a throttled timer leaves it with. Who wants less motion
 * is shown one face only.
 */
class SharedAttention implements Shared {
  readonly #window: Window | null;
  readonly #title: PageTitle;
  readonly #favicon: FaviconMark;
  readonly #calls = new Map<object, Call>();
  #timer: number | undefined;
  #turned = false;

  constructor(document: Document) {
    this.#window = document.defaultView;
    this.#title = new PageTitle(document, () => this.#render());
    this.#favicon = new FaviconMark(document);
  }

  set(caller: object, call: Call | null): void {
    const before = this.#calls.size;
    this.#calls.delete(caller);
    if (call) this.#calls.set(caller, call);
    if (this.#calls.size > 0) this.#call();
    else if (before > 0) this.#rest();
  }

  #call(): void {
    this.#turned = true;
    this.#timer ??= this.#window?.setInterval(() => this.#turn(), FLASH);
    this.#favicon.show();
    this.#badge(this.#count);
    this.#render();
  }

  #rest(): void {
    this.#window?.clearInterval(this.#timer);
    this.#timer = undefined;
    this.#favicon.clear();
    this.#badge(0);
    this.#title.restore();
  }

  #turn(): void {
    this.#turned = !this.#turned;
    this.#render();
  }

  #render(): void {
    const text = [...this.#calls.values()].at(-1)?.text ?? '';
    const still = this.#window?.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const face = this.#turned && !still ? text : this.#title.host;
    this.#title.write(`(${this.#count}) ${face || text}`);
  }

  get #count(): number {
    let sum = 0;
    for (const { count } of this.#calls.values()) sum += count;
    return sum;
  }

  /** The badge of an installed app; not every browser has it, and it may refuse. */
  #badge(count: number): void {
    const navigator: Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>> =
      this.#window?.navigator ?? {};
    const done = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
    done?.catch(() => undefined);
  }
}
