import {
  audienceOf,
  evolve,
  failureNotice,
  fileIn,
  isMedia,
  mergeDelivery,
  reactionNews,
  receiveChange,
  relievedAuthor,
  type Agent,
  type Content,
  type Delivery,
  type DeliveryError,
  type EventDraft,
  type Interaction,
  type Message,
  type Outgoing,
  type Session,
  type TranscriptItem,
} from 'whatsapp-workspace/model';
import { mediaIdOf } from '../cloud-api/index.js';
import { saveAgents, saveBusy } from '../store/agents.js';
import type { Tx } from '../store/db.js';
import { appendEvents, type AppendOptions, type NewEvent } from '../store/events.js';
import {
  insertItems,
  saveInteractions,
  type NewItem,
  type StoredInteraction,
} from '../store/interactions.js';
import { insertNamed, insertWanted, type WantedFile } from '../store/media.js';
import { saveDeliveries, type StoredDelivery, type StoredMessage } from '../store/messages.js';
import { insertOutbox, laneOf, type NewOutboxRow } from '../store/outbox.js';
import { TransactionMessages, type Origin } from './transaction-messages.js';

/** What WhatsApp said of a message, as far as its number may be concerned. */
export interface ReceivedStatus {
  readonly channel: string;
  readonly state: Delivery['state'];
  /** By WhatsApp's clock, in milliseconds since the epoch. */
  readonly at: number;
  readonly error: DeliveryError | null;
}

/**
 * What one transaction does to the state of the contact centre: facts are recorded one by one, the state that follows from them is derived by
 * the domain model, and both are written together at the end. An interaction must be held (locked or new) before a fact about it is recorded.
 */
export class Work {
  readonly tx: Tx;
  /** The instant at which all of this happens. */
  readonly now: number;
  readonly newId: () => string;
  readonly messages = new TransactionMessages();
  readonly #held = new Map<string, StoredInteraction>();
  readonly #changed = new Set<string>();
  readonly #events: NewEvent[] = [];
  readonly #statuses: ReceivedStatus[] = [];
  readonly #sessions: NewItem<Session>[] = [];
  readonly #notices: NewItem<TranscriptItem>[] = [];
  readonly #deliveries = new Map<string, Delivery>();
  readonly #outbox: NewOutboxRow[] = [];
  readonly #wanted: WantedFile[] = [];
  readonly #named: { readonly message: string; readonly media: string }[] = [];
  readonly #agents = new Map<string, Agent>();
  readonly #busy = new Set<string>();
  #hasFreed = false;

  constructor(tx: Tx, now: number, newId: () => string) {
    this.tx = tx;
    this.now = now;
    this.newId = newId;
  }

  get events(): readonly EventDraft[] {
    return this.#events;
  }

  get statuses(): readonly ReceivedStatus[] {
    return this.#statuses;
  }

  /** Whether lanes wait no longer that have something to send. */
  get hasFreed(): boolean {
    return this.#hasFreed;
  }

  /** Lanes wait no longer that have something to send. */
  freeLanes(): void {
    this.#hasFreed = true;
  }

