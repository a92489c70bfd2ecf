import {
  changeMessage,
  isMedia,
  mergeDelivery,
  messageItem,
  personalWorkbin,
  sessionItem,
  TEAM_WORKBIN,
} from '../../model/index.js';
import type {
  Delivery,
  DomainEvent,
  Interaction,
  MediaContent,
  Message,
  MessagePlace,
  OwnFile,
  Queries,
  TranscriptItem,
  TranscriptPage,
  WorkbinPage,
} from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { Conversations } from './transcript-part.js';

const MAX_PAGE = 200;

/** What happened before the log begins: each contact's earlier interactions. */
export interface Past {
  /** The newest earlier interaction of a contact; null when there is none. */
  newestOf(contact: string): string | null;
  /** The one before that; null for the first. */
  before(interaction: string): string | null;
  /** The one after it, of those that are past; null for the last. */
  after(interaction: string): string | null;
  /** In whose conversation a message is; null when there is no such. */
  placeOf(message: string): MessagePlace | null;
  /** All items, oldest first; null when there is no such interaction. */
  items(interaction: string): readonly TranscriptItem[] | null;
}

/** The fold of the log: interactions, their transcripts, and pages of both. */
export class Records implements Conversations {
  readonly #past: Past;
  readonly #interactions = new Map<string, Interaction>();
  readonly #items = new Map<string, TranscriptItem[]>();
  readonly #earlier = new Map<string, string | null>();
  /** Where each interaction was parked last: a page may be asked for after one that has been taken meanwhile. */
  readonly #parkedAt = new Map<string, number>();

  constructor(past: Past) {
    this.#past = past;
  }

