import { reactionNews } from '../../model/index.js';
import type { Delivery, DeliveryState, EventBodies, LogEntry, Message } from '../../model/index.js';
import type { Agenda } from './agenda.js';
import type { Centre } from './centre.js';
import type { Faults } from './faults.js';
import { seconds } from './random.js';
import type { Random } from './random.js';

// What WhatsApp says with the codes that agents meet most.
const FAILURES: Readonly<Record<number, string>> = {
  131026: 'Message undeliverable: the contact’s phone cannot take it.',
  131047: 'Re-engagement message: more than 24 hours have passed since the contact last wrote.',
  131049: 'Not delivered, to keep the ecosystem healthy.',
  131051: 'Unsupported message type.',
  131056: 'Too many messages to this contact in a short time.',
  130472: 'The contact takes part in an experiment of WhatsApp.',
};

/** Who is told what the contacts have read. */
export interface Reader {
  /** The contact has read a message of the agent. */
  onRead(message: Message): void;
}

/** The way of outbound messages to the contact's phone and of their states back. Messages of one contact keep their order. */
export class WhatsApp {
  readonly #centre: Centre;
  readonly #agenda: Agenda;
  readonly #faults: Faults;
  readonly #random: Random;
  readonly #reader: Reader;
  /** When each state was last reached, by interaction and state: a later message is never ahead of an earlier one. */
  readonly #reached = new Map<string, number>();

  constructor(centre: Centre, agenda: Agenda, faults: Faults, random: Random, reader: Reader) {
    this.#centre = centre;
    this.#agenda = agenda;
    this.#faults = faults;
    this.#random = random;
    this.#reader = reader;
  }

  onEntries(entries: readonly LogEntry[]): void {
    for (const { event } of entries) {
      if (event.type === 'message-sent') this.#carry(event.body.message);
      if (event.type === 'message-changed' && event.command !== null) this.#carryReaction(event.body);
    }
  }

  /** Of a reaction WhatsApp tells nothing more than that it failed. */
  #carryReaction({ message, change }: EventBodies['message-changed']): void {
    const { failMessages: code, withholdStatuses } = this.#faults;
    if (change.kind !== 'reaction' || code === null || withholdStatuses) return;
    const sent = { at: change.at, author: change.by };
    this.#agenda.in(seconds(this.#random, 0.4, 1.2), () => {
      const news: Delivery = { state: 'failed', at: this.#agenda.now, error: failure(code) };
      this.#centre.change(message, (known) => reactionNews(known, sent, news));
    });
  }

  #carry(message: Message): void {
    const { failMessages: code, withholdStatuses } = this.#faults;
    if (withholdStatuses) return;
    const random = this.#random;
    this.#after(message, 'sending', seconds(random, 0.02, 0.08), () => {
      if (code !== null) {
        this.#after(message, 'failed', seconds(random, 0.4, 1.2), null, failure(code));
        return;
      }
      this.#after(message, 'sent', seconds(random, 0.2, 0.6), () =>
        this.#after(message, 'delivered', seconds(random, 0.4, 1.8), () =>
          this.#after(message, 'read', seconds(random, 1, 6), () => this.#reader.onRead(message)),
        ),
      );
    });
  }

  #after(
    message: Message,
    state: DeliveryState,
    delay: number,
    then: (() => void) | null,
    error: Delivery['error'] = null,
  ): void {
    const key = `${message.interaction} ${state}`;
    const at = Math.max(this.#agenda.now + delay, this.#reached.get(key) ?? -Infinity);
    this.#reached.set(key, at);
    this.#agenda.at(at, () => {
      this.#centre.report(message, { state, at: this.#agenda.now, error });
      then?.();
    });
  }
}

function failure(code: number): Delivery['error'] {
  return { code, detail: FAILURES[code] ?? 'WhatsApp did not say why.' };
}
