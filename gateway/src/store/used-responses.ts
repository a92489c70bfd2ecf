import { RECENT_RESPONSES } from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/** So many favourites of an agent are looked through; more than anybody chooses. */
const MOST_FAVOURITES = 1000;

/** Makes a response one of an agent's favourites, or takes it out of them. */
export async function setFavourite(
  tx: Tx,
  agent: string,
  { response, favourite }: { readonly response: string; readonly favourite: boolean },
  now: number,
): Promise<void> {
  await tx.query(
    favourite
      ? `insert into response_favourite (agent, response, at) select $1, id, $3 from response where id = $2 on conflict do nothing`
      : 'delete from response_favourite where agent = $1 and response = $2 and $3::bigint is not null',
    [agent, response, now],
  );
}

/** An agent has inserted a response. */
export async function noteUse(tx: Tx, agent: string, response: string, now: number): Promise<void> {
  await tx.query(
    `insert into response_use as u (agent, response, count, used_at) select $1, id, 1, $3 from response where id = $2
     on conflict (agent, response) do update set count = u.count + 1, used_at = greatest(u.used_at, excluded.used_at)`,
    [agent, response, now],
  );
}

/** The ids of an agent's favourites, the last added first. */
export async function readFavourites(q: Queryable, agent: string): Promise<readonly string[]> {
  const rows = await q.query<{ response: string }>(
    'select response from response_favourite where agent = $1 order by at desc, response limit $2',
    [agent, MOST_FAVOURITES],
  );
  return rows.map(({ response }) => response);
}

/** The ids of the responses that an agent has used last, the last one first. */
export async function readRecent(q: Queryable, agent: string): Promise<readonly string[]> {
  const rows = await q.query<{ response: string }>(
    'select response from response_use where agent = $1 order by used_at desc, response limit $2',
    [agent, RECENT_RESPONSES],
  );
  return rows.map(({ response }) => response);
}