  /** Takes interactions that this transaction has locked. */
  hold(stored: readonly StoredInteraction[]): void {
    for (const one of stored)
      if (!this.#held.has(one.interaction.id)) this.#held.set(one.interaction.id, one);
  }

  /** A held interaction as it is by now; null when it is not held. */
  interaction(id: string): Interaction | null {
    return this.#held.get(id)?.interaction ?? null;
  }

  /** Held interactions as they are by now. */
  interactions(): readonly Interaction[] {
    return [...this.#held.values()].map(({ interaction }) => interaction);
  }

  /** Held interactions in the queue. */
  queued(): readonly Interaction[] {
    return this.interactions().filter(({ state }) => state === 'queued');
  }

  /** The held interaction in which the contact of a done one is talked with by now: who has it sees the earlier ones above. */
  openBeside({ channel, contact }: Interaction): Interaction | null {
    const isOpen = (one: Interaction) =>
      one.state !== 'done' && one.channel === channel && one.contact.id === contact.id;
    return this.interactions().find(isOpen) ?? null;
  }

  /**
   * Records a fact and what follows from it.
   * @param origin What WhatsApp wrote, for a message that came or changed.
   * @param beside The contact's open interaction, when the fact is about an earlier one: whoever has it looks at that one too.
   */
  record(draft: EventDraft, origin: Origin | null = null, beside: Interaction | null = null): void {
    const held = draft.interaction === null ? undefined : this.#held.get(draft.interaction);
    const own = audienceOf(draft, held?.interaction ?? null);
    const audience = beside ? [...new Set([...own, ...audienceOf(draft, beside)])] : own;
    this.#events.push({ ...draft, id: this.newId(), audience });
    if (draft.type === 'interaction-created') {
      this.#put({ interaction: draft.body.interaction, items: 0 });
      this.#addSession(draft.body.interaction.id, draft.body.interaction.session);
    } else if (held) {
      this.#put({ ...held, interaction: evolve(held.interaction, draft) });
    }
    if (draft.type === 'interaction-merged') this.#evolve(draft.body.into.id, draft);
    this.#note(draft, origin);
  }

  /** Puts what goes to the contact into the outbox. Its message is one that this transaction has recorded, or stands apart. */
  send({ message: id, content, apart }: Outgoing): void {
    if (apart) this.messages.add(apart, null, null);
    const message = this.messages.byId(id);
    const interaction = message && this.interaction(message.interaction);
    if (!interaction || message.clientId === null)
      throw new Error('A message is to be sent that is not known.');
    this.#outbox.push({
      message: id,
      interaction: interaction.id,
      channel: interaction.channel,
      lane: laneOf(interaction.channel, interaction.contact.id),
      clientId: message.clientId,
      content,
      replyTo: message.context?.replyTo ?? null,
      batch: message.batch?.id ?? null,
    });
  }

  /** Records what a status says, unless it adds nothing to what is known of the message; of its number, that it sends may be told last. */
  recordStatus(message: StoredDelivery, channel: string, news: Delivery): void {
    const { state, at, error } = news;
    const isNews = this.deliver(message, news);
    if (isNews || state === 'sent') this.#statuses.push({ channel, state, at, error });
  }

  /**
   * Records news about a message's delivery, unless it adds nothing to what is known.
   * @returns Whether it did.
   */
  deliver(message: StoredDelivery, news: Delivery): boolean {
    const known = this.#deliveries.get(message.id) ?? message.delivery;
    const delivery = mergeDelivery(known, news);
    if (delivery === known) return false;
    this.#deliveries.set(message.id, delivery);
    const interaction = this.interaction(message.interaction);
    if (message.target) {
      this.#deliverReaction(message, message.target, delivery);
      return true;
    }
    const notice = interaction && failureNotice(interaction, message, delivery);
    const relieved = interaction && relievedAuthor(interaction, message, known, delivery);
    const draft = {
      type: 'delivery-changed',
      at: this.now,
      interaction: message.interaction,
      actor: null,
      command: null,
      body: {
        message: message.id,
        delivery,
        ...(notice && { notice }),
        ...(relieved !== null && { relieved }),
      },
    } as const;
    this.record(draft, null, interaction?.state === 'done' ? this.openBeside(interaction) : null);
    return true;
  }

