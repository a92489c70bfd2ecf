import type { Interaction } from './interaction.js';

/** When something begins, and what its ids are. */
interface Beginning {
  readonly now: number;
  readonly newId: () => string;
}

/** A contact's interaction on a channel as it begins, with its first session: in the queue, and nobody's. */
export function newInteraction(
  { channel, contact }: Pick<Interaction, 'channel' | 'contact'>,
  direction: Interaction['session']['direction'],
  { now, newId }: Beginning,
): Interaction {
  return {
    id: newId(),
    channel,
    contact,
    state: 'queued',
    version: 1,
    createdAt: now,
    session: { id: newId(), direction, startedAt: now },
    agent: null,
    formerAgent: null,
    offer: null,
    passes: [],
    parking: null,
    pendency: null,
    answered: null,
    windowClosesAt: null,
    lastMessage: null,
  };
}
