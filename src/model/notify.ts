import type { Contact } from './contact.js';
import type { Content } from './content.js';
import type { EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import { UNCHANGED } from './message.js';
import type { Message } from './message.js';

/** A notification that a system sends, not an agent. */
export interface SystemNotification {
  readonly channel: string;
  readonly contact: Contact;
  /** What the transcript shows of it. */
  readonly content: Content;
  /** The system. */
  readonly author: NonNullable<Message['author']>;
  readonly clientId: string;
}

/**
 * What follows when a system sends a notification: a message, and nothing that anybody has to do. It stands in the contact's open interaction, where whoever has that
 * sees it; else at the end of the newest one; else in one of its own that is done at once. Only when the contact answers an agent is wanted.
 * @param open The contact's interaction on this channel that is not done; null when there is none.
 * @param latest The contact's newest interaction on this channel, when none is open; null when there never was one.
 */
export function notify(
  open: Interaction | null,
  latest: Interaction | null,
  notification: SystemNotification,
  { now, newId }: { readonly now: number; readonly newId: () => string },
): readonly EventDraft<'interaction-created' | 'message-sent'>[] {
  const { content, author, clientId } = notification;
  const fact = { at: now, actor: null, command: null };
  const known = open ?? latest;
  const place = known ?? doneAtOnce(notification, now, newId);
  const message: Message = {
    ...UNCHANGED,
    id: newId(),
    clientId,
    interaction: place.id,
    session: place.session.id,
    direction: 'outbound',
    at: now,
    author,
    content,
    context: null,
    delivery: { state: 'queued', at: now, error: null },
  };
  const sent = { ...fact, type: 'message-sent', interaction: place.id, body: { message } } as const;
  if (known) return [sent];
  const body = { interaction: place, fromWorkbin: null };
  return [{ ...fact, type: 'interaction-created', interaction: place.id, body }, sent];
}

function doneAtOnce({ channel, contact }: SystemNotification, now: number, newId: () => string): Interaction {
  return {
    id: newId(),
    channel,
    contact,
    state: 'done',
    version: 1,
    createdAt: now,
    session: { id: newId(), direction: 'outbound', startedAt: now },
    agent: null,
    formerAgent: null,
    offer: null,
    passes: [],
    parking: null,
    pendency: null,
    answered: null,
    windowClosesAt: null,
    lastMessage: null,
  };
}
