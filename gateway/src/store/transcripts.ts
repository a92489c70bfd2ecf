import {
  messageItem,
  sessionItem,
  type Delivery,
  type Message,
  type Session,
  type TranscriptItem,
} from 'whatsapp-workspace/model';
import type { Queryable } from './db.js';

/** Behind all items of an interaction. */
const END = 2_147_483_647;

/** A place in an interaction's transcript. */
export interface Spot {
  readonly interaction: string;
  readonly place: number;
}

interface ItemRow {
  readonly kind: 'message' | 'session' | 'notice';
  readonly body: Message | Session | TranscriptItem;
  readonly delivery: Delivery | null;
}

/** A page of an interaction's transcript, oldest first, one more than `limit` when there is more above. */
export async function readTranscript(
  q: Queryable,
  interaction: string,
  before: string | null,
  limit: number,
): Promise<readonly TranscriptItem[]> {
  const place = before === null ? END : ((await readSpot(q, before, interaction))?.place ?? 0);
  return readAbove(q, { interaction, place }, limit + 1);
}

/** Above a place, the nearest `limit` items, oldest first. */
export async function readAbove(q: Queryable, spot: Spot, limit: number): Promise<readonly TranscriptItem[]> {
  return (await readItems(q, spot, '<', 'desc', limit)).toReversed();
}

/** From a place on, the nearest `limit` items, oldest first. */
export async function readFrom(q: Queryable, spot: Spot, limit: number): Promise<readonly TranscriptItem[]> {
  return readItems(q, spot, '>=', 'asc', limit);
}

async function readItems(
  q: Queryable,
  { interaction, place }: Spot,
  compared: '<' | '>=',
  order: 'asc' | 'desc',
  limit: number,
): Promise<readonly TranscriptItem[]> {
  const part = (kind: ItemRow['kind'], delivery: string): string =>
    `(select '${kind}' as kind, place, body, ${delivery} as delivery from ${kind}
      where interaction = $1 and place ${compared} $2 order by place ${order} limit $3)`;
  const rows = await q.query<ItemRow>(
    `select kind, body, delivery from (
       ${part('message', 'delivery')} union all ${part('session', 'null')} union all ${part('notice', 'null')}
     ) items order by place ${order} limit $3`,
    [interaction, place, limit],
  );
  return rows.map(toItem);
}

/** Where an item is; null when there is no such, or not in this interaction. */
export async function readSpot(q: Queryable, item: string, interaction: string | null): Promise<Spot | null> {
  const part = (kind: ItemRow['kind']): string =>
    `select interaction, place from ${kind} where id = $1 and ($2::text is null or interaction = $2)`;
  const [spot] = await q.query<Spot>(
    `${part('message')} union all ${part('session')} union all ${part('notice')} limit 1`,
    [item, interaction],
  );
  return spot ?? null;
}

function toItem({ kind, body, delivery }: ItemRow): TranscriptItem {
  if (kind === 'notice') return body as TranscriptItem;
  return kind === 'session' ? sessionItem(body as Session) : messageItem({ ...(body as Message), delivery });
}

/** Where interactions stand in the life of their contact: one that ended in another is the part right before it. */
const orderKey = (one: string, root: string) =>
  `(coalesce(${root}.created_at, ${one}.created_at), coalesce(${root}.id, ${one}.id), ${root}.id is null, ${one}.created_at, ${one}.id)`;

/** The contact's interaction before this one on its channel; null when it is the first. */
export async function readEarlierInteraction(q: Queryable, interaction: string): Promise<string | null> {
  return (await readNeighbours(q, interaction, '<', 'desc limit 1'))[0] ?? null;
}

/** The contact's interaction after this one on its channel; null when it is the last. */
export async function readLaterInteraction(q: Queryable, interaction: string): Promise<string | null> {
  return (await readNeighbours(q, interaction, '>', 'asc limit 1'))[0] ?? null;
}

/** The contact's interactions on the channel up to this one, oldest first. */
export async function readConversation(q: Queryable, interaction: string): Promise<readonly string[]> {
  return readNeighbours(q, interaction, '<=', 'asc');
}

async function readNeighbours(
  q: Queryable,
  interaction: string,
  compared: '<' | '>' | '<=',
  order: 'asc' | 'asc limit 1' | 'desc limit 1',
): Promise<readonly string[]> {
  const rows = await q.query<{ id: string }>(
    `select e.id from interaction i left join interaction ir on ir.id = i.merged_into
       join interaction e on e.contact = i.contact and e.channel = i.channel
       left join interaction er on er.id = e.merged_into
     where i.id = $1 and ${orderKey('e', 'er')} ${compared} ${orderKey('i', 'ir')}
     order by ${orderKey('e', 'er')} ${order}`,
    [interaction],
  );
  return rows.map(({ id }) => id);
}

/** The conversation's first message from an instant on (milliseconds since the epoch), else its last one; null when it has none. */
export async function readSpotAt(
  q: Queryable,
  conversation: readonly string[],
  at: number,
): Promise<(Spot & { readonly id: string }) | null> {
  const first = (condition: string, order: 'asc' | 'desc', values: readonly unknown[]) =>
    q.query<Spot & { readonly id: string }>(
      `select m.id, m.interaction, m.place from unnest($1::text[]) with ordinality as part (id, number)
       cross join lateral (
         select id, interaction, place from message
         where interaction = part.id ${condition} order by place ${order} limit 1
       ) m order by number ${order} limit 1`,
      [conversation, ...values],
    );
  const [found] = await first("and (body ->> 'at')::bigint >= $2::bigint", 'asc', [at]);
  return found ?? (await first('', 'desc', []))[0] ?? null;
}
