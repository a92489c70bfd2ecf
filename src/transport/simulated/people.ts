import type { Contact, Content, Message } from '../../model/index.js';
import type { Agenda } from './agenda.js';
import { Caller } from './caller.js';
import type { Centre, Entry } from './centre.js';
import type { Persona } from './persona.js';
import type { Reader } from './whatsapp.js';

/** The business number that all contacts write to. */
export const CHANNEL = 'simulated-number';

/** All contacts of a simulation: those with something in mind, and those who write because somebody said so. */
export class People implements Reader {
  readonly #agenda: Agenda;
  readonly #centre: Centre;
  readonly #callers = new Map<string, Caller>();
  readonly #byHand = new Map<string, Contact>();

  constructor(personas: readonly Persona[], agenda: Agenda, centre: Centre, seed: string) {
    this.#agenda = agenda;
    this.#centre = centre;
    for (const persona of personas) {
      const caller = new Caller(persona, agenda, seed, (content) => this.#receive(persona.contact, content));
      this.#callers.set(persona.contact.id, caller);
    }
  }

  caller(contact: string): Caller | undefined {
    return this.#callers.get(contact);
  }

  /**
   * A contact writes.
   * @param who A contact, the id of one, or any name: somebody of that name writes then.
   * @returns The interaction.
   */
  write(who: string | Contact, content: Content): string {
    return this.#receive(typeof who === 'string' ? this.#contact(who) : who, content);
  }

  onEntries(entries: readonly Entry[]): void {
    for (const { event } of entries) {
      if (event.type === 'interaction-parked') this.#callerOf(event.interaction)?.onParked();
      if (event.type === 'interaction-done') this.#callerOf(event.interaction)?.onDone();
    }
  }

  onRead(message: Message): void {
    this.#callerOf(message.interaction)?.onRead(message);
  }

  #callerOf(interaction: string | null): Caller | undefined {
    const contact = interaction === null ? null : this.#centre.records.interaction(interaction)?.contact;
    return contact ? this.#callers.get(contact.id) : undefined;
  }

  #contact(who: string): Contact {
    const known = this.#callers.get(who)?.persona.contact ?? this.#byHand.get(who);
    if (known) return known;
    const id = `by-hand-${this.#byHand.size + 1}`;
    const phone = `1555${String(this.#byHand.size + 100_001)}`;
    const contact = { id, name: who, username: null, phone, bsuid: null };
    this.#byHand.set(who, contact);
    return contact;
  }

  #receive(contact: Contact, content: Content): string {
    return this.#centre.receive({
      channel: CHANNEL,
      contact,
      at: this.#agenda.now,
      content,
      context: null,
    });
  }
}
