import type { Localizer } from '../../i18n/index.js';
import type { OutboxItem } from '../../model/index.js';
import { announce } from './announcer.js';
import { refusalText } from './refusal.js';

/** Has screen readers say, once for each, that a message could not be sent. Where two elements do, the words are the same and said once. */
export class FailedSending {
  #told: ReadonlySet<string> | null = null;

  /**
   * Takes in the messages of the outbox that have failed. Those that had when first asked were said before.
   *
   * @param nameOf What to call the contact of a message; null where another says it.
   */
  announce(
    items: readonly OutboxItem[],
    nameOf: (item: OutboxItem) => string | null,
    words: Localizer,
  ): void {
    const told = this.#told;
    this.#told = new Set(items.map(({ clientId }) => clientId));
    if (!told) return;
    for (const item of items) {
      const { step, clientId } = item;
      const name = nameOf(item);
      if (step.at !== 'failed' || told.has(clientId) || name === null) continue;
      announceFailure(name, refusalText(words, step.kind), words, clientId);
    }
  }
}

/** Has screen readers say that a message to a contact was not sent, and why. `event`: what tells it from another. */
export function announceFailure(name: string, reason: string, words: Localizer, event: string): void {
  announce(words.t('message.announce-failed', { name, reason }), words, event);
}
