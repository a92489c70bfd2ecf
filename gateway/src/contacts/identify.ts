import { mergeInteractions, type Interaction } from 'whatsapp-workspace/model';
import type { ContactIdentity, WebhookItem } from '../cloud-api/index.js';
import type { Work } from '../ledger/work.js';
import {
  findRecipients,
  lockContacts,
  mergeContacts,
  readAccounts,
  saveAddresses,
  saveContacts,
  type Address,
  type KnownContacts,
  type StoredContact,
} from '../store/contacts.js';
import type { Queryable } from '../store/db.js';
import { followMerge, lockInteractions, moveDoneInteractions } from '../store/interactions.js';
import { moveLanes } from '../store/outbox.js';
import { addressesOf, ContactResolver, isSameContact, toContact } from './contact-resolver.js';

type StatusItem = Extract<WebhookItem, { readonly kind: 'status' }>;
type SenderItem = Extract<WebhookItem, { readonly kind: 'message' | 'identity-changed' }>;

export interface Identified {
  readonly resolver: ContactResolver;
  /** Contact ids by the key of their item. */
  readonly contactIds: ReadonlyMap<string, string>;
}

/** Addresses of a contact, one of which is not known to be the contact's yet. */
export interface Reached {
  readonly contact: string;
  readonly identity: ContactIdentity;
  /** By WhatsApp's clock, in milliseconds since the epoch. */
  readonly at: number;
}

/** Finds out who the senders are, and keeps what was learned about them and about those who were written to. Locks contacts. */
export async function identify(
  work: Work,
  items: readonly WebhookItem[],
  reached: readonly Reached[],
): Promise<Identified> {
  const senders = items.filter((item): item is SenderItem => 'sender' in item || 'next' in item);
  const identities = [...senders.flatMap(identitiesOf), ...reached.map(({ identity }) => identity)];
  const known = await lockContacts(
    work.tx,
    identities.flatMap(addressesOf),
    reached.map(({ contact }) => contact),
  );
  const accounts = await readAccounts(work.tx, ownersOfSharedNumbers(known, identities));
  const resolver = new ContactResolver(known, { newId: work.newId, now: work.now, accounts });
  const contactIds = new Map<string, string>();
  for (const item of senders) {
    const contact =
      item.kind === 'message'
        ? resolver.identify(item.sender, item.at, item.account)
        : resolver.change(item.previous, item.next, item.at);
    contactIds.set(item.key, contact.id);
  }
  for (const { contact, identity, at } of reached) resolver.reach(contact, identity, at);
  await saveContacts(work.tx, resolver.changed);
  await saveAddresses(work.tx, resolver.learned);
  for (const { from } of resolver.joined) await mergeContacts(work.tx, from, rootOf(resolver, from));
  return { resolver, contactIds };
}

/** Who has numbers that others show with another user id. */
function ownersOfSharedNumbers(
  { contacts }: KnownContacts,
  identities: readonly ContactIdentity[],
): readonly string[] {
  const isShared = (contact: StoredContact) =>
    contact.bsuid !== null &&
    identities.some(
      ({ phone, bsuid }) => bsuid !== null && bsuid !== contact.bsuid && phone === contact.phone,
    );
  return contacts.filter(isShared).map(({ id }) => id);
}

/**
 * Holds interactions, and the open ones of all contacts that were looked up. What belonged to a contact who was joined with another belongs to that one now:
 * open interactions, done ones, and messages on their way, in their order.
 */
export async function holdInteractions(
  work: Work,
  resolver: ContactResolver,
  concerned: readonly string[],
): Promise<void> {
  const which = { ids: concerned, openOf: resolver.contacts.map(({ id }) => id) };
  if (resolver.joined.length > 0) {
    // All at once and in their order, before any of them is changed.
    const allOf = resolver.joined.flatMap(({ from, into }) => [from, into]);
    await lockInteractions(work.tx, { ...which, allOf });
    for (const { from } of resolver.joined) {
      const root = resolver.contact(from);
      if (!root) continue;
      await moveDoneInteractions(work.tx, from, toContact(root));
      await moveLanes(work.tx, from, root.id);
    }
  }
  work.hold(await lockInteractions(work.tx, which));
  await holdBeside(work);
  await followContacts(work, resolver);
}

