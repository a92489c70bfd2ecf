import type { DeliveryError } from './delivery.js';
import type { Open } from './open.js';
import type { ContactCard, MediaRef } from './outbound-content.js';

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
  | TemplateContent
  | InteractiveContent
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

/**
 * How far a file has come to the contact centre. wanted: WhatsApp has it. fetching: on its way. stored: here. gone: WhatsApp no longer has it. refused:
 * WhatsApp or the contact centre did not take it; the error says why.
 */
export type MediaStatus = 'wanted' | 'fetching' | 'stored' | 'gone' | 'refused';

export interface MediaContent {
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  /** Names the file at the contact centre; null until it is stored. */
  readonly media: MediaRef | null;
  readonly status: MediaStatus;
  /** May carry parameters: `audio/ogg; codecs=opus`. */
  readonly mimeType: string | null;
  readonly fileName: string | null;
  readonly caption: string | null;
  /** An audio message recorded as a voice note. */
  readonly voice: boolean;
  /** A sticker that moves. */
  readonly animated: boolean;
  /** Of the file, as WhatsApp wrote it (base64). */
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** In pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** In seconds. */
  readonly duration: number | null;
  /** Loudness from 0 to 100 along the recording. */
  readonly waveform: readonly number[] | null;
  /** Why the file is not to be had (131052: larger than WhatsApp hands over); null when nothing is known to be wrong. */
  readonly error: DeliveryError | null;
}

export interface LocationContent {
  readonly kind: 'location';
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
  readonly url: string | null;
}

export interface ContactCardsContent {
  readonly kind: 'contacts';
  readonly cards: readonly ContactCard[];
}

/** A reaction to a message that is not known; one to a known message is a change of that (`message-changed`). */
export interface ReactionContent {
  readonly kind: 'reaction';
  /** null: the contact took the reaction back. */
  readonly emoji: string | null;
  /** Our id of the message reacted to; missing where that is not known. */
  readonly message?: string;
}

/** A tap on a button, a list row or the end of a Flow. */
export interface ReplyContent {
  readonly kind: 'reply';
  readonly source: Open<'button' | 'list' | 'flow'>;
  readonly title: string;
  readonly description: string | null;
  /** What the business called the choice: the payload of a button, the id of a row. */
  readonly id: string | null;
  /** What was filled into the form, in its order. */
  readonly fields: readonly FlowField[];
}

export interface FlowField {
  readonly name: string;
  /** Values that are no text are written as JSON. */
  readonly value: string;
}

export interface OrderContent {
  readonly kind: 'order';
  /** How many things were ordered: the sum of all quantities. */
  readonly itemCount: number;
  readonly items: readonly OrderLine[];
  readonly catalog: string | null;
  readonly text: string | null;
}

export interface OrderLine {
  /** The catalogue's id of the product (`product_retailer_id`). */
  readonly product: string;
  readonly quantity: number;
  /** Of one. */
  readonly price: number | null;
  /** ISO 4217. */
  readonly currency: string | null;
}

/** A notification as the contact sees it: a template of WhatsApp's with its values filled in. */
export interface TemplateContent {
  readonly kind: 'template';
  readonly name: string;
  /** As WhatsApp writes it: `en_US`. */
  readonly language: string;
  readonly header: string | null;
  readonly body: string;
  readonly footer: string | null;
  /** What stands on the buttons. */
  readonly buttons: readonly string[];
  /** The file or the place above the body; left out where there is none. */
  readonly above?: MediaContent | LocationContent;
}

/** A question with up to three buttons, or with a list behind one. `interactiveFault` says what WhatsApp takes. */
export interface InteractiveContent {
  readonly kind: 'interactive';
  /** A line above the question. */
  readonly header: string | null;
  readonly body: string;
  /** A line below it. */
  readonly footer: string | null;
  readonly action: ReplyButtons | ChoiceList;
}

export interface ReplyButtons {
  readonly kind: 'buttons';
  readonly buttons: readonly Choice[];
}

export interface ChoiceList {
  readonly kind: 'list';
  /** What stands on the button that opens the list. */
  readonly button: string;
  readonly sections: readonly {
    /** null where there is one section alone. */
    readonly title: string | null;
    readonly rows: readonly (Choice & { readonly description: string | null })[];
  }[];
}

/** What a contact can tap on. */
export interface Choice {
  /** Comes back with the tap. */
  readonly id: string;
  readonly title: string;
}

/** WhatsApp says something about the contact: a changed number, a changed identity key. */
export interface SystemContent {
  readonly kind: 'system';
  readonly text: string;
  /** What WhatsApp calls it: `customer_identity_changed`. */
  readonly event: string | null;
}

/** The edit of a message that is not known; one of a known message is a change of that. */
export interface EditedContent {
  readonly kind: 'edited';
  /** The new text or caption, when WhatsApp told it. */
  readonly text: string | null;
}

/** The deletion of a message that is not known; one of a known message is a change of that. */
export interface DeletedContent {
  readonly kind: 'deleted';
}

export interface UnsupportedContent {
  readonly kind: 'unsupported';
  /** What the Cloud API called it (`poll`, `unknown`, `in_orbit`). */
  readonly label: string;
  /** WhatsApp's own explanation, if it gave one. */
  readonly detail: string | null;
  /** WhatsApp's code for it (131051: a type that the Cloud API does not hand over). */
  readonly code: number | null;
}

/** A thumbs-up, an edited or deleted message and what WhatsApp itself says about the contact leave nobody waiting. */
export function asksForAnswer({ kind }: Content): boolean {
  return kind !== 'reaction' && kind !== 'edited' && kind !== 'deleted' && kind !== 'system';
}

/** A file of which nothing but the kind is known. */
export function mediaContent(kind: MediaContent['kind'], known: Partial<MediaContent> = {}): MediaContent {
  return {
    media: null,
    status: 'wanted',
    mimeType: null,
    fileName: null,
    caption: null,
    voice: false,
    animated: false,
    sha256: null,
    bytes: null,
    width: null,
    height: null,
    duration: null,
    waveform: null,
    error: null,
    ...known,
    kind,
  };
}

export function isMedia(content: Content): content is MediaContent {
  return 'media' in content;
}

/** The file of a message, also one above the text of a template; null where it has none. */
export function fileIn(content: Content): MediaContent | null {
  const file = content.kind === 'template' ? content.above : content;
  return file && isMedia(file) ? file : null;
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
      return content.cards.map(({ name }) => name).join(', ');
    case 'reaction':
      return content.emoji;
    case 'order':
    case 'edited':
      return content.text;
    case 'template':
    case 'interactive':
      return content.body;
    case 'deleted':
      return null;
    case 'unsupported':
      return content.detail;
  }
}
