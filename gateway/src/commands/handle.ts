import { createHash } from 'node:crypto';
import {
  decide,
  personalWorkbin,
  type Command,
  type Policy,
  type Receipt,
  type Refusal,
} from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import type { Work } from '../ledger/work.js';
import { endOffers, offerQueued } from '../routing/route.js';
import { lockAgent, lockCandidates, readAgent } from '../store/agents.js';
import { claimCommand, saveReceipt } from '../store/commands.js';
import { readStream } from '../store/events.js';
import { lockInteractions, lockOffersOf, readTeamWorkbins } from '../store/interactions.js';

const ID_REUSED: Refusal = {
  kind: 'id-reused',
  sentence: 'Another command had this id before.',
  retryable: false,
};

const NO_WORKBIN: Refusal = { kind: 'not-found', sentence: 'There is no such workbin.', retryable: false };

/**
 * Carries a command out, once: the same id again gets the stored receipt. State, events, the message for the Cloud API and the receipt are
 * committed together.
 * @param agentId Who wishes; must be registered.
 * @throws When the database fails; then nothing has happened, or all of it, and the same command may be sent again.
 */
export async function handleCommand(
  ledger: Ledger,
  policy: Policy,
  agentId: string,
  command: Command,
): Promise<Receipt> {
  const hash = hashOf(command);
  const { result, head } = await ledger.write(async (work) => {
    const { tx, now } = work;
    const stored = await claimCommand(tx, { id: command.id, agent: agentId, hash, now });
    if (stored) {
      const same = stored.agent === agentId && stored.hash === hash;
      return same ? stored.receipt : refused(work, command, ID_REUSED);
    }
    const error = await carryOut(work, policy, agentId, command);
    // With events, the receipt is written by the statement that gives them their places.
    if (work.events.length > 0) return null;
    const receipt = error ? await refused(work, command, error) : await accepted(work, command);
    await saveReceipt(tx, receipt);
    return receipt;
  }, command.id);
  return result ?? { id: command.id, ok: true, seq: head ?? 0 };
}

/** Records what follows from a command. Returns why nothing does, else null. */
async function carryOut(
  work: Work,
  policy: Policy,
  agentId: string,
  command: Command,
): Promise<Refusal | null> {
  const { tx, now, newId } = work;
  const isStatus = command.name === 'set-agent-status';
  // Agents are locked before interactions, never after: the order that keeps transactions from waiting for each other. Whoever accepts is noted as
  // busy in the end, and whoever becomes not ready takes offers back.
  const changesAgent = isStatus || command.name === 'accept-interaction';
  const agent = changesAgent ? await lockAgent(tx, agentId) : await readAgent(tx, agentId);
  if (!agent) throw new Error('A command came from an agent who is not registered.');
  if (!isStatus) work.hold(await lockInteractions(tx, { ids: [command.args.interaction] }));
  const interaction = isStatus ? null : work.interaction(command.args.interaction);
  const decision = decide(command, { agent, interaction, now, policy, newId });
  if (!decision.ok) return decision.error;
  if (!(await hasPlace(work, agentId, command))) return NO_WORKBIN;
  for (const event of decision.events) work.record(event);
  if (isStatus && command.args.status !== 'ready') {
    work.hold(await lockOffersOf(tx, agentId));
    endOffers(work);
  }
  if (work.queued().length > 0) {
    const candidates = await lockCandidates(tx, now, false);
    offerQueued(work, isStatus ? candidates.filter((one) => one.agent !== agentId) : candidates, policy);
  }
  return null;
}

/** Whether an interaction goes where it will be found again: what lies in a workbin that does not exist is in nobody's sight. */
async function hasPlace({ tx }: Work, agentId: string, command: Command): Promise<boolean> {
  if (command.name !== 'move-to-workbin') return true;
  const { workbin } = command.args;
  return (
    workbin === personalWorkbin(agentId) || (await readTeamWorkbins(tx)).some(({ id }) => id === workbin)
  );
}

async function refused(work: Work, { id }: Command, error: Refusal): Promise<Receipt> {
  return { id, ok: false, error, seq: (await readStream(work.tx)).head };
}

async function accepted(work: Work, { id }: Command): Promise<Receipt> {
  return { id, ok: true, seq: (await readStream(work.tx)).head };
}

/** The same for the same wish. Frames are read into a fixed order of fields before they come here. */
function hashOf({ name, args, ifVersion }: Command): string {
  return createHash('sha256')
    .update(JSON.stringify([name, sorted(args), ifVersion ?? null]))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
