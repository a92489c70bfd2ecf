/** What the system is to show. */
export interface SystemNotice {
  /** Another one of the same key takes its place. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** It was pressed; the page is in front by then. */
  readonly onPress: () => void;
}

/** Shows notifications of the system while the page cannot be seen, where the agent has allowed it. They go when the page can be seen again. */
export class SystemNotices {
  readonly #document: Document;
  readonly #shown = new Set<Notification>();

  constructor(document: Document) {
    this.#document = document;
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  show({ key, title, body, lang, dir, onPress }: SystemNotice): void {
    const { visibilityState, defaultView } = this.#document;
    if (visibilityState === 'visible' || !mayNotify()) return;
    try {
      // Sounds are a choice of their own.
      const notice = new Notification(title, { tag: key, body, lang, dir, silent: true });
      this.#shown.add(notice);
      notice.addEventListener('close', () => this.#shown.delete(notice));
      notice.addEventListener('click', () => {
        defaultView?.focus();
        notice.close();
        onPress();
      });
    } catch {
      // Browsers of phones have the interface, and let no page use it so.
    }
  }

  close(): void {
    this.#document.removeEventListener('visibilitychange', this.#onVisible);
    this.#clear();
  }

  readonly #onVisible = (): void => {
    if (this.#document.visibilityState === 'visible') this.#clear();
  };

  #clear(): void {
    for (const notice of this.#shown) notice.close();
    this.#shown.clear();
  }
}

function mayNotify(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'granted';
}
