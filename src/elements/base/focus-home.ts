import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement & { renderNow(): void };

/** Where the focus may go, best first; `lost` is what had it, if that is known. What is not there, or does not take it, is passed over. */
type Homes = (lost: Element | null) => Iterable<HTMLElement | null | undefined>;

const homes = new WeakMap<Node, FocusHome>();
/** What has the focus for want of anything better. */
const makeshift = new WeakSet<Element>();

/**
 * Gives the focus a home when a rendering takes away what has it, or another size of the element hides it. Else it would fall to the page, and the next key
 * would be one of the page's hotkeys. It goes to the first home of the element that takes it, else of the elements of ours around it, else to the element
 * itself. A home may be one of our elements that has homes of its own, and need not be focusable: it is made so for as long as it has the focus, or until
 * there is a better one. Each element in which something takes the focus has one.
 */
export class FocusHome implements ReactiveController {
  readonly #host: Host;
  readonly #homes: Homes;
  #held: Element | null = null;
  readonly #resizes: ResizeObserver | null =
    typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#look());

  constructor(host: Host, where: Homes) {
    this.#host = host;
    this.#homes = where;
    homes.set(host, this);
    host.addController(this);
  }

  hostConnected(): void {
    this.#resizes?.observe(this.#host);
  }

  hostUpdate(): void {
    this.#held = this.#host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    const held = this.#held;
    this.#held = null;
    if (!held) return;
    if (makeshift.has(held) && held.isConnected) this.take();
    // Later in this task, because a controller of the element may know better where it belongs.
    if (!isLost(held)) return;
    const places = [...placesAround(this.#host)];
    queueMicrotask(() => isLost(held) && this.#relocate(held, places));
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
  }

  /** Gives the focus to the first home that takes it, without waiting for a frame: the next key may come before. Returns whether one did. */
  take(lost: Element | null = null): boolean {
    this.#host.renderNow();
    for (const home of this.#homes(lost)) {
      if (home?.isConnected && (homes.get(home)?.take() ?? focusOn(home))) return true;
    }
    return false;
  }

  #look(): void {
    const held = this.#host.shadowRoot?.activeElement;
    // One of our elements has an own home for what is in it.
    if (held && !held.shadowRoot && isHidden(held)) this.#relocate(held);
  }

  #relocate(lost: Element, places = [...placesAround(this.#host)]): void {
    // One that has been taken away meanwhile has no home to offer.
    if (!places.some((place) => place.take(lost))) places.some((place) => place.#takeItself());
  }

  #takeItself(): boolean {
    const outermost = this.#host.shadowRoot?.firstElementChild;
    return this.#host.isConnected && outermost instanceof HTMLElement && focusOn(outermost);
  }
}

/** The homes of an element and of those of ours around it, from the inside out. */
function* placesAround(element: Element): Generator<FocusHome> {
  let node: Node | null = element;
  while (node) {
    const home = homes.get(node);
    if (home) yield home;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
}

/** Whether keys do not go to what had the focus any more, nor to anything else. */
function isLost(held: Element): boolean {
  const { activeElement, body, documentElement } = document;
  const isOnPage = !activeElement || activeElement === body || activeElement === documentElement;
  return isOnPage || (held.matches(':disabled') && activeIn(held) === held);
}

function isHidden(element: Element): boolean {
  return element.getClientRects().length === 0;
}

function focusOn(target: HTMLElement): boolean {
  // It may have the focus still, though it takes none.
  if (isHidden(target) || target.matches(':disabled')) return false;
  target.focus();
  if (activeIn(target) === target) return true;
  if (target.hasAttribute('tabindex')) return false;
  target.tabIndex = -1;
  target.focus();
  const forget = (): void => {
    makeshift.delete(target);
    target.removeAttribute('tabindex');
  };
  const taken = activeIn(target) === target;
  if (taken) {
    makeshift.add(target);
    target.addEventListener('blur', forget, { once: true });
  } else forget();
  return taken;
}

function activeIn(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}
