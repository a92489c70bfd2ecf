import type { DraftNotification } from './notification.js';
import type { MediaRef, MediaRole, OutboundMedia } from './outbound-content.js';

/** A file that waits in the composer. The file itself is stored apart, under its id, unless the contact centre has it. */
export interface DraftAttachment {
  /** Also the id of its upload. */
  readonly id: string;
  /** Where the contact centre has it already; left out for what the agent attached. */
  readonly media?: MediaRef;
  /** What it is called at the contact's, should it go as a document. */
  readonly name: string;
  /** What its content is to be sent as. */
  readonly as: MediaRole;
  /** By its content; may carry parameters: `audio/ogg; codecs=opus`. */
  readonly mimeType: string;
  readonly bytes: number;
  /** Empty when there is none. */
  readonly caption: string;
}

/** What an agent has prepared in a conversation and not sent. */
export interface Draft {
  readonly text: string;
  readonly attachments: readonly DraftAttachment[];
  /** A template of WhatsApp's that is being filled in; null when there is none. */
  readonly notification: DraftNotification | null;
  /** Our id of the message that is answered. */
  readonly replyTo: string | null;
  /** Placeholders of prepared responses (`[Contact.Title]`), in their order; one that no longer stands in the text has been filled in or taken out. */
  readonly unfilled: readonly string[];
}

export const EMPTY_DRAFT: Draft = {
  text: '',
  attachments: [],
  notification: null,
  replyTo: null,
  unfilled: [],
};

export function textDraft(text: string): Draft {
  return { ...EMPTY_DRAFT, text };
}

export function isEmptyDraft({ text, attachments, notification, replyTo }: Draft): boolean {
  return text === '' && attachments.length === 0 && notification === null && replyTo === null;
}

/** A file of a draft, as it is sent; WhatsApp shows no caption with audio, and a name with documents alone. */
export function outboundFile({ id, media, name, as, caption }: DraftAttachment): OutboundMedia {
  const isAudio = as === 'audio' || as === 'voice';
  return {
    kind: 'media',
    as,
    upload: id,
    media: media ?? null,
    fileName: name || null,
    caption: isAudio || caption === '' ? null : caption,
  };
}

/** A draft with more words, before those that it has; the same, when it begins with them already. */
export function withWords(draft: Draft, words: string): Draft {
  const { text } = draft;
  if (words === '' || text === words || text.startsWith(`${words}\n`)) return draft;
  return { ...draft, text: text === '' ? words : `${words}\n${text}` };
}

/** Words that went back to a draft, and which message they answer. */
export interface TakenWords {
  readonly text: string;
  readonly replyTo: string | null;
}

/** A draft with words that go back to it. */
export function withTaken(draft: Draft, { text, replyTo }: TakenWords): Draft {
  return { ...withWords(draft, text), replyTo: draft.replyTo ?? replyTo };
}

/** A draft as it was before words went back to it; the same where they are not there as they were. */
export function withoutTaken(draft: Draft, taken: TakenWords): Draft {
  const [before, after] = [`${taken.text}\n`, `${draft.text}\n`];
  if (!after.startsWith(before)) return draft;
  const replyTo = draft.replyTo === taken.replyTo ? null : draft.replyTo;
  return { ...draft, text: after.slice(before.length, -1), replyTo };
}

/** Two drafts as one, the words of the first before those of the second; the second, when the first is part of it already. */
export function joinDrafts(first: Draft, second: Draft): Draft {
  if (isEmptyDraft(second)) return first;
  const joined = withWords(second, first.text);
  const ids = new Set(second.attachments.map(({ id }) => id));
  return {
    ...joined,
    attachments: [...first.attachments.filter(({ id }) => !ids.has(id)), ...second.attachments],
    notification: second.notification ?? first.notification,
    replyTo: second.replyTo ?? first.replyTo,
    unfilled: joined === second ? second.unfilled : [...first.unfilled, ...second.unfilled],
  };
}

/** Whether two drafts say the same. */
export function sameDraft(a: Draft, b: Draft): boolean {
  return a === b || JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function inOrder({ text, attachments, notification, replyTo, unfilled }: Draft): unknown {
  const files = attachments.map(({ id, caption }) => [id, caption]);
  return [text, files, notification, replyTo, unfilled];
}

/** Those placeholders that still stand in a text. */
export function unfilledIn(text: string, unfilled: readonly string[]): readonly string[] {
  return unfilled.filter((placeholder) => text.includes(placeholder));
}
