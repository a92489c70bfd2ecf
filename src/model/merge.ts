import type { Contact } from './contact.js';
import type { EventDraft } from './event.js';
import { addPendency } from './evolve.js';
import type { Interaction } from './interaction.js';
import type { MessagePreview } from './message.js';

/**
 * Two contacts turned out to be one person, and both have an open interaction on one channel: one goes on, the other one ends in it. What waits in that
 * one goes over; its transcript stays where it is and is read as the part before.
 * @param person The contact as it is by now; each interaction keeps its own when left out.
 * @returns The facts, in their order; all of them are about one of the two.
 */
export function mergeInteractions(
  a: Interaction,
  b: Interaction,
  now: number,
  person: Contact | null = null,
): readonly EventDraft[] {
  const [kept, ended] = comesFirst(a, b) ? [a, b] : [b, a];
  const known = (one: Interaction): Interaction => (person ? { ...one, contact: person } : one);
  const into = joined(known(kept), ended);
  const fact = { at: now, actor: null, command: null };
  const merged: EventDraft = {
    ...fact,
    type: 'interaction-merged',
    interaction: ended.id,
    body: {
      interaction: closed(known(ended), kept.id),
      fromWorkbin: ended.parking?.workbin ?? null,
      into,
      contacts: { kept: kept.contact, ended: ended.contact },
    },
  };
  if (!into.parking || !ended.pendency) return [merged];
  const queued: EventDraft = {
    ...fact,
    type: 'interaction-queued',
    interaction: into.id,
    body: {
      interaction: { ...into, state: 'queued', version: into.version + 1, parking: null, passes: [] },
      fromWorkbin: into.parking.workbin,
      cause: 'contact-wrote',
    },
  };
  return [merged, queued];
}

/** An agent must not lose the conversation that is being held; of two such, and of two that nobody holds, the older one has the longer past. */
function comesFirst(a: Interaction, b: Interaction): boolean {
  const isHeld = (one: Interaction) => Number(one.state === 'active');
  return (isHeld(b) - isHeld(a) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)) < 0;
}

function joined(kept: Interaction, ended: Interaction): Interaction {
  return {
    ...kept,
    formerAgent: kept.formerAgent ?? ended.agent ?? ended.formerAgent,
    pendency: ended.pendency ? addPendency(kept.pendency, ended.pendency) : kept.pendency,
    windowClosesAt: latest(kept.windowClosesAt, ended.windowClosesAt),
    lastMessage: newer(kept.lastMessage, ended.lastMessage),
    joined: [...(kept.joined ?? []), ...(ended.joined ?? []), ended.id],
  };
}

function closed(interaction: Interaction, into: string): Interaction {
  return {
    ...interaction,
    state: 'done',
    version: interaction.version + 1,
    agent: null,
    formerAgent: interaction.agent ?? interaction.formerAgent,
    offer: null,
    passes: [],
    parking: null,
    pendency: null,
    answered: null,
    mergedInto: into,
  };
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function newer(a: MessagePreview | null, b: MessagePreview | null): MessagePreview | null {
  return a === null || b === null ? (a ?? b) : b.at > a.at ? b : a;
}
