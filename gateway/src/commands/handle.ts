import { createHash } from 'node:crypto';
import { decide, needs, requestOf, type Command, type Receipt, type Refusal } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import type { Work } from '../ledger/work.js';
import { claimCommand, saveReceipt } from '../store/commands.js';
import { noteUse, setFavourite } from '../store/used-responses.js';
import { readStream } from '../store/events.js';
import { gatherFacts, type Rules } from './facts.js';

const ID_REUSED: Refusal = {
  kind: 'id-reused',
  sentence: 'Another command had this id before.',
  retryable: false,
};

/**
 * Carries a command out, once: the same id again gets the stored receipt. State, events, the message for the Cloud API and the receipt are
 * committed together.
 * @param agentId Whose command it is; must be registered.
 * @throws When the database fails; then nothing has happened, or all of it, and the same command may be sent again.
 */
export async function handleCommand(
  ledger: Ledger,
  rules: Rules,
  agentId: string,
  command: Command,
): Promise<Receipt> {
  const hash = hashOf(command);
  const carry = async (work: Work) => {
    const { tx, now } = work;
    const stored = await claimCommand(tx, { id: command.id, agent: agentId, hash, now });
    if (stored) {
      const same = stored.agent === agentId && stored.hash === hash;
      return same ? stored.receipt : refused(work, command, ID_REUSED);
    }
    const error = await carryOut(work, rules, agentId, command);
    // With events, the receipt is written by the statement that gives them their places.
    if (work.events.length > 0) return null;
    const receipt = error ? await refused(work, command, error) : await accepted(work, command);
    await saveReceipt(tx, receipt);
    return receipt;
  };
  const about = needs(command).interaction ?? agentId;
  const { result, head } = await ledger.write(carry, { command: command.id, about });
  return result ?? { id: command.id, ok: true, seq: head ?? 0, result: null };
}

/** Records what follows from a command. Returns why nothing does, else null. */
async function carryOut(
  work: Work,
  rules: Rules,
  agentId: string,
  command: Command,
): Promise<Refusal | null> {
  const decision = decide(command, await gatherFacts(work, rules, agentId, needs(command)));
  if (!decision.ok) return decision.error;
  for (const event of decision.events) work.record(event);
  if (decision.outgoing) work.send(decision.outgoing);
  await keep(work, agentId, command);
  // What is queued now, the router gives to others right after the commit.
  return null;
}

/** What follows from a command and is no fact of a conversation or an agent. */
async function keep({ tx, now }: Work, agentId: string, { name, args }: Command): Promise<void> {
  if (name === 'set-favourite-response') await setFavourite(tx, agentId, args, now);
  if (name === 'note-response-used') await noteUse(tx, agentId, args.response, now);
}

async function refused(work: Work, { id }: Command, error: Refusal): Promise<Receipt> {
  return { id, ok: false, error, seq: (await readStream(work.tx)).head };
}

async function accepted(work: Work, { id }: Command): Promise<Receipt> {
  return { id, ok: true, seq: (await readStream(work.tx)).head, result: null };
}

/** The same for the same request. Frames are read into a fixed order of fields before they come here. */
function hashOf(command: Command): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(requestOf(command))))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
