import type { Command, CommandArgs, CommandName } from './command.js';
import { outboundMediaRef } from './outbound-content.js';

/**
 * What a decision depends on beside the clock and the policy. Whoever decides locks and reads what is named here, in one order for all commands (contacts,
 * agents, interactions), and nothing else: so a command that needs more says so here, and no transaction waits for another in a circle.
 */
export interface Needs {
  /** The agent who gives the command: `locked` when the decision changes the agent or what may be offered. */
  readonly agent: 'read' | 'locked';
  /** An interaction, by id. */
  readonly interaction: string | null;
  /** Also the interaction that this one has ended in, should it have: two contacts turned out to be one person. */
  readonly successor: boolean;
  /** What rings at the agent. */
  readonly offers: boolean;
  /** The workbin of the team to which something goes: whether it takes interactions. */
  readonly workbin: string | null;
  /** A message that is to be answered: in whose conversation it is. That never changes while its interaction is held, so it is only read. */
  readonly message: string | null;
  /** A message that is reacted to: it changes, so its interaction is held with the others. */
  readonly reacted: string | null;
  /** A file, by its id: what it is, if the agent may send it: one that the agent has brought, or that a message names which the agent may read. It is only read. */
  readonly file: string | null;
  /** A prepared response, by its id: whether the agent may use it. It is only read. */
  readonly response: string | null;
  /** A template of the business account to which the interaction's number belongs, by name and language. It is only read. */
  readonly template: { readonly name: string; readonly language: string } | null;
}

const NOTHING: Needs = {
  agent: 'read',
  interaction: null,
  successor: false,
  offers: false,
  workbin: null,
  message: null,
  reacted: null,
  file: null,
  template: null,
  response: null,
};

/** Needs of which most are usual. */
export function need(what: Partial<Needs>): Needs {
  return { ...NOTHING, ...what };
}

const NEEDS: { readonly [N in CommandName]: (args: CommandArgs[N]) => Needs } = {
  // Whoever takes something on locks the agent, so that nothing comes to a desk that another command looks at.
  'accept-interaction': ({ interaction }) => need({ agent: 'locked', interaction }),
  'reject-interaction': ({ interaction }) => need({ interaction }),
  'open-interaction': ({ interaction }) => need({ agent: 'locked', interaction }),
  'move-to-workbin': ({ interaction, workbin }) => need({ interaction, workbin }),
  'mark-done': ({ interaction }) => need({ interaction }),
  // What was written before the agent could know of the end is meant for the person.
  'send-message': ({ interaction, replyTo, content }) =>
    need({
      interaction,
      successor: true,
      message: content.kind === 'reaction' ? content.message : (replyTo ?? null),
      reacted: content.kind === 'reaction' ? content.message : null,
      file: outboundMediaRef(content)?.id ?? null,
      template: content.kind === 'template' ? { name: content.name, language: content.language } : null,
    }),
  'mark-read': ({ interaction }) => need({ interaction }),
  'set-favourite-response': ({ response }) => need({ response }),
  'note-response-used': ({ response }) => need({ response }),
  'set-agent-status': ({ status }) => need({ agent: 'locked', offers: status !== 'ready' }),
};

/** What a command needs to be decided. */
export function needs(command: Command): Needs {
  const declared = NEEDS[command.name] as (args: CommandArgs[CommandName]) => Needs;
  return declared(command.args);
}

/**
 * What two commands of one id must have in common to be the same one. A message is the same whichever of a person's interactions it names: the one that
 * it was written in may have ended in another before it is sent a second time.
 */
export function requestOf({ name, args, ifVersion }: Command): unknown {
  const request = name === 'send-message' ? { ...args, interaction: null } : args;
  return [name, request, ifVersion ?? null];
}
