/** Rules for windows of a transcript that are not at its end: they are no part of the first load. */
import type { TranscriptPart } from './query.js';
import { TRANSCRIPT_HELD, chunked, indexIn, mergeItems, withLateNews } from './transcript.js';
import type { Chunk, Transcript } from './transcript.js';
import type { TranscriptItem } from './transcript-item.js';

/** Where to ask for what lies below a window: an item of an interaction. */
export interface NewerPlace {
  readonly interaction: string;
  readonly item: string;
}

/** null while the newest items are here, and where nothing is. Notices of what this version cannot show have no place at the contact centre. */
export function newerPlace({ loaded, cut, chunks }: Transcript): NewerPlace | null {
  const last = chunks.at(-1);
  const item = last?.items.findLast(({ kind }) => kind !== 'unknown-event');
  return loaded && cut && last && item ? { interaction: last.interaction, item: item.id } : null;
}

/** Whether an item is in a window. */
export function hasItem({ chunks }: Transcript, item: string): boolean {
  return chunks.some((chunk) => indexIn(chunk, item) >= 0);
}

/**
 * A window of the same conversation around another place: what was in it and is not there is left out. One whose first page is still to come stays as it
 * is: that page would be put above the part.
 * @param seq Up to where the log was folded into what was there.
 */
export function movedTo(transcript: Transcript, part: TranscriptPart, seq: number): Transcript {
  if (!transcript.loaded) return transcript;
  const known = new Map(transcript.chunks.flatMap(({ items }) => items.map((item) => [item.id, item])));
  const late = new Map(transcript.late);
  const items = part.items.map((item) => withLateNews(mergeItems(item, known.get(item.id)), late));
  const chunks = chunked(part.interaction, items);
  const { above } = part;
  return {
    ...transcript,
    chunks,
    count: items.length,
    more: above?.interaction === part.interaction,
    earlier: above && above.interaction !== part.interaction ? above.interaction : null,
    reading: 'above',
    cut: true,
    leftOut: Math.max(seq, transcript.leftOut),
    missed: transcript.cut ? transcript.missed : 0,
    late,
  };
}

/**
 * Puts what lies below a window there, and forgets its top when it becomes too long. At the end of the conversation events go on where the part ends, unless
 * more has come since that was read: then that is still below.
 * @param from Where it was asked for; a window that is elsewhere by now stays as it is.
 */
export function withPartBelow(transcript: Transcript, from: NewerPlace, part: TranscriptPart): Transcript {
  const place = newerPlace(transcript);
  if (place?.item !== from.item || place.interaction !== from.interaction) return transcript;
  const known = new Set(transcript.chunks.slice(-2).flatMap(({ items }) => items.map(({ id }) => id)));
  const late = new Map(transcript.late);
  const items: readonly TranscriptItem[] = part.items
    .filter(({ id }) => !known.has(id))
    .map((item) => withLateNews(item, late));
  const chunks = [...transcript.chunks, ...chunked(part.interaction, items)];
  const isLast = part.interaction === transcript.interaction && part.below?.interaction !== part.interaction;
  const live = isLast && part.cursor.seq >= transcript.leftOut;
  return withoutTop({
    ...transcript,
    chunks,
    count: transcript.count + items.length,
    late,
    ...(live && { cut: false, missed: 0, foldedTo: Math.max(transcript.foldedTo, part.cursor.seq) }),
  });
}

function withoutTop(transcript: Transcript): Transcript {
  let { count } = transcript;
  let drop = 0;
  const sizeOf = (chunk: Chunk | undefined): number => chunk?.items.length ?? count;
  while (count - sizeOf(transcript.chunks[drop]) >= TRANSCRIPT_HELD)
    count -= sizeOf(transcript.chunks[drop++]);
  return drop === 0
    ? transcript
    : { ...transcript, chunks: transcript.chunks.slice(drop), count, more: true };
}
