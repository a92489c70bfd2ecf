import type { Interaction } from './interaction.js';
import { UNCHANGED } from './message.js';
import type { Message } from './message.js';

/** What goes to a contact: what the transcript shows of it, who says it, and the id that its sender has given it. */
export interface Said extends Pick<Message, 'content'> {
  readonly author: NonNullable<Message['author']>;
  readonly clientId: string;
}

/** A message to a contact as it begins: it waits to be sent, alone, and answers nothing. */
export function queuedMessage(
  { content, author, clientId }: Said,
  { id, session }: Pick<Interaction, 'id' | 'session'>,
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Message {
  return {
    ...UNCHANGED,
    id: newId(),
    clientId,
    interaction: id,
    session: session.id,
    direction: 'outbound',
    at: now,
    author,
    content,
    context: null,
    delivery: { state: 'queued', at: now, error: null },
  };
}
