import {
  audienceOf,
  evolve,
  mergeDelivery,
  type Agent,
  type Delivery,
  type EventDraft,
  type Interaction,
  type Message,
  type Session,
} from 'whatsapp-workspace/model';
import { saveAgents, saveBusy } from '../store/agents.js';
import type { Tx } from '../store/db.js';
import { appendEvents, type NewEvent } from '../store/events.js';
import {
  insertSessions,
  saveInteractions,
  type NewSession,
  type StoredInteraction,
} from '../store/interactions.js';
import { insertMessages, saveDeliveries, type NewMessage, type StoredDelivery } from '../store/messages.js';
import { insertOutbox, laneOf, type NewOutboxRow } from '../store/outbox.js';

/**
 * What one transaction does to the state of the contact centre: facts are recorded one by one, the state that follows from them is derived by
 * the domain model, and both are written together at the end. An interaction must be held (locked or new) before a fact about it is recorded.
 */
export class Work {
  readonly tx: Tx;
  /** The instant at which all of this happens. */
  readonly now: number;
  readonly newId: () => string;
  readonly #held = new Map<string, StoredInteraction>();
  readonly #changed = new Set<string>();
  readonly #events: NewEvent[] = [];
  readonly #messages: NewMessage[] = [];
  readonly #sessions: NewSession[] = [];
  readonly #deliveries = new Map<string, Delivery>();
  readonly #outbox: NewOutboxRow[] = [];
  readonly #agents = new Map<string, Agent>();
  readonly #busy = new Set<string>();

  constructor(tx: Tx, now: number, newId: () => string) {
    this.tx = tx;
    this.now = now;
    this.newId = newId;
  }

  get events(): readonly EventDraft[] {
    return this.#events;
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

  /** Held interactions in the queue, longest waiting first. */
  queued(): readonly Interaction[] {
    const waitingSince = ({ pendency, createdAt }: Interaction) => pendency?.since ?? createdAt;
    return this.interactions()
      .filter(({ state }) => state === 'queued')
      .toSorted((a, b) => waitingSince(a) - waitingSince(b));
  }

  /**
   * Records a fact and what follows from it.
   * @param wamid WhatsApp's id, for a received message.
   */
  record(draft: EventDraft, wamid: string | null = null): void {
    const held = draft.interaction === null ? undefined : this.#held.get(draft.interaction);
    const audience = audienceOf(draft, held?.interaction ?? null);
    this.#events.push({ ...draft, id: this.newId(), audience });
    if (draft.type === 'interaction-created') {
      this.#put({ interaction: draft.body.interaction, items: 0 });
      this.#addSession(draft.body.interaction.id, draft.body.interaction.session);
    } else if (held) {
      this.#put({ ...held, interaction: evolve(held.interaction, draft) });
    }
    this.#note(draft, wamid);
  }

  /** Records news about a message's delivery, unless it adds nothing to what is known. */
  deliver(message: StoredDelivery, news: Delivery): void {
    const known = this.#deliveries.get(message.id) ?? message.delivery;
    const delivery = mergeDelivery(known, news);
    if (delivery === known) return;
    this.#deliveries.set(message.id, delivery);
    this.record({
      type: 'delivery-changed',
      at: this.now,
      interaction: message.interaction,
      actor: null,
      command: null,
      body: { message: message.id, delivery },
    });
  }

  /**
   * Writes everything; the log last. Nothing may follow in the transaction.
   * @param command The command whose receipt is written with the events.
   * @returns The head of the log, or null when nothing happened.
   */
  async save(options: { readonly notify: boolean; readonly command: string | null }): Promise<number | null> {
    if (this.#events.length === 0) return null;
    const changed = [...this.#changed].flatMap((id) => this.#held.get(id) ?? []);
    await saveInteractions(this.tx, changed);
    await insertSessions(this.tx, this.#sessions);
    await insertMessages(this.tx, this.#messages);
    await saveDeliveries(this.tx, this.#deliveries);
    await insertOutbox(this.tx, this.#outbox, this.now);
    await saveAgents(this.tx, [...this.#agents.values()]);
    await saveBusy(this.tx, [...this.#busy], this.now);
    return appendEvents(this.tx, this.#events, options);
  }

  #note(draft: EventDraft, wamid: string | null): void {
    switch (draft.type) {
      case 'session-started':
        if (draft.interaction !== null) this.#addSession(draft.interaction, draft.body.session);
        break;
      case 'message-received':
        this.#addMessage(draft.body.message, wamid);
        break;
      case 'message-sent':
        this.#addMessage(draft.body.message, null);
        this.#send(draft.body.message);
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

  #put(stored: StoredInteraction): void {
    this.#held.set(stored.interaction.id, stored);
    this.#changed.add(stored.interaction.id);
  }

  #addSession(interaction: string, session: Session): void {
    this.#sessions.push({ interaction, place: this.#nextPlace(interaction), session });
  }

  #addMessage(message: Message, wamid: string | null): void {
    this.#messages.push({ message, place: this.#nextPlace(message.interaction), wamid });
  }

  #nextPlace(interaction: string): number {
    const held = this.#held.get(interaction);
    if (!held) throw new Error('A fact was recorded about an interaction that is not held.');
    this.#put({ ...held, items: held.items + 1 });
    return held.items;
  }

  #send(message: Message): void {
    const interaction = this.interaction(message.interaction);
    if (!interaction || message.clientId === null || message.content.kind !== 'text') {
      throw new Error(`There is no way to send a message of kind ${message.content.kind} yet.`);
    }
    this.#outbox.push({
      message: message.id,
      interaction: interaction.id,
      channel: interaction.channel,
      lane: laneOf(interaction.channel, interaction.contact.id),
      clientId: message.clientId,
      text: message.content.text,
    });
  }
}
