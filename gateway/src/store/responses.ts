import type {
  PreparedResponse,
  TemplateHeaderValue,
  Queries,
  ResponseCategory,
  WordMatch,
} from 'whatsapp-workspace/model';
import type { Queryable } from './db.js';
import { HEADER_PLACE, type StoredNotification } from './response-notification.js';
import {
  isForgiven,
  isFoundInside,
  isMeant,
  searchedTerms,
  searchQuery,
  sortKey,
  spellingsOf,
} from './response-words.js';
import { readFavourites, readRecent } from './used-responses.js';

/** That agents may use a response `r` at an instant. @param now The parameter that holds it. */
export function isUsable(now: string): string {
  return `(r.approved and (r.valid_from is null or r.valid_from <= ${now}) and (r.valid_to is null or r.valid_to > ${now}))`;
}

/** Whether agents may use a response at an instant. */
export async function isUsableResponse(q: Queryable, response: string, now: number): Promise<boolean> {
  const rows = await q.query(`select from response r where r.id = $1 and ${isUsable('$2::bigint')}`, [
    response,
    now,
  ]);
  return rows.length > 0;
}

type Search = Queries['responses']['args'];

/** A response as it is kept: of its notification, the template is kept elsewhere. */
export interface FoundResponse extends Omit<PreparedResponse, 'notification'> {
  readonly notification:
    (Omit<StoredNotification, 'place'> & { readonly header: TemplateHeaderValue | null }) | null;
}

/** A page of them; `next` is what the page after it is asked for with. */
export interface FoundResponses {
  readonly items: readonly FoundResponse[];
  readonly next: string | null;
}

/** Whether there are any, for whomever. */
export async function hasResponses(q: Queryable): Promise<boolean> {
  const [row] = await q.query<{ any: boolean }>('select exists (select from response) as any');
  return row?.any ?? false;
}

/** In what order responses come, by what is searched for. Each begins with a number, then a text, and ends with the name and the id. */
interface Order {
  /** What is true of a response `r` that is found; $5 is what is looked for. */
  readonly where: string;
  readonly looked: string;
  /** The smaller the better. */
  readonly rank: string;
  readonly key: string;
}

/** Names and shortcuts count ten times as much as words of the body. Only what PostgreSQL has by itself. */
const WEIGHTS = `'{0.1,0.2,0.4,1}'`;

/** As they come in $6. */
const BY_USE: Omit<Order, 'looked'> = {
  where: '$5::text is not null',
  rank: 'array_position($6::text[], r.id)::float4',
  key: 'r.sort',
};
const NO_WORDS: Order = { where: '$5::text is not null', looked: '', rank: '0::float4', key: 'r.sort' };
const BY_WORDS: Omit<Order, 'looked'> = {
  where: 'r.words @@ $5::text::tsquery',
  // Rounded, so that what is alike comes by name.
  rank: `-round(ts_rank(${WEIGHTS}, r.words, $5::text::tsquery)::numeric, 3)::float4`,
  key: 'r.sort',
};
const BY_SHORTCUT: Omit<Order, 'looked'> = {
  where: `r.shortcut_key >= $5::text and r.shortcut_key < $5::text || U&'\\+10FFFF'`,
  rank: '0::float4',
  key: 'r.shortcut_key',
};

/**
 * Responses that agents may use at an instant.
 * @returns null when `after` is no place of this library.
 */
