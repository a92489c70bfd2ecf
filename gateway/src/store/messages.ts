import {
  UNCHANGED,
  type Delivery,
  type Message,
  type MessageChange,
  type MessagePlace,
} from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/** A message on its way into its transcript. */
export interface NewMessage {
  readonly message: Message;
  /** null for what stands in no transcript. */
  readonly place: number | null;
  /** WhatsApp's id; null for outbound messages that the Cloud API has not accepted yet. */
  readonly wamid: string | null;
  /** As WhatsApp wrote it; null for what agents wrote. */
  readonly raw: unknown;
}

/** A message without its delivery. */
export interface StoredMessage<W extends string | null = string | null> {
  readonly message: Message;
  /** WhatsApp's id; null where it has none. */
  readonly wamid: W;
}

/** A change on its way into the history of its message. */
export interface NewChange {
  /** The message after it. */
  readonly message: Message;
  readonly rev: number;
  readonly at: number;
  readonly change: MessageChange;
  readonly raw: unknown;
}

/** What is needed of an outbound message to follow its delivery. */
export interface StoredDelivery {
  readonly id: string;
  readonly interaction: string;
  readonly wamid: string | null;
  readonly clientId: string | null;
  readonly delivery: Delivery;
  readonly at: number;
  readonly author: Message['author'];
  readonly content: Message['content'];
  /** Of a reaction, the message reacted to. */
  readonly target: StoredMessage | null;
}

