import type {
  Cursor,
  Query,
  TranscriptItem,
  TranscriptPart,
  TranscriptPlace,
} from 'whatsapp-workspace/model';
import type { Queryable } from '../store/db.js';
import {
  readAbove,
  readConversation,
  readEarlierInteraction,
  readFrom,
  readLaterInteraction,
  readSpot,
  readSpotAt,
  type Spot,
} from '../store/transcripts.js';

type Args = Extract<Query, { name: 'transcript-part' }>['args'];

/** What a part is around, and how many items of it are above that. */
interface Aim {
  readonly spot: Spot;
  readonly item: string | null;
  readonly above: number;
}

/** A part of the conversation of an interaction that may be read; null when there is nothing at the place. */
export async function readPart(tx: Queryable, args: Args, cursor: Cursor): Promise<TranscriptPart | null> {
  const aim = await aimOf(tx, args);
  if (!aim) return null;
  const { spot, item, above } = aim;
  const { interaction } = spot;
  // One more than is shown says that there are more.
  const before = await readAbove(tx, spot, above + 1);
  const from = await readFrom(tx, spot, args.limit - above + 1);
  const shown = [...before.slice(above === 0 ? before.length : -above), ...from.slice(0, args.limit - above)];
  return {
    interaction,
    item,
    items: shown,
    above:
      before.length > above ? { interaction, before: idOf(shown[0]) } : await placeAbove(tx, interaction),
    below:
      from.length > args.limit - above
        ? { interaction, item: idOf(shown.at(-1)) }
        : await placeBelow(tx, interaction),
    cursor,
  };
}

async function aimOf(tx: Queryable, { interaction, place, limit }: Args): Promise<Aim | null> {
  const above = Math.floor(limit / 2);
  if (place.kind === 'at') {
    const spot = await readSpotAt(tx, await readConversation(tx, interaction), place.at);
    return spot ? { spot, item: spot.id, above } : { spot: { interaction, place: 0 }, item: null, above };
  }
  if (place.item === null) return { spot: { interaction, place: 0 }, item: null, above: 0 };
  if (place.kind === 'below') {
    const spot = await readSpot(tx, place.item, interaction);
    return spot && { spot: { interaction, place: spot.place + 1 }, item: null, above: 0 };
  }
  const spot = await readSpot(tx, place.item, null);
  const isHere = spot && (await readConversation(tx, interaction)).includes(spot.interaction);
  return isHere ? { spot, item: place.item, above } : null;
}

async function placeAbove(tx: Queryable, interaction: string): Promise<TranscriptPlace | null> {
  const earlier = await readEarlierInteraction(tx, interaction);
  return earlier === null ? null : { interaction: earlier, before: null };
}

async function placeBelow(tx: Queryable, interaction: string): Promise<TranscriptPart['below']> {
  const later = await readLaterInteraction(tx, interaction);
  return later === null ? null : { interaction: later, item: null };
}

function idOf(item: TranscriptItem | undefined): string | null {
  return item?.id ?? null;
}
