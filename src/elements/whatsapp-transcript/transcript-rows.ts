import type { Direction, OutboxItem, Transcript, TranscriptItem } from '../../model/index.js';
import { sameTrouble, troubleOfMessage, troubleOfPending } from '../whatsapp-message/trouble.js';
import type { Trouble } from '../whatsapp-message/trouble.js';

/** What one row of a transcript shows. */
export type Row =
  | { readonly kind: 'item'; readonly key: string; readonly at: number; readonly item: TranscriptItem }
  | { readonly kind: 'pending'; readonly key: string; readonly at: number; readonly pending: OutboxItem };

/** How a row stands among its neighbours. */
export interface RowPlace {
  /** Begins a day. */
  readonly newDay: boolean;
  /** Goes on where the author left off a moment ago. */
  readonly grouped: boolean;
  /** The row below went wrong for the same reason: a run of failures says it once, at its end. */
  readonly repeated: boolean;
}

type Chunk = Transcript['chunks'][number];

const GROUP_GAP = 10 * 60_000;

// Chunks never change, so what is worked out for one holds for as long as it is in any transcript.
const keysOfChunks = new WeakMap<Chunk, readonly string[]>();
const clientIdsOfChunks = new WeakMap<Chunk, ReadonlySet<string>>();

/**
 * The rows of a transcript with the outbox at its end, without being a list of them: only what is asked for is worked out. A message keeps its key
 * when it moves from the outbox to the log.
 */
export class TranscriptRows {
  readonly count: number;
  readonly #transcript: Transcript;
  readonly #pending: readonly OutboxItem[];
  // The chunk that was asked last, and the index of its first row: whoever asks goes from row to row.
  #chunk = 0;
  #start = 0;

  constructor(transcript: Transcript, outbox: readonly OutboxItem[]) {
    this.#transcript = transcript;
    // In the moment of its echo a message is in both.
    this.#pending = outbox.filter(({ clientId }) => !isLogged(transcript, clientId));
    this.count = transcript.count + this.#pending.length;
  }

  /** Of the row at an index from 0 to `count` - 1; empty beyond. */
  keyAt(index: number): string {
    const chunk = this.#chunkOf(index);
    if (chunk) return keysOf(chunk)[index - this.#start] ?? '';
    return this.#pending[index - this.#transcript.count]?.clientId ?? '';
  }

  at(index: number): Row | undefined {
    const item = this.#chunkOf(index)?.items[index - this.#start];
    if (item) return { kind: 'item', key: keyOf(item), at: item.at, item };
    const pending = this.#pending[index - this.#transcript.count];
    return pending && { kind: 'pending', key: pending.clientId, at: pending.createdAt, pending };
  }

  place(index: number): RowPlace {
    const row = this.at(index);
    const before = this.at(index - 1);
    const repeated = sameTrouble(troubleOf(row), troubleOf(this.at(index + 1)));
    if (!row || !before || !sameDay(row.at, before.at)) return { newDay: true, grouped: false, repeated };
    const author = authorOf(row);
    const grouped = author !== null && author === authorOf(before) && row.at - before.at < GROUP_GAP;
    return { newDay: false, grouped, repeated };
  }

  /** How many rows came after the one with this key, and how many of them the contact wrote; null when it is not among the last 200. */
  since(key: string): { readonly rows: number; readonly inbound: number } | null {
    let inbound = 0;
    for (let rows = 0; rows < Math.min(this.count, 200); rows++) {
      const row = this.at(this.count - 1 - rows);
      if (!row) return null;
      if (row.key === key) return { rows, inbound };
      if (isFrom(row, 'inbound')) inbound++;
    }
    return null;
  }

  /** The key of the oldest of the last `count` messages that the contact wrote; null when there are none. */
  keyOfUnread(count: number): string | null {
    let key: string | null = null;
    let found = 0;
    for (let index = this.count - 1; index >= 0 && found < count; index--) {
      const row = this.at(index);
      if (!row || !isFrom(row, 'inbound')) continue;
      key = row.key;
      found++;
    }
    return key;
  }

  #chunkOf(index: number): Chunk | undefined {
    if (index < 0 || index >= this.#transcript.count) return undefined;
    const { chunks } = this.#transcript;
    while (index < this.#start) this.#start -= chunks[--this.#chunk]?.items.length ?? 0;
    for (let size = this.#sizeOfChunk; index >= this.#start + size; size = this.#sizeOfChunk) {
      this.#start += size;
      this.#chunk++;
    }
    return chunks[this.#chunk];
  }

  get #sizeOfChunk(): number {
    return this.#transcript.chunks[this.#chunk]?.items.length ?? Infinity;
  }
}

function isFrom(row: Row, direction: Direction): boolean {
  if (row.kind === 'pending') return direction === 'outbound';
  return row.item.kind === 'message' && row.item.message.direction === direction;
}

/** Who wrote a row, as far as groups go; null for what nobody wrote. Agents are one group each, the one with the outbox is told by its messages. */
function authorOf(row: Row): string | null {
  if (row.kind === 'pending') return 'outbound';
  if (row.item.kind !== 'message' || row.item.message.content.kind === 'system') return null;
  const { direction, author } = row.item.message;
  return direction === 'inbound' ? 'inbound' : `outbound ${author?.id ?? ''}`;
}

function troubleOf(row: Row | undefined): Trouble | null {
  if (!row) return null;
  if (row.kind === 'pending') return troubleOfPending(row.pending);
  return row.item.kind === 'message' ? troubleOfMessage(row.item.message) : null;
}

function isLogged({ chunks }: Transcript, clientId: string): boolean {
  return chunks.some((chunk) => clientIdsOf(chunk).has(clientId));
}

function keyOf(item: TranscriptItem): string {
  return item.kind === 'message' ? (item.message.clientId ?? item.id) : item.id;
}

function keysOf(chunk: Chunk): readonly string[] {
  const known = keysOfChunks.get(chunk);
  if (known) return known;
  const keys = chunk.items.map(keyOf);
  keysOfChunks.set(chunk, keys);
  return keys;
}

function clientIdsOf(chunk: Chunk): ReadonlySet<string> {
  const known = clientIdsOfChunks.get(chunk);
  if (known) return known;
  const ids = new Set<string>();
  for (const item of chunk.items) {
    if (item.kind === 'message' && item.message.clientId !== null) ids.add(item.message.clientId);
  }
  clientIdsOfChunks.set(chunk, ids);
  return ids;
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
