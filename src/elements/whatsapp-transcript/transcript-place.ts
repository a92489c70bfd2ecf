import { css } from 'lit';
import type { LitElement, ReactiveController } from 'lit';
import type { Transcript } from '../../model/index.js';
import { adoptStyles } from '../base/lazy-part.js';

type Host = LitElement & { readonly transcript: Transcript | null };

/**
 * Goes to items of a transcript, outlines them and puts the focus on them; to those that are not here as soon as they are. Loaded with the first that is gone to.
 */
export class TranscriptPlace implements ReactiveController {
  readonly #host: Host;
  readonly #toRow: (index: number) => string;
  #goal: { readonly item: string; readonly stays: boolean } | null = null;
  #outlined: { readonly key: string; readonly stays: boolean } | null = null;

  /** @param toRow Scrolls to a row and says its key. */
  constructor(host: Host, toRow: (index: number) => string) {
    this.#host = host;
    this.#toRow = toRow;
    adoptStyles(host, styles);
    host.addController(this);
    host.renderRoot.addEventListener('animationend', () => {
      if (!this.#outlined?.stays) this.#outline(null);
    });
  }

  goTo(item: string, stays: boolean): boolean {
    const index = this.#indexOf(item);
    this.#goal = index < 0 ? { item, stays } : null;
    if (index < 0) return false;
    const key = this.#toRow(index);
    this.#outline({ key, stays });
    if (!stays) void this.#focus(key);
    return true;
  }

  leave(): void {
    this.#goal = null;
    this.#outline(null);
  }

  hostUpdated(): void {
    if (this.#outlined) this.#mark();
    if (this.#goal) this.goTo(this.#goal.item, this.#goal.stays);
  }

  #indexOf(item: string): number {
    let index = 0;
    for (const { items } of this.#host.transcript?.chunks ?? []) {
      const found = items.findIndex(({ id }) => id === item);
      if (found >= 0) return index + found;
      index += items.length;
    }
    return -1;
  }

  #outline(outlined: { readonly key: string; readonly stays: boolean } | null): void {
    this.#outlined = outlined;
    this.#mark();
  }

  get #rows(): readonly HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.row')];
  }

  #mark(): void {
    const { key, stays = false } = this.#outlined ?? {};
    for (const row of this.#rows) {
      const isIt = row.dataset['key'] === key;
      row.classList.toggle('outlined', isIt);
      row.classList.toggle('stays', isIt && stays);
    }
  }

  async #focus(key: string): Promise<void> {
    await this.#host.updateComplete;
    const row = this.#rows.find((one) => one.dataset['key'] === key);
    if (!row || this.#outlined?.key !== key) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }
}

const styles = css`
  .row:focus-visible {
    outline-offset: -2px;
  }
  .outlined::after {
    position: absolute;
    inset: 8px -4px -4px;
    border: 2px solid var(--_focus);
    border-radius: var(--_radius-card);
    content: '';
    pointer-events: none;
  }
  .outlined:not(.stays)::after {
    animation: fade 1s 2s both;
  }
  @keyframes fade {
    to {
      opacity: 0;
    }
  }
`;
