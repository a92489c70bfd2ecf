import type { Agent } from './agent.js';
import type { Command, CommandArgs, CommandName, Refusal, RefusalKind } from './command.js';
import type { EventDraft } from './event.js';
import { isOnDesk } from './interaction.js';
import type { Interaction } from './interaction.js';
import type { Policy } from './policy.js';
import { endOffer } from './routing.js';
import { serviceWindow } from './service-window.js';
import { shownContent } from './shown-content.js';
import type { OwnFile } from './shown-content.js';
import { NO_CONTEXT } from './message.js';
import type { Message, MessageBatch } from './message.js';
import type { OutboundContent, OutboundReaction } from './outbound-content.js';
import { queuedMessage } from './queued-message.js';
import { takesReaction } from './referable.js';
import type { Template } from './template.js';
import { personalWorkbin, workbinOwner } from './workbin.js';

/** Everything a decision depends on: what its command `needs`, and when. */
export interface Facts {
  /** Who gives the command. */
  readonly agent: Agent;
  /** The interaction that the command names; null when it names none or there is no such. */
  readonly interaction: Interaction | null;
  /** The interaction that it has ended in; null when there is none, or that was not needed. */
  readonly successor: Interaction | null;
  /** What rings at the agent; empty unless it was needed. */
  readonly offers: readonly Interaction[];
  /** Whether the team's workbin that was needed takes interactions. */
  readonly isOpenWorkbin: boolean;
  /** Where the message is that was needed; null when there is no such. */
  readonly answered: MessagePlace | null;
  /** The message that was needed because it is reacted to, as it is now; null when there is no such. */
  readonly reacted: Message | null;
  /** The file that was needed; null when there is none that the agent may send. */
  readonly file: OwnFile | null;
  /** The template that was needed; null when the business account has no such. */
  readonly template: Template | null;
  /** Whether the agent may use the prepared response that was needed. */
  readonly isUsableResponse: boolean;
  readonly now: number;
  readonly policy: Policy;
  /** Makes a new unique id. */
  readonly newId: () => string;
}

/** In whose conversation a message is, and on which business number. */
export interface MessagePlace {
  readonly channel: string;
  readonly contact: string;
}

/** What goes to the contact. */
export interface Outgoing {
  /** Our id of the message that the transcript shows of it. */
  readonly message: string;
  /** What the agent sent: a transcript shows something else for some kinds (the words of a template, not its values). */
  readonly content: OutboundContent;
  /** What stands in no transcript, and is kept for its delivery alone: a reaction, whose message is the one reacted to. Missing for all else. */
  readonly apart?: Message;
}

export type Decision =
  | {
      readonly ok: true;
      readonly events: readonly EventDraft[];
      /** null when nothing goes to the contact. */
      readonly outgoing: Outgoing | null;
    }
  | { readonly ok: false; readonly error: Refusal };

type Decider<N extends CommandName> = (
  args: CommandArgs[N],
  interaction: Interaction,
  context: Context,
) => Decision;

type Context = Facts & { readonly command: string };

/** What follows from a command: facts, or a refusal. The one truth about the life of an interaction, at the gateway and in the simulation. */
export function decide(command: Command, facts: Facts): Decision {
  const extended = { ...facts, command: command.id };
  if (command.name === 'set-agent-status') return setStatus(command.args, extended);
  if (command.name === 'set-favourite-response' || command.name === 'note-response-used')
    return facts.isUsableResponse
      ? NOTHING
      : refuse('not-found', 'There is no such response for this agent.');
  const interaction = facts.successor ?? facts.interaction;
  if (!interaction || interaction.state === 'done') {
    return refuse('not-found', 'There is no such open interaction.');
  }
  if (command.ifVersion !== undefined && command.ifVersion !== interaction.version) {
    return refuse('conflict', 'The interaction has changed meanwhile.');
  }
  const decider = DECIDERS[command.name] as Decider<CommandName>;
  return decider(command.args, interaction, extended);
}

/** What is no fact of a conversation or an agent: whoever decides keeps it elsewhere. */
const NOTHING: Decision = { ok: true, events: [], outgoing: null };

/** Commands about an interaction. */
type Concerning = Exclude<CommandName, 'set-agent-status' | 'set-favourite-response' | 'note-response-used'>;

