import type { Agent, Candidate } from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/** Makes sure that an agent is known by this name. A new one is not ready. */
export async function registerAgent(q: Queryable, id: string, name: string): Promise<void> {
  await q.query(
    // Whoever is known by it already waits for nobody who holds the row.
    `insert into agent (id, name) select $1, $2 where not exists (select from agent where id = $1 and name = $2)
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
    'select id, name, status, reason from agent where id = $1 for no key update',
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

/** Agents who are ready and connected, with what each has to do; of these ids only, when they are given. Locks nothing. */
export async function readCandidates(
  q: Queryable,
  now: number,
  ids: readonly string[] | null = null,
): Promise<readonly Candidate[]> {
  return q.query<Candidate>(
    `select a.id as agent, a.busy_at as "idleSince",
       (select count(*) from interaction i where i.state = 'active' and i.agent = a.id)
       + (select count(*) from interaction i where i.state = 'offered' and i.offer_agent = a.id) as load
     from agent a where ${AVAILABLE} and ($2::text[] is null or a.id = any($2)) order by a.id`,
    [now, ids],
  );
}

/**
 * Locks agents, and reads how loaded they are: those who are still ready and connected. Whoever holds interactions must pass over agents that
 * are held by others (`wait` false), or the two would wait for each other.
 */
export async function lockCandidates(
  tx: Tx,
  ids: readonly string[],
  now: number,
  wait: boolean,
): Promise<readonly Candidate[]> {
  const locked = await tx.query<{ id: string }>(
    `select a.id from agent a where a.id = any($1::text[]) order by a.id
     for no key update of a ${wait ? '' : 'skip locked'}`,
    [ids],
  );
  // A statement of its own: it sees what was committed while the lock was waited for.
  return readCandidates(
    tx,
    now,
    locked.map(({ id }) => id),
  );
}
