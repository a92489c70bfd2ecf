import { css, html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import { typedShortcut } from '../../model/typed-shortcut.js';
import type { TypedShortcut } from '../../model/typed-shortcut.js';
import type { PreparedResponse } from '../../model/index.js';
import { ActiveOption } from '../base/active-option.js';
import { adoptStyles, listboxStyles } from '../base/index.js';
import { renderOption } from '../base/option.js';
import type { ShortcutSource } from './shortcut-source.js';

/** More are found by typing on. */
const SHOWN = 8;

const shortcutsStyles = css`
  .box:has(.shortcuts) {
    position: relative;
  }
  /* Over the end of the messages: what is written does not move. */
  .shortcuts {
    position: absolute;
    z-index: 2;
    inset-block-end: calc(100% + 4px);
    inset-inline: 0;
    max-block-size: min(50dvh, 320px);
    padding: 4px;
    box-shadow: var(--_shadow);
  }
  .shortcuts .option.active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .shortcuts .name {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .shortcuts .typed {
    flex: none;
    max-inline-size: 50%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
`;

/**
 * Finds prepared responses by the shortcut that is being typed (`/hello`) and puts them in its place. The focus stays in the text: arrow keys lead through
 * what is found, Enter and Tab insert, Escape closes the list until something else is typed.
 */
export class ComposerShortcuts {
  readonly #host: LitElement;
  readonly #source: () => ShortcutSource | null;
  readonly #active: ActiveOption;
  #typed: TypedShortcut | null = null;
  #found: readonly PreparedResponse[] = [];
  /** What has been answered; null while an answer is on its way. */
  #answered: string | null = null;
  /** What the list has been closed for. */
  #closedFor: string | null = null;
  /** Enter came before the answer. */
  #inserts = false;

  /** @param host A composer that has been rendered: its root has one text area. */
  constructor(host: LitElement, source: () => ShortcutSource | null) {
    this.#host = host;
    this.#source = source;
    this.#active = new ActiveOption(host, 'shortcuts');
    adoptStyles(host, listboxStyles);
    adoptStyles(host, shortcutsStyles);
    const root = host.renderRoot;
    for (const type of ['input', 'select', 'selectionchange', 'keyup', 'pointerup', 'focusin'] as const)
      root.addEventListener(type, this.#onTyping);
    root.addEventListener('focusout', this.#onFocusOut);
    // Before the composer's own handlers: Enter would send the shortcut.
    root.addEventListener('keydown', (event) => this.#onKeyDown(event as KeyboardEvent), { capture: true });
    this.#onTyping();
  }

  render(label: string): TemplateResult | typeof nothing {
    const active = this.#active;
    active.setKeys(this.#found.map(({ id }) => id));
    if (this.#found.length === 0) return nothing;
    return html`<div class="listbox shortcuts" id="shortcuts" role="listbox" aria-label=${label}>
      ${this.#found.map((response) =>
        renderOption(
          { key: response.id, text: response.name, content: contentOf(response) },
          active,
          active.current,
          () => this.#insert(response),
        ),
      )}
    </div>`;
  }

  get #input(): HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector('textarea');
  }

  readonly #onTyping = (): void => {
    const input = this.#input;
    const isHere = input !== null && !input.readOnly && input.selectionStart === input.selectionEnd;
    const typed =
      isHere && this.#host.shadowRoot?.activeElement === input
        ? typedShortcut(input.value, input.selectionStart)
        : null;
    const former = this.#typed?.text;
    this.#typed = typed;
    if (typed?.text === former) return;
    this.#inserts = false;
    if (typed === null) this.#closedFor = null;
    if (typed === null || typed.text === this.#closedFor) this.#show([], typed?.text ?? null);
    else void this.#look(typed.text);
  };

  readonly #onFocusOut = (): void => {
    this.#typed = null;
    this.#inserts = false;
    this.#show([], null);
  };

  async #look(text: string): Promise<void> {
    this.#answered = null;
    const found = (await this.#source()?.find(text)) ?? [];
    if (this.#typed?.text !== text || this.#closedFor === text) return;
    this.#show(found.slice(0, SHOWN), text);
    const [first] = this.#found;
    if (this.#inserts && first) this.#insert(first);
    this.#inserts = false;
  }

  #show(found: readonly PreparedResponse[], answered: string | null): void {
    this.#answered = answered;
    this.#found = found;
    this.#active.setKeys(found.map(({ id }) => id));
    this.#active.goTo(found[0]?.id ?? null);
    const input = this.#input;
    if (!input) return;
    // Not the template's: most texts have no shortcut.
    this.#host.renderRoot.querySelector('#shortcuts')?.scrollTo(0, 0);
    this.#describe(input);
  }

  #describe(input: HTMLTextAreaElement): void {
    const { current } = this.#active;
    if (current === null) {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'])
        input.removeAttribute(name);
      return;
    }
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', 'shortcuts');
    input.setAttribute('aria-activedescendant', this.#active.optionId(current));
  }

  #insert(response: PreparedResponse): void {
    const typed = this.#typed;
    this.#closedFor = typed?.text ?? null;
    this.#show([], this.#closedFor);
    if (typed) this.#source()?.insert(response, typed);
  }

  #onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    if (event.isComposing || event.target !== this.#input || this.#typed === null) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isChoice = key === 'Enter' || key === 'Tab';
    if (this.#found.length === 0) {
      // What is found for it is on its way: the shortcut itself is nothing to send.
      if (key !== 'Enter' || this.#answered !== null || this.#typed.text.length < 2) return;
      this.#inserts = true;
    } else if (isChoice) {
      const chosen = this.#found.find(({ id }) => id === this.#active.current);
      if (chosen) this.#insert(chosen);
    } else if (key === 'Escape') {
      this.#closedFor = this.#typed.text;
      this.#show([], this.#typed.text);
    } else if (!/^Arrow(Up|Down)$/.test(key) || !this.#active.move(key)) return;
    else this.#describe(event.target as HTMLTextAreaElement);
    event.preventDefault();
    event.stopPropagation();
  }
}

function contentOf({ name, shortcut, language }: PreparedResponse): TemplateResult {
  return html`<bdi class="typed">/${shortcut}</bdi
    ><bdi class="name muted" lang=${language ?? nothing}>${name}</bdi>`;
}
