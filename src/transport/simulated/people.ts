import { deletionOf, editOf, reactionTo } from '../../model/index.js';
import type { Contact, Content, LogEntry, Message } from '../../model/index.js';
import type { Agenda } from './agenda.js';
import { Caller, sayLine } from './caller.js';
import type { Phone } from './caller.js';
import type { Centre } from './centre.js';
import type { Line, Persona } from './persona.js';
import type { Reader } from './whatsapp.js';

/** The business number that all contacts write to. */
export const CHANNEL = 'simulated-number';

/** All contacts of a simulation: those with something in mind, and those who write because somebody said so. */
export class People implements Reader {
  readonly #agenda: Agenda;
  readonly #centre: Centre;
  readonly #callers = new Map<string, Caller>();
  readonly #byHand = new Map<string, Contact>();
  /** Of contacts who turned out to be one person with another: that person. */
  readonly #persons = new Map<string, Contact>();

  constructor(personas: readonly Persona[], agenda: Agenda, centre: Centre, seed: string) {
    this.#agenda = agenda;
    this.#centre = centre;
    for (const persona of personas) {
      const caller = new Caller(persona, agenda, seed, this.#phoneOf(persona.contact));
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

  /** Two contacts turn out to be one person, who goes by the name of the first. */
  merge(one: string, other: string): void {
    const [first, second] = [this.#contact(one), this.#contact(other)].map((who) => this.#person(who));
    if (!first || !second || first.id === second.id) return;
    const person = this.#centre.merge(first, second);
    for (const id of [first.id, second.id]) this.#persons.set(id, person);
  }

  /** A contact says a line, whatever the contact has in mind. */
  say(contact: Contact, line: Line): void {
    sayLine(this.#phoneOf(contact), line);
  }

  onEntries(entries: readonly LogEntry[]): void {
    for (const { event } of entries) {
      if (event.type === 'interaction-parked') this.#callerOf(event.interaction)?.onParked();
      if (event.type === 'interaction-done') this.#callerOf(event.interaction)?.onDone();
    }
  }

  onRead(message: Message): void {
    this.#callerOf(message.interaction)?.onRead(message);
  }

  #phoneOf(contact: Contact): Phone {
    const centre = this.#centre;
    const now = () => this.#agenda.now;
    return {
      write: (content) => void this.#receive(contact, content),
      react: (message, emoji) =>
        centre.change(message.id, (known) => reactionTo(known, { by: null, emoji, at: now() })),
      edit: (text) =>
        centre.change(centre.records.lastOf(this.#person(contact).id), (known) => editOf(known, text, now())),
      withdraw: () =>
        centre.change(centre.records.lastOf(this.#person(contact).id), (known) => deletionOf(known, now())),
    };
  }

  #callerOf(interaction: string | null): Caller | undefined {
    const contact = interaction === null ? null : this.#centre.records.interaction(interaction)?.contact;
    return contact ? this.#callers.get(contact.id) : undefined;
  }

  /** Who a contact is by now. */
  #person(contact: Contact): Contact {
    const person = this.#persons.get(contact.id) ?? contact;
    return person.id === contact.id ? person : this.#person(person);
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
      contact: this.#person(contact),
      at: this.#agenda.now,
      content,
      context: null,
    });
  }
}
