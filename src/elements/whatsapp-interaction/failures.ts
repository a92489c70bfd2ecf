import type { Localizer } from '../../i18n/index.js';
import type { OutboxItem, Transcript } from '../../model/index.js';
import { announceFailure, FailedSending, failureKey } from '../base/index.js';

type Chunk = Transcript['chunks'][number];

/** Has screen readers say which messages of an open conversation could not be sent or delivered, each once. */
export class Failures {
  #interaction: string | null = null;
  #sending = new FailedSending();
  #since = 0;
  #seen = new WeakSet<Chunk>();
  #told = new Set<string>();

  /**
   * @param name What to call the contact.
   * @param now Milliseconds since the epoch.
   */
  announce(
    transcript: Transcript,
    pending: readonly OutboxItem[],
    name: string,
    words: Localizer,
    now: number,
  ): void {
    if (transcript.interaction !== this.#interaction) this.#begin(transcript.interaction, now);
    const failed = pending.filter(({ step }) => step.at === 'failed');
    this.#sending.announce(failed, () => name, words);
    for (const chunk of transcript.chunks) {
      // An event changes one chunk; the others have been looked through.
      if (!this.#seen.has(chunk)) this.#lookThrough(chunk, name, words);
    }
  }

  #begin(interaction: string, now: number): void {
    this.#interaction = interaction;
    this.#sending = new FailedSending();
    this.#since = now;
    this.#seen = new WeakSet();
    this.#told = new Set();
  }

  #lookThrough(chunk: Chunk, name: string, words: Localizer): void {
    this.#seen.add(chunk);
    for (const item of chunk.items) {
      const delivery = item.kind === 'message' ? item.message.delivery : null;
      // What failed before the conversation was gone to is read at leisure.
      if (delivery?.state !== 'failed' || delivery.at < this.#since || this.#told.has(item.id)) continue;
      this.#told.add(item.id);
      announceFailure(name, words.t(failureKey(delivery.error?.code ?? null)), words, item.id);
    }
  }
}
