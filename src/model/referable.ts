import type { Message } from './message.js';

/** For so long WhatsApp shows what an answer quotes, and takes reactions. */
const REFERABLE_FOR = 30 * 24 * 60 * 60_000;

/** Whether the contact would see which message is meant: it is one of WhatsApp's, stands, and is not older than 30 days. */
export function isReferable({ content, deletedAt, delivery, at }: Message, now: number): boolean {
  const { kind } = content;
  if (kind === 'system' || kind === 'reaction' || kind === 'edited' || kind === 'deleted') return false;
  return deletedAt === null && delivery?.state !== 'failed' && now - at < REFERABLE_FOR;
}

/** Whether WhatsApp takes a reaction to a message: only to what the contact wrote. */
export function takesReaction(message: Message, now: number): boolean {
  return message.direction === 'inbound' && isReferable(message, now);
}
