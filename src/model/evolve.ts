import { asksForAnswer, contentText } from './content.js';
import { isDelivered } from './delivery.js';
import type { Delivery } from './delivery.js';
import type { EventDraft } from './event.js';
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
    case 'session-started':
      return { ...interaction, session: event.body.session };
    case 'message-received':
      return afterInbound(interaction, event.body.message);
    case 'message-sent':
      return afterOutbound(interaction, event.body.message);
    case 'delivery-changed':
      return afterDelivery(interaction, event.body.message, event.body.delivery);
    case 'agent-status-changed':
      return interaction;
  }
}

function afterInbound(interaction: Interaction, message: Message): Interaction {
  const { pendency } = interaction;
  return {
    ...interaction,
    pendency: asksForAnswer(message.content)
      ? addPendency(pendency, { since: message.at, count: 1 })
      : pendency,
    windowClosesAt:
      message.content.kind === 'system'
        ? interaction.windowClosesAt
        : Math.max(interaction.windowClosesAt ?? 0, message.at + SERVICE_WINDOW),
    lastMessage: preview(message),
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

function addPendency(known: Pendency | null, more: Pendency): Pendency {
  if (!known) return more;
  return { since: Math.min(known.since, more.since), count: known.count + more.count };
}

function preview(message: Message): MessagePreview {
  const text = contentText(message.content);
  return {
    id: message.id,
    direction: message.direction,
    at: message.at,
    kind: message.content.kind,
    text: text === null ? null : excerpt(text, PREVIEW_LIMIT),
  };
}
