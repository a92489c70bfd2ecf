import type { EventBodies, EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import type { Policy } from './policy.js';

/** An agent who is ready and connected. */
export interface Candidate {
  readonly agent: string;
  /** Interactions on the desk and offers ringing. */
  readonly load: number;
  /** When the agent last got something to do, in milliseconds since the epoch; 0 for never. */
  readonly idleSince: number;
}

/** Which queued interaction goes to whom. */
export interface Match {
  readonly interaction: Interaction;
  readonly agent: string;
}

export interface Routed {
  /** Longest waiting first. */
  readonly matches: readonly Match[];
  /** The agents as they are when all of this rings at them. */
  readonly agents: readonly Candidate[];
}

/** Since when an interaction waits for an agent: since its oldest unanswered message. */
export function waitingSince({ pendency, createdAt }: Interaction): number {
  return pendency?.since ?? createdAt;
}

/** Longest waiting first: the order of the queue. */
export function byWaiting(a: Interaction, b: Interaction): number {
  return waitingSince(a) - waitingSince(b) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * What a queue is given to: the longest waiting first, as far as the agents have room. An interaction goes to who had it last, else to the least
 * loaded, else to the longest idle. Who let it go by gets it again only when nobody else can take it and as long as an offer rings has passed
 * since; until then it keeps its place and holds up nothing behind it.
 */
export function routeQueue(
  queue: readonly Interaction[],
  agents: readonly Candidate[],
  now: number,
  policy: Policy,
): Routed {
  const byId = new Map(agents.map((candidate) => [candidate.agent, candidate]));
  const roomy = new Map([...byId].filter(([, { load }]) => load < policy.agentCapacity));
  const matches: Match[] = [];
  for (const interaction of [...queue].sort(byWaiting)) {
    if (roomy.size === 0) break;
    const chosen = chooseAgent(interaction, [...roomy.values()], now, policy);
    if (!chosen) continue;
    const { agent } = chosen;
    matches.push({ interaction, agent });
    const busier: Candidate = { agent, load: chosen.load + 1, idleSince: now };
    byId.set(agent, busier);
    if (busier.load < policy.agentCapacity) roomy.set(agent, busier);
    else roomy.delete(agent);
  }
  return { matches, agents: [...byId.values()] };
}

function chooseAgent(
  { passes, formerAgent }: Interaction,
  candidates: readonly Candidate[],
  now: number,
  { offerTimeout }: Policy,
): Candidate | null {
  const passedAt = new Map(passes.map(({ agent, at }) => [agent, at]));
  // So far in the future it was written by a clock that has been put right since.
  const isOver = (since: number) => since >= offerTimeout || since < -offerTimeout;
  const ranked = candidates
    .filter(({ agent }) => isOver(now - (passedAt.get(agent) ?? -Infinity)))
    .sort(
      (a, b) =>
        (passedAt.get(a.agent) ?? 0) - (passedAt.get(b.agent) ?? 0) ||
        Number(b.agent === formerAgent) - Number(a.agent === formerAgent) ||
        a.load - b.load ||
        a.idleSince - b.idleSince ||
        (a.agent < b.agent ? -1 : 1),
    );
  return ranked[0] ?? null;
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
      fromWorkbin: null,
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
      fromWorkbin: null,
      cause,
    },
  };
}
