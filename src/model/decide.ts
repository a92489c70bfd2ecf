import type { Agent } from './agent.js';
import type { Command, CommandArgs, CommandName, Refusal, RefusalKind } from './command.js';
import type { EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import type { Policy } from './policy.js';
import { endOffer } from './routing.js';
import { serviceWindow } from './service-window.js';
import { textLength } from './text.js';
import { workbinOwner } from './workbin.js';

/** Everything a decision may depend on. */
export interface DecisionContext {
  /** Who wishes. */
  readonly agent: Agent;
  /** The interaction that the command names; null when it names none or there is no such. */
  readonly interaction: Interaction | null;
  readonly now: number;
  readonly policy: Policy;
  /** Makes a new unique id. */
  readonly newId: () => string;
}

export type Decision =
  | { readonly ok: true; readonly events: readonly EventDraft[] }
  | { readonly ok: false; readonly error: Refusal };

type Decider<N extends CommandName> = (
  args: CommandArgs[N],
  interaction: Interaction,
  context: DecisionContext & { readonly command: string },
) => Decision;

/** What follows from a command: facts, or a refusal. The one truth about the life of an interaction, at the gateway and in the simulation. */
export function decide(command: Command, context: DecisionContext): Decision {
  const extended = { ...context, command: command.id };
  if (command.name === 'set-agent-status') return setStatus(command.args, extended);
  const { interaction } = context;
  if (!interaction || interaction.state === 'done') {
    return refuse('not-found', 'There is no such open interaction.');
  }
  if (command.ifVersion !== undefined && command.ifVersion !== interaction.version) {
    return refuse('conflict', 'The interaction has changed meanwhile.');
  }
  const decider = DECIDERS[command.name] as Decider<CommandName>;
  return decider(command.args, interaction, extended);
}

const DECIDERS: { readonly [N in Exclude<CommandName, 'set-agent-status'>]: Decider<N> } = {
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
    if (!isOnDesk(interaction, context.agent)) return notYours();
    const owner = workbinOwner(workbin);
    if (owner !== null && owner !== context.agent.id) {
      return refuse('not-yours', 'The workbin belongs to another agent.');
    }
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
    if (!isOnDesk(interaction, context.agent)) return notYours();
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

  'send-message': ({ content }, interaction, context) => {
    if (!isOnDesk(interaction, context.agent)) return notYours();
    const { now, policy, agent, command } = context;
    if (content.text.trim() === '') return refuse('text-empty', 'The message has no text.');
    const length = textLength(content.text);
    if (length > policy.textLimit) {
      return refuse(
        'text-too-long',
        `The message has ${length} characters; WhatsApp takes ${policy.textLimit}.`,
      );
    }
    if (serviceWindow(interaction.windowClosesAt, now) === 'closed') {
      return refuse(
        'window-closed',
        'More than 24 hours have passed since the contact last wrote: WhatsApp takes no free text until the contact writes again.',
      );
    }
    return accept({
      type: 'message-sent',
      at: now,
      interaction: interaction.id,
      actor: agent.id,
      command,
      body: {
        message: {
          id: context.newId(),
          clientId: command,
          interaction: interaction.id,
          session: interaction.session.id,
          direction: 'outbound',
          at: now,
          author: { id: agent.id, name: agent.name },
          content,
          context: null,
          delivery: { state: 'queued', at: now, error: null },
        },
      },
    });
  },
};

function setStatus(
  { status, reason }: CommandArgs['set-agent-status'],
  { agent, now, command }: DecisionContext & { readonly command: string },
): Decision {
  const next: Agent = { ...agent, status, reason: status === 'ready' ? null : reason };
  return accept({
    type: 'agent-status-changed',
    at: now,
    interaction: null,
    actor: agent.id,
    command,
    body: { agent: next },
  });
}

function assign(
  interaction: Interaction,
  cause: 'accepted' | 'opened',
  context: DecisionContext & { readonly command: string },
): Decision {
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
      left: interaction.parking?.workbin ?? null,
      cause,
    },
  });
}

function interactionFact(
  type: 'interaction-parked' | 'interaction-done',
  context: DecisionContext & { readonly command: string },
  interaction: Interaction,
): EventDraft {
  return {
    type,
    at: context.now,
    interaction: interaction.id,
    actor: context.agent.id,
    command: context.command,
    body: { interaction: { ...interaction, version: interaction.version + 1 }, left: null },
  };
}

function isOnDesk(interaction: Interaction, agent: Agent): boolean {
  return interaction.state === 'active' && interaction.agent === agent.id;
}

function accept(event: EventDraft): Decision {
  return { ok: true, events: [event] };
}

function offerEnded(): Decision {
  return refuse('offer-ended', 'The offer has ended: it was taken back or has gone on to another agent.');
}

function notYours(): Decision {
  return refuse('not-yours', 'The interaction is not on your desk.');
}

function refuse(kind: RefusalKind, sentence: string): Decision {
  return { ok: false, error: { kind, sentence, retryable: false } };
}
