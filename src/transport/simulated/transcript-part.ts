import type { PartPlace, Queries, TranscriptItem, TranscriptPart } from '../../model/index.js';
import { TransportError } from '../adapter.js';

/** Conversations whose parts are asked for. */
export interface Conversations {
  /** Oldest first; null when there is no such interaction. */
  itemsOf(interaction: string): readonly TranscriptItem[] | null;
  /** The contact's interaction before one; null for the first. */
  earlierOf(interaction: string): string | null;
  laterOf(interaction: string): string | null;
}

interface Spot {
  readonly interaction: string;
  readonly items: readonly TranscriptItem[];
  readonly index: number;
}

/** @throws TransportError `invalid` when there is no such interaction, or item in its conversation. */
export function transcriptPart(
  conversations: Conversations,
  { interaction, place, limit }: Queries['transcript-part']['args'],
  cursor: TranscriptPart['cursor'],
): TranscriptPart {
  const spot = place.kind === 'below' ? null : spotOf(conversations, interaction, place);
  const of = spot?.interaction ?? interaction;
  const items = conversations.itemsOf(of);
  if (!items) throw new TransportError('invalid', 'There is no such interaction.');
  const start = spot
    ? Math.max(0, Math.min(spot.index - Math.floor(limit / 2), items.length - limit))
    : startBelow(items, place);
  const end = Math.min(items.length, start + limit);
  const shown = items.slice(start, end);
  const [first] = shown;
  const earlier = conversations.earlierOf(of);
  const later = conversations.laterOf(of);
  return {
    interaction: of,
    item: spot?.items[spot.index]?.id ?? null,
    items: shown,
    above:
      start > 0 && first
        ? { interaction: of, before: first.id }
        : earlier === null
          ? null
          : { interaction: earlier, before: null },
    below:
      end < items.length
        ? { interaction: of, item: shown.at(-1)?.id ?? null }
        : later === null
          ? null
          : { interaction: later, item: null },
    cursor,
  };
}

function startBelow(items: readonly TranscriptItem[], place: PartPlace): number {
  if (place.kind !== 'below' || place.item === null) return 0;
  const index = items.findIndex(({ id }) => id === place.item);
  if (index < 0) throw new TransportError('invalid', 'There is no such item in this transcript.');
  return index + 1;
}

/** Where an item is, or the first one from an instant on, else the last one; null in an empty conversation. */
function spotOf(conversations: Conversations, interaction: string, place: PartPlace): Spot | null {
  let found: Spot | null = null;
  for (let of: string | null = interaction; of !== null; of = conversations.earlierOf(of)) {
    const items: readonly TranscriptItem[] = conversations.itemsOf(of) ?? [];
    const index = items.findIndex(({ id, at }) =>
      place.kind === 'at' ? at >= place.at : place.kind === 'around' && id === place.item,
    );
    if (index >= 0) found = { interaction: of, items, index };
    else if (place.kind === 'at' && items.length > 0)
      return found ?? { interaction: of, items, index: items.length - 1 };
    if (found && place.kind === 'around') return found;
  }
  if (place.kind === 'around' && !found)
    throw new TransportError('invalid', 'There is no such item in this conversation.');
  return found;
}
