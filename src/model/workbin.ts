/** A named store of parked interactions. */
export interface Workbin {
  readonly id: string;
  readonly name: string;
  /** The agent whose own it is; null for a workbin of the team. */
  readonly owner: string | null;
  /** How many interactions are parked in it. */
  readonly count: number;
  /** Whether it takes nothing more: the contact centre has closed it, and it is seen until it is empty. No by default. */
  readonly closed?: boolean | undefined;
}

/** A workbin of the team as the contact centre's configuration has it. */
export type TeamWorkbin = Pick<Workbin, 'id' | 'name' | 'closed'>;

/** The workbin that every team has. */
export const TEAM_WORKBIN = 'team';

/** The id of an agent's own workbin. */
export function personalWorkbin(agent: string): string {
  return `personal:${agent}`;
}

/** Whose own a workbin is, read from its id; null for a workbin of the team. */
export function workbinOwner(workbin: string): string | null {
  return workbin.startsWith('personal:') ? workbin.slice('personal:'.length) : null;
}
