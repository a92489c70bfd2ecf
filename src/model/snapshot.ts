import type { Agent } from './agent.js';
import type { ChannelHealth } from './channel-health.js';
import type { DomainEvent, UnknownEvent } from './event.js';
import type { Interaction } from './interaction.js';
import type { Workbin } from './workbin.js';

/** How many failures a snapshot tells of at most; the oldest go first. */
export const FAILURES_TOLD = 50;

/** How long a snapshot tells of a failure, in milliseconds: a weekend and a day. */
export const FAILURES_TOLD_FOR = 3 * 24 * 3_600_000;

/** All that is pushed to one agent's desk, as it was at one place of the log. */
export interface Snapshot {
  readonly seq: number;
  readonly agent: Agent;
  /** Active on this agent's desk, or offered to this agent. */
  readonly interactions: readonly Interaction[];
  /** The agent's own workbin first, then the team's. */
  readonly workbins: readonly Workbin[];
  /** Business numbers that do not send as they should; none by default. */
  readonly troubles?: readonly ChannelHealth[] | undefined;
  /**
   * The latest events of the last days, oldest first, that told this agent with a notice of a message that failed or is in doubt and is so still: the
   * agent may have had no page open then. None by default.
   */
  readonly failures?: readonly (DomainEvent | UnknownEvent)[] | undefined;
}
