import type { Interaction, Session, Workbin } from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/** An interaction that this transaction has locked. */
export interface StoredInteraction {
  readonly interaction: Interaction;
  /** How many items its transcript has. */
  readonly items: number;
}

export interface NewSession {
  readonly interaction: string;
  readonly place: number;
  readonly session: Session;
}

interface BodyRow {
  readonly body: Interaction;
  readonly items: number;
}

/**
 * Locks interactions by id, and those of contacts that are not done. Always in the order of their ids, so that two transactions never wait
 * for each other.
 */
export async function lockInteractions(
  tx: Tx,
  which: { readonly ids?: readonly string[]; readonly openOf?: readonly string[] },
): Promise<readonly StoredInteraction[]> {
  const rows = await tx.query<BodyRow>(
    `select body, items from interaction
     where id = any($1::text[]) or (contact = any($2::text[]) and state <> 'done')
     order by id for update`,
    [which.ids ?? [], which.openOf ?? []],
  );
  return rows.map(toStored);
}

/** Locks the interactions that ring at an agent. */
export async function lockOffersOf(tx: Tx, agent: string): Promise<readonly StoredInteraction[]> {
  const rows = await tx.query<BodyRow>(
    `select body, items from interaction where state = 'offered' and offer_agent = $1 order by id for update`,
    [agent],
  );
  return rows.map(toStored);
}

/** Offers that have rung long enough, or whose agent is away. Those that another transaction holds are left to it. */
export async function lockEndedOffers(tx: Tx, now: number): Promise<readonly StoredInteraction[]> {
  // About the row itself, so that it is asked again of a row that changed before it was locked.
  const rows = await tx.query<BodyRow>(
    `select i.body, i.items from interaction i
     where i.state = 'offered' and (i.offer_expires_at <= $1
       or coalesce((select p.seen_until from presence p where p.agent = i.offer_agent), 0) < $1)
     order by i.id for update of i skip locked`,
    [now],
  );
  return rows.map(toStored);
}

/** The longest waiting interactions of the queue. Those that another transaction holds are left to it. */
export async function lockQueue(tx: Tx, limit: number): Promise<readonly StoredInteraction[]> {
  const rows = await tx.query<BodyRow>(
    `select body, items from interaction where state = 'queued'
     order by waiting_since, id limit $1 for update skip locked`,
    [limit],
  );
  return rows.map(toStored);
}

const ENDED_OFFERS = `select o.id from interaction o left join presence p on p.agent = o.offer_agent
  where o.state = 'offered' and (o.offer_expires_at <= $1 or p.seen_until is null or p.seen_until < $1)`;

/** Whether the router has anything to look at (a queue, or an offer that has ended), and when the next offer ends. */
export async function readRouting(
  q: Queryable,
  now: number,
): Promise<{ readonly hasWork: boolean; readonly nextExpiry: number | null }> {
  const [row] = await q.query<{ hasWork: boolean; nextExpiry: number | null }>(
    `select exists (select from interaction where state = 'queued') or exists (${ENDED_OFFERS}) as "hasWork",
       (select min(offer_expires_at) from interaction where state = 'offered' and offer_expires_at > $1) as "nextExpiry"`,
    [now],
  );
  return row ?? { hasWork: false, nextExpiry: null };
}

/** Writes new and changed interactions. */
export async function saveInteractions(tx: Tx, stored: readonly StoredInteraction[]): Promise<void> {
  if (stored.length === 0) return;
  await tx.query(
    `insert into interaction (id, channel, contact, state, created_at, agent, offer_agent, offer_expires_at,
       workbin, parked_at, waiting_since, items, body)
     select id, channel, contact, state, created_at, agent, offer_agent, offer_expires_at,
       workbin, parked_at, waiting_since, items, body
     from jsonb_to_recordset($1::jsonb) as r (id text, channel text, contact text, state text, created_at bigint,
       agent text, offer_agent text, offer_expires_at bigint, workbin text, parked_at bigint, waiting_since bigint,
       items integer, body jsonb)
     on conflict (id) do update set contact = excluded.contact, state = excluded.state, agent = excluded.agent,
       offer_agent = excluded.offer_agent, offer_expires_at = excluded.offer_expires_at, workbin = excluded.workbin,
       parked_at = excluded.parked_at, waiting_since = excluded.waiting_since, items = excluded.items,
       body = excluded.body`,
    [JSON.stringify(stored.map(toRow))],
  );
}

export async function insertSessions(tx: Tx, sessions: readonly NewSession[]): Promise<void> {
  if (sessions.length === 0) return;
  await tx.query(
    `insert into session (id, interaction, place, body)
     select session ->> 'id', interaction, place, session
     from jsonb_to_recordset($1::jsonb) as r (interaction text, place integer, session jsonb)`,
    [JSON.stringify(sessions)],
  );
}

/** Gives a contact the done interactions of another who turned out to be the same person. */
export async function moveDoneInteractions(tx: Tx, from: string, into: string): Promise<void> {
  await tx.query(`update interaction set contact = $2 where contact = $1 and state = 'done'`, [from, into]);
}

/** What is on an agent's desk or rings there, in the order in which it came. */
export async function readDesk(q: Queryable, agent: string): Promise<readonly Interaction[]> {
  const rows = await q.query<BodyRow>(
    `select body, items from interaction
     where (state = 'active' and agent = $1) or (state = 'offered' and offer_agent = $1) order by created_at, id`,
    [agent],
  );
  return rows.map(({ body }) => body);
}

/** Workbins by id, with how much is parked in each. Personal ones come into being when they are asked for. */
export async function readWorkbinCounts(
  q: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await q.query<{ workbin: string; count: number }>(
    `select workbin, count(*)::int as count from interaction
     where state = 'parked' and workbin = any($1::text[]) group by workbin`,
    [ids],
  );
  return new Map(rows.map(({ workbin, count }) => [workbin, count]));
}

export async function readTeamWorkbins(q: Queryable): Promise<readonly Omit<Workbin, 'count'>[]> {
  return q.query<Omit<Workbin, 'count'>>('select id, name, owner from workbin order by name, id');
}

/**
 * A page of a workbin, longest parked first, one more than `limit` when there is more.
 * @returns null when `after` is not in the workbin, so that there is no place to go on from.
 */
export async function readWorkbinPage(
  q: Queryable,
  workbin: string,
  after: string | null,
  limit: number,
): Promise<readonly Interaction[] | null> {
  const place = `select from interaction where id = $1 and state = 'parked' and workbin = $2`;
  if (after !== null && (await q.query(place, [after, workbin])).length === 0) return null;
  const rows = await q.query<BodyRow>(
    `select body, items from interaction
     where state = 'parked' and workbin = $1 and ($2::text is null
       or (parked_at, id) > (select a.parked_at, a.id from interaction a where a.id = $2))
     order by parked_at, id limit $3`,
    [workbin, after, limit + 1],
  );
  return rows.map(({ body }) => body);
}

function toStored({ body, items }: BodyRow): StoredInteraction {
  return { interaction: body, items };
}

function toRow({ interaction, items }: StoredInteraction): object {
  const { id, channel, contact, state, createdAt, agent, offer, parking, pendency } = interaction;
  return {
    id,
    channel,
    contact: contact.id,
    state,
    created_at: createdAt,
    agent,
    offer_agent: offer?.agent ?? null,
    offer_expires_at: offer?.expiresAt ?? null,
    workbin: parking?.workbin ?? null,
    parked_at: parking?.at ?? null,
    waiting_since: pendency?.since ?? createdAt,
    items,
    body: interaction,
  };
}
