import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ActiveOption } from './active-option.js';
import { renderOption } from './option.js';
import type { Option } from './option.js';
import { Popover } from './popover.js';
import type { PopoverHost } from './popover.js';

interface SearchList {
  /** What is chosen with it; over the box, and for screen readers. */
  readonly label: string;
  /** What stands in the box. */
  readonly text: string;
  readonly placeholder?: string;
  /** What fits the text, best first. */
  readonly options: readonly Option[];
  /** The key of what holds; null for nothing. */
  readonly selected: string | null;
  /** What is said where nothing fits. */
  readonly empty: string;
  /** With each change of the text. */
  readonly search: (text: string) => void;
  readonly choose: (key: string) => void;
}

/**
 * A text box with a list of what fits, below it in the top layer while there is something to choose. Typing opens the list and leads to what fits best; arrow
 * keys up and down, Page Up and Page Down lead to an option, Enter and a press choose it. Escape closes the list, and then empties the box; Tab and
 * the focus going elsewhere close it. `listboxStyles` has the looks.
 */
export class Combobox {
  readonly #popover: Popover;
  readonly #active: ActiveOption;

  /** `id` is its own among the popovers of the element. */
  constructor(host: PopoverHost, id: string) {
    this.#popover = new Popover(host, id);
    this.#active = new ActiveOption(host, id);
  }

  get isOpen(): boolean {
    return this.#popover.isOpen;
  }

  render(content: SearchList): TemplateResult {
    const { label, text, placeholder, options } = content;
    const { id, isOpen, onFocusOut } = this.#popover;
    const active = this.#active;
    active.setKeys(options.map(({ key }) => key));
    return html`<div class="popover-place combobox" @focusout=${onFocusOut}>
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        popovertarget=${id}
        aria-label=${label}
        aria-autocomplete="list"
        aria-controls=${id}
        aria-expanded=${String(isOpen)}
        aria-activedescendant=${isOpen ? active.descendant : nothing}
        placeholder=${placeholder ?? nothing}
        .value=${text}
        @input=${(event: Event) => this.#onInput(event, content)}
        @click=${() => this.#popover.open()}
        @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event, content)}
      />
      <div
        id=${id}
        class="popover listbox"
        popover="manual"
        role="listbox"
        aria-label=${label}
        @beforetoggle=${this.#popover.onBeforeToggle}
      >
        ${isOpen ? this.#renderOptions(content) : nothing}
      </div>
    </div>`;
  }

  #renderOptions({ options, selected, empty, choose }: SearchList): unknown {
    // The only thing that a listbox may hold beside options is nothing.
    if (options.length === 0)
      return html`<div class="option none" role="option" aria-disabled="true">${empty}</div>`;
    return repeat(
      options,
      ({ key }) => key,
      (option) => renderOption(option, this.#active, selected, (key) => this.#choose(key, choose)),
    );
  }

  #onInput(event: Event, { search }: SearchList): void {
    search((event.target as HTMLInputElement).value);
    // Opening renders what fits by now.
    this.#popover.open();
    this.#active.goTo(null);
    this.#active.move('Home');
  }

  #choose(key: string, choose: SearchList['choose']): void {
    this.#popover.close();
    choose(key);
  }

  #onKeyDown(event: KeyboardEvent, { text, search, choose }: SearchList): void {
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (key === 'Tab') return this.#popover.close();
    if (key === 'Escape') {
      if (!this.isOpen && text === '') return;
      if (!this.isOpen) search('');
      this.#popover.close();
    } else if (key === 'Enter') {
      const { current } = this.#active;
      if (!this.isOpen || current === null) return;
      this.#choose(current, choose);
    } else if (/^(Arrow(Up|Down)|Page(Up|Down))$/.test(key)) {
      if (this.isOpen) this.#active.move(key);
      else this.#open(event);
    } else return;
    event.preventDefault();
  }

  /** With Alt, it opens and leads nowhere. */
  #open({ altKey, key }: KeyboardEvent): void {
    this.#popover.open();
    if (!altKey && this.#active.current === null) this.#active.move(key);
  }
}
