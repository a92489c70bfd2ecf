import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { RovingFocus } from './roving-focus.js';

/** What leads to one of several panels. */
export interface Tab<K extends string = string> {
  readonly key: K;
  readonly text: string;
  readonly mark: TemplateResult;
}

interface TabList<K extends string> {
  /** What the tabs are about, for screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab<K>[];
  /** null while no panel is shown; then arrow keys lead from tab to tab and choose none. */
  readonly selected: K | null;
  /** From top to bottom. */
  readonly upright?: boolean;
  readonly choose: (key: K) => void;
}

/**
 * Tabs with icons, of which the selected one has its name beside it. One stop of the Tab key; arrow keys, Home and End lead to a tab and choose it at
 * once. The panel is `<div role="tabpanel" id=${tabs.panelId} aria-labelledby=${tabs.tabId(KEY)}>`; `tabStyles` has the looks.
 */
export class Tabs<K extends string> {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #id: string;
  readonly #roving: RovingFocus;

  /** `id` is its own among the ids of the element. */
  constructor(host: ReactiveControllerHost & HTMLElement, id: string, direction: () => 'ltr' | 'rtl') {
    this.#host = host;
    this.#id = id;
    this.#roving = new RovingFocus(host, direction);
  }

  get panelId(): string {
    return `${this.#id}-panel`;
  }

  tabId(key: K): string {
    return `${this.#id}-tab-${key}`;
  }

  /** Puts the focus on a tab that is rendered. Returns whether it took it. */
  focus(key: K): boolean {
    const tab = this.#host.shadowRoot?.getElementById(this.tabId(key));
    tab?.focus();
    return tab !== null && this.#host.shadowRoot?.activeElement === tab;
  }

  render({ label, tabs, selected, upright = false, choose }: TabList<K>): TemplateResult {
    this.#roving.setKeys(
      tabs.map(({ key }) => key),
      selected,
    );
    const onKeyDown = (event: KeyboardEvent): void => {
      this.#roving.onKeyDown(event);
      const now = tabs.find(({ key }) => key === this.#roving.current);
      if (event.defaultPrevented && selected !== null && now && now.key !== selected) choose(now.key);
    };
    return html`<div
      class="tabs ${upright ? 'upright' : ''}"
      role="tablist"
      aria-label=${label}
      aria-orientation=${upright ? 'vertical' : 'horizontal'}
      @keydown=${onKeyDown}
    >
      ${tabs.map((tab) => this.#renderTab(tab, selected, () => choose(tab.key)))}
    </div>`;
  }

  #renderTab({ key, text, mark }: Tab<K>, selected: K | null, choose: () => void): TemplateResult {
    const isSelected = key === selected;
    const isStop = selected === null ? this.#roving.tabIndex(key) === 0 : isSelected;
    return html`<button
      class="tab"
      type="button"
      role="tab"
      id=${this.tabId(key)}
      data-roving=${key}
      tabindex=${isStop ? 0 : -1}
      aria-selected=${String(isSelected)}
      aria-controls=${isSelected ? this.panelId : nothing}
      aria-label=${text}
      title=${text}
      @focusin=${this.#roving.onFocusIn}
      @click=${choose}
    >
      ${mark}<span class="label" aria-hidden="true">${text}</span>
    </button>`;
  }
}
