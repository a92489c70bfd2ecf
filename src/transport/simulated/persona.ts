import type { Contact, Content } from '../../model/index.js';

/** What a contact writes: text, or anything else that WhatsApp carries; or a change of what was written last. */
export type Line =
  string | Content | { readonly kind: 'correction'; readonly text: string } | { readonly kind: 'withdrawal' };

/** What a contact says in one go, and what an agent might answer to it. */
export interface Turn {
  readonly says: readonly Line[];
  /** Used for conversations that lie in the past; what the real agent answers is up to the agent. */
  readonly answer: string;
}

/** Somebody who writes to the contact centre. */
export interface Persona {
  readonly contact: Contact;
  /** Language of what the contact writes, as a BCP 47 tag. */
  readonly language: string;
  /** The conversation: each turn follows an answer of the agent. */
  readonly turns: readonly Turn[];
  /** What the contact writes when no answer comes. */
  readonly nudges: readonly string[];
  /** How many messages each of the contact's earlier interactions has, oldest first. */
  readonly past: readonly number[];
}

/** A persona by the contact's fields; what is not said is unknown. */
export function persona(
  contact: Partial<Contact> & Pick<Contact, 'id'>,
  language: string,
  rest: Partial<Pick<Persona, 'turns' | 'nudges' | 'past'>> = {},
): Persona {
  const unknown = { name: null, username: null, phone: null, bsuid: null };
  return { contact: { ...unknown, ...contact }, language, turns: [], nudges: [], past: [], ...rest };
}
