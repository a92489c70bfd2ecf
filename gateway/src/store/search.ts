import {
  messageSearch,
  type Message,
  type MessageSearch,
  type TranscriptHit,
} from 'whatsapp-workspace/model';
import type { Queryable } from './db.js';
import { readConversation, type Spot } from './transcripts.js';

/**
 * How many places of a conversation one page looks through at most: a desk asks for the next page by itself, and what it and others ask comes between. So no
 * answer takes long, however long the conversation is.
 */
export const SLICE = 5000;

/** How many of them are looked at in one go, so that nobody else waits for that. */
const STEP = 500;

export interface FoundMessages {
  readonly hits: readonly TranscriptHit[];
  /** Above which spot the search goes on; null at the conversation's beginning. */
  readonly next: Spot | null;
}

/** A run of an interaction's items, from `low` to before `high`. */
interface Run {
  readonly interaction: string;
  readonly low: number;
  readonly high: number;
}

/**
 * Looks for words in the conversation of an interaction that may be read, newest first.
 * @param above Where to go on; null for the conversation's end.
 * @returns null when that is no spot of the conversation.
 */
export async function searchConversation(
  q: Queryable,
  interaction: string,
  { text, above, limit }: { readonly text: string; readonly above: Spot | null; readonly limit: number },
): Promise<FoundMessages | null> {
  const runs = await readRuns(q, interaction, above);
  const search = messageSearch(text);
  if (!runs || !search) return runs && { hits: [], next: null };
  const hits: TranscriptHit[] = [];
  let looked = 0;
  for (const run of runs) {
    for (let { high } = run; high > run.low; high -= STEP) {
      // What is left of the search begins here.
      if (looked >= SLICE) return { hits, next: { interaction: run.interaction, place: high } };
      const step = { ...run, low: Math.max(run.low, high - STEP), high };
      for (const { place, ...hit } of await readHits(q, step, search)) {
        if (hits.length === limit) return { hits, next: { interaction: run.interaction, place: place + 1 } };
        hits.push(hit);
      }
      looked += step.high - step.low;
    }
  }
  return { hits, next: null };
}

/** All of a conversation above a spot, newest first. */
async function readRuns(
  q: Queryable,
  interaction: string,
  above: Spot | null,
): Promise<readonly Run[] | null> {
  const conversation = await readConversation(q, interaction);
  const from = above ? conversation.indexOf(above.interaction) : conversation.length - 1;
  if (from < 0) return null;
  const rows = await q.query<{ id: string; items: number }>(
    'select id, items from interaction where id = any($1::text[])',
    [conversation.slice(0, from + 1)],
  );
  const items = new Map(rows.map((row) => [row.id, row.items]));
  return conversation
    .slice(0, from + 1)
    .map((id) => ({
      interaction: id,
      low: 0,
      high: Math.min(items.get(id) ?? 0, id === above?.interaction ? above.place : Infinity),
    }))
    .toReversed();
}

async function readHits(
  q: Queryable,
  { interaction, low, high }: Run,
  search: MessageSearch,
): Promise<readonly (TranscriptHit & Spot)[]> {
  const rows = await q.query<{ item: string; place: number } & Pick<Message, 'at' | 'content'>>(
    `select id as item, place, (body ->> 'at')::bigint as at, body -> 'content' as content from message
     where interaction = $1 and place >= $2 and place < $3 and body ->> 'deletedAt' is null order by place desc`,
    [interaction, low, high],
  );
  return rows
    .filter(({ content }) => search.finds({ content, deletedAt: null }))
    .map(({ item, place, at }) => ({ interaction, item, place, at }));
}
