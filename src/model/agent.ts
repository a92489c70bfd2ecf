import type { Open } from './open.js';

export type AgentStatus = 'ready' | 'not-ready';

/** A person who handles interactions. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly status: Open<AgentStatus>;
  /** Why not ready, in the words of the contact centre; null when ready or not said. */
  readonly reason: string | null;
}