const DECIDERS: { readonly [N in Concerning]: Decider<N> } = {
  'accept-interaction': (_args, interaction, context) => {
    const { offer } = interaction;
    if (offer?.agent !== context.agent.id || offer.expiresAt <= context.now) return offerEnded();
    return assign(interaction, 'accepted', context);
  },

  'reject-interaction': (_args, interaction, context) => {
    if (interaction.offer?.agent !== context.agent.id) return offerEnded();
    const by = { actor: context.agent.id, command: context.command };
    const ended = endOffer(interaction, 'rejected', context.now, by);
    return ended ? accept(ended) : offerEnded();
  },

  'open-interaction': (_args, interaction, context) => {
    if (!interaction.parking) {
      return refuse('taken', 'The interaction is no longer in the workbin: somebody has taken it.');
    }
    const owner = workbinOwner(interaction.parking.workbin);
    if (owner !== null && owner !== context.agent.id) {
      return refuse('not-yours', 'The interaction lies in the workbin of another agent.');
    }
    return assign(interaction, 'opened', context);
  },

  'move-to-workbin': ({ workbin }, interaction, context) => {
    if (!isOnDesk(interaction, context.agent.id)) return notYours();
    const owner = workbinOwner(workbin);
    if (owner !== null && owner !== context.agent.id) {
      return refuse('not-yours', 'The workbin belongs to another agent.');
    }
    // What lies in a workbin that does not exist is in nobody's sight.
    if (!hasPlace(workbin, context)) return refuse('not-found', 'There is no such workbin.');
    const { agent, now } = context;
    return accept(
      interactionFact('interaction-parked', context, {
        ...interaction,
        state: 'parked',
        agent: null,
        formerAgent: agent.id,
        parking: { workbin, by: agent.id, at: now },
      }),
    );
  },

  'mark-done': (_args, interaction, context) => {
    if (!isOnDesk(interaction, context.agent.id)) return notYours();
    const done: Interaction = {
      ...interaction,
      state: 'done',
      agent: null,
      formerAgent: context.agent.id,
      pendency: null,
      answered: null,
    };
    return accept(interactionFact('interaction-done', context, done));
  },

  // What becomes of it is no fact.
  'mark-read': (_args, interaction, context) =>
    isOnDesk(interaction, context.agent.id) ? NOTHING : notYours(),

  'send-message': (args, interaction, context) => {
    if (!isOnDesk(interaction, context.agent.id)) return notYours();
    const { content, replyTo = null, batch = null } = args;
    const { now, agent, command } = context;
    if (content.kind === 'reaction') return react(content, interaction, context);
    const shown = shownContent(content, context);
    if (!shown.ok) return shown;
    // By templates a business may write at any time.
    const isFree = content.kind !== 'template';
    if (isFree && serviceWindow(interaction.windowClosesAt, now) === 'closed') return windowClosed();
    if (replyTo !== null && !isSaidIn(interaction, context.answered)) {
      return refuse(
        'not-found',
        'The message that is answered is not in the conversation with this contact.',
      );
    }
    if (batch && batch.index >= batch.of) {
      return refuse('invalid', `There is no place ${batch.index} among ${batch.of} messages.`);
    }
    const message = outboundMessage({ content: shown.content, replyTo, batch }, interaction, context);
    const sent: EventDraft = {
      type: 'message-sent',
      at: now,
      interaction: interaction.id,
      actor: agent.id,
      command,
      body: { message },
    };
    return { ok: true, events: [sent], outgoing: { message: message.id, content } };
  },
};

