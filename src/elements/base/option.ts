import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ActiveOption } from './active-option.js';

/** One thing that can be chosen from a list. */
export interface Option {
  readonly key: string;
  /** Its name, which is found by its first letters. */
  readonly text: string;
  /** What is shown of it; its name where there is nothing else. */
  readonly content?: unknown;
}

/** An option of a listbox, whose focus stays where it is when the option is pressed. */
export function renderOption(
  { key, text, content }: Option,
  active: ActiveOption,
  selected: string | null,
  choose: (key: string) => void,
): TemplateResult {
  return html`<div
    class="option ${key === active.current ? 'active' : ''}"
    role="option"
    id=${active.optionId(key)}
    aria-selected=${String(key === selected)}
    @pointerdown=${keepFocus}
    @click=${() => choose(key)}
  >
    ${content ?? html`<bdi>${text}</bdi>`}
  </div>`;
}

function keepFocus(event: Event): void {
  event.preventDefault();
}
