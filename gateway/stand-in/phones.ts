import { randomUUID } from 'node:crypto';
import { makeContact, READY_MADE, type NewContact, type PhoneContact } from './contacts.js';
import type { PhoneChoice } from './interactive.js';
import type { PhoneTemplate } from './template-request.js';

/**
 * How far a message has come.
 * - The contact's: `pending` until the gateway has taken the webhook, then `taken`.
 * - The business's: `accepted` by the API, then as WhatsApp's statuses tell.
 */
export type PhoneMessageState = 'pending' | 'taken' | 'accepted' | 'sent' | 'failed' | 'delivered' | 'read';

/** A file on a contact's phone. */
export interface PhoneFile {
  /** Of the stand-in's media. */
  readonly id: string;
  readonly mime: string;
  readonly name: string | null;
}

/** A message on a contact's phone. */
export interface PhoneMessage {
  readonly wamid: string;
  /** Id of the contact whose phone it is on. */
  readonly contact: string;
  readonly author: 'contact' | 'business';
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The Cloud API's type: `text`, `location`… */
  readonly type: string;
  /** What is shown: the text, or the type of what has none. */
  readonly text: string;
  readonly state: PhoneMessageState;
  /** Why it failed. */
  readonly error: { readonly code: number; readonly title: string } | null;
  /** What the business sent as `biz_opaque_callback_data`. */
  readonly callbackData: string | null;
  /** The file that it carries; null for what carries none. */
  readonly file: PhoneFile | null;
  /** What the contact can tap on. */
  readonly choices?: readonly PhoneChoice[];
  /** What a template has beside its words. */
  readonly template?: PhoneTemplate;
}

export type PhoneEvent =
  | { readonly type: 'contact'; readonly contact: PhoneContact }
  | { readonly type: 'message'; readonly message: PhoneMessage };

const ADDRESSES = ['phone', 'bsuid', 'username'] as const;

const RANK: Readonly<Record<PhoneMessageState, number>> = {
  pending: 0,
  taken: 1,
  accepted: 0,
  sent: 1,
  failed: 2,
  delivered: 3,
  read: 4,
};

/** All contacts and what is on their phones; in memory. */
export class Phones {
  readonly #contacts = new Map<string, PhoneContact>(READY_MADE.map((contact) => [contact.id, contact]));
  readonly #messages = new Map<string, PhoneMessage>();
  readonly #typing = new Map<string, number>();
  readonly #listeners = new Set<(event: PhoneEvent) => void>();

  contacts(): readonly PhoneContact[] {
    return [...this.#contacts.values()];
  }

  contact(id: string): PhoneContact | undefined {
    return this.#contacts.get(id);
  }

  /** The contact with this number, user id or user name; a new one if nobody has it. */
  contactAt(seed: NewContact): PhoneContact {
    const known = this.contacts().find((contact) =>
      ADDRESSES.some((address) => contact[address] !== null && contact[address] === seed[address]),
    );
    return known ?? this.addContact(seed);
  }

  addContact(seed: NewContact): PhoneContact {
    const contact = makeContact(seed, randomUUID().slice(0, 8));
    this.#contacts.set(contact.id, contact);
    this.#emit({ type: 'contact', contact });
    return contact;
  }

  /** In the order in which they came. */
  messages(): readonly PhoneMessage[] {
    return [...this.#messages.values()];
  }

  message(wamid: string): PhoneMessage | undefined {
    return this.#messages.get(wamid);
  }

  addMessage(message: PhoneMessage): void {
    this.#messages.set(message.wamid, message);
    this.#emit({ type: 'message', message });
  }

  /** Takes a message further. Returns false, and changes nothing, when it has come that far already. */
  advance(wamid: string, state: PhoneMessageState, error: PhoneMessage['error'] = null): boolean {
    const known = this.#messages.get(wamid);
    if (known === undefined || RANK[state] <= RANK[known.state]) return false;
    const message = { ...known, state, error };
    this.#messages.set(wamid, message);
    this.#emit({ type: 'message', message });
    return true;
  }

  /** How often a contact was shown that the business writes. */
  typingShown(contact: string): number {
    return this.#typing.get(contact) ?? 0;
  }

  showTyping(contact: string): void {
    this.#typing.set(contact, this.typingShown(contact) + 1);
  }

  /** Returns what ends it. */
  subscribe(listener: (event: PhoneEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #emit(event: PhoneEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
