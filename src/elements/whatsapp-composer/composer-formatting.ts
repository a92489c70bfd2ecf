import { html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import { continuedLine, toggleLines, toggleMark } from '../../model/index.js';
import type { InlineMark, Selected } from '../../model/index.js';
import type { FormatRequestEvent, TextFormat } from '../formatting-bar/formatting-bar.events.js';

/** As WhatsApp Web has them, with Ctrl or Command. */
const SHORTCUTS: Readonly<Record<string, InlineMark>> = { KeyB: '*', KeyI: '_', 'Shift+KeyX': '~' };

/** After these the selection may be another one. Not every engine tells of a selection itself. */
const SELECTING = ['select', 'selectionchange', 'keyup', 'pointerup', 'input', 'focusin'] as const;

/** Longer ones are taken as the plain text that comes with them: looking through them would hold the page. */
const LONGEST_MARKUP = 200_000;

/** In a paste without any of these the plain text says all. */
const FORMATTED =
  /<(?:b|strong|i|em|s|strike|del|code|tt|kbd|samp|pre|[uo]l|blockquote|h[1-6]|a)[\s>]|font-weight|font-style|line-through/i;

/**
 * Formats what is written in a composer: by the bar that lies over the end of the messages while something is selected, and by keys; goes on with lists and quotes; and takes
 * formatted text that is pasted as WhatsApp's formatting. All of it can be undone as typing can.
 */
export class ComposerFormatting {
  readonly #host: LitElement;
  #isSelected = false;
  /** The selection for which the bar has been closed. */
  #closedFor: string | null = null;

  /** @param host A composer that has been rendered: its root has one text area. */
  constructor(host: LitElement) {
    this.#host = host;
    const root = host.renderRoot;
    for (const type of SELECTING) root.addEventListener(type, this.#onSelecting);
    root.addEventListener('focusout', this.#onFocusOut);
    // After the composer's own handlers, which come first because they are on what is inside.
    root.addEventListener('keydown', (event) => this.#onKeyDown(event as KeyboardEvent));
    root.addEventListener('paste', (event) => this.#onPaste(event as ClipboardEvent));
    this.#onSelecting();
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#isSelected) return nothing;
    return html`<formatting-bar
      @format-request=${({ detail }: FormatRequestEvent) => this.#format(detail.format)}
    ></formatting-bar>`;
  }

  get #input(): HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector('textarea');
  }

  #format(format: TextFormat): void {
    this.#apply((selected) =>
      'mark' in format ? toggleMark(selected, format.mark) : toggleLines(selected, format.lines),
    );
  }

  /** Puts what comes of the text in its place, where the agent may write. */
  #apply(change: (selected: Selected) => Selected | null): boolean {
    const input = this.#input;
    if (!input || input.readOnly) return false;
    const next = change(selectedIn(input));
    if (!next) return false;
    replaceText(input, next);
    this.#onSelecting();
    return true;
  }

  readonly #onSelecting = (): void => {
    const input = this.#input;
    const has = input !== null && !input.readOnly && input.selectionStart !== input.selectionEnd;
    if (this.#closedFor !== null && (!has || selectionKey(input) !== this.#closedFor)) this.#closedFor = null;
    // WebKit does not say of a host in a shadow tree that it has the focus.
    const hasFocus = this.#host.shadowRoot?.activeElement != null;
    this.#show(has && this.#closedFor === null && hasFocus);
  };

  readonly #onFocusOut = (event: Event): void => {
    const to = (event as FocusEvent).relatedTarget;
    if (!(to instanceof Node && this.#host.renderRoot.contains(to))) this.#show(false);
  };

  #show(isSelected: boolean): void {
    if (isSelected === this.#isSelected) return;
    this.#isSelected = isSelected;
    this.#host.requestUpdate();
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape' && this.#isSelected) {
      event.preventDefault();
      const input = this.#input;
      if (input) this.#closedFor = selectionKey(input);
      input?.focus();
      this.#show(false);
      return;
    }
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    if (event.key === 'Enter') {
      if (this.#apply(continuedLine)) event.preventDefault();
      return;
    }
    const mark = SHORTCUTS[`${event.shiftKey ? 'Shift+' : ''}${event.code}`];
    if (!mark || event.altKey || event.ctrlKey === event.metaKey) return;
    event.preventDefault();
    this.#format({ mark });
  }

  #onPaste(event: ClipboardEvent): void {
    const markup = event.clipboardData?.getData('text/html') ?? '';
    const plain = event.clipboardData?.getData('text/plain') ?? '';
    if (event.defaultPrevented || markup.length > LONGEST_MARKUP || !FORMATTED.test(markup)) return;
    event.preventDefault();
    void this.#paste(markup, plain);
  }

  async #paste(markup: string, plain: string): Promise<void> {
    let text = plain;
    try {
      text = (await import('./formatted-paste.js')).whatsAppText(markup) || plain;
    } catch {
      // What reads it could not be loaded: the words are there all the same.
    }
    this.#apply(({ text: before, start, end }) => {
      const caret = start + text.length;
      return { text: before.slice(0, start) + text + before.slice(end), start: caret, end: caret };
    });
  }
}

function selectedIn({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Selected {
  return { text: value, start: selectionStart, end: selectionEnd };
}

function selectionKey({ selectionStart, selectionEnd }: HTMLTextAreaElement): string {
  return `${selectionStart}–${selectionEnd}`;
}

/** Changes what is different and nothing else, so that the browser can undo it. */
function replaceText(input: HTMLTextAreaElement, { text, start, end }: Selected): void {
  const before = input.value;
  const most = Math.min(before.length, text.length);
  let head = 0;
  while (head < most && before[head] === text[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const by = text.slice(head, text.length - tail);
  if (before !== text) {
    input.focus();
    input.setSelectionRange(head, before.length - tail);
    // Nothing else leaves the browser's undo as it is. Where it is not taken, the text is more than its history.
    const isTaken = document.execCommand(by === '' ? 'delete' : 'insertText', false, by);
    if (!isTaken || input.value !== text) {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    }
  }
  input.setSelectionRange(start, end);
}
