import type { Store } from '../state/index.js';

/** How many transcripts are kept at most that nobody looks at, each no longer than its window. */
export const TRANSCRIPTS_KEPT = 10;

/** Which transcripts stay in memory when nobody looks at them any more: the agent goes back and forth between the conversations on the desk. */
export class KeptTranscripts {
  readonly #store: Store;
  /** Nobody looks at these; the one that was left first comes first. */
  readonly #left = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Somebody looks at it. */
  take(interaction: string): void {
    this.#left.delete(interaction);
  }

  /** Nobody looks at it any more. */
  leave(interaction: string): void {
    const { interactions, transcripts } = this.#store.state;
    if (!interactions.has(interaction) || !transcripts.get(interaction)?.loaded) {
      this.#close(interaction);
      return;
    }
    this.#left.add(interaction);
    for (const id of this.#left) if (!transcripts.has(id)) this.#left.delete(id);
    const [oldest] = this.#left;
    if (this.#left.size > TRANSCRIPTS_KEPT && oldest !== undefined) this.#close(oldest);
  }

  #close(interaction: string): void {
    this.#left.delete(interaction);
    this.#store.dispatch({ kind: 'transcript-closed', interaction });
  }
}
