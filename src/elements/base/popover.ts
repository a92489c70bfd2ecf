import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { followButton } from './popover-place.js';
import type { Following } from './popover-place.js';

/** An element that has popovers. */
export type PopoverHost = ReactiveControllerHost & HTMLElement & { renderNow(): void };

/**
 * Something that opens from a button, in the top layer, where nothing around it cuts it off: below the button at its inline end, above it where there
 * is no room. The browser closes it when something beside it is pressed or another one opens; Escape and the focus going elsewhere close it too, and
 * that Escape does not reach the page. Where the focus was inside, it goes back to the button.
 *
 * The template has `.popover-place` with `@keydown` and `@focusout`, and in it a button with `popovertarget=${popover.id}` and
 * `<div class="popover" popover id=${popover.id} tabindex="-1" @beforetoggle=${popover.onBeforeToggle}>`, filled while it `isOpen`; `popoverStyles`
 * has their looks.
 */
export class Popover implements ReactiveController {
  /** Among the popovers of its element. */
  readonly id: string;
  readonly #host: PopoverHost;
  #open = false;
  #following: Following | null = null;

  constructor(host: PopoverHost, id: string) {
    this.id = id;
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.#open) return;
    const element = this.element;
    // What it opened from has gone, and with it the popover.
    if (!element) this.#forget();
    else if (element.matches(':popover-open')) this.#following?.place();
    else this.#show(element);
  }

  hostDisconnected(): void {
    this.#forget();
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** The popover itself, once it is rendered. */
  get element(): HTMLElement | null {
    return this.#host.shadowRoot?.getElementById(this.id) ?? null;
  }

  get button(): HTMLElement | null {
    // One that no button opens stands at the button that it is beside.
    return (
      this.#host.shadowRoot?.querySelector<HTMLElement>(`[popovertarget="${this.id}"]`) ??
      this.element?.parentElement?.querySelector('button') ??
      null
    );
  }

  /** Opens it at once, so that the focus can go into it. Does nothing while there is nothing to open. */
  open(): void {
    this.#open = true;
    this.#host.requestUpdate();
    this.#host.renderNow();
  }

  close(): void {
    if (this.#open) this.element?.hidePopover();
  }

  /** However it came: by us, or by the browser. */
  readonly onBeforeToggle = (event: Event): void => {
    if (!this.#open || (event as ToggleEvent).newState !== 'closed') return;
    const { button } = this;
    const held = this.element?.contains(this.#host.shadowRoot?.activeElement ?? null);
    this.#forget();
    // Before it is hidden, else the focus would fall to the page.
    if (held) button?.focus();
    // Said at once; the rest cannot be seen, and this may be in the middle of a rendering.
    if (button?.ariaExpanded) button.ariaExpanded = 'false';
    this.#host.requestUpdate();
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    // What lies over it goes first.
    if (event.key !== 'Escape' || event.defaultPrevented || !this.#open) return;
    event.preventDefault();
    this.close();
  };

  readonly onFocusOut = (event: FocusEvent): void => {
    const place = event.currentTarget as HTMLElement;
    const { relatedTarget } = event;
    if (relatedTarget instanceof Node && place.contains(relatedTarget)) return;
    // The page itself losing the focus is no reason: coming back, all is as it was.
    if (relatedTarget !== null || document.hasFocus()) this.close();
  };

  #show(element: HTMLElement): void {
    element.showPopover();
    const { button } = this;
    if (button) this.#following = followButton(element, button);
  }

  #forget(): void {
    this.#open = false;
    this.#following?.stop();
    this.#following = null;
  }
}
