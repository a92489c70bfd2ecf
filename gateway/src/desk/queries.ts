import {
  EVERYONE,
  personalWorkbin,
  type Agent,
  type Query,
  type Refusal,
  type ResultOf,
  type Snapshot,
  type TranscriptPage,
  type Workbin,
  type WorkbinPage,
} from 'whatsapp-workspace/model';
import { readAgent } from '../store/agents.js';
import type { Db, Queryable } from '../store/db.js';
import { readStream } from '../store/events.js';
import { readDesk, readTeamWorkbins, readWorkbinCounts, readWorkbinPage } from '../store/interactions.js';
import { mayRead, readEarlierInteraction, readTranscript } from '../store/messages.js';

export type QueryOutcome =
  { readonly ok: true; readonly result: ResultOf<Query> } | { readonly ok: false; readonly error: Refusal };

/** Whose events a desk sees. */
export function audienceFor(agent: string): readonly string[] {
  return [agent, EVERYONE];
}

/** All that is pushed to one agent's desk, as it is at one place of the log. */
export async function readSnapshot(db: Db, agentId: string): Promise<Snapshot> {
  return db.tx(async (tx) => {
    const { head } = await readStream(tx);
    const agent = await readAgent(tx, agentId);
    if (!agent) throw new Error('A snapshot was asked for an agent who is not registered.');
    const interactions = await readDesk(tx, agentId);
    return { seq: head, agent, interactions, workbins: await readWorkbins(tx, agent) };
  }, 'repeatable read');
}

/** A page of what is too much to push, as it is at one place of the log; only what the agent may see. */
export async function answer(db: Db, agentId: string, query: Query): Promise<QueryOutcome> {
  return db.tx(async (tx) => {
    const reachable = [personalWorkbin(agentId), ...(await readTeamWorkbins(tx)).map(({ id }) => id)];
    return query.name === 'transcript'
      ? answerTranscript(tx, agentId, reachable, query.args)
      : answerWorkbin(tx, reachable, query.args);
  }, 'repeatable read');
}

async function answerTranscript(
  tx: Queryable,
  agentId: string,
  reachable: readonly string[],
  { interaction, before, limit }: Extract<Query, { name: 'transcript' }>['args'],
): Promise<QueryOutcome> {
  if (!(await mayRead(tx, interaction, agentId, reachable))) {
    return refuse('not-found', 'There is no such conversation in this agent’s reach.');
  }
  const { epoch, head } = await readStream(tx);
  const items = await readTranscript(tx, interaction, before, limit);
  const page: TranscriptPage = {
    items: items.slice(-limit),
    more: items.length > limit,
    earlier: await readEarlierInteraction(tx, interaction),
    cursor: { epoch, seq: head },
  };
  return { ok: true, result: page };
}

async function answerWorkbin(
  tx: Queryable,
  reachable: readonly string[],
  { workbin, after, limit }: Extract<Query, { name: 'workbin' }>['args'],
): Promise<QueryOutcome> {
  if (!reachable.includes(workbin))
    return refuse('not-found', 'There is no such workbin in this agent’s reach.');
  const { epoch, head } = await readStream(tx);
  const interactions = await readWorkbinPage(tx, workbin, after, limit);
  if (!interactions) {
    return refuse(
      'conflict',
      'The interaction to go on from has left the workbin: ask for the first page.',
      true,
    );
  }
  const page: WorkbinPage = {
    interactions: interactions.slice(0, limit),
    more: interactions.length > limit,
    cursor: { epoch, seq: head },
  };
  return { ok: true, result: page };
}

async function readWorkbins(tx: Queryable, agent: Agent): Promise<readonly Workbin[]> {
  const own = { id: personalWorkbin(agent.id), name: agent.name, owner: agent.id };
  const all = [own, ...(await readTeamWorkbins(tx))];
  const counts = await readWorkbinCounts(
    tx,
    all.map(({ id }) => id),
  );
  return all.map((workbin) => ({ ...workbin, count: counts.get(workbin.id) ?? 0 }));
}

function refuse(kind: Refusal['kind'], sentence: string, retryable = false): QueryOutcome {
  return { ok: false, error: { kind, sentence, retryable } };
}
