import { groupedNumber } from './phone-number.js';
import { excerpt } from './text.js';

/**
 * The customer. Since 2026 the business-scoped user id (BSUID) is the identity that WhatsApp always sends, and the phone
 * number may be missing (field: `user_id` and `wa_id` of a webhook); older webhooks know only the number. A contact has at least one of both.
 */
export interface Contact {
  readonly id: string;
  /** The name of the contact's WhatsApp profile; chosen by the contact, so untrusted text. */
  readonly name: string | null;
  readonly username: string | null;
  /** E.164 digits without the plus sign, as the Cloud API writes them. */
  readonly phone: string | null;
  /** For example `US.13491208655302741918`. */
  readonly bsuid: string | null;
}

/** What to call a contact: the profile name, else the number, the user name, the BSUID. */
export function contactLabel(contact: Contact): string {
  const name = contact.name?.replace(UNRULY, '').trim() ?? '';
  return name.replace(INVISIBLE, '') === '' ? contactAddress(contact) : excerpt(name, LONGEST_LABEL);
}

/** More than anybody is called; WhatsApp itself allows 25 characters. */
const LONGEST_LABEL = 100;
/** Marks that turn the direction of what stands around the name (a page's title cannot be fenced off), and control characters. */
const UNRULY = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|(?!\s)\p{Cc}/gu;
/** Of these alone nobody can read a name. */
const INVISIBLE = /[\s\u2800\p{Default_Ignorable_Code_Point}]/gu;

/** What the contact is reached by, as people read it: the number, the user name, the BSUID. */
export function contactAddress(contact: Contact): string {
  if (contact.phone) return groupedNumber(contact.phone);
  if (contact.username) return `@${contact.username}`;
  return contact.bsuid ?? contact.id;
}
