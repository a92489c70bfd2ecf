import type { Contact } from './contact.js';
import type { EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import { newInteraction } from './new-interaction.js';
import { queuedMessage } from './queued-message.js';
import type { Said } from './queued-message.js';

/** A notification that a system sends, not an agent. */
export interface SystemNotification extends Said {
  readonly channel: string;
  readonly contact: Contact;
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
  moment: { readonly now: number; readonly newId: () => string },
): readonly EventDraft<'interaction-created' | 'message-sent'>[] {
  const fact = { at: moment.now, actor: null, command: null };
  const known = open ?? latest;
  const place: Interaction = known ?? { ...newInteraction(notification, 'outbound', moment), state: 'done' };
  const message = queuedMessage(notification, place, moment);
  const sent = { ...fact, type: 'message-sent', interaction: place.id, body: { message } } as const;
  if (known) return [sent];
  const body = { interaction: place, fromWorkbin: null };
  return [{ ...fact, type: 'interaction-created', interaction: place.id, body }, sent];
}