/**
 * Holds, beside interactions that are done, those in which their contacts are talked with by now: until the locks were there, others may have ended or
 * merged what was found open. This waits for a second lock out of the usual order; of two who meet so, one begins anew.
 */
export async function holdBeside(work: Work): Promise<void> {
  const alone = work.interactions().filter((one) => one.state === 'done' && !work.openBeside(one));
  if (alone.length === 0) return;
  const openOf = [...new Set(alone.map(({ contact }) => contact.id))];
  work.hold(await lockInteractions(work.tx, { openOf }));
}

/** Open interactions show their contact as it is by now. Two of one person on one channel become one. */
async function followContacts(work: Work, resolver: ContactResolver): Promise<void> {
  const before = new Map(work.interactions().map((one) => [one.id, one.contact]));
  const asBefore = (one: Interaction) => ({ ...one, contact: before.get(one.id) ?? one.contact });
  for (const { id } of work.interactions()) {
    const interaction = work.interaction(id);
    const stored =
      interaction && interaction.state !== 'done' ? resolver.contact(interaction.contact.id) : null;
    if (!interaction || !stored) continue;
    const contact = toContact(stored);
    const other = work.interactions().find((one) => one.id !== id && isOpenOf(one, contact.id, interaction));
    if (other) {
      for (const event of mergeInteractions(asBefore(interaction), asBefore(other), work.now, contact)) {
        work.record(event);
        if (event.type === 'interaction-merged')
          await followMerge(work.tx, event.body.interaction.id, event.body.into.id);
      }
    } else if (!isSameContact(contact, interaction.contact)) {
      const body = { interaction: { ...interaction, contact }, fromWorkbin: null };
      work.record({
        type: 'contact-changed',
        at: work.now,
        interaction: id,
        actor: null,
        command: null,
        body,
      });
    }
  }
}

function isOpenOf(one: Interaction, contact: string, { channel }: Interaction): boolean {
  return one.state !== 'done' && one.channel === channel && one.contact.id === contact;
}

/** What statuses tell of contacts by whom they are not known yet. A status that failed repeats what we wrote. Locks nothing. */
export async function findReached(
  q: Queryable,
  statuses: readonly StatusItem[],
): Promise<readonly Reached[]> {
  const identifying = statuses.filter(({ recipient, state }) => recipient !== null && state !== 'failed');
  if (identifying.length === 0) return [];
  const recipients = await findRecipients(
    q,
    identifying.map(({ wamid }) => wamid),
    identifying.flatMap(({ callbackData }) => callbackData ?? []),
  );
  const byWamid = new Map(recipients.map((one) => [one.wamid, one]));
  const byClientId = new Map(recipients.map((one) => [one.clientId, one]));
  return identifying.flatMap(({ wamid, callbackData, recipient, at }) => {
    const message = byWamid.get(wamid) ?? (callbackData === null ? undefined : byClientId.get(callbackData));
    if (!message || !recipient || !isNews(recipient, message.addresses)) return [];
    return [{ contact: message.contact, identity: recipient, at }];
  });
}

/** Whether an identity has an address by which its contact is not known yet. */
export function isNews(identity: ContactIdentity, known: readonly Address[]): boolean {
  return addressesOf(identity).some(
    ({ kind, value }) => !known.some((address) => address.kind === kind && address.value === value),
  );
}

function rootOf(resolver: ContactResolver, contact: string): string {
  return resolver.contact(contact)?.id ?? contact;
}

function identitiesOf(item: SenderItem): readonly ContactIdentity[] {
  return item.kind === 'message' ? [item.sender] : [item.previous, item.next];
}
