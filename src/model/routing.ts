import type { EventBodies, EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import type { Policy } from './policy.js';

/** An agent who is ready, connected, and has room for one more interaction. */
export interface Candidate {
  readonly agent: string;
  /** Interactions on the desk and offers ringing. */
  readonly load: number;
  /** When the agent last got something to do, in milliseconds since the epoch; 0 for never. */
  readonly idleSince: number;
}

/**
 * To whom a queued interaction goes next: who had it last, else the least loaded, else the longest idle. Who let it go by gets it again only
 * when nobody else can take it and as long as an offer rings has passed since.
 */
export function chooseAgent(
  interaction: Interaction,
  candidates: readonly Candidate[],
  now: number,
  policy: Policy,
): string | null {
  const passedAt = new Map(interaction.passes.map(({ agent, at }) => [agent, at]));
  const ranked = candidates
    .filter(({ agent }) => now - (passedAt.get(agent) ?? -Infinity) >= policy.offerTimeout)
    .sort(
      (a, b) =>
        (passedAt.get(a.agent) ?? 0) - (passedAt.get(b.agent) ?? 0) ||
        Number(b.agent === interaction.formerAgent) - Number(a.agent === interaction.formerAgent) ||
        a.load - b.load ||
        a.idleSince - b.idleSince ||
        (a.agent < b.agent ? -1 : 1),
    );
  return ranked[0]?.agent ?? null;
}

/** Rings a queued interaction at an agent. */
export function offerTo(
  interaction: Interaction,
  agent: string,
  now: number,
  policy: Policy,
): EventDraft<'interaction-offered'> {
  return {
    type: 'interaction-offered',
    at: now,
    interaction: interaction.id,
    actor: null,
    command: null,
    body: {
      interaction: {
        ...interaction,
        state: 'offered',
        version: interaction.version + 1,
        offer: { agent, expiresAt: now + policy.offerTimeout },
      },
      left: null,
    },
  };
}

/** Takes an offer back into the queue, to go on to the next agent; null when none is ringing. */
export function endOffer(
  interaction: Interaction,
  cause: Exclude<EventBodies['interaction-queued']['cause'], 'contact-wrote'>,
  now: number,
  by: { readonly actor: string; readonly command: string } | null = null,
): EventDraft<'interaction-queued'> | null {
  if (!interaction.offer) return null;
  const { agent } = interaction.offer;
  return {
    type: 'interaction-queued',
    at: now,
    interaction: interaction.id,
    actor: by?.actor ?? null,
    command: by?.command ?? null,
    body: {
      interaction: {
        ...interaction,
        state: 'queued',
        version: interaction.version + 1,
        offer: null,
        passes: [...interaction.passes.filter((pass) => pass.agent !== agent), { agent, at: now }],
      },
      left: null,
      cause,
    },
  };
}
