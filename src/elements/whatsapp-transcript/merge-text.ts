import type { Localizer } from '../../i18n/index.js';
import { contactAddress, contactLabel } from '../../model/index.js';
import type { Contact, MergedContacts } from '../../model/index.js';

/** Says that two contacts turned out to be one person, and who the two are. */
export function mergeText({ kept, ended }: MergedContacts, words: Localizer): string {
  return words.t('transcript.merged', { ended: nameAndAddress(ended), kept: nameAndAddress(kept) });
}

/** The two may have the same name: what they are reached by tells them apart. */
function nameAndAddress(contact: Contact): string {
  const [name, address] = [contactLabel(contact), contactAddress(contact)].map(isolated);
  return name === address ? `${name}` : `${name} (${address})`;
}

/** Names and numbers keep their own direction within a sentence of another. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
