import type { Delivery } from './delivery.js';
import type { Message } from './message.js';
import type { MessageChange } from './message-change.js';

/**
 * What news of a reaction of ours changes at the message reacted to; null when another one has taken its place, or the news adds nothing.
 * @param sent The reaction, as it went out.
 */
export function reactionNews(
  message: Message,
  sent: Pick<Message, 'at' | 'author'>,
  { state, error }: Delivery,
): MessageChange | null {
  const known = message.reactions.find(({ by }) => by !== null);
  if (!known || known.at !== sent.at || known.by?.id !== sent.author?.id) return null;
  const isAmiss = state === 'failed' || state === 'unknown';
  if (!isAmiss && !known.trouble) return null;
  const { trouble: _trouble, ...reaction } = known;
  return { kind: 'reaction', ...reaction, ...(isAmiss && { trouble: { state, error } }) };
}
