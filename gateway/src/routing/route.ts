import {
  byWaiting,
  endOffer,
  offerTo,
  routeQueue,
  type Candidate,
  type Match,
  type Policy,
} from 'whatsapp-workspace/model';
import type { Work } from '../ledger/work.js';
import { lockCandidates, readCandidates } from '../store/agents.js';
import type { Queryable } from '../store/db.js';
import { isAnotherAhead, readQueue } from '../store/interactions.js';

/** How much of the queue is read at once. */
const PAGE = 100;

/** Offers what is queued among the held interactions, as far as the candidates have room. */
export function offerQueued(work: Work, candidates: readonly Candidate[], policy: Policy): void {
  const { matches } = routeQueue(work.queued(), candidates, work.now, policy);
  for (const { interaction, agent } of matches) work.record(offerTo(interaction, agent, work.now, policy));
}

/**
 * Offers what has just been queued in the same transaction: when nobody who waits longer would be passed over, and no chosen agent is held by
 * another transaction. Else it stays in the queue for the router, which comes right after the commit and may wait for agents.
 */
export async function offerAtOnce(work: Work, policy: Policy): Promise<void> {
  const { tx, now } = work;
  const queued = work.queued().toSorted(byWaiting);
  const last = queued.at(-1);
  if (!last) return;
  const candidates = await readCandidates(tx, now);
  const chosen = agentsOf(routeQueue(queued, candidates, now, policy).matches);
  if (chosen.length === 0) return;
  const ids = queued.map(({ id }) => id);
  if (await isAnotherAhead(tx, last, ids)) return;
  const locked = await lockCandidates(tx, chosen, now, false);
  // Without the one who is busy the others would be chosen, perhaps instead of who knows the contact.
  if (locked.length === chosen.length) offerQueued(work, locked, policy);
}

/**
 * Whom the queue goes to by what can be seen without locks: at most `limit` offers. Whatever is blocked at the head of the queue holds up
 * nothing behind it.
 */
export async function planQueue(
  q: Queryable,
  now: number,
  policy: Policy,
  limit: number,
): Promise<readonly Match[]> {
  let agents = await readCandidates(q, now);
  const plan: Match[] = [];
  let last = null;
  while (plan.length < limit && agents.some(({ load }) => load < policy.agentCapacity)) {
    const page = await readQueue(q, last, PAGE);
    const routed = routeQueue(page, agents, now, policy);
    plan.push(...routed.matches);
    agents = routed.agents;
    last = page.at(-1) ?? null;
    if (page.length < PAGE) break;
  }
  return plan.slice(0, limit);
}

/** The agents of matches, each once. */
export function agentsOf(matches: readonly Match[]): readonly string[] {
  return [...new Set(matches.map(({ agent }) => agent))];
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
