import type { AgentStatus } from './agent.js';
import type { TextContent } from './content.js';

/** Arguments of each command, by name. Commands are wishes of an agent. */
export interface CommandArgs {
  'accept-interaction': { readonly interaction: string };
  'reject-interaction': { readonly interaction: string };
  /** Takes a parked interaction back to the desk. */
  'open-interaction': { readonly interaction: string };
  'move-to-workbin': { readonly interaction: string; readonly workbin: string };
  'mark-done': { readonly interaction: string };
  /** The command's id is the message's client id. */
  'send-message': { readonly interaction: string; readonly content: TextContent };
  'set-agent-status': { readonly status: AgentStatus; readonly reason: string | null };
}

export type CommandName = keyof CommandArgs;

/** A wish with the id that makes it idempotent: the same id twice has one effect and the same receipt. */
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
  | 'unavailable';

/** Why a command was not carried out. The sentence is English, for logs and details; desks word it by `kind`. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly sentence: string;
  /** Whether the same command may succeed later. */
  readonly retryable: boolean;
}

/** The answer to a command. `seq` is the head of the log when it was decided. */
export type Receipt =
  | { readonly id: string; readonly ok: true; readonly seq: number }
  | { readonly id: string; readonly ok: false; readonly error: Refusal; readonly seq: number };
