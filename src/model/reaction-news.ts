import type { Delivery } from './delivery.js';
import type { Message, Reaction } from './message.js';
import type { MessageChange } from './message-change.js';

/** The reaction of an agent to a message: there is at most one; undefined when there never was. */
export function ourReaction({ reactions }: Message): Reaction | undefined {
  return reactions.find(({ by }) => by !== null);
}

/**
 * What news of a reaction of ours changes at the message reacted to; null when another one has taken its place, or the news adds nothing.
 * @param sent The reaction, as it went out.
 */
export function reactionNews(
  message: Message,
  sent: Pick<Message, 'at' | 'author'>,
  { state, error }: Delivery,
): MessageChange | null {
  const known = ourReaction(message);
  if (!known || known.at !== sent.at || known.by?.id !== sent.author?.id) return null;
  const isAmiss = state === 'failed' || state === 'unknown';
  if (!isAmiss && !known.trouble) return null;
  const { trouble: _trouble, ...reaction } = known;
  return { kind: 'reaction', ...reaction, ...(isAmiss && { trouble: { state, error } }) };
}
