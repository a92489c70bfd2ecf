import type { Contact } from './contact.js';
import { asksForAnswer } from './content.js';
import type { Content } from './content.js';
import type { EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import type { Message, MessageContext } from './message.js';

/** A message that a contact wrote, as it came in. */
export interface InboundMessage {
  readonly channel: string;
  readonly contact: Contact;
  /** When the contact sent it, in milliseconds since the epoch. */
  readonly at: number;
  readonly content: Content;
  readonly context: MessageContext | null;
}

export interface ReceiveContext {
  readonly now: number;
  /** Makes a new unique id. */
  readonly newId: () => string;
}

/**
 * What follows from a message of a contact: a new interaction, the return of a parked one, or just the message.
 * @param open The contact's interaction on this channel that is not done; null when there is none.
 */
export function receive(
  open: Interaction | null,
  inbound: InboundMessage,
  context: ReceiveContext,
): readonly EventDraft[] {
  const fact = { at: context.now, actor: null, command: null };
  if (!open) {
    const created = newInteraction(inbound, context);
    const message = inboundMessage(created, inbound, context);
    return [
      {
        ...fact,
        type: 'interaction-created',
        interaction: created.id,
        body: { interaction: created, left: null },
      },
      { ...fact, type: 'message-received', interaction: created.id, body: { message } },
    ];
  }
  const message = inboundMessage(open, inbound, context);
  const received: EventDraft = {
    ...fact,
    type: 'message-received',
    interaction: open.id,
    body: { message },
  };
  if (!open.parking || !asksForAnswer(inbound.content)) return [received];
  const queued: EventDraft = {
    ...fact,
    type: 'interaction-queued',
    interaction: open.id,
    body: {
      interaction: { ...open, state: 'queued', version: open.version + 1, parking: null, passes: [] },
      left: open.parking.workbin,
      cause: 'contact-wrote',
    },
  };
  return [queued, received];
}

function newInteraction(inbound: InboundMessage, context: ReceiveContext): Interaction {
  return {
    id: context.newId(),
    channel: inbound.channel,
    contact: inbound.contact,
    state: 'queued',
    version: 1,
    createdAt: context.now,
    session: { id: context.newId(), direction: 'inbound', startedAt: context.now },
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

function inboundMessage(interaction: Interaction, inbound: InboundMessage, context: ReceiveContext): Message {
  return {
    id: context.newId(),
    clientId: null,
    interaction: interaction.id,
    session: interaction.session.id,
    direction: 'inbound',
    // A phone with a fast clock must not make a pendency of negative age.
    at: Math.min(inbound.at, context.now),
    author: null,
    content: inbound.content,
    context: inbound.context,
    delivery: null,
  };
}
