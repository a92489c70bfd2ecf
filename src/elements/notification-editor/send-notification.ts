import type { Workspace } from '../../context/index.js';
import { outboundText, textDraft } from '../../model/index.js';
import type { DraftNotification, Interaction } from '../../model/index.js';
import { outboundTemplate } from '../../model/outbound-notification.js';
import { MessageSendEvent } from '../whatsapp-interaction/whatsapp-interaction.events.js';

/** Sends the notification of a conversation's draft, unless the page vetoes. Returns whether it goes. Never rejects. */
export async function sendNotification(
  from: EventTarget,
  workspace: Workspace,
  interaction: Interaction,
  notification: DraftNotification,
): Promise<boolean> {
  const content = outboundTemplate(notification);
  const draft = textDraft(outboundText(content));
  if (!from.dispatchEvent(new MessageSendEvent(interaction, draft, content))) return false;
  try {
    const notifications = await workspace.notifications();
    return notifications.send(interaction.id) !== null;
  } catch {
    // What sends it could not be loaded: it stays in the draft.
    return false;
  }
}