  /** What becomes of a reaction is told at the message reacted to. */
  #deliverReaction(sent: StoredDelivery, target: StoredMessage, delivery: Delivery): void {
    if (!this.messages.byId(target.message.id)) this.messages.hold([target]);
    const message = this.messages.byId(target.message.id) ?? target.message;
    const interaction = this.interaction(message.interaction);
    const change = reactionNews(message, sent, delivery);
    if (!interaction || !change) return;
    const open = interaction.state === 'done' ? null : interaction;
    const beside = open ? null : this.openBeside(interaction);
    for (const event of receiveChange(message, change, open, this)) this.record(event, null, beside);
  }

  /**
   * Writes everything; the log last. Nothing may follow in the transaction.
   * @returns The head of the log, or null when nothing happened.
   */
  async save(options: AppendOptions): Promise<number | null> {
    if (this.#events.length === 0) return null;
    const changed = [...this.#changed].flatMap((id) => this.#held.get(id) ?? []);
    await saveInteractions(this.tx, changed);
    await insertItems(this.tx, 'session', this.#sessions);
    await insertItems(this.tx, 'notice', this.#notices);
    await this.messages.save(this.tx);
    await insertWanted(this.tx, this.#wanted, this.now);
    await insertNamed(this.tx, this.#named);
    await saveDeliveries(this.tx, this.#deliveries);
    await insertOutbox(this.tx, this.#outbox, this.now);
    await saveAgents(this.tx, [...this.#agents.values()]);
    await saveBusy(this.tx, [...this.#busy], this.now);
    return appendEvents(this.tx, this.#events, options);
  }

  #note(draft: EventDraft, origin: Origin | null): void {
    switch (draft.type) {
      case 'session-started':
        if (draft.interaction !== null) this.#addSession(draft.interaction, draft.body.session);
        break;
      case 'interaction-merged':
        this.#addMerge(draft);
        break;
      case 'message-received':
        this.#addMessage(draft.body.message, origin);
        this.#want(draft.body.message.id, draft.body.message.content, origin, draft.interaction);
        break;
      case 'message-changed':
        this.messages.change(draft, origin);
        if (draft.body.change.kind === 'replacement')
          this.#want(draft.body.message, draft.body.change.content, origin, draft.interaction);
        break;
      case 'message-sent':
        this.#addMessage(draft.body.message, null);
        this.#name(draft.body.message);
        break;
      case 'agent-status-changed':
        this.#agents.set(draft.body.agent.id, draft.body.agent);
        break;
      case 'interaction-offered':
        if (draft.body.interaction.offer) this.#busy.add(draft.body.interaction.offer.agent);
        break;
      case 'interaction-assigned':
        if (draft.body.interaction.agent !== null) this.#busy.add(draft.body.interaction.agent);
        break;
      default:
        break;
    }
  }

  /** A file that WhatsApp has is fetched after the commit. */
  #want(message: string, content: Content, origin: Origin | null, interaction: string | null): void {
    const graphId = isMedia(content) && content.status === 'wanted' ? mediaIdOf(origin?.raw) : null;
    const channel = interaction === null ? null : (this.interaction(interaction)?.channel ?? null);
    if (!isMedia(content) || graphId === null || channel === null) return;
    const { mimeType: mime, fileName: name } = content;
    this.#wanted.push({ id: this.newId(), message, channel, graphId, mime, name });
  }

  #name({ id: message, content }: Message): void {
    const file = fileIn(content);
    if (file?.media) this.#named.push({ message, media: file.media.id });
  }

  #evolve(id: string, draft: EventDraft): void {
    const held = this.#held.get(id);
    if (!held) throw new Error('A fact was recorded about an interaction that is not held.');
    this.#put({ ...held, interaction: evolve(held.interaction, draft) });
  }

  #put(stored: StoredInteraction): void {
    this.#held.set(stored.interaction.id, stored);
    this.#changed.add(stored.interaction.id);
  }

  #addSession(interaction: string, session: Session): void {
    this.#sessions.push({ interaction, place: this.#nextPlace(interaction), body: session });
  }

  #addMerge({ at, body }: EventDraft<'interaction-merged'>): void {
    const { into, contacts } = body;
    if (!contacts) return;
    const notice: TranscriptItem = { kind: 'merge', id: this.newId(), at, contacts };
    this.#notices.push({ interaction: into.id, place: this.#nextPlace(into.id), body: notice });
  }

  #addMessage(message: Message, origin: Origin | null): void {
    this.messages.add(message, this.#nextPlace(message.interaction), origin);
  }

  #nextPlace(interaction: string): number {
    const held = this.#held.get(interaction);
    if (!held) throw new Error('A fact was recorded about an interaction that is not held.');
    this.#put({ ...held, items: held.items + 1 });
    return held.items;
  }
}
