import type { Agent } from './agent.js';
import type { Interaction } from './interaction.js';
import type { Workbin } from './workbin.js';

/** All that is pushed to one agent's desk, as it was at one place of the log. */
export interface Snapshot {
  readonly seq: number;
  readonly agent: Agent;
  /** Active on this agent's desk, or offered to this agent. */
  readonly interactions: readonly Interaction[];
  /** The agent's own workbin first, then the team's. */
  readonly workbins: readonly Workbin[];
}
