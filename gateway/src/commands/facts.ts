import type { Facts, Needs, Policy } from 'whatsapp-workspace/model';
import type { Work } from '../ledger/work.js';
import type { KnownTemplates } from '../templates/known-templates.js';
import { lockAgent, readAgent } from '../store/agents.js';
import { isOpenWorkbin, reachOf } from '../store/centre.js';
import { findOffers, lockInteractions } from '../store/interactions.js';
import { readSendable } from '../store/media.js';
import { isUsableResponse } from '../store/responses.js';
import { findInteractionOf, readMessagesById, readPlace } from '../store/messages.js';

/** What decisions go by beside the database. */
export interface Rules {
  readonly policy: Policy;
  readonly templates: Pick<KnownTemplates, 'find'>;
}

/**
 * Locks and reads what a decision needs, in the order of all transactions: contacts, agents, interactions. The interactions are held by the work from then
 * on.
 * @throws When the agent is not registered.
 */
export async function gatherFacts(
  work: Work,
  { policy, templates }: Rules,
  agentId: string,
  needs: Needs,
): Promise<Facts> {
  const { tx, now, newId } = work;
  const { interaction, workbin, message, reacted, file, template, response } = needs;
  const agent = needs.agent === 'locked' ? await lockAgent(tx, agentId) : await readAgent(tx, agentId);
  if (!agent) throw new Error('A command came from an agent who is not registered.');
  // Nothing comes to a locked agent meanwhile: what is found now is all.
  const ringing = needs.offers ? await findOffers(tx, agentId) : [];
  const changed = reacted === null ? null : await findInteractionOf(tx, reacted);
  const ids = [...ringing, ...[interaction, changed].filter((id) => id !== null)];
  const successorsOf = needs.successor && interaction !== null ? [interaction] : [];
  const locked = await lockInteractions(tx, { ids, successorsOf });
  work.hold(locked);
  if (reacted !== null) work.messages.hold(await readMessagesById(tx, [reacted]));
  const successor = locked.find((one) => !ids.includes(one.interaction.id));
  const found = interaction === null ? null : work.interaction(interaction);
  const channel = (successor?.interaction ?? found)?.channel ?? null;
  return {
    agent,
    interaction: found,
    successor: successor?.interaction ?? null,
    offers: ringing
      .flatMap((id) => work.interaction(id) ?? [])
      .filter(({ offer }) => offer?.agent === agentId),
    isOpenWorkbin: workbin !== null && (await isOpenWorkbin(tx, workbin)),
    answered: message === null ? null : await readPlace(tx, message),
    reacted: reacted === null ? null : work.messages.byId(reacted),
    file:
      file === null
        ? null
        : await readSendable(tx, file, { agent: agentId, workbins: await reachOf(tx, agentId), now }),
    isUsableResponse: response !== null && (await isUsableResponse(tx, response, now)),
    template: template === null || channel === null ? null : await templates.find(tx, channel, template),
    now,
    policy,
    newId,
  };
}
