import type { Delivery } from './delivery.js';
import type { RevisedChange } from './message-change.js';
import { joinMessages, joinNews, withNews } from './message-news.js';
import type { MessageNews } from './message-news.js';
import type { TranscriptPage } from './query.js';
import type { TranscriptItem } from './transcript-item.js';

/** The most items that a desk keeps of one transcript; what is above lies behind the transcript query. */
export const TRANSCRIPT_WINDOW = 2000;

/** The most while somebody reads above the end: nothing may vanish where the reader is. */
export const TRANSCRIPT_HELD = 2 * TRANSCRIPT_WINDOW;

/** Where somebody reads: at the end, or above it. */
export type ReadingPlace = 'end' | 'above';

const CHUNK = 100;
const LATE_NEWS = 500;

/** A run of items of one interaction. */
export interface Chunk {
  readonly interaction: string;
  readonly items: readonly TranscriptItem[];
}

/**
 * A window of a conversation, oldest first: the newest items of an interaction and, when asked for, of the contact's interactions before it.
 * Immutable. What an event costs depends on a chunk (100 items) and never on the length of the conversation.
 */
export interface Transcript {
  /** The interaction that new items belong to. */
  readonly interaction: string;
  readonly chunks: readonly Chunk[];
  readonly count: number;
  /** Whether the first page has come. */
  readonly loaded: boolean;
  /** Whether there are items above the first one in its interaction. */
  readonly more: boolean;
  /** The contact's interaction before the oldest one here; null when there is none. */
  readonly earlier: string | null;
  readonly reading: ReadingPlace;
  /** Whether the conversation goes on below the last item here: what is newer has been left out, far from the reader. */
  readonly cut: boolean;
  /** Up to where the log has brought what was left out below; 0 when nothing has come since that began. */
  readonly leftOut: number;
  /** How many of these messages the contact wrote. */
  readonly missed: number;
  /** Up to where the log is part of the first page: events up to here add no items. */
  readonly foldedTo: number;
  /** News of messages that are not here, until the page comes that brings the message. */
  readonly late: ReadonlyMap<string, MessageNews>;
}

/** A transcript to which events are folded from now on, whose first page is still to come. */
export function openTranscript(interaction: string, reading: ReadingPlace = 'end'): Transcript {
  return {
    interaction,
    chunks: [],
    count: 0,
    loaded: false,
    more: false,
    earlier: null,
    reading,
    cut: false,
    leftOut: 0,
    missed: 0,
    foldedTo: 0,
    late: new Map(),
  };
}

/** The item at a place, 0 being the oldest here. */
export function itemAt(transcript: Transcript, index: number): TranscriptItem | undefined {
  let rest = index;
  for (const { items } of transcript.chunks) {
    if (rest < items.length) return items[rest];
    rest -= items.length;
  }
  return undefined;
}

/** Whether a transcript holds items of an interaction, or asks for them next. */
export function holds(transcript: Transcript, interaction: string): boolean {
  return (
    transcript.earlier === interaction || transcript.chunks.some((chunk) => chunk.interaction === interaction)
  );
}

/** Where to ask for the page above: null when the conversation's beginning is here, or nothing is. */
export function olderPlace(transcript: Transcript): { interaction: string; before: string | null } | null {
  const [first] = transcript.chunks;
  if (!transcript.loaded) return null;
  if (transcript.more && first?.items[0])
    return { interaction: first.interaction, before: first.items[0].id };
  return transcript.earlier === null ? null : { interaction: transcript.earlier, before: null };
}

/** Adds what an event of the log brought. */
export function appendItem(transcript: Transcript, item: TranscriptItem, seq: number): Transcript {
  if (seq <= transcript.foldedTo) return transcript;
  if (transcript.cut || (transcript.reading === 'above' && transcript.count >= TRANSCRIPT_HELD)) {
    const missed = item.kind === 'message' && item.message.direction === 'inbound' ? 1 : 0;
    return { ...transcript, cut: true, leftOut: seq, missed: transcript.missed + missed };
  }
  const last = transcript.chunks.at(-1);
  const roomy = last && last.interaction === transcript.interaction && last.items.length < CHUNK;
  const chunks = roomy
    ? [...transcript.chunks.slice(0, -1), { ...last, items: [...last.items, item] }]
    : [...transcript.chunks, { interaction: transcript.interaction, items: [item] }];
  const next = { ...transcript, chunks, count: transcript.count + 1 };
  return next.reading === 'end' ? trimmed(next) : next;
}

/** Puts a page above what is here. Items that are here already stay once. */
export function joinPage(transcript: Transcript, of: string, page: TranscriptPage): Transcript {
  const own = new Map<string, TranscriptItem>();
  const joining = transcript.loaded ? transcript.chunks.slice(0, 1) : transcript.chunks;
  for (const chunk of joining) for (const item of chunk.items) own.set(item.id, item);
  const late = new Map(transcript.late);
  const above = page.items
    .filter(({ id }) => !(transcript.loaded && own.has(id)))
    .map((item) => withLateNews(mergeItems(item, own.get(item.id)), late));
  const aboveIds = new Set(above.map(({ id }) => id));
  const below = transcript.loaded ? transcript.chunks : itemsAfter(transcript.chunks, aboveIds);
  const chunks = [...chunked(of, above), ...below];
  return cutBelow({
    ...transcript,
    chunks,
    count: chunks.reduce((sum, { items }) => sum + items.length, 0),
    loaded: true,
    more: page.next?.interaction === of,
    earlier: page.next && page.next.interaction !== of ? page.next.interaction : null,
    foldedTo: transcript.loaded ? transcript.foldedTo : page.cursor.seq,
    late,
  });
}

