/**
 * Writes over the page's title and gives it back exactly as the page has it, also when the page changed it meanwhile. Where the title is one text node,
 * that node is written to, so that a framework which holds it goes on reaching the title.
 */
export class PageTitle {
  readonly #document: Document;
  readonly #changed: () => void;
  readonly #observer: MutationObserver;
  /** What the title says but for us. */
  #host = '';
  /** What we wrote, or have last seen; null while the title is the page's own. */
  #ours: string | null = null;
  /** The page's own nodes, where they had to make room. */
  #nodes: readonly Node[] | null = null;
  /** The element, where the page had none. */
  #made: HTMLTitleElement | null = null;

  /** @param changed Called when the page has changed its title under ours, which is gone then. */
  constructor(document: Document, changed: () => void) {
    this.#document = document;
    this.#changed = changed;
    this.#observer = new MutationObserver(() => {
      if (this.#notice()) this.#changed();
    });
  }

  /** What the page's own title says. */
  get host(): string {
    if (this.#ours === null) return this.#element()?.textContent ?? '';
    this.#notice();
    return this.#host;
  }

  write(text: string): void {
    if (this.#ours === null) this.#begin();
    else this.#notice();
    const title = this.#element() ?? this.#make();
    const node = onlyText(title);
    if (node) {
      node.data = text;
    } else {
      this.#nodes ??= [...title.childNodes];
      title.replaceChildren(text);
    }
    this.#ours = text;
  }

  /** Gives the title back. */
  restore(): void {
    if (this.#ours === null) return;
    this.#notice();
    this.#observer.disconnect();
    const title = this.#element();
    if (title && title.textContent !== this.#host) this.#give(title);
    this.#ours = null;
    this.#nodes = null;
    this.#made = null;
  }

  #give(title: HTMLTitleElement): void {
    if (title === this.#made && this.#host === '') {
      title.remove();
      return;
    }
    const node = onlyText(title);
    if (this.#nodes) title.replaceChildren(...this.#nodes);
    else if (node) node.data = this.#host;
    // Where the page wrote around a piece of ours, its nodes still have that piece.
    if (title.textContent !== this.#host) title.textContent = this.#host;
  }

  #begin(): void {
    this.#host = this.#element()?.textContent ?? '';
    this.#observer.observe(this.#document.head, { childList: true, characterData: true, subtree: true });
  }

  /** Whether the title is no longer what we wrote: then it is the page's new one, and nothing of ours is in sight. */
  #notice(): boolean {
    const ours = this.#ours;
    const now = this.#element()?.textContent ?? '';
    if (ours === null || now === ours) return false;
    // A page that puts something before or behind its title, as it reads it, must not keep a piece of ours.
    this.#host = now.replace(ours, () => this.#host);
    this.#ours = now;
    this.#nodes = null;
    return true;
  }

  #make(): HTMLTitleElement {
    this.#made = this.#document.createElement('title');
    this.#document.head.append(this.#made);
    return this.#made;
  }

  #element(): HTMLTitleElement | null {
    return this.#document.head.querySelector('title');
  }
}

/** The text node of a title that has nothing else. It may be of another window than this code: classes do not tell. */
function onlyText(title: HTMLTitleElement): Text | null {
  const [node] = title.childNodes;
  return node?.nodeType === Node.TEXT_NODE && title.childNodes.length === 1 ? (node as Text) : null;
}
