import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from './icons.js';
import { RovingFocus } from './roving-focus.js';
import { Typeahead } from './typeahead.js';

/** One thing in a tree, with what is in it. */
export interface TreeItem {
  readonly key: string;
  /** Its name, which is found by its first letters. */
  readonly text: string;
  /** What is shown behind its name. */
  readonly content?: unknown;
  readonly items?: readonly TreeItem[];
}

interface TreeContent {
  /** What is chosen from it, for screen readers. */
  readonly label: string;
  readonly items: readonly TreeItem[];
  /** The key of what holds; null for nothing. */
  readonly selected: string | null;
  readonly choose: (key: string) => void;
}

/** An item where it is seen: all that it is in is open. */
interface Row {
  readonly item: TreeItem;
  /** From 1. */
  readonly level: number;
  /** Among those beside it, from 1. */
  readonly position: number;
  readonly size: number;
  readonly parent: string | null;
  /** null where nothing is in it. */
  readonly isOpen: boolean | null;
}

/**
 * A tree of which one thing is chosen. One stop of the Tab key; arrow keys up and down, Home, End and first letters lead to what is seen, the arrow key
 * forward opens an item and then leads into it, the one back closes it and then leads out of it; Enter, Space and a press choose. `treeStyles` has the looks.
 */
export class Tree {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #direction: () => 'ltr' | 'rtl';
  readonly #roving: RovingFocus;
  readonly #typeahead = new Typeahead();
  readonly #open = new Set<string>();
  #rows: readonly Row[] = [];
  #selected: string | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, direction: () => 'ltr' | 'rtl') {
    this.#host = host;
    this.#direction = direction;
    this.#roving = new RovingFocus(host, direction);
  }

  render({ label, items, selected, choose }: TreeContent): TemplateResult {
    if (selected !== this.#selected) this.#openAround(items, selected);
    this.#selected = selected;
    this.#rows = this.#seen(items, 1, null);
    this.#roving.setKeys(
      this.#rows.map(({ item }) => item.key),
      selected,
    );
    return html`<div class="tree" role="tree" aria-label=${label}>
      ${repeat(
        this.#rows,
        ({ item }) => item.key,
        (row) => this.#renderRow(row, selected, choose),
      )}
    </div>`;
  }

  #renderRow(row: Row, selected: string | null, choose: (key: string) => void): TemplateResult {
    const { key, text, content } = row.item;
    return html`<div
      class="tree-item"
      role="treeitem"
      data-roving=${key}
      tabindex=${this.#roving.tabIndex(key)}
      aria-level=${row.level}
      aria-posinset=${row.position}
      aria-setsize=${row.size}
      aria-expanded=${row.isOpen === null ? nothing : String(row.isOpen)}
      aria-selected=${String(key === selected)}
      .style=${`--_level: ${row.level - 1}`}
      @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event, row, choose)}
      @focusin=${this.#roving.onFocusIn}
      @click=${() => choose(key)}
    >
      <span class="twisty" @click=${(event: Event) => this.#onTwisty(event, row)}
        >${row.isOpen === null ? nothing : icon('chevron-down', 16)}</span
      ><span class="text"><bdi>${text}</bdi></span
      >${content ?? nothing}
    </div>`;
  }

  #seen(items: readonly TreeItem[], level: number, parent: string | null): readonly Row[] {
    return items.flatMap((item, i) => {
      const inside = item.items ?? [];
      const isOpen = inside.length === 0 ? null : this.#open.has(item.key);
      const row: Row = { item, level, position: i + 1, size: items.length, parent, isOpen };
      return isOpen ? [row, ...this.#seen(inside, level + 1, item.key)] : [row];
    });
  }

  /** @returns Whether it is among these, or in one of them, which is open then. */
  #openAround(items: readonly TreeItem[], key: string | null): boolean {
    return items.some((item) => {
      if (item.key === key) return true;
      const isInside = this.#openAround(item.items ?? [], key);
      if (isInside) this.#open.add(item.key);
      return isInside;
    });
  }

  #toggle(key: string, isOpen: boolean): void {
    if (isOpen) this.#open.add(key);
    else this.#open.delete(key);
    this.#host.requestUpdate();
  }

  #onTwisty(event: Event, { item, isOpen }: Row): void {
    if (isOpen === null) return;
    event.stopPropagation();
    this.#toggle(item.key, !isOpen);
  }

  #onKeyDown(event: KeyboardEvent, row: Row, choose: (key: string) => void): void {
    const { altKey, ctrlKey, metaKey, shiftKey, key } = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    const forward = this.#direction() === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const found = this.#typeahead.find(
      event,
      this.#rows.map(({ item }) => item),
      row.item.key,
    );
    if (found !== null) this.#roving.focus(found);
    else if (key === 'Enter' || key === ' ') choose(row.item.key);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') this.#go(row, key === forward);
    else return this.#roving.onKeyDown(event);
    event.preventDefault();
  }

  #go({ item, isOpen, parent }: Row, isForward: boolean): void {
    if (isOpen === !isForward) return this.#toggle(item.key, isForward);
    const to = isForward ? (isOpen ? item.items?.[0]?.key : null) : parent;
    if (to) this.#roving.focus(to);
  }
}