export async function searchResponses(
  q: Queryable,
  { text, match, category, language, of = null, after, limit }: Search,
  { agent, now }: { readonly agent: string; readonly now: number },
): Promise<FoundResponses | null> {
  const order =
    of === 'recent' && text.trim() === '' ? { ...BY_USE, looked: '' } : await orderOf(q, text, match);
  if (!order) return { items: [], next: null };
  const among = of === null ? null : await (of === 'recent' ? readRecent : readFavourites)(q, agent);
  const place = after === null ? null : await readPlace(q, order, after, among);
  if (after !== null && !place) return null;
  const within = category === null ? null : await readBelow(q, category);
  const params = [now, within, language?.toLowerCase() ?? null, limit + 1, order.looked, among, agent];
  const rows = await q.query<FoundResponse>(
    statementFor(order, place !== null),
    place ? [...params, place.rank, place.key, place.sort, after] : params,
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

async function orderOf(q: Queryable, text: string, match: WordMatch): Promise<Order | null> {
  const searched = text.trim();
  if (searched.startsWith('/')) return { ...BY_SHORTCUT, looked: storable(sortKey(searched.slice(1))) };
  const terms = searchedTerms(searched, match);
  // Of marks alone nothing can be found.
  if (terms.length === 0) return searched === '' ? NO_WORDS : null;
  const words = terms.flatMap((term) => (term.length === 1 ? term : []));
  return { ...BY_WORDS, looked: searchQuery(terms, match, await readAlternatives(q, words)) };
}

/** NUL and halves of surrogate pairs stand in no shortcut, and no database takes them. */
function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
}

function statementFor({ where, rank, key }: Order, goesOn: boolean): string {
  const above = goesOn
    ? `and (${rank}, ${key}, r.sort, r.id) > ($8::float4, $9::text, $10::text, $11::text)`
    : '';
  return `with found as (
      select r.id, r.category, r.name, r.body, r.language, r.shortcut, r.keywords, r.notification, ${rank} as rank, ${key} as key, r.sort from response r
      where ${isUsable('$1::bigint')} and ${where} ${above}
        and ($2::text[] is null or r.category = any($2)) and ($6::text[] is null or r.id = any($6))
        and ($3::text is null or r.language is null or lower(r.language) = $3 or starts_with(lower(r.language), $3 || '-'))
      order by rank, key, r.sort, r.id limit $4
    )
    select id, category, name, body, language, shortcut, keywords, (
      select coalesce(jsonb_agg(jsonb_build_object('media', jsonb_build_object('id', f.id), 'as', a.role, 'fileName', a.file_name,
        'mimeType', f.mime, 'bytes', b.bytes) order by a.place), '[]')
      from response_attachment a join media f on f.id = a.media join blob b on b.sha256 = f.sha256 where a.response = found.id and a.place >= 0
    ) as attachments, case when notification is not null then notification - 'place' || jsonb_build_object('header', coalesce((
      select jsonb_build_object('kind', 'media', 'media', jsonb_build_object('id', a.media), 'fileName', a.file_name)
      from response_attachment a where a.response = found.id and a.place = ${HEADER_PLACE}), notification -> 'place')) end as notification,
    exists (select from response_favourite v where v.agent = $7 and v.response = found.id) as favourite
    from found order by rank, key, sort, id`;
}

interface Place {
  readonly rank: number;
  readonly key: string;
  readonly sort: string;
}

/** Where a response stands in an order; whether agents may still use it does not matter. null when there is none. */
async function readPlace(
  q: Queryable,
  { rank, key, looked }: Order,
  id: string,
  among: readonly string[] | null,
): Promise<Place | null> {
  const [place] = await q.query<Place>(
    `select ${rank.replaceAll('$5', '$2').replaceAll('$6', '$3')} as rank, coalesce(${key}, '') as key, r.sort
     from response r where r.id = $1 and $2::text is not null and ($3::text[] is null or r.id = any($3))`,
    [id, looked, among],
  );
  return place ?? null;
}

async function readBelow(q: Queryable, category: string): Promise<readonly string[]> {
  const rows = await q.query<{ id: string }>(
    `with recursive below as (
       select id from response_category where id = $1
       union select c.id from response_category c join below on c.parent = below.id
     ) select id from below`,
    [category],
  );
  return rows.map(({ id }) => id);
}

/** More words of the library than these are not tried for one that is searched for. */
const MOST_ALTERNATIVES = 30;

/** Words of the library that have a searched one inside, or are it but for one typing error. What begins with it is found without that. */
async function readAlternatives(
  q: Queryable,
  words: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const inside = words.filter(isFoundInside);
  const forgiven = words.filter(isForgiven);
  if (inside.length === 0) return new Map();
  const rows = await q.query<{ searched: string; word: string }>(
    `select s.searched, w.word from unnest($1::text[]) as s (searched)
       cross join lateral (select word from response_word where strpos(word, s.searched) > 1 order by length(word), word limit $3) w
     union
     select s.searched, w.word from jsonb_to_recordset($2::jsonb) as s (searched text, spellings text[])
       cross join lateral (select word from response_word where spellings && s.spellings limit $3) w`,
    [
      inside,
      JSON.stringify(forgiven.map((searched) => ({ searched, spellings: spellingsOf(searched) }))),
      MOST_ALTERNATIVES,
    ],
  );
  const found = new Map<string, string[]>();
  for (const { searched, word } of rows) {
    if (word.startsWith(searched) || !isMeant(searched, word)) continue;
    found.set(searched, [...(found.get(searched) ?? []), word]);
  }
  return found;
}

/** Categories in which agents may use a response at an instant, and those that they lie in: parents first, and by name. */
export async function readCategories(q: Queryable, now: number): Promise<readonly ResponseCategory[]> {
  return q.query<ResponseCategory>(
    `with recursive used as (
       select c.id, c.parent from response_category c
       where exists (select from response r where r.category = c.id and ${isUsable('$1::bigint')})
       union select c.id, c.parent from response_category c join used on c.id = used.parent
     ), tree as (
       select c.id, c.parent, c.name, 0 as depth from response_category c where c.parent is null
       union all select c.id, c.parent, c.name, tree.depth + 1 from response_category c join tree on c.parent = tree.id
     )
     select id, parent, name from tree where id in (select id from used) order by depth, name, id`,
    [now],
  );
}
