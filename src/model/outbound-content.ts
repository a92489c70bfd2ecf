import type { InteractiveContent, TemplateContent, TextContent } from './content.js';
import type { TemplateValues } from './template.js';

/**
 * What an agent sends, by kind. Which kinds a contact centre takes stands in the `features` of its welcome (`send-text`, `send-media` and so on); a
 * kind that it does not take is refused with `unsupported`.
 */
export type OutboundContent =
  | TextContent
  | OutboundMedia
  | OutboundTemplate
  | OutboundReaction
  | OutboundLocation
  | OutboundContactCards
  | InteractiveContent;

export type OutboundKind = OutboundContent['kind'];

/** Names a file that the contact centre keeps. */
export interface MediaRef {
  readonly id: string;
}

/** What the contact sees a file as. The file does not tell: a photo may go as a document, a recording as a voice note or as music. */
export type MediaRole = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';

export interface OutboundMedia {
  readonly kind: 'media';
  readonly as: MediaRole;
  /** The id under which the desk keeps the file and uploads it; made once, so that an upload can be resumed. */
  readonly upload: string;
  /** null until the upload has ended. */
  readonly media: MediaRef | null;
  /** What a document is called at the contact's; null for what has no name. */
  readonly fileName: string | null;
  readonly caption: string | null;
}

/** A notification: a template of WhatsApp's with its parameters. */
export interface OutboundTemplate {
  readonly kind: 'template';
  readonly name: string;
  /** As WhatsApp writes it: `en_US`. */
  readonly language: string;
  readonly values: TemplateValues;
  /** What its header shows, where that is no text; left out where there is none. */
  readonly header?: TemplateHeaderValue;
  /** What the desk shows of it until the contact centre has filled it in; nobody else reads it. */
  readonly shown?: TemplateContent;
}

/** A file that the contact centre keeps, or a place. */
export type TemplateHeaderValue =
  | { readonly kind: 'media'; readonly media: MediaRef; readonly fileName: string | null }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly name: string | null;
      readonly address: string | null;
    };

export interface OutboundReaction {
  readonly kind: 'reaction';
  /** Our id of the message reacted to. */
  readonly message: string;
  /** null takes the reaction back. */
  readonly emoji: string | null;
}

export interface OutboundLocation {
  readonly kind: 'location';
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
}

export interface OutboundContactCards {
  readonly kind: 'contacts';
  readonly cards: readonly ContactCard[];
}

/** What a card says of somebody. All of it is untrusted text when it comes from a contact. */
export interface ContactCard {
  readonly name: string;
  readonly organization: string | null;
  /** `wa_id`: the number's digits at WhatsApp, where it has an account. */
  readonly phones: readonly {
    readonly phone: string;
    readonly type: string | null;
    readonly waId: string | null;
  }[];
  readonly emails: readonly { readonly email: string; readonly type: string | null }[];
}

/** The file that a message names, also one above the text of a template; null where it names none. */
export function outboundMediaRef(content: OutboundContent): MediaRef | null {
  if (content.kind === 'media') return content.media;
  return content.kind === 'template' && content.header?.kind === 'media' ? content.header.media : null;
}

/** What of it is words: the text, a caption, or what stands above buttons. Empty where there are none. */
export function outboundText(content: OutboundContent): string {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'interactive') return content.body;
  if (content.kind === 'template') return content.shown?.body ?? '';
  return content.kind === 'media' ? (content.caption ?? '') : '';
}
