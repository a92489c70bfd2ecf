import type { AgentStatus } from './agent.js';
import type { MessageBatch } from './message.js';
import type { Open } from './open.js';
import type { OutboundContent } from './outbound-content.js';

/** Arguments of each command, by name. Commands are what an agent asks for; the contact centre decides. */
export interface CommandArgs {
  'accept-interaction': { readonly interaction: string };
  'reject-interaction': { readonly interaction: string };
  /** Takes a parked interaction back to the desk. */
  'open-interaction': { readonly interaction: string };
  'move-to-workbin': { readonly interaction: string; readonly workbin: string };
  'mark-done': { readonly interaction: string };
  /** The command's id is the message's client id. */
  'send-message': {
    readonly interaction: string;
    readonly content: OutboundContent;
    /** Our id of the message that this one answers. */
    readonly replyTo?: string | null;
    /** For one of several messages that were sent together: its place, counted from 0. */
    readonly batch?: MessageBatch | null;
  };
  /**
   * The agent has this message of a contact in front, or writes an answer to it (`typing`). A hint: whether the contact is told is the contact centre's to
   * decide, and one that gets lost does no harm.
   */
  'mark-read': { readonly interaction: string; readonly message: string; readonly typing: boolean };
  /** A prepared response becomes one of the agent's favourites, or is none any more. */
  'set-favourite-response': { readonly response: string; readonly favourite: boolean };
  /** The agent has inserted a prepared response: it is one of those used last, and is counted. Does no harm when it gets lost. */
  'note-response-used': { readonly response: string };
  'set-agent-status': { readonly status: AgentStatus; readonly reason: string | null };
}

export type CommandName = keyof CommandArgs;

/** What the receipt of each command brings when it was carried out; null where the events say all. */
export interface CommandResults {
  'accept-interaction': null;
  'reject-interaction': null;
  'open-interaction': null;
  'move-to-workbin': null;
  'mark-done': null;
  'send-message': null;
  'mark-read': null;
  'set-favourite-response': null;
  'note-response-used': null;
  'set-agent-status': null;
}

/** A request with the id that makes it idempotent: the same id twice has one effect and the same receipt. */
export type Command<N extends CommandName = CommandName> = {
  [K in N]: {
    readonly id: string;
    readonly name: K;
    readonly args: CommandArgs[K];
    /** Refuse with `conflict` unless the interaction has this version. */
    readonly ifVersion?: number;
  };
}[N];

export type RefusalKind =
  | 'not-found'
  | 'not-yours'
  | 'taken'
  | 'offer-ended'
  | 'conflict'
  | 'window-closed'
  | 'text-empty'
  | 'text-too-long'
  | 'invalid'
  | 'id-reused'
  | 'unavailable'
  /** The contact centre cannot do that: another version, or not switched on. */
  | 'unsupported';

/** Why a command was not carried out. The sentence is English, for logs and details; desks word it by `kind`. */
export interface Refusal {
  readonly kind: Open<RefusalKind>;
  readonly sentence: string;
  /** Whether the same command may succeed later. */
  readonly retryable: boolean;
}

/** The answer to a command. `seq` is the head of the log when it was decided. */
export type Receipt<N extends CommandName = CommandName> =
  | { readonly id: string; readonly ok: true; readonly seq: number; readonly result: CommandResults[N] }
  | { readonly id: string; readonly ok: false; readonly error: Refusal; readonly seq: number };

export type ReceiptOf<C extends Command> = Receipt<C['name']>;
