import {
  asksForAnswer,
  deletionOf,
  editOf,
  reactionTo,
  receive,
  receiveChange,
  type Contact,
  type Interaction,
  type Message,
  type MessageChange,
  type MessageContext,
} from 'whatsapp-workspace/model';
import type { WebhookItem } from '../cloud-api/index.js';
import type { Work } from '../ledger/work.js';
import { findLatest } from '../store/interactions.js';
import { readMessages } from '../store/messages.js';
import type { ContactResolver } from '../contacts/contact-resolver.js';

export type MessageItem = Extract<WebhookItem, { readonly kind: 'message' }>;
type IdentityItem = Extract<WebhookItem, { readonly kind: 'identity-changed' }>;

/**
 * What became of a message. told: it is new in a transcript. early: it is about something that has not come, and its contact has no transcript to show it
 * in. folded: it changed a message, or nothing.
 */
export type Outcome = 'told' | 'early' | 'folded';

/** WhatsApp's ids of the messages that items bring or change: with them locked, of a message and what is told about it one sees the other. */
export function knownWamids(items: readonly WebhookItem[]): readonly string[] {
  return items.filter(isMessage).flatMap(({ wamid, changes }) => [wamid, changes ?? []].flat());
}

/**
 * Reads the messages that items name, and says which interactions have to be held for them: those of messages that may change, and where a contact's
 * items go when nothing is open.
 */
export async function findPlaces(
  work: Work,
  items: readonly WebhookItem[],
  resolver: ContactResolver,
): Promise<readonly string[]> {
  const messages = items.filter(isMessage);
  const changing = new Set(knownWamids(messages));
  const answered = messages.flatMap(({ replyTo }) => replyTo ?? []);
  const known = await readMessages(work.tx, [...changing, ...answered]);
  const targets = known.filter(({ wamid }) => changing.has(wamid)).map(({ message }) => message.interaction);
  const isQuiet = items.some(
    (item) => item.kind === 'identity-changed' || (isMessage(item) && !asksForAnswer(item.content)),
  );
  const contacts = [...resolver.contacts.map(({ id }) => id), ...resolver.joined.map(({ from }) => from)];
  return [...targets, ...(isQuiet ? await findLatest(work.tx, contacts) : [])];
}

/** Reads the messages that items name, as they are now that their interactions are held. */
export async function holdMessages(work: Work, items: readonly WebhookItem[]): Promise<void> {
  const named = items.filter(isMessage).flatMap(({ replyTo }) => replyTo ?? []);
  work.messages.hold(await readMessages(work.tx, [...knownWamids(items), ...named]));
}

export function receiveMessage(work: Work, item: MessageItem, contact: Contact): Outcome {
  const known = work.messages.byWamid(item.wamid);
  if (known && !replacePlaceholder(work, item, known)) return 'folded';
  if (changeTarget(work, item)) return 'folded';
  const { channel, at, content } = item;
  const inbound = { channel, contact, at, content, context: contextOf(work, item) };
  const open = openInteraction(work, contact.id, channel);
  const events = receive(open, inbound, work, latestInteraction(work, contact.id, channel));
  for (const event of events) work.record(event, event.type === 'message-received' ? item : null);
  if (events.length > 0) return 'told';
  return item.changes === null ? 'folded' : 'early';
}

/** Applies a reaction, an edit or a deletion to the message that it is about. Returns whether that is known. */
export function changeTarget(work: Work, item: MessageItem): boolean {
  const target = work.messages.byWamid(item.changes);
  if (!target) return false;
  recordChange(work, target, changeOf(target, item), item);
  return true;
}

/** What WhatsApp says about a contact's new address stands in the transcript. The contact has asked for nothing: it opens and moves nothing. */
export function noteChange(work: Work, item: IdentityItem, contact: Contact): void {
  const { channel, at, text } = item;
  if (text === '') return;
  const content = { kind: 'system', text, event: null } as const;
  const open = openInteraction(work, contact.id, channel);
  const latest = latestInteraction(work, contact.id, channel);
  for (const event of receive(open, { channel, contact, at, content, context: null }, work, latest))
    work.record(event, item);
}

/**
 * WhatsApp tells a message again under the same id. Of a placeholder this is the real message, in its place; when the conversation is done, somebody has
 * to see it all the same: then it is a message like any other, and the placeholder stays what was seen.
 * @returns Whether the message is still to be received.
 */
function replacePlaceholder(work: Work, item: MessageItem, known: Message): boolean {
  const { content } = item;
  if (known.content.kind !== 'unsupported' || content.kind === 'unsupported') return false;
  const open = openOne(work, known.interaction);
  if (!open && asksForAnswer(content)) {
    work.messages.release(item.wamid);
    return true;
  }
  recordChange(work, known, { kind: 'replacement', content, context: contextOf(work, item) }, item);
  return false;
}

function recordChange(work: Work, message: Message, change: MessageChange | null, item: MessageItem): void {
  const own = work.interaction(message.interaction);
  if (!own) throw new Error('A message was changed whose interaction is not held.');
  const open = openOne(work, own.id);
  const beside = open ? null : openInteraction(work, own.contact.id, own.channel);
  for (const event of receiveChange(message, change, open, work))
    work.record(event, event.type === 'message-changed' ? item : null, beside);
}

function changeOf(target: Message, { content, at }: MessageItem): MessageChange | null {
  switch (content.kind) {
    case 'reaction':
      return reactionTo(target, { by: null, emoji: content.emoji, at });
    case 'edited':
      return editOf(target, content.text, at);
    case 'deleted':
      return deletionOf(target, at);
    default:
      return null;
  }
}

/** The context of a message, with our id of what it answers. */
function contextOf(work: Work, { context, replyTo }: MessageItem): MessageContext | null {
  return context && { ...context, replyTo: work.messages.byWamid(replyTo)?.id ?? null };
}

function openOne(work: Work, id: string): Interaction | null {
  const interaction = work.interaction(id);
  return interaction && interaction.state !== 'done' ? interaction : null;
}

function openInteraction(work: Work, contact: string, channel: string): Interaction | null {
  return interactionsOf(work, contact, channel).find(({ state }) => state !== 'done') ?? null;
}

/** The newest of a contact's interactions that are held. */
function latestInteraction(work: Work, contact: string, channel: string): Interaction | null {
  const newest = (a: Interaction, b: Interaction) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
  return interactionsOf(work, contact, channel).toSorted(newest)[0] ?? null;
}

function interactionsOf(work: Work, contact: string, channel: string): readonly Interaction[] {
  return work.interactions().filter((one) => one.contact.id === contact && one.channel === channel);
}

function isMessage(item: WebhookItem): item is MessageItem {
  return item.kind === 'message';
}
