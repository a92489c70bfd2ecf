import { asksForAnswer, contentText } from './content.js';
import type { Content } from './content.js';
import { isDelivered } from './delivery.js';
import type { Delivery } from './delivery.js';
import type { EventBodies, EventDraft } from './event.js';
import type { Interaction, Pendency } from './interaction.js';
import type { Message, MessagePreview } from './message.js';
import { SERVICE_WINDOW } from './service-window.js';
import { excerpt } from './text.js';

const PREVIEW_LIMIT = 160;
// Enough for any prepared reply; an agent who sends more than this into the void before the first status comes is answered by the last ones.
const ANSWERS_REMEMBERED = 32;

/** What an interaction is after an event about it. Returns the same reference when the event changes nothing. */
export function evolve(interaction: Interaction, event: EventDraft): Interaction {
  switch (event.type) {
    case 'interaction-created':
    case 'interaction-queued':
    case 'interaction-offered':
    case 'interaction-assigned':
    case 'interaction-parked':
    case 'interaction-done':
    case 'contact-changed':
      return event.body.interaction;
    case 'interaction-merged':
      return event.body.into.id === interaction.id ? event.body.into : event.body.interaction;
    case 'session-started':
      return { ...interaction, session: event.body.session };
    case 'message-received':
      return afterInbound(interaction, event.body.message);
    case 'message-sent':
      // What a system sends answers nobody.
      return event.actor === null
        ? { ...interaction, lastMessage: preview(event.body.message) }
        : afterOutbound(interaction, event.body.message);
    case 'delivery-changed':
      return afterDelivery(interaction, event.body.message, event.body.delivery);
    case 'message-changed':
      return afterChange(interaction, event.body, event.at);
    case 'agent-status-changed':
    case 'centre-changed':
    case 'channel-changed':
      return interaction;
  }
}

function afterInbound(interaction: Interaction, message: Message): Interaction {
  const { pendency } = interaction;
  const known = { ...interaction, lastMessage: preview(message) };
  // Neither what WhatsApp says nor what happened to a message that is not known opens the service window for certain.
  if (!asksForAnswer(message.content)) return known;
  return {
    ...known,
    pendency: addPendency(pendency, { since: message.at, count: 1 }),
    windowClosesAt: Math.max(interaction.windowClosesAt ?? 0, message.at + SERVICE_WINDOW),
  };
}

function afterOutbound(interaction: Interaction, message: Message): Interaction {
  const { pendency, answered } = interaction;
  const open = pendency ?? answered?.pendency ?? null;
  const messages = [...(pendency ? [] : (answered?.messages ?? [])), message.id].slice(-ANSWERS_REMEMBERED);
  return {
    ...interaction,
    pendency: null,
    answered: open && { pendency: open, messages },
    lastMessage: preview(message),
  };
}

/** An answer that arrived settles the pendency; when the last answer that might have arrived fails, the contact waits again. */
function afterDelivery(interaction: Interaction, message: string, delivery: Delivery): Interaction {
  const { answered, pendency } = interaction;
  if (!answered?.messages.includes(message)) return interaction;
  if (isDelivered(delivery.state)) return { ...interaction, answered: null };
  if (delivery.state !== 'failed') return interaction;
  const messages = answered.messages.filter((id) => id !== message);
  if (messages.length > 0) return { ...interaction, answered: { ...answered, messages } };
  return { ...interaction, answered: null, pendency: addPendency(pendency, answered.pendency) };
}

/** What happens to a message leaves the interaction as it is, except that lists show the last message as it is by now. */
function afterChange(
  interaction: Interaction,
  { message, change }: EventBodies['message-changed'],
  at: number,
): Interaction {
  const { lastMessage } = interaction;
  const isLast = lastMessage?.id === message;
  switch (change.kind) {
    case 'edit':
      return isLast && change.text !== null
        ? { ...interaction, lastMessage: { ...lastMessage, text: excerpt(change.text, PREVIEW_LIMIT) } }
        : interaction;
    case 'deletion':
      return isLast
        ? { ...interaction, lastMessage: { ...lastMessage, kind: 'deleted', text: null } }
        : interaction;
    case 'replacement': {
      // What could not be read before may have been answered with "please send it again".
      const waits = asksForAnswer(change.content) && !interaction.pendency && interaction.state !== 'done';
      return {
        ...interaction,
        pendency: waits ? { since: at, count: 1 } : interaction.pendency,
        lastMessage: isLast ? { ...lastMessage, ...contentPreview(change.content) } : lastMessage,
      };
    }
    case 'reaction':
    case 'media':
      return interaction;
  }
}

/** Both wait: since the older one came, for as many messages. */
export function addPendency(known: Pendency | null, more: Pendency): Pendency {
  if (!known) return more;
  return { since: Math.min(known.since, more.since), count: known.count + more.count };
}

function preview(message: Message): MessagePreview {
  const { id, direction, at, content } = message;
  return { id, direction, at, ...contentPreview(content) };
}

function contentPreview(content: Content): Pick<MessagePreview, 'kind' | 'text'> {
  const text = contentText(content);
  return { kind: content.kind, text: text === null ? null : excerpt(text, PREVIEW_LIMIT) };
}
