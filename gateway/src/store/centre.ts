import { personalWorkbin, type TeamWorkbin } from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/**
 * Takes a configuration for the one that holds from now on. Others that do so wait.
 * @returns `same` when it held already, `first` when there was none before.
 */
export async function adoptCentre(tx: Tx, hash: string, now: number): Promise<'same' | 'first' | 'changed'> {
  const first = await tx.query(
    'insert into centre (hash, changed_at) values ($1, $2) on conflict do nothing returning hash',
    [hash, now],
  );
  if (first.length > 0) return 'first';
  const changed = await tx.query(
    'update centre set hash = $1, changed_at = $2 where hash <> $1 returning hash',
    [hash, now],
  );
  return changed.length > 0 ? 'changed' : 'same';
}

/** Makes these the team's workbins, in their order. Others are closed and keep what lies in them. */
export async function saveTeamWorkbins(
  tx: Tx,
  workbins: readonly Omit<TeamWorkbin, 'closed'>[],
): Promise<void> {
  await tx.query(
    `insert into workbin (id, name, place, closed)
     select id, name, place, false from rows from (jsonb_to_recordset($1::jsonb) as (id text, name text))
       with ordinality as r (id, name, place)
     on conflict (id) do update set name = excluded.name, place = excluded.place, closed = false`,
    [JSON.stringify(workbins)],
  );
  await tx.query('update workbin set closed = true where id <> all($1::text[])', [
    workbins.map(({ id }) => id),
  ]);
}

const LISTED = `(not w.closed or exists (select from interaction i where i.state = 'parked' and i.workbin = w.id))`;

/** The team's workbins that agents see, in their order: those that take interactions, and closed ones that are not empty. */
export async function readTeamWorkbins(q: Queryable): Promise<readonly TeamWorkbin[]> {
  return q.query<TeamWorkbin>(
    `select w.id, w.name, w.closed from workbin w where ${LISTED} order by w.place nulls last, w.name, w.id`,
  );
}

/** The workbins that an agent reaches, by their ids: the own one, and the team's. */
export async function reachOf(q: Queryable, agent: string): Promise<readonly string[]> {
  return [personalWorkbin(agent), ...(await readTeamWorkbins(q)).map(({ id }) => id)];
}

/** Whether a workbin of the team takes interactions. */
export async function isOpenWorkbin(q: Queryable, id: string): Promise<boolean> {
  const rows = await q.query('select from workbin where id = $1 and not closed', [id]);
  return rows.length > 0;
}

/**
 * Says by which configuration a gateway works, for as long as it is heard of.
 * @returns How many other living gateways work by another one.
 */
export async function saveCentreView(
  q: Queryable,
  gateway: string,
  hash: string,
  seenFor: number,
): Promise<number> {
  const [row] = await q.query<{ others: number }>(
    `with gone as (delete from centre_view where seen_until < now() - interval '1 hour'),
     seen as (
       insert into centre_view (gateway, hash, seen_until) values ($1, $2, now() + $3 * interval '1 millisecond')
       on conflict (gateway) do update set hash = excluded.hash, seen_until = excluded.seen_until
     )
     select count(*)::int as others from centre_view where gateway <> $1 and hash <> $2 and seen_until > now()`,
    [gateway, hash, seenFor],
  );
  return row?.others ?? 0;
}

/** A gateway works by no configuration any more. */
export async function dropCentreView(q: Queryable, gateway: string): Promise<void> {
  await q.query('delete from centre_view where gateway = $1', [gateway]);
}
