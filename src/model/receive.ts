import type { Contact } from './contact.js';
import { asksForAnswer } from './content.js';
import type { Content } from './content.js';
import type { EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import { newInteraction } from './new-interaction.js';
import { UNCHANGED } from './message.js';
import type { Message, MessageContext } from './message.js';
import type { MessageChange } from './message-change.js';

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
 * What follows from a message of a contact: a new interaction, the return of a parked one, or just the message. What asks for no answer belongs to the past,
 * when nothing is open: it rings nobody, and where the contact has no past it leaves no trace here.
 * @param open The contact's interaction on this channel that is not done; null when there is none.
 * @param latest The contact's newest interaction on this channel, when none is open; null when there never was one.
 */
export function receive(
  open: Interaction | null,
  inbound: InboundMessage,
  context: ReceiveContext,
  latest: Interaction | null = null,
): readonly EventDraft[] {
  if (!asksForAnswer(inbound.content)) {
    const place = open ?? latest;
    return place ? [received(place, inboundMessage(place, inbound, context), context)] : [];
  }
  const fact = { at: context.now, actor: null, command: null };
  if (!open) {
    const created = newInteraction(inbound, 'inbound', context);
    const message = inboundMessage(created, inbound, context);
    return [
      {
        ...fact,
        type: 'interaction-created',
        interaction: created.id,
        body: { interaction: created, fromWorkbin: null },
      },
      received(created, message, context),
    ];
  }
  return [...returned(open, context), received(open, inboundMessage(open, inbound, context), context)];
}

/**
 * What follows from a change of a message: that it has changed, and nothing else; only when a placeholder turns out to be something that asks for an
 * answer, its parked interaction comes back as for any other message.
 * @param open The message's interaction, when it is not done.
 * @param change null: nothing has changed.
 */
export function receiveChange(
  message: Message,
  change: MessageChange | null,
  open: Interaction | null,
  context: ReceiveContext,
): readonly EventDraft<'message-changed' | 'interaction-queued'>[] {
  if (!change) return [];
  const changed: EventDraft<'message-changed'> = {
    at: context.now,
    actor: null,
    command: null,
    type: 'message-changed',
    interaction: message.interaction,
    body: { message: message.id, rev: message.rev + 1, change },
  };
  const asks = change.kind === 'replacement' && asksForAnswer(change.content);
  return [...(open && asks ? returned(open, context) : []), changed];
}

/** A parked interaction leaves its workbin for the queue. */
function returned(open: Interaction, { now }: ReceiveContext): readonly EventDraft<'interaction-queued'>[] {
  if (!open.parking) return [];
  return [
    {
      at: now,
      actor: null,
      command: null,
      type: 'interaction-queued',
      interaction: open.id,
      body: {
        interaction: { ...open, state: 'queued', version: open.version + 1, parking: null, passes: [] },
        fromWorkbin: open.parking.workbin,
        cause: 'contact-wrote',
      },
    },
  ];
}

function received(
  { id }: Interaction,
  message: Message,
  { now }: ReceiveContext,
): EventDraft<'message-received'> {
  return {
    at: now,
    actor: null,
    command: null,
    type: 'message-received',
    interaction: id,
    body: { message },
  };
}

function inboundMessage(interaction: Interaction, inbound: InboundMessage, context: ReceiveContext): Message {
  return {
    ...UNCHANGED,
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
