import {
  waitingSince,
  type Contact,
  type Interaction,
  type Session,
  type TranscriptItem,
} from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/** An interaction that this transaction has locked. */
export interface StoredInteraction {
  readonly interaction: Interaction;
  /** How many items its transcript has. */
  readonly items: number;
}

/** A session or a notice, at its place in a transcript. */
export interface NewItem<Body extends { readonly id: string }> {
  readonly interaction: string;
  readonly place: number;
  readonly body: Body;
}

interface BodyRow {
  readonly body: Interaction;
  readonly items: number;
}

/**
 * Locks interactions by id, those that others have ended in, those of contacts that are not done, and all of contacts. Always in the order of their ids, so
 * that two transactions never wait for each other. What ended while it was waited for is among them.
 * @param options Without `wait`, those that another transaction holds are left out.
 */
export async function lockInteractions(
  tx: Tx,
  which: {
    readonly ids?: readonly string[];
    readonly successorsOf?: readonly string[];
    readonly openOf?: readonly string[];
    readonly allOf?: readonly string[];
  },
  { wait = true }: { readonly wait?: boolean } = {},
): Promise<readonly StoredInteraction[]> {
  // One index for each way to find them: side by side in one condition, they make PostgreSQL read the whole table. Found before anything is locked: joined with
  // what is locked, a row that changed while it was waited for may not be found again.
  const rows = await tx.query<BodyRow>(
    `select body, items from interaction
     where id = any(array(
       select unnest($1::text[]) union all
       select id from interaction where contact = any($2::text[]) and state <> 'done' union all
       select id from interaction where contact = any($3::text[]) union all
       select merged_into from interaction where id = any($4::text[])))
     order by id for update ${wait ? '' : 'skip locked'}`,
    [which.ids ?? [], which.openOf ?? [], which.allOf ?? [], which.successorsOf ?? []],
  );
  return rows.map(toStored);
}

/** Of each contact and channel the newest interaction, done or not. Locks nothing. */
export async function findLatest(q: Queryable, contacts: readonly string[]): Promise<readonly string[]> {
  if (contacts.length === 0) return [];
  const rows = await q.query<{ id: string }>(
    `select distinct on (contact, channel) id from interaction where contact = any($1::text[])
     order by contact, channel, created_at desc, id desc`,
    [contacts],
  );
  return rows.map(({ id }) => id);
}

/** Interactions that ring at an agent, by id. Locks nothing. */
export async function findOffers(q: Queryable, agent: string): Promise<readonly string[]> {
  const rows = await q.query<{ id: string }>(
    `select id from interaction where state = 'offered' and offer_agent = $1`,
    [agent],
  );
  return rows.map(({ id }) => id);
}

/**
 * Offers that have rung long enough, or whose agent is away. Those that another transaction holds are left to it.
 * @param goneBefore Who was last told of as connected until before this instant is away.
 */
export async function lockEndedOffers(
  tx: Tx,
  now: number,
  goneBefore: number = now,
): Promise<readonly StoredInteraction[]> {
  // About the row itself, so that it is asked again of a row that changed before it was locked.
  const rows = await tx.query<BodyRow>(
    `select i.body, i.items from interaction i
     where i.state = 'offered' and (i.offer_expires_at <= $1
       or coalesce((select p.seen_until from presence p where p.agent = i.offer_agent), 0) < $2::bigint)
     order by i.id for update of i skip locked`,
    [now, goneBefore],
  );
  return rows.map(toStored);
}

/** A page of the queue, longest waiting first, after one interaction. Locks nothing. */
export async function readQueue(
  q: Queryable,
  after: Interaction | null,
  limit: number,
): Promise<readonly Interaction[]> {
  const rows = await q.query<BodyRow>(
    `select body, items from interaction where state = 'queued' and (waiting_since, id) > ($1, $2)
     order by waiting_since, id limit $3`,
    [after ? waitingSince(after) : -1, after?.id ?? '', limit],
  );
  return rows.map(({ body }) => body);
}

/** Whether another interaction than these waits in the queue before this one. */
export async function isAnotherAhead(
  q: Queryable,
  interaction: Interaction,
  these: readonly string[],
): Promise<boolean> {
  const rows = await q.query(
    `select from interaction where state = 'queued' and (waiting_since, id) < ($1, $2) and id <> all($3::text[])
     limit 1`,
    [waitingSince(interaction), interaction.id, these],
  );
  return rows.length > 0;
}

