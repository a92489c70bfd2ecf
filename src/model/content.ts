/**
 * What a message says, by kind. The gateway maps every kind of the Cloud API to one of these; what it does not know becomes `unsupported`,
 * so that nothing a contact sent is ever invisible.
 */
export type Content =
  | TextContent
  | MediaContent
  | LocationContent
  | ContactCardsContent
  | ReactionContent
  | ReplyContent
  | OrderContent
  | SystemContent
  | EditedContent
  | DeletedContent
  | UnsupportedContent;

export type ContentKind = Content['kind'];

export interface TextContent {
  readonly kind: 'text';
  /** WhatsApp formatting as typed (`*bold*`); never HTML. */
  readonly text: string;
}

export interface MediaContent {
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  /** The Cloud API's media id; null when WhatsApp gave none (a file that it refused to hand over). */
  readonly mediaId: string | null;
  readonly mimeType: string | null;
  readonly fileName: string | null;
  readonly caption: string | null;
  /** An audio message recorded as a voice note. */
  readonly voice: boolean;
}

export interface LocationContent {
  readonly kind: 'location';
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
}

export interface ContactCardsContent {
  readonly kind: 'contacts';
  /** Formatted names of the cards. */
  readonly names: readonly string[];
}

export interface ReactionContent {
  readonly kind: 'reaction';
  /** null: the contact took the reaction back. */
  readonly emoji: string | null;
  /** The provider's id (wamid) of the message reacted to. */
  readonly target: string;
}

/** A tap on a button, a list row or the end of a Flow. */
export interface ReplyContent {
  readonly kind: 'reply';
  readonly source: 'button' | 'list' | 'flow';
  readonly title: string;
  readonly description: string | null;
}

export interface OrderContent {
  readonly kind: 'order';
  readonly itemCount: number;
  readonly text: string | null;
}

/** WhatsApp says something about the contact: a changed number, a changed identity key. */
export interface SystemContent {
  readonly kind: 'system';
  readonly text: string;
}

export interface EditedContent {
  readonly kind: 'edited';
  readonly target: string;
  /** The new text or caption, when WhatsApp told it. */
  readonly text: string | null;
}

export interface DeletedContent {
  readonly kind: 'deleted';
  readonly target: string;
}

export interface UnsupportedContent {
  readonly kind: 'unsupported';
  /** What the Cloud API called it (`poll`, `unknown`, `in_orbit`). */
  readonly label: string;
  /** WhatsApp's own explanation, if it gave one. */
  readonly detail: string | null;
}

/** A thumbs-up, a deleted message and what WhatsApp itself says about the contact leave nobody waiting. */
export function asksForAnswer({ kind }: Content): boolean {
  return kind !== 'reaction' && kind !== 'deleted' && kind !== 'system';
}

/** Text of a message in one line for lists, or null for kinds that have none: those are named in the agent's language. */
export function contentText(content: Content): string | null {
  switch (content.kind) {
    case 'text':
    case 'system':
      return content.text;
    case 'reply':
      return content.title;
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return content.caption ?? content.fileName;
    case 'location':
      return content.name ?? content.address;
    case 'contacts':
      return content.names.join(', ');
    case 'reaction':
      return content.emoji;
    case 'order':
    case 'edited':
      return content.text;
    case 'deleted':
      return null;
    case 'unsupported':
      return content.detail;
  }
}
