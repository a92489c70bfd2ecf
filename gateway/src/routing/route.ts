import { chooseAgent, endOffer, offerTo, type Candidate, type Policy } from 'whatsapp-workspace/model';
import type { Work } from '../ledger/work.js';

/** Offers what is queued among the held interactions, as far as the candidates have room. */
export function offerQueued(work: Work, candidates: readonly Candidate[], policy: Policy): void {
  const available = new Map(candidates.map((candidate) => [candidate.agent, candidate]));
  for (const interaction of work.queued()) {
    const roomy = [...available.values()].filter(({ load }) => load < policy.agentCapacity);
    if (roomy.length === 0) return;
    const agent = chooseAgent(interaction, roomy, work.now, policy);
    const chosen = agent === null ? undefined : available.get(agent);
    if (!chosen) continue;
    work.record(offerTo(interaction, chosen.agent, work.now, policy));
    available.set(chosen.agent, { ...chosen, load: chosen.load + 1, idleSince: work.now });
  }
}

/** Takes the offers among the held interactions back: those that have rung long enough, and those whose agent is gone. */
export function endOffers(work: Work): void {
  for (const interaction of work.interactions()) {
    const { offer } = interaction;
    if (!offer) continue;
    const ended = endOffer(
      interaction,
      offer.expiresAt <= work.now ? 'offer-expired' : 'agent-left',
      work.now,
    );
    if (ended) work.record(ended);
  }
}
