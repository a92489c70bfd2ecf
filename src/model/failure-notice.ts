import type { Contact } from './contact.js';
import { contentText } from './content.js';
import type { Delivery } from './delivery.js';
import { isOnDesk } from './interaction.js';
import type { Interaction } from './interaction.js';
import type { Message } from './message.js';

/**
 * Goes with the news that a message failed, or that nobody knows whether it went, when its conversation is no longer on the author's desk: the author
 * is told all the same, and this says what the desk cannot look up.
 */
export interface FailureNotice {
  /** The agent who wrote the message: only this agent's desk tells of it. */
  readonly author: string;
  readonly contact: Contact;
  /** What the message says; null for kinds without text. */
  readonly text: string | null;
  /** What the interaction was then. */
  readonly state: Interaction['state'];
  /** Where it was parked; null unless parked. */
  readonly workbin: string | null;
  /** The interaction that it went on in, when two contacts turned out to be one person. */
  readonly into?: string;
}

/** Whether somebody must be told who does not see it: null when the message neither failed nor is in doubt, or lies on its author's desk. */
export function failureNotice(
  interaction: Interaction,
  { author, content }: Pick<Message, 'author' | 'content'>,
  delivery: Delivery,
): FailureNotice | null {
  if (!isAmiss(delivery) || author === null || isOnDesk(interaction, author.id)) return null;
  return {
    author: author.id,
    contact: interaction.contact,
    text: contentText(content),
    state: interaction.state,
    workbin: interaction.parking?.workbin ?? null,
    ...(interaction.mergedInto !== undefined && { into: interaction.mergedInto }),
  };
}

/** Who was told that a message failed or is in doubt, and must be told that it went: null for nobody, and for who sees it. */
export function relievedAuthor(
  interaction: Interaction,
  { author }: Pick<Message, 'author'>,
  before: Delivery,
  delivery: Delivery,
): string | null {
  if (!isAmiss(before) || isAmiss(delivery) || author === null) return null;
  return isOnDesk(interaction, author.id) ? null : author.id;
}

/** Whether a delivery has failed, or nobody knows whether it has. */
export function isAmiss({ state }: Delivery): boolean {
  return state === 'failed' || state === 'unknown';
}
