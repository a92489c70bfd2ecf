import { fileIn, isMedia } from './content.js';
import type { Content, MediaContent } from './content.js';
import type { FormerText, Message, MessageContext, Reaction } from './message.js';

/**
 * What happened to a message, by kind. Each says how things are after it, so that whoever folds them in the order of their `rev` needs to know no rule;
 * the rules are in the functions below, which the contact centre asks.
 */
export type MessageChange =
  | ({ readonly kind: 'reaction' } & Reaction)
  | EditChange
  | { readonly kind: 'deletion'; readonly at: number }
  | ({ readonly kind: 'media' } & MediaNews)
  /** A placeholder turned out to be this: WhatsApp told the message again, under the same id. */
  | { readonly kind: 'replacement'; readonly content: Content; readonly context: MessageContext | null };

export type MessageChangeKind = MessageChange['kind'];

export interface EditChange {
  readonly kind: 'edit';
  /** The text or caption from now on; null leaves it as it is (WhatsApp did not tell it). */
  readonly text: string | null;
  /** When the newest edit was made. */
  readonly at: number;
  /** All that it said before, oldest first. */
  readonly former: readonly FormerText[];
}

/** What becomes known of a file. */
export type MediaNews = Pick<
  MediaContent,
  'media' | 'status' | 'mimeType' | 'bytes' | 'width' | 'height' | 'duration' | 'waveform' | 'error'
>;

/** A change with its place among those of the message. */
export interface RevisedChange {
  readonly rev: number;
  readonly change: MessageChange;
}

/** The most former texts that are kept: the first and the newest ones. */
const FORMER_TEXTS = 10;

/** A message after a change; the same reference when the change is part of it already. */
export function changeMessage(message: Message, { rev, change }: RevisedChange): Message {
  if (rev <= message.rev) return message;
  return { ...message, ...consequences(message, change), rev };
}

function consequences(message: Message, change: MessageChange): Partial<Message> {
  switch (change.kind) {
    case 'reaction': {
      const { kind: _kind, ...reaction } = change;
      return { reactions: [...message.reactions.filter((one) => !isSameSide(one, reaction)), reaction] };
    }
    case 'edit': {
      const { text, at, former } = change;
      const content = text === null ? message.content : withText(message.content, text);
      return { content, former, editedAt: at };
    }
    case 'deletion':
      return { deletedAt: change.at };
    case 'media': {
      const { kind: _kind, ...news } = change;
      const { content } = message;
      const file = fileIn(content);
      if (!file) return {};
      const changed = { ...file, ...news };
      return { content: content.kind === 'template' ? { ...content, above: changed } : changed };
    }
    case 'replacement':
      return { content: change.content, context: change.context };
  }
}

/** What a reaction changes; null when it adds nothing: it is the one that stands, or a later one has come. */
export function reactionTo(message: Message, reaction: Reaction): MessageChange | null {
  const known = message.reactions.find((one) => isSameSide(one, reaction));
  if (known ? known.at > reaction.at || known.emoji === reaction.emoji : reaction.emoji === null) return null;
  return { kind: 'reaction', ...reaction };
}

function isSameSide(one: Reaction, other: Reaction): boolean {
  return (one.by === null) === (other.by === null);
}

/**
 * What an edit changes. One that comes after a later one only adds what the message said in between.
 * @param at When it was made, by WhatsApp's clock.
 * @returns null when it is known, or the message is deleted.
 */
export function editOf(message: Message, text: string | null, at: number): MessageChange | null {
  if (message.deletedAt !== null) return null;
  const now = editableText(message.content);
  const since = message.editedAt ?? message.at;
  if (message.editedAt !== null && at < message.editedAt) {
    if (text === null || message.former.some((one) => one.at === at && one.text === text)) return null;
    return { kind: 'edit', text: null, at: message.editedAt, former: inOrder(message.former, { text, at }) };
  }
  if (message.editedAt === at && (text === null || text === now)) return null;
  const told = text !== null && now !== null && text !== now;
  const former = told ? inOrder(message.former, { text: now, at: since }) : message.former;
  return { kind: 'edit', text, at, former };
}

/** What a deletion changes; null when the message is deleted already. */
export function deletionOf(message: Message, at: number): MessageChange | null {
  return message.deletedAt === null ? { kind: 'deletion', at } : null;
}

/** The words of a message that an edit changes: its text or caption; null for kinds that have none. */
function editableText(content: Content): string | null {
  if (content.kind === 'text') return content.text;
  return isMedia(content) ? content.caption : null;
}

function withText(content: Content, text: string): Content {
  if (content.kind === 'text') return { ...content, text };
  return isMedia(content) ? { ...content, caption: text } : content;
}

function inOrder(former: readonly FormerText[], text: FormerText): readonly FormerText[] {
  const texts = [...former, text].sort((a, b) => a.at - b.at);
  return texts.length > FORMER_TEXTS ? texts.toSpliced(1, texts.length - FORMER_TEXTS) : texts;
}