const ENDED_OFFERS = `select o.id from interaction o left join presence p on p.agent = o.offer_agent
  where o.state = 'offered' and (o.offer_expires_at <= $1 or p.seen_until is null or p.seen_until < $1)`;

/** Whether an offer has ended, and when the next one does. */
export async function readRouting(
  q: Queryable,
  now: number,
): Promise<{ readonly hasEnded: boolean; readonly nextExpiry: number | null }> {
  const [row] = await q.query<{ hasEnded: boolean; nextExpiry: number | null }>(
    `select exists (${ENDED_OFFERS}) as "hasEnded",
       (select min(offer_expires_at) from interaction where state = 'offered' and offer_expires_at > $1) as "nextExpiry"`,
    [now],
  );
  return row ?? { hasEnded: false, nextExpiry: null };
}

/** Writes new and changed interactions. */
export async function saveInteractions(tx: Tx, stored: readonly StoredInteraction[]): Promise<void> {
  if (stored.length === 0) return;
  await tx.query(
    `insert into interaction (id, channel, contact, state, created_at, agent, offer_agent, offer_expires_at,
       workbin, parked_at, waiting_since, items, merged_into, body)
     select id, channel, contact, state, created_at, agent, offer_agent, offer_expires_at,
       workbin, parked_at, waiting_since, items, merged_into, body
     from jsonb_to_recordset($1::jsonb) as r (id text, channel text, contact text, state text, created_at bigint,
       agent text, offer_agent text, offer_expires_at bigint, workbin text, parked_at bigint, waiting_since bigint,
       items integer, merged_into text, body jsonb)
     -- One ends before another of the same contact goes on: never two are open.
     order by state <> 'done', id
     on conflict (id) do update set contact = excluded.contact, state = excluded.state, agent = excluded.agent,
       offer_agent = excluded.offer_agent, offer_expires_at = excluded.offer_expires_at, workbin = excluded.workbin,
       parked_at = excluded.parked_at, waiting_since = excluded.waiting_since, items = excluded.items,
       merged_into = coalesce(interaction.merged_into, excluded.merged_into),
       body = excluded.body`,
    [JSON.stringify(stored.map(toRow))],
  );
}

export async function insertItems(
  tx: Tx,
  table: 'session' | 'notice',
  items: readonly NewItem<Session | TranscriptItem>[],
): Promise<void> {
  if (items.length === 0) return;
  await tx.query(
    `insert into ${table} (id, interaction, place, body)
     select body ->> 'id', interaction, place, body
     from jsonb_to_recordset($1::jsonb) as r (interaction text, place integer, body jsonb)`,
    [JSON.stringify(items)],
  );
}

/** Gives a contact the done interactions of another who turned out to be the same person. The transaction must have locked them. */
export async function moveDoneInteractions(tx: Tx, from: string, into: Contact): Promise<void> {
  await tx.query(
    `update interaction set contact = $2, body = jsonb_set(body, '{contact}', $3)
     where contact = $1 and state = 'done'`,
    [from, into.id, JSON.stringify(into)],
  );
}

/** What had ended in an interaction that has itself ended in another belongs to that one. */
export async function followMerge(tx: Tx, ended: string, into: string): Promise<void> {
  await tx.query('update interaction set merged_into = $2 where merged_into = $1', [ended, into]);
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

/** A place in a workbin: behind what was parked at an instant, in milliseconds since the epoch, and of what was parked together, behind an id. */
export interface WorkbinPlace {
  readonly at: number;
  readonly id: string;
}

/** A page of a workbin, longest parked first, one more than `limit` when there is more. */
export async function readWorkbinPage(
  q: Queryable,
  workbin: string,
  after: WorkbinPlace | null,
  limit: number,
): Promise<readonly Interaction[]> {
  const rows = await q.query<BodyRow>(
    `select body, items from interaction
     where state = 'parked' and workbin = $1 and ($2::bigint is null or (parked_at, id) > ($2, $3))
     order by parked_at, id limit $4`,
    [workbin, after?.at ?? null, after?.id ?? null, limit + 1],
  );
  return rows.map(({ body }) => body);
}

function toStored({ body, items }: BodyRow): StoredInteraction {
  return { interaction: body, items };
}

function toRow({ interaction, items }: StoredInteraction): object {
  const { id, channel, contact, state, createdAt, agent, offer, parking } = interaction;
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
    waiting_since: waitingSince(interaction),
    items,
    merged_into: interaction.mergedInto ?? null,
    body: interaction,
  };
}
