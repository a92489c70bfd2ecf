import { mergeDelivery } from './delivery.js';
import type { Delivery } from './delivery.js';
import type { TranscriptPage } from './query.js';
import type { TranscriptItem } from './transcript-item.js';

/** The most items that a desk keeps of one transcript; what is above lies behind the transcript query. */
export const TRANSCRIPT_WINDOW = 2000;

const CHUNK = 100;
const LATE_DELIVERIES = 500;

/** A run of items of one interaction. */
interface Chunk {
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
  /** Up to where the log is part of the first page: events up to here add no items. */
  readonly foldedTo: number;
  /** Deliveries of messages that are not here, until the page comes that brings the message. */
  readonly late: ReadonlyMap<string, Delivery>;
}

/** A transcript to which events are folded from now on, whose first page is still to come. */
export function openTranscript(interaction: string): Transcript {
  return {
    interaction,
    chunks: [],
    count: 0,
    loaded: false,
    more: false,
    earlier: null,
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
  const last = transcript.chunks.at(-1);
  const roomy = last && last.interaction === transcript.interaction && last.items.length < CHUNK;
  const chunks = roomy
    ? [...transcript.chunks.slice(0, -1), { ...last, items: [...last.items, item] }]
    : [...transcript.chunks, { interaction: transcript.interaction, items: [item] }];
  return trimmed({ ...transcript, chunks, count: transcript.count + 1 });
}

/** Puts a page above what is here. Items that are here already stay once. */
export function joinPage(transcript: Transcript, of: string, page: TranscriptPage): Transcript {
  const own = new Map<string, TranscriptItem>();
  const joining = transcript.loaded ? transcript.chunks.slice(0, 1) : transcript.chunks;
  for (const chunk of joining) for (const item of chunk.items) own.set(item.id, item);
  const late = new Map(transcript.late);
  const above = page.items
    .filter(({ id }) => !(transcript.loaded && own.has(id)))
    .map((item) => withLateDelivery(mergeItems(item, own.get(item.id)), late));
  const aboveIds = new Set(above.map(({ id }) => id));
  const below = transcript.loaded ? transcript.chunks : itemsAfter(transcript.chunks, aboveIds);
  const chunks = [...chunked(of, above), ...below];
  return {
    ...transcript,
    chunks,
    count: chunks.reduce((sum, { items }) => sum + items.length, 0),
    loaded: true,
    more: page.more,
    earlier: page.earlier,
    foldedTo: transcript.loaded ? transcript.foldedTo : page.cursor.seq,
    late,
  };
}

/** Merges news of a message's delivery, wherever the message is. */
export function mergeDeliveryInto(transcript: Transcript, message: string, delivery: Delivery): Transcript {
  // Newest first: nearly all news is of the last few messages.
  for (let c = transcript.chunks.length - 1; c >= 0; c--) {
    const chunk = transcript.chunks[c];
    const i = chunk?.items.findLastIndex(({ id }) => id === message) ?? -1;
    const item = chunk?.items[i];
    if (!chunk || !item) continue;
    const merged = withDelivery(item, delivery);
    if (merged === item) return transcript;
    const items = chunk.items.with(i, merged);
    return { ...transcript, chunks: transcript.chunks.with(c, { ...chunk, items }) };
  }
  return { ...transcript, late: remember(transcript.late, message, delivery) };
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

function chunked(interaction: string, items: readonly TranscriptItem[]): Chunk[] {
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

function mergeItems(item: TranscriptItem, own: TranscriptItem | undefined): TranscriptItem {
  return own?.kind === 'message' && own.message.delivery ? withDelivery(item, own.message.delivery) : item;
}

function withLateDelivery(item: TranscriptItem, late: Map<string, Delivery>): TranscriptItem {
  const delivery = late.get(item.id);
  if (!delivery) return item;
  late.delete(item.id);
  return withDelivery(item, delivery);
}

function withDelivery(item: TranscriptItem, news: Delivery): TranscriptItem {
  if (item.kind !== 'message' || !item.message.delivery) return item;
  const delivery = mergeDelivery(item.message.delivery, news);
  return delivery === item.message.delivery ? item : { ...item, message: { ...item.message, delivery } };
}

function remember(
  late: ReadonlyMap<string, Delivery>,
  message: string,
  delivery: Delivery,
): ReadonlyMap<string, Delivery> {
  const known = late.get(message);
  const next = new Map(late).set(message, known ? mergeDelivery(known, delivery) : delivery);
  const [oldest] = next.keys();
  if (next.size > LATE_DELIVERIES && oldest !== undefined) next.delete(oldest);
  return next;
}
