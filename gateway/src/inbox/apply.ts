import type { Policy } from 'whatsapp-workspace/model';
import type { WebhookItem } from '../cloud-api/index.js';
import type { Work } from '../ledger/work.js';
import { offerAtOnce } from '../routing/route.js';
import {
  insertInbox,
  lockWamids,
  reopen,
  takeWaiting,
  type InboxItem,
  type KnownChannel,
} from '../store/inbox.js';
import { findInteractions } from '../store/messages.js';
import { toContact } from '../contacts/contact-resolver.js';
import { findReached, holdInteractions, identify } from '../contacts/identify.js';
import {
  changeTarget,
  findPlaces,
  holdMessages,
  knownWamids,
  noteChange,
  receiveMessage,
  type MessageItem,
} from './messages.js';
import { applyStatuses, clientIdsOf, wamidsOf, type StatusItem } from '../delivery/statuses.js';

/** How many items of a batch were new, by kind. */
export type Applied = ReadonlyMap<WebhookItem['kind'], number>;

/** An item as it is kept. What may have to wait for a message is kept under that message's id. */
export function toInboxItem(item: WebhookItem): InboxItem {
  const own = 'wamid' in item ? item.wamid : null;
  const wamid = item.kind === 'message' ? (item.changes ?? own) : own;
  return { key: item.key, kind: item.kind, wamid, item };
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
  const fresh = await insertInbox(tx, distinct.map(toInboxItem), channelsOf(items), now);
  const news = distinct.filter(({ key }) => fresh.has(key));

  const statuses = news.filter((item): item is StatusItem => item.kind === 'status');
  const { resolver, contactIds } = await identify(work, news, await findReached(tx, statuses));
  await lockWamids(tx, [...wamidsOf(statuses), ...knownWamids(news)]);
  const concerned = await findInteractions(tx, wamidsOf(statuses), clientIdsOf(statuses));
  await holdInteractions(work, resolver, [...concerned, ...(await findPlaces(work, news, resolver))]);
  await holdMessages(work, news);

  const early: string[] = [];
  const told: string[] = [];
  for (const item of changesLast(news)) {
    const stored = resolver.contact(contactIds.get(item.key) ?? '');
    if (stored && item.kind === 'message') {
      const outcome = receiveMessage(work, item, toContact(stored));
      if (outcome === 'early') early.push(item.key);
      else if (outcome === 'told') told.push(item.wamid);
    }
    if (stored && item.kind === 'identity-changed') noteChange(work, item, toContact(stored));
  }
  await reopen(tx, early);
  // What was told about these messages before they came.
  for (const late of await takeWaiting<MessageItem>(tx, told, now)) changeTarget(work, late);
  const waiting = await applyStatuses(work, statuses);
  await reopen(tx, waiting);
  await offerAtOnce(work, policy);
  return countKinds(news);
}

/** The business numbers that items came by, with their accounts as far as those are told. */
function channelsOf(items: readonly WebhookItem[]): readonly KnownChannel[] {
  const accounts = new Map<string, string | null>();
  for (const item of items) {
    // What an older gateway has kept tells none.
    const account = 'account' in item ? item.account : null;
    if (item.channel !== null) accounts.set(item.channel, account ?? accounts.get(item.channel) ?? null);
  }
  return [...accounts].map(([id, account]) => ({ id, account }));
}

/** What changes a message comes after it, however WhatsApp ordered them. */
function changesLast(items: readonly WebhookItem[]): readonly WebhookItem[] {
  const isChange = (item: WebhookItem) => item.kind === 'message' && item.changes !== null;
  return [...items.filter((item) => !isChange(item)), ...items.filter(isChange)];
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
