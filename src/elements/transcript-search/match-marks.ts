import { css } from 'lit';
import type { ReactiveController } from 'lit';
import type { MessageSearch } from '../../model/message-search.js';
import { adoptStyles } from '../base/index.js';
import type { WhatsAppTranscript } from '../whatsapp-transcript/whatsapp-transcript.js';

/** By which name the page knows what is painted. */
const NAME = 'whatsapp-match';

/**
 * Paints the words that are searched for in all messages that are in the document, without touching what is rendered there. Where the browser has no custom
 * highlights, the outline of the match alone says where it is.
 */
export class MatchMarks implements ReactiveController {
  readonly #transcript: WhatsAppTranscript;
  readonly #styled = new WeakSet<Element>();
  #search: MessageSearch | null = null;
  #ranges: readonly Range[] = [];
  #painting = false;

  constructor(transcript: WhatsAppTranscript) {
    this.#transcript = transcript;
    transcript.addController(this);
  }

  /** @param search null for nothing. */
  show(search: MessageSearch | null): void {
    this.#search = search;
    void this.#paint();
  }

  end(): void {
    this.#transcript.removeController(this);
    this.#search = null;
    this.#clear();
  }

  hostUpdated(): void {
    if (this.#search) void this.#paint();
  }

  /** Once the messages are rendered. */
  async #paint(): Promise<void> {
    if (this.#painting || typeof Highlight === 'undefined') return;
    this.#painting = true;
    await this.#transcript.updateComplete;
    this.#painting = false;
    this.#clear();
    const search = this.#search;
    if (!search) return;
    const messages = this.#transcript.renderRoot.querySelectorAll('whatsapp-message');
    this.#ranges = [...messages].flatMap((message) => this.#rangesIn(message, search));
    const painted = CSS.highlights.get(NAME) ?? new Highlight();
    for (const range of this.#ranges) painted.add(range);
    CSS.highlights.set(NAME, painted);
  }

  #rangesIn(message: Element, search: MessageSearch): Range[] {
    const root = message.shadowRoot;
    if (!root) return [];
    if (!this.#styled.has(message)) adoptStyles(message, styles);
    this.#styled.add(message);
    return [...root.querySelectorAll('.text, pre')].flatMap((element) => rangesBelow(element, search));
  }

  /** Another conversation on the page may have its own. */
  #clear(): void {
    const painted = typeof Highlight === 'undefined' ? undefined : CSS.highlights.get(NAME);
    for (const range of this.#ranges) painted?.delete(range);
    this.#ranges = [];
  }
}

/** A word whose letters are formatted differently is not painted: it stands in several texts. */
function rangesBelow(element: Element, search: MessageSearch): Range[] {
  const ranges: Range[] = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    for (const [from, to] of search.marks(node.nodeValue ?? '')) {
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
  return ranges;
}

const styles = css`
  ::highlight(whatsapp-match) {
    background-color: Mark;
    color: MarkText;
  }
`;