/** A reaction is a change of its message, wherever that stands, and leaves the contact's waiting as it is. */
function react(content: OutboundReaction, interaction: Interaction, context: Context): Decision {
  const { reacted, answered, now, agent, command } = context;
  const { emoji } = content;
  if (!reacted || !isSaidIn(interaction, answered))
    return refuse('not-found', 'The message reacted to is not in the conversation with this contact.');
  if (emoji?.trim() === '') return refuse('invalid', 'The reaction has no emoji.');
  if (!takesReaction(reacted, now)) {
    const sentence =
      'WhatsApp takes reactions to what a contact wrote in the last 30 days and has not deleted.';
    return refuse('invalid', sentence);
  }
  if (serviceWindow(interaction.windowClosesAt, now) === 'closed') return windowClosed();
  const { id: message, interaction: place, session, rev } = reacted;
  const shown = { content: { kind: 'reaction', emoji, message }, replyTo: null, batch: null } as const;
  const apart = { ...outboundMessage(shown, interaction, context), interaction: place, session };
  const by = { id: agent.id, name: agent.name };
  const changed: EventDraft = {
    type: 'message-changed',
    at: now,
    interaction: place,
    actor: agent.id,
    command,
    body: { message, rev: rev + 1, change: { kind: 'reaction', by, emoji, at: now } },
  };
  return { ok: true, events: [changed], outgoing: { message: apart.id, content, apart } };
}

/** WhatsApp quotes what was said to the contact or by the contact on the same number, in whichever interaction. */
function isSaidIn({ channel, contact }: Interaction, place: MessagePlace | null): boolean {
  return place?.channel === channel && place.contact === contact.id;
}

/** As the transcript shows it. */
function outboundMessage(
  {
    content,
    replyTo,
    batch,
  }: Pick<Message, 'content'> & { replyTo: string | null; batch: MessageBatch | null },
  interaction: Interaction,
  context: Context,
): Message {
  const { agent, command } = context;
  const said = { content, author: { id: agent.id, name: agent.name }, clientId: command };
  return {
    ...queuedMessage(said, interaction, context),
    ...(replyTo !== null && { context: { ...NO_CONTEXT, reply: true, replyTo } }),
    ...(batch && { batch }),
  };
}

/** What rings at an agent who is no longer ready goes on to others. */
function setStatus({ status, reason }: CommandArgs['set-agent-status'], context: Context): Decision {
  const { agent, now, command, offers } = context;
  const next: Agent = { ...agent, status, reason: status === 'ready' ? null : reason };
  const changed: EventDraft = {
    type: 'agent-status-changed',
    at: now,
    interaction: null,
    actor: agent.id,
    command,
    body: { agent: next },
  };
  const events = [changed, ...offers.flatMap((one) => withdrawn(one, now) ?? [])];
  return { ok: true, events, outgoing: null };
}

function withdrawn(interaction: Interaction, now: number): EventDraft | null {
  const isOver = (interaction.offer?.expiresAt ?? 0) <= now;
  return endOffer(interaction, isOver ? 'offer-expired' : 'agent-left', now);
}

/** Whether an interaction that an agent parks is found again. */
function hasPlace(workbin: string, { agent, isOpenWorkbin }: Facts): boolean {
  return workbin === personalWorkbin(agent.id) || isOpenWorkbin;
}

function assign(interaction: Interaction, cause: 'accepted' | 'opened', context: Context): Decision {
  return accept({
    type: 'interaction-assigned',
    at: context.now,
    interaction: interaction.id,
    actor: context.agent.id,
    command: context.command,
    body: {
      interaction: {
        ...interaction,
        state: 'active',
        version: interaction.version + 1,
        agent: context.agent.id,
        formerAgent: null,
        offer: null,
        passes: [],
        parking: null,
      },
      fromWorkbin: interaction.parking?.workbin ?? null,
      cause,
    },
  });
}

function interactionFact(
  type: 'interaction-parked' | 'interaction-done',
  context: Context,
  interaction: Interaction,
): EventDraft {
  return {
    type,
    at: context.now,
    interaction: interaction.id,
    actor: context.agent.id,
    command: context.command,
    body: { interaction: { ...interaction, version: interaction.version + 1 }, fromWorkbin: null },
  };
}

function accept(event: EventDraft): Decision {
  return { ok: true, events: [event], outgoing: null };
}

function offerEnded(): Decision {
  return refuse('offer-ended', 'The offer has ended: it was taken back or has gone on to another agent.');
}

function windowClosed(): Decision {
  return refuse(
    'window-closed',
    'More than 24 hours have passed since the contact last wrote: WhatsApp takes no free text until the contact writes again.',
  );
}

function notYours(): Decision {
  return refuse('not-yours', 'The interaction is not on your desk.');
}

function refuse(kind: RefusalKind, sentence: string): Decision {
  return { ok: false, error: { kind, sentence, retryable: false } };
}
