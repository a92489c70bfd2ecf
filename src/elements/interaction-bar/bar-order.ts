import { byUrgency } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';

export type BarSort = 'urgency' | 'arrival';

/** What is on the agent's desk, in the order of the bar. */
export function openInteractions(
  interactions: ReadonlyMap<string, Interaction>,
  agent: string | null,
  sort: BarSort,
): readonly Interaction[] {
  const open = [...interactions.values()].filter((one) => one.state === 'active' && one.agent === agent);
  return sort === 'urgency' ? open.toSorted(byUrgency) : open;
}

/** What rings at the agent's, first to end first. */
export function invitations(
  interactions: ReadonlyMap<string, Interaction>,
  agent: string | null,
): readonly Interaction[] {
  return [...interactions.values()]
    .filter((one) => one.state === 'offered' && one.offer?.agent === agent)
    .toSorted((a, b) => (a.offer?.expiresAt ?? 0) - (b.offer?.expiresAt ?? 0));
}

/** The interaction that has owed an answer for longest; null when none does. */
export function mostUrgent(open: readonly Interaction[]): Interaction | null {
  const [first] = open.toSorted(byUrgency);
  return first?.pendency ? first : null;
}
