import type { Agent, Candidate } from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/** Makes sure that an agent is known by this name. A new one is not ready. */
export async function registerAgent(q: Queryable, id: string, name: string): Promise<void> {
  await q.query(
    `insert into agent (id, name) values ($1, $2)
     on conflict (id) do update set name = excluded.name where agent.name <> excluded.name`,
    [id, name],
  );
}

export async function readAgent(q: Queryable, id: string): Promise<Agent | null> {
  const [agent] = await q.query<Agent>('select id, name, status, reason from agent where id = $1', [id]);
  return agent ?? null;
}

export async function lockAgent(tx: Tx, id: string): Promise<Agent | null> {
  const [agent] = await tx.query<Agent>(
    'select id, name, status, reason from agent where id = $1 for update',
    [id],
  );
  return agent ?? null;
}

export async function saveAgents(tx: Tx, agents: readonly Agent[]): Promise<void> {
  if (agents.length === 0) return;
  await tx.query(
    `update agent a set status = r.status, reason = r.reason
     from jsonb_to_recordset($1::jsonb) as r (id text, status text, reason text) where a.id = r.id`,
    [JSON.stringify(agents)],
  );
}

/** Notes that agents got something to do. */
export async function saveBusy(tx: Tx, agents: readonly string[], now: number): Promise<void> {
  if (agents.length === 0) return;
  await tx.query('update agent set busy_at = $2 where id = any($1::text[])', [agents, now]);
}

/** Counts agents as connected until an instant; `cut` also when they were counted for longer. */
export async function savePresence(
  q: Queryable,
  agents: readonly string[],
  seenUntil: number,
  cut = false,
): Promise<void> {
  if (agents.length === 0) return;
  await q.query(
    `insert into presence (agent, seen_until) select id, $2 from unnest($1::text[]) as r (id) order by id
     on conflict (agent) do update set seen_until = case when $3 then excluded.seen_until
       else greatest(presence.seen_until, excluded.seen_until) end`,
    [agents, seenUntil, cut],
  );
}

const AVAILABLE = `a.status = 'ready' and exists (select from presence p where p.agent = a.id and p.seen_until >= $1)`;

/** How many agents could be offered something now. Locks nothing. */
export async function countAvailable(q: Queryable, now: number): Promise<number> {
  const [row] = await q.query<{ count: number }>(
    `select count(*)::int as count from agent a where ${AVAILABLE}`,
    [now],
  );
  return row?.count ?? 0;
}

/**
 * Locks the agents who are ready and connected, and says how loaded they are. Whoever holds interactions must pass over agents that are
 * held by others (`wait` false), or the two would wait for each other.
 */
export async function lockCandidates(tx: Tx, now: number, wait: boolean): Promise<readonly Candidate[]> {
  const locked = await tx.query<{ agent: string; idleSince: number }>(
    `select a.id as agent, a.busy_at as "idleSince" from agent a where ${AVAILABLE}
     order by a.id for update of a ${wait ? '' : 'skip locked'}`,
    [now],
  );
  if (locked.length === 0) return [];
  // A statement of its own: it sees what was committed while the lock was waited for.
  const loads = await tx.query<{ agent: string; load: number }>(
    `select agent, count(*)::int as load from (
       select agent from interaction where state = 'active' and agent = any($1::text[])
       union all
       select offer_agent from interaction where state = 'offered' and offer_agent = any($1::text[])
     ) held group by agent`,
    [locked.map(({ agent }) => agent)],
  );
  const loadOf = new Map(loads.map(({ agent, load }) => [agent, load]));
  return locked.map(({ agent, idleSince }) => ({ agent, idleSince, load: loadOf.get(agent) ?? 0 }));
}