export async function insertMessages(tx: Tx, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ message: { delivery, ...body }, place, wamid, raw }) => ({
    id: body.id,
    interaction: body.interaction,
    place,
    direction: body.direction,
    wamid,
    client_id: body.clientId,
    body,
    delivery,
    raw,
  }));
  await tx.query(
    `insert into message (id, interaction, place, direction, wamid, client_id, body, delivery, raw)
     select id, interaction, place, direction, wamid, client_id, body, delivery, raw
     from jsonb_to_recordset($1::jsonb) as r (id text, interaction text, place integer, direction text, wamid text,
       client_id text, body jsonb, delivery jsonb, raw jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** Messages by WhatsApp's ids. Whoever wants to change one must hold its interaction. */
export async function readMessages(
  q: Queryable,
  wamids: readonly string[],
): Promise<readonly StoredMessage<string>[]> {
  return wamids.length === 0 ? [] : readStored<string>(q, 'wamid', wamids);
}

/** Messages by our ids. Whoever wants to change one must hold its interaction. */
export async function readMessagesById(
  q: Queryable,
  ids: readonly string[],
): Promise<readonly StoredMessage[]> {
  return readStored<string | null>(q, 'id', ids);
}

async function readStored<W extends string | null>(
  q: Queryable,
  column: 'id' | 'wamid',
  values: readonly string[],
): Promise<readonly StoredMessage<W>[]> {
  const rows = await q.query<StoredRow<W>>(
    `select id, interaction, wamid, body from message where ${column} = any($1::text[])`,
    [values],
  );
  return rows.map(toStored);
}

interface StoredRow<W> {
  readonly id: string;
  readonly interaction: string;
  readonly wamid: W;
  readonly body: Message;
}

function toStored<W extends string | null>({ id, interaction, wamid, body }: StoredRow<W>): StoredMessage<W> {
  return { message: { ...UNCHANGED, ...body, id, interaction, delivery: null }, wamid };
}

/** The interaction of a message; null when there is no such message. It never changes. Locks nothing. */
export async function findInteractionOf(q: Queryable, message: string): Promise<string | null> {
  const [found] = await q.query<{ interaction: string }>('select interaction from message where id = $1', [
    message,
  ]);
  return found?.interaction ?? null;
}

/** In whose conversation a message is; null when there is no such. Locks nothing. */
export async function readPlace(q: Queryable, message: string): Promise<MessagePlace | null> {
  const [place] = await q.query<MessagePlace>(
    'select i.channel, i.contact from message m join interaction i on i.id = m.interaction where m.id = $1',
    [message],
  );
  return place ?? null;
}

/** The newest message of a contact in an interaction, as WhatsApp knows it; null where there is none, or the agent who asks does not have the interaction. */
export async function readLastInbound(
  q: Queryable,
  {
    interaction,
    agent,
    upTo,
  }: { readonly interaction: string; readonly agent: string | null; readonly upTo: string | null },
): Promise<{ readonly wamid: string; readonly channel: string } | null> {
  const [row] = await q.query<{ wamid: string; channel: string }>(
    `select m.wamid, i.channel from message m join interaction i on i.id = m.interaction
     where i.id = $1 and m.direction = 'inbound' and m.wamid is not null
       and ($2::text is null or (i.state = 'active' and i.agent = $2))
       and ($3::text is null or m.place <= (select place from message where id = $3 and interaction = $1))
     order by m.place desc limit 1`,
    [interaction, agent, upTo],
  );
  return row ?? null;
}

/** Writes the states of changed messages, and what has changed. */
export async function saveChanges(tx: Tx, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return;
  // Of several changes of one message the last one has its state.
  const bodies = new Map(changes.map(({ message: { delivery: _delivery, ...body } }) => [body.id, body]));
  await tx.query(
    `update message m set body = r.body from jsonb_to_recordset($1::jsonb) as r (id text, body jsonb) where m.id = r.id`,
    [JSON.stringify([...bodies].map(([id, body]) => ({ id, body })))],
  );
  const rows = changes.map(({ message, ...change }) => ({ ...change, message: message.id }));
  await tx.query(
    `insert into message_change (message, rev, at, change, raw) select message, rev, at, change, raw
     from jsonb_to_recordset($1::jsonb) as r (message text, rev integer, at bigint, change jsonb, raw jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** Takes WhatsApp's ids from messages. */
export async function releaseWamids(tx: Tx, messages: readonly string[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.query('update message set wamid = null where id = any($1::text[])', [messages]);
}

/**
 * Interactions of outbound messages that are known by WhatsApp's id or by their own, and where their contacts are talked with by now. Locks nothing.
 */
export async function findInteractions(
  q: Queryable,
  wamids: readonly string[],
  clientIds: readonly string[],
): Promise<readonly string[]> {
  if (wamids.length === 0 && clientIds.length === 0) return [];
  const rows = await q.query<{ interaction: string }>(
    `with own as (
       select distinct interaction from message
       where direction = 'outbound' and (wamid = any($1::text[]) or client_id = any($2::text[]))
     )
     select interaction from own union
     select o.id from own join interaction i on i.id = own.interaction
       join interaction o on o.contact = i.contact and o.channel = i.channel and o.state <> 'done'`,
    [wamids, clientIds],
  );
  return rows.map(({ interaction }) => interaction);
}

/** Deliveries of outbound messages. The transaction must hold their interactions: that is what guards them. */
export async function readDeliveries(
  tx: Tx,
  wamids: readonly string[],
  clientIds: readonly string[],
): Promise<readonly StoredDelivery[]> {
  const found = await tx.query<
    Omit<StoredDelivery, 'target'> & { readonly target: StoredRow<string | null> | null }
  >(
    `select m.id, m.interaction, m.wamid, m.client_id as "clientId", m.delivery, m.body -> 'at' as at, m.body -> 'author' as author,
       m.body -> 'content' as content,
       case when t.id is not null then jsonb_build_object('id', t.id, 'interaction', t.interaction, 'wamid', t.wamid, 'body', t.body) end as target
     from message m left join message t on m.place is null and t.id = m.body -> 'content' ->> 'message'
     where m.direction = 'outbound' and (m.wamid = any($1::text[]) or m.client_id = any($2::text[]))`,
    [wamids, clientIds],
  );
  return found.map(({ target, ...delivery }) => ({ ...delivery, target: target && toStored(target) }));
}

export async function saveDeliveries(tx: Tx, deliveries: ReadonlyMap<string, Delivery>): Promise<void> {
  if (deliveries.size === 0) return;
  const rows = [...deliveries].map(([id, delivery]) => ({ id, delivery }));
  await tx.query(
    `update message m set delivery = r.delivery
     from jsonb_to_recordset($1::jsonb) as r (id text, delivery jsonb) where m.id = r.id`,
    [JSON.stringify(rows)],
  );
}

/** A message has WhatsApp's id from now on, unless it has one already. */
export async function saveWamid(tx: Tx, message: string, wamid: string): Promise<void> {
  // Not "where wamid is null": for PostgreSQL that may be a way to find it, through all that wait to be sent.
  await tx.query('update message set wamid = coalesce(wamid, $2) where id = $1', [message, wamid]);
}

/**
 * Whether an interaction `o` is on an agent's ($2) desk, rings there, or is parked in a workbin in reach ($3).
 */
export const ON_DESK_OR_IN_REACH = `((o.state = 'active' and o.agent = $2) or (o.state = 'offered' and o.offer_agent = $2)
  or (o.state = 'parked' and o.workbin = any($3::text[])))`;

/**
 * Whether an agent may read a transcript: of what is on the agent's desk, rings there or is parked in a workbin in reach, and of the same
 * contacts' other interactions on the channel.
 */
export async function mayRead(
  q: Queryable,
  interaction: string,
  agent: string,
  workbins: readonly string[],
): Promise<boolean> {
  const [row] = await q.query<{ allowed: boolean }>(
    `select exists (
       select from interaction i join interaction o on o.contact = i.contact and o.channel = i.channel
       where i.id = $1 and ${ON_DESK_OR_IN_REACH}
     ) as allowed`,
    [interaction, agent, workbins],
  );
  return row?.allowed ?? false;
}