  get interactions(): readonly Interaction[] {
    return [...this.#interactions.values()];
  }

  interaction(id: string): Interaction | null {
    return this.#interactions.get(id) ?? null;
  }

  /** A contact's interaction that is not done. */
  openOf(contact: string): Interaction | null {
    return this.interactions.find((known) => known.contact.id === contact && known.state !== 'done') ?? null;
  }

  /** The contact's newest interaction; null when the log knows none. */
  latestOf(contact: string): Interaction | null {
    return this.interactions.findLast((known) => known.contact.id === contact) ?? null;
  }

  /** What a contact wrote last; null when that is too long ago. */
  lastOf(contact: string): string | null {
    const items = this.#items.get(this.latestOf(contact)?.id ?? '') ?? [];
    return (
      items.findLast((item) => item.kind === 'message' && item.message.direction === 'inbound')?.id ?? null
    );
  }

  /** A message as it is by now. */
  message(id: string): Message | null {
    const item = this.#itemsWith(id)?.find((known) => known.id === id);
    return item?.kind === 'message' ? item.message : null;
  }

  /** A file of a message that an agent may read: of a contact whom the agent has, or who is parked in reach. null when there is none. */
  fileOf(media: string, agent: string): OwnFile | null {
    const reach = [personalWorkbin(agent), TEAM_WORKBIN];
    const isInReach = ({ agent: owner, offer, parking }: Interaction) =>
      (offer?.agent ?? owner) === agent || (parking !== null && reach.includes(parking.workbin));
    for (const [id, items] of this.#items) {
      const content = items.map(contentOf).find((one) => one?.media?.id === media);
      const contact = this.interaction(id)?.contact.id;
      const isReadable = this.interactions.some((one) => one.contact.id === contact && isInReach(one));
      if (!content?.mimeType || !isReadable) continue;
      const { mimeType, bytes, width, height } = content;
      return { mimeType, bytes: bytes ?? 0, width, height };
    }
    return null;
  }

  /** In whose conversation a message is; null when there is no such. */
  placeOf(id: string): MessagePlace | null {
    const interaction = this.interaction(this.message(id)?.interaction ?? '');
    return interaction
      ? { channel: interaction.channel, contact: interaction.contact.id }
      : this.#past.placeOf(id);
  }

  itemsOf(interaction: string): readonly TranscriptItem[] | null {
    return this.#items.get(interaction) ?? this.#past.items(interaction);
  }

  earlierOf(interaction: string): string | null {
    const known = this.#earlier.get(interaction);
    return known === undefined ? this.#past.before(interaction) : known;
  }

  laterOf(interaction: string): string | null {
    const [later] = [...this.#earlier].find(([, earlier]) => earlier === interaction) ?? [];
    return later ?? this.#past.after(interaction);
  }

  /** What lies in a workbin, longest parked first. */
  parkedIn(workbin: string): readonly Interaction[] {
    return this.interactions
      .filter(({ parking }) => parking?.workbin === workbin)
      .sort((a, b) => this.#comparePlaces(a.id, b.id));
  }

  /** Keeps an interaction as an event left it, and what the event adds to its transcript. */
  keep(interaction: Interaction, event: DomainEvent): void {
    const { id, contact, parking } = interaction;
    if (event.type === 'interaction-created') {
      this.#earlier.set(id, this.latestOf(contact.id)?.id ?? this.#past.newestOf(contact.id));
      this.#items.set(id, [sessionItem(interaction.session)]);
    }
    this.#interactions.set(id, interaction);
    if (parking) this.#parkedAt.set(id, parking.at);
    const items = this.#items.get(id) ?? [];
    if (event.type === 'session-started') items.push(sessionItem(event.body.session));
    if (event.type === 'message-received' || event.type === 'message-sent')
      items.push(messageItem(event.body.message));
    if (event.type === 'interaction-merged') this.#join(interaction, event);
    if (event.type === 'delivery-changed') {
      const { message, delivery } = event.body;
      changeItem(items, message, (known) => delivered(known, delivery));
    }
    if (event.type === 'message-changed') {
      const { message, rev, change } = event.body;
      changeItem(items, message, (known) => changeMessage(known, { rev, change }));
    }
  }

  /** @throws TransportError `invalid` when the question makes no sense. */
  transcript(
    { interaction, before, limit }: Queries['transcript']['args'],
    cursor: TranscriptPage['cursor'],
  ): TranscriptPage {
    const items = this.itemsOf(interaction);
    if (!items) throw new TransportError('invalid', 'There is no such interaction.');
    const end = before === null ? items.length : items.findIndex(({ id }) => id === before);
    if (end < 0) throw new TransportError('invalid', 'There is no such item in this transcript.');
    const start = Math.max(0, end - checkedLimit(limit));
    const earlier = this.earlierOf(interaction);
    const page = items.slice(start, end);
    const place = start > 0 ? interaction : earlier;
    const above = start > 0 ? (page[0]?.id ?? null) : null;
    return { items: page, next: place === null ? null : { interaction: place, before: above }, cursor };
  }

  /** @throws TransportError `invalid` when the question makes no sense. */
  workbin({ workbin, after, limit }: Queries['workbin']['args'], cursor: WorkbinPage['cursor']): WorkbinPage {
    if (after !== null && !this.#parkedAt.has(after))
      throw new TransportError('invalid', 'The interaction was never parked.');
    const rest = this.parkedIn(workbin).filter(
      ({ id }) => after === null || this.#comparePlaces(id, after) > 0,
    );
    const items = rest.slice(0, checkedLimit(limit));
    return { items, next: items.length < rest.length ? (items.at(-1)?.id ?? null) : null, cursor };
  }

  /** The ended transcript is read as the part right before the one that goes on; what was before that one comes before both. */
  #join(ended: Interaction, { id, at, body }: DomainEvent<'interaction-merged'>): void {
    const { into, contacts } = body;
    const before = this.earlierOf(into.id);
    let first = ended.id;
    for (let above = this.earlierOf(first); above !== null; above = this.earlierOf(first)) first = above;
    this.#earlier.set(first, before);
    this.#earlier.set(into.id, ended.id);
    this.#interactions.set(into.id, into);
    if (contacts) this.#items.get(into.id)?.push({ kind: 'merge', id, at, contacts });
  }

  #itemsWith(message: string): TranscriptItem[] | undefined {
    return [...this.#items.values()].find((items) => items.some(({ id }) => id === message));
  }

  #comparePlaces(a: string, b: string): number {
    const difference = (this.#parkedAt.get(a) ?? 0) - (this.#parkedAt.get(b) ?? 0);
    return difference || (a < b ? -1 : Number(a > b));
  }
}

function contentOf(item: TranscriptItem): MediaContent | null {
  return item.kind === 'message' && isMedia(item.message.content) ? item.message.content : null;
}

function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return limit;
  throw new TransportError('invalid', `A page has from 1 to ${MAX_PAGE} entries.`);
}

function delivered(message: Message, news: Delivery): Message {
  return message.delivery ? { ...message, delivery: mergeDelivery(message.delivery, news) } : message;
}

function changeItem(items: TranscriptItem[], id: string, change: (message: Message) => Message): void {
  const index = items.findLastIndex((known) => known.id === id);
  const item = items[index];
  if (item?.kind === 'message') items[index] = messageItem(change(item.message));
}