/**
 * Somebody reads elsewhere in the transcript from now on.
 * @returns null when it has to begin anew, because the reader is back at the end and that is not here.
 */
export function readAt(transcript: Transcript, reading: ReadingPlace): Transcript | null {
  if (transcript.reading === reading) return transcript;
  if (reading === 'above') return { ...transcript, reading };
  return transcript.cut ? null : trimmed({ ...transcript, reading });
}

/** Merges news of a message's delivery, wherever the message is. */
export function mergeDeliveryInto(transcript: Transcript, message: string, delivery: Delivery): Transcript {
  return mergeNews(transcript, message, { delivery, changes: [] });
}

/** Changes a message, wherever it is. */
export function changeMessageIn(transcript: Transcript, message: string, change: RevisedChange): Transcript {
  return mergeNews(transcript, message, { delivery: null, changes: [change] });
}

/** News of what is not here are kept until its page comes: that may have been made before them. */
function mergeNews(transcript: Transcript, message: string, news: MessageNews): Transcript {
  // Newest first: nearly all news is of the last few messages.
  for (let c = transcript.chunks.length - 1; c >= 0; c--) {
    const chunk = transcript.chunks[c];
    const i = chunk ? indexIn(chunk, message) : -1;
    const item = chunk?.items[i];
    if (!chunk || !item) continue;
    const merged = itemWithNews(item, news);
    if (merged === item) return transcript;
    const items = chunk.items.with(i, merged);
    return { ...transcript, chunks: transcript.chunks.with(c, { ...chunk, items }) };
  }
  return { ...transcript, late: remember(transcript.late, message, news) };
}

/** Forgets the oldest chunks beyond the window; they can be asked for again. */
function trimmed(transcript: Transcript): Transcript {
  let { count } = transcript;
  let drop = 0;
  for (const { items } of transcript.chunks) {
    if (count - items.length < TRANSCRIPT_WINDOW) break;
    count -= items.length;
    drop++;
  }
  return drop === 0
    ? transcript
    : { ...transcript, chunks: transcript.chunks.slice(drop), count, more: true };
}

/** Forgets the newest chunks of a window that has grown upwards, where its reader is. */
function cutBelow(transcript: Transcript): Transcript {
  let { count } = transcript;
  let end = transcript.chunks.length;
  while (transcript.reading === 'above' && count > TRANSCRIPT_HELD && end > 1)
    count -= transcript.chunks[--end]?.items.length ?? 0;
  return end === transcript.chunks.length
    ? transcript
    : { ...transcript, chunks: transcript.chunks.slice(0, end), count, cut: true };
}

export function chunked(interaction: string, items: readonly TranscriptItem[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let i = 0; i < items.length; i += CHUNK)
    chunks.push({ interaction, items: items.slice(i, i + CHUNK) });
  return chunks;
}

/**
 * What events brought after the newest item of the first page. What they brought before it is in the page or above it: then the next page brings it.
 */
function itemsAfter(chunks: readonly Chunk[], page: ReadonlySet<string>): readonly Chunk[] {
  for (let c = chunks.length - 1; c >= 0; c--) {
    const chunk = chunks[c];
    const last = chunk?.items.findLastIndex(({ id }) => page.has(id)) ?? -1;
    if (!chunk || last < 0) continue;
    const rest = { ...chunk, items: chunk.items.slice(last + 1) };
    return [rest, ...chunks.slice(c + 1)].filter(({ items }) => items.length > 0);
  }
  return chunks;
}

export function mergeItems(item: TranscriptItem, own: TranscriptItem | undefined): TranscriptItem {
  if (item.kind !== 'message' || own?.kind !== 'message') return item;
  return { ...item, message: joinMessages(item.message, own.message) };
}

export function withLateNews(item: TranscriptItem, late: Map<string, MessageNews>): TranscriptItem {
  const news = late.get(item.id);
  if (!news) return item;
  late.delete(item.id);
  return itemWithNews(item, news);
}

function itemWithNews(item: TranscriptItem, news: MessageNews): TranscriptItem {
  if (item.kind !== 'message') return item;
  const message = withNews(item.message, news);
  return message === item.message ? item : { ...item, message };
}

function remember(
  late: ReadonlyMap<string, MessageNews>,
  message: string,
  news: MessageNews,
): ReadonlyMap<string, MessageNews> {
  const known = late.get(message);
  const next = new Map(late).set(message, known ? joinNews(known, news) : news);
  const [oldest] = next.keys();
  if (next.size > LATE_NEWS && oldest !== undefined) next.delete(oldest);
  return next;
}

/** Places in full chunks, made when first asked for: those are searched again and again and hardly ever change. */
const places = new WeakMap<readonly TranscriptItem[], ReadonlyMap<string, number>>();

/** Where an item is in a chunk, by its id; -1 when it is not there. */
export function indexIn({ items }: Chunk, id: string): number {
  if (items.length < CHUNK) return items.findLastIndex((item) => item.id === id);
  const known = places.get(items) ?? new Map(items.map((item, i) => [item.id, i]));
  places.set(items, known);
  return known.get(id) ?? -1;
}
