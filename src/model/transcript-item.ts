import type { MergedContacts } from './event.js';
import type { Session } from './interaction.js';
import type { Message } from './message.js';

/** What a transcript shows in its order: messages and notices. */
export type TranscriptItem =
  | { readonly kind: 'message'; readonly id: string; readonly at: number; readonly message: Message }
  | { readonly kind: 'session'; readonly id: string; readonly at: number; readonly session: Session }
  /** Two contacts turned out to be one person, and the conversation with both goes on here. */
  | { readonly kind: 'merge'; readonly id: string; readonly at: number; readonly contacts: MergedContacts }
  /** A fact that this version cannot show. */
  | { readonly kind: 'unknown-event'; readonly id: string; readonly at: number; readonly type: string };

export function messageItem(message: Message): TranscriptItem {
  return { kind: 'message', id: message.id, at: message.at, message };
}

export function sessionItem(session: Session): TranscriptItem {
  return { kind: 'session', id: session.id, at: session.startedAt, session };
}
