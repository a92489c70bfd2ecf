import { mergeDelivery, messageItem, sessionItem } from '../../model/index.js';
import type {
  Delivery,
  DomainEvent,
  Interaction,
  Queries,
  TranscriptItem,
  TranscriptPage,
  WorkbinPage,
} from '../../model/index.js';
import { TransportError } from '../adapter.js';

const MAX_PAGE = 200;

/** What happened before the log begins: each contact's earlier interactions. */
export interface Past {
  /** The newest earlier interaction of a contact; null when there is none. */
  newestOf(contact: string): string | null;
  /** The one before that; null for the first. */
  before(interaction: string): string | null;
  /** All items, oldest first; null when there is no such interaction. */
  items(interaction: string): readonly TranscriptItem[] | null;
}

/** The fold of the log: interactions, their transcripts, and pages of both. */
export class Records {
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
      this.#earlier.set(id, this.#newestDoneOf(contact.id) ?? this.#past.newestOf(contact.id));
      this.#items.set(id, [sessionItem(interaction.session)]);
    }
    this.#interactions.set(id, interaction);
    if (parking) this.#parkedAt.set(id, parking.at);
    const items = this.#items.get(id) ?? [];
    if (event.type === 'session-started') items.push(sessionItem(event.body.session));
    if (event.type === 'message-received' || event.type === 'message-sent')
      items.push(messageItem(event.body.message));
    if (event.type === 'delivery-changed') deliver(items, event.body.message, event.body.delivery);
  }

  /** @throws TransportError `invalid` when the question makes no sense. */
  transcript(
    { interaction, before, limit }: Queries['transcript']['args'],
    cursor: TranscriptPage['cursor'],
  ): TranscriptPage {
    const items = this.#items.get(interaction) ?? this.#past.items(interaction);
    if (!items) throw new TransportError('invalid', 'There is no such interaction.');
    const end = before === null ? items.length : items.findIndex(({ id }) => id === before);
    if (end < 0) throw new TransportError('invalid', 'There is no such item in this transcript.');
    const start = Math.max(0, end - checkedLimit(limit));
    const known = this.#earlier.get(interaction);
    const earlier = known === undefined ? this.#past.before(interaction) : known;
    return { items: items.slice(start, end), more: start > 0, earlier, cursor };
  }

  /** @throws TransportError `invalid` when the question makes no sense. */
  workbin({ workbin, after, limit }: Queries['workbin']['args'], cursor: WorkbinPage['cursor']): WorkbinPage {
    if (after !== null && !this.#parkedAt.has(after))
      throw new TransportError('invalid', 'The interaction was never parked.');
    const rest = this.parkedIn(workbin).filter(
      ({ id }) => after === null || this.#comparePlaces(id, after) > 0,
    );
    const interactions = rest.slice(0, checkedLimit(limit));
    return { interactions, more: interactions.length < rest.length, cursor };
  }

  #newestDoneOf(contact: string): string | null {
    return this.interactions.findLast((known) => known.contact.id === contact)?.id ?? null;
  }

  #comparePlaces(a: string, b: string): number {
    const difference = (this.#parkedAt.get(a) ?? 0) - (this.#parkedAt.get(b) ?? 0);
    return difference || (a < b ? -1 : Number(a > b));
  }
}

function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return limit;
  throw new TransportError('invalid', `A page has from 1 to ${MAX_PAGE} entries.`);
}

function deliver(items: TranscriptItem[], message: string, news: Delivery): void {
  const index = items.findLastIndex(({ id }) => id === message);
  const item = items[index];
  if (item?.kind !== 'message' || !item.message.delivery) return;
  const delivery = mergeDelivery(item.message.delivery, news);
  items[index] = messageItem({ ...item.message, delivery });
}
