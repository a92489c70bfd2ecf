import { byUrgency, isOnDesk } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';

export type BarSort = 'urgency' | 'arrival';

/** What is on the agent's desk, in the order of the bar. */
export function openInteractions(
  interactions: ReadonlyMap<string, Interaction>,
  agent: string | null,
  sort: BarSort,
): readonly Interaction[] {
  const open = [...interactions.values()].filter((one) => agent !== null && isOnDesk(one, agent));
  return sort === 'urgency' ? open.toSorted(byUrgency) : open;
}

/** As they stood before, by their `places`; new ones come last. */
export function inPlace(
  open: readonly Interaction[],
  places: ReadonlyMap<string, number>,
): readonly Interaction[] {
  const place = ({ id }: Interaction): number => places.get(id) ?? places.size;
  return open.toSorted((a, b) => place(a) - place(b));
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
  const waiting = open.filter(({ pendency }) => pendency !== null);
  return waiting.reduce<Interaction | null>(
    (first, one) => (first && byUrgency(first, one) <= 0 ? first : one),
    null,
  );
}

/** What the bar shows, and what it hides, both in its order. */
export interface Split {
  readonly shown: readonly Interaction[];
  readonly hidden: readonly Interaction[];
}

/** The first ones are shown; each of the `wanted`, the most important one first, takes the place of the last that nobody wants. */
export function splitStrip(
  open: readonly Interaction[],
  fitting: number,
  wanted: readonly (string | null | undefined)[],
): Split {
  const present = new Set(open.map(({ id }) => id));
  const needed = new Set(wanted.filter((id) => typeof id === 'string' && present.has(id)).slice(0, fitting));
  let free = fitting - needed.size;
  const shown = open.filter(({ id }) => needed.has(id) || free-- > 0);
  return { shown, hidden: open.filter((one) => !shown.includes(one)) };
}
