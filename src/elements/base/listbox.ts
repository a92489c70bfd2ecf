import { html } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ActiveOption } from './active-option.js';
import { renderOption } from './option.js';
import type { Option } from './option.js';
import { Typeahead } from './typeahead.js';

interface OptionList {
  /** What is chosen from it, for screen readers. */
  readonly label: string;
  readonly options: readonly Option[];
  /** The key of what holds; null for nothing. */
  readonly selected: string | null;
  readonly choose: (key: string) => void;
}

/**
 * A list of which one thing is chosen. One stop of the Tab key; arrow keys, Home, End, Page Up, Page Down and first letters lead to an option, Enter, Space
 * and a press choose it. `listboxStyles` has the looks.
 */
export class Listbox {
  readonly #active: ActiveOption;
  readonly #typeahead = new Typeahead();

  /** `id` is its own among the ids of the element. */
  constructor(host: ReactiveControllerHost & HTMLElement, id: string) {
    this.#active = new ActiveOption(host, id);
  }

  render({ label, options, selected, choose }: OptionList): TemplateResult {
    const active = this.#active;
    active.setKeys(options.map(({ key }) => key));
    const onFocus = (): void => {
      if (active.current === null) active.goTo(selected ?? options[0]?.key ?? null);
    };
    return html`<div
      class="listbox"
      role="listbox"
      tabindex="0"
      aria-label=${label}
      aria-activedescendant=${active.descendant}
      @focus=${onFocus}
      @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event, options, choose)}
    >
      ${repeat(
        options,
        ({ key }) => key,
        (option) =>
          renderOption(option, active, selected, (key) => {
            active.goTo(key);
            choose(key);
          }),
      )}
    </div>`;
  }

  #onKeyDown(event: KeyboardEvent, options: readonly Option[], choose: (key: string) => void): void {
    const { altKey, ctrlKey, metaKey, shiftKey, key } = event;
    if (altKey || ctrlKey || metaKey) return;
    const active = this.#active;
    const found = this.#typeahead.find(event, options, active.current);
    if (found !== null) active.goTo(found);
    else if (active.current !== null && (key === 'Enter' || key === ' ')) choose(active.current);
    else if (shiftKey || !active.move(key)) return;
    event.preventDefault();
  }
}
