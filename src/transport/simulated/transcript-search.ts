import { messageSearch } from '../../model/index.js';
import type { Queries, TranscriptHit, TranscriptHits } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { Conversations } from './transcript-part.js';

/** @throws TransportError `invalid` when there is no such interaction, or it is no page of such a search. */
export function searchTranscript(
  conversations: Conversations,
  { interaction, text, after, limit }: Queries['transcript-search']['args'],
  cursor: TranscriptHits['cursor'],
): TranscriptHits {
  const hits = [...found(conversations, interaction, text)];
  const start = after === null ? 0 : hits.findIndex(({ item }) => item === after) + 1;
  if (after !== null && start === 0) throw new TransportError('invalid', 'There is no such page.');
  const items = hits.slice(start, start + limit);
  return { items, next: start + limit < hits.length ? (items.at(-1)?.item ?? null) : null, cursor };
}

function* found(conversations: Conversations, interaction: string, text: string): Generator<TranscriptHit> {
  if (!conversations.itemsOf(interaction))
    throw new TransportError('invalid', 'There is no such interaction.');
  const search = messageSearch(text);
  for (let of: string | null = interaction; of !== null; of = conversations.earlierOf(of))
    for (const item of (conversations.itemsOf(of) ?? []).toReversed())
      if (item.kind === 'message' && search?.finds(item.message))
        yield { interaction: of, item: item.id, at: item.at };
}
