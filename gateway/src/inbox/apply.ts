import { receive, type Contact, type Interaction, type Policy } from 'whatsapp-workspace/model';
import type { ContactIdentity, WebhookItem } from '../cloud-api/index.js';
import type { Work } from '../ledger/work.js';
import { offerQueued } from '../routing/route.js';
import { lockCandidates } from '../store/agents.js';
import { lockContacts, moveAddresses, saveAddresses, saveContacts } from '../store/contacts.js';
import { insertInbox, lockWamids, reopen, type InboxItem } from '../store/inbox.js';
import { lockInteractions, moveDoneInteractions } from '../store/interactions.js';
import { findInteractions } from '../store/messages.js';
import { addressesOf, ContactBook, toContact } from './contact-book.js';
import { applyStatuses, clientIdsOf, wamidsOf, type StatusItem } from './statuses.js';

type MessageItem = Extract<WebhookItem, { readonly kind: 'message' }>;
type IdentityItem = Extract<WebhookItem, { readonly kind: 'identity-changed' }>;

/** How many items of a batch were new, by kind. */
export type Applied = ReadonlyMap<WebhookItem['kind'], number>;

/** An item as it is kept. */
export function toInboxItem(item: WebhookItem): InboxItem {
  return { key: item.key, kind: item.kind, wamid: 'wamid' in item ? item.wamid : null, item };
}

/**
 * Keeps the items of webhooks and applies those that are new, in their order. What had come before changes nothing. Locks in the order of all
 * transactions: inbox, contacts, ids of WhatsApp's, interactions, agents (never waiting for those), log.
 */
export async function applyItems(
  work: Work,
  items: readonly WebhookItem[],
  policy: Policy,
): Promise<Applied> {
  const { tx, now } = work;
  const distinct = firstOfEachKey(items);
  const channels = [...new Set(items.flatMap(({ channel }) => channel ?? []))];
  const fresh = await insertInbox(tx, distinct.map(toInboxItem), channels, now);
  const news = distinct.filter(({ key }) => fresh.has(key));

  const statuses = news.filter((item): item is StatusItem => item.kind === 'status');
  const { book, contactIds } = await identify(work, news);
  await lockWamids(tx, wamidsOf(statuses));
  const concerned = await findInteractions(tx, wamidsOf(statuses), clientIdsOf(statuses));
  const openOf = book.contacts.map(({ id }) => id);
  work.hold(await lockInteractions(tx, { ids: concerned, openOf }));
  await followContacts(work, book);

  for (const item of news) {
    const stored = book.contact(contactIds.get(item.key) ?? '');
    if (stored && item.kind === 'message') receiveMessage(work, item, toContact(stored));
    if (stored && item.kind === 'identity-changed') noteChange(work, item, toContact(stored));
  }
  const waiting = await applyStatuses(work, statuses);
  await reopen(tx, waiting);
  if (work.queued().length > 0) offerQueued(work, await lockCandidates(tx, now, false), policy);
  return countKinds(news);
}

interface Identified {
  readonly book: ContactBook;
  /** Contact ids by the key of their item. */
  readonly contactIds: ReadonlyMap<string, string>;
}

/** Finds out who the senders are, and keeps what was learned about them. */
async function identify(work: Work, news: readonly WebhookItem[]): Promise<Identified> {
  const items = news.filter((item): item is MessageItem | IdentityItem => 'sender' in item || 'next' in item);
  const addresses = items.flatMap(identitiesOf).flatMap(addressesOf);
  const book = new ContactBook(await lockContacts(work.tx, addresses), work);
  const contactIds = new Map<string, string>();
  for (const item of items) {
    const contact =
      item.kind === 'message'
        ? book.identify(item.sender, item.at)
        : book.change(item.previous, item.next, item.at);
    contactIds.set(item.key, contact.id);
  }
  await saveContacts(work.tx, book.changed);
  await saveAddresses(work.tx, book.learned);
  for (const { from, into } of book.joined) {
    await moveAddresses(work.tx, from, into);
    await moveDoneInteractions(work.tx, from, into);
  }
  return { book, contactIds };
}

function identitiesOf(item: MessageItem | IdentityItem): readonly ContactIdentity[] {
  return item.kind === 'message' ? [item.sender] : [item.previous, item.next];
}

/** Open interactions show their contact as it is by now, and go over to whom their contact was joined with. */
async function followContacts(work: Work, book: ContactBook): Promise<void> {
  for (const interaction of work.interactions()) {
    if (interaction.state === 'done') continue;
    const stored = book.contact(interaction.contact.id);
    if (!stored) continue;
    const contact = toContact(stored);
    // Somebody who turned out to be another, and both have an interaction: each stays where it is until it is done.
    if (contact.id !== interaction.contact.id && openInteraction(work, contact.id, interaction.channel))
      continue;
    if (isSame(contact, interaction.contact)) continue;
    work.record({
      type: 'contact-changed',
      at: work.now,
      interaction: interaction.id,
      actor: null,
      command: null,
      body: { interaction: { ...interaction, contact }, left: null },
    });
  }
}

function receiveMessage(work: Work, item: MessageItem, contact: Contact): void {
  const open = openInteraction(work, contact.id, item.channel);
  const { channel, at, content, context } = item;
  for (const event of receive(open, { channel, contact, at, content, context }, work)) {
    work.record(event, event.type === 'message-received' ? item.wamid : null);
  }
}

/** What WhatsApp says about a contact's new address stands in an open transcript. It is no wish of the contact: it opens and moves nothing. */
function noteChange(work: Work, { channel, at, text, wamid }: IdentityItem, contact: Contact): void {
  const open = openInteraction(work, contact.id, channel);
  if (!open || text === '') return;
  const inbound = { channel, contact, at, content: { kind: 'system', text } as const, context: null };
  for (const event of receive(open, inbound, work)) {
    if (event.type === 'message-received') work.record(event, wamid);
  }
}

function openInteraction(work: Work, contact: string, channel: string): Interaction | null {
  const isOpen = (one: Interaction) =>
    one.state !== 'done' && one.contact.id === contact && one.channel === channel;
  return work.interactions().find(isOpen) ?? null;
}

function isSame(a: Contact, b: Contact): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.username === b.username &&
    a.phone === b.phone &&
    a.bsuid === b.bsuid
  );
}

/** Of those that come twice in one batch the first counts, as of those that come twice in two. */
function firstOfEachKey(items: readonly WebhookItem[]): readonly WebhookItem[] {
  const keys = new Set<string>();
  return items.filter(({ key }) => !keys.has(key) && keys.add(key));
}

function countKinds(items: readonly WebhookItem[]): Applied {
  const counts = new Map<WebhookItem['kind'], number>();
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
