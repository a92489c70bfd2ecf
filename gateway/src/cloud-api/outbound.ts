import type {
  ContactCard,
  InteractiveContent,
  OutboundContactCards,
  OutboundLocation,
  TemplateValues,
  TextContent,
} from 'whatsapp-workspace/model';
import type { JsonObject } from './json.js';

/** What goes into a request: an agent's `OutboundContent` with WhatsApp's ids in place of ours. */
export type Sendable =
  | TextContent
  | SendableMedia
  | SendableTemplate
  | SendableReaction
  | OutboundLocation
  | OutboundContactCards
  | InteractiveContent;

/** A file that WhatsApp has. */
export interface SendableMedia {
  readonly kind: 'media';
  readonly type: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  /** Id that the Graph API gave for the upload; it holds 30 days. */
  readonly mediaId: string;
  /** At most 1024 characters; audio and stickers have none. */
  readonly caption: string | null;
  /** Shown for documents only. */
  readonly fileName: string | null;
  /** Audio recorded as a voice note. */
  readonly voice: boolean;
}

export interface SendableTemplate {
  readonly kind: 'template';
  readonly name: string;
  readonly language: string;
  readonly values: TemplateValues;
}

export interface SendableReaction {
  readonly kind: 'reaction';
  /** WhatsApp's id of the message reacted to. */
  readonly target: string;
  /** null takes the reaction back. */
  readonly emoji: string | null;
}

/** The part of a request that says what is sent: `type` and what belongs to it. */
export function contentBody(content: Sendable): JsonObject {
  switch (content.kind) {
    case 'text':
      return { type: 'text', text: { body: content.text, preview_url: true } };
    case 'media':
      return { type: content.type, [content.type]: mediaBody(content) };
    case 'template':
      return { type: 'template', template: templateBody(content) };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: content.target, emoji: content.emoji ?? '' } };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return { type: 'location', location: { latitude, longitude, ...present({ name, address }) } };
    }
    case 'contacts':
      return { type: 'contacts', contacts: content.cards.map(cardBody) };
    case 'interactive':
      return { type: 'interactive', interactive: interactiveBody(content) };
  }
}

/** The Cloud API refuses fields that a type does not have. */
function mediaBody({ type, mediaId, caption, fileName, voice }: SendableMedia): JsonObject {
  return {
    id: mediaId,
    ...(type === 'audio' || type === 'sticker' ? {} : present({ caption })),
    ...(type === 'document' ? present({ filename: fileName }) : {}),
    ...(type === 'audio' && voice ? { voice } : {}),
  };
}

function templateBody({ name, language, values }: SendableTemplate): JsonObject {
  const components = [
    textComponent('header', values.header),
    textComponent('body', values.body),
    ...Object.entries(values.buttons).map(([index, text]) => ({
      type: 'button',
      // Of the buttons that take a value, the end of a link is the one that templates for agents have.
      sub_type: 'url',
      index: Number(index),
      parameters: [{ type: 'text', text }],
    })),
  ].filter((component) => component !== null);
  return { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) };
}

/** Parameters by number go in their order; those with a name carry it. */
function textComponent(type: 'header' | 'body', values: Readonly<Record<string, string>>): JsonObject | null {
  const parameters = Object.entries(values)
    .toSorted(([a], [b]) => Number(a) - Number(b) || 0)
    .map(([key, text]) => ({
      type: 'text',
      ...(/^\d+$/.test(key) ? {} : { parameter_name: key }),
      text,
    }));
  return parameters.length > 0 ? { type, parameters } : null;
}

/** The Cloud API wants a part of the name beside the whole of it. */
function cardBody({ name, organization, phones, emails }: ContactCard): JsonObject {
  return {
    name: { formatted_name: name, first_name: name },
    ...(organization === null ? {} : { org: { company: organization } }),
    phones: phones.map(({ phone, type, waId }) => ({ phone, ...present({ type, wa_id: waId }) })),
    emails: emails.map(({ email, type }) => ({ email, ...present({ type }) })),
  };
}

function interactiveBody({ header, body, footer, action }: InteractiveContent): JsonObject {
  const lines = {
    ...(header === null ? {} : { header: { type: 'text', text: header } }),
    body: { text: body },
    ...(footer === null ? {} : { footer: { text: footer } }),
  };
  if (action.kind === 'buttons') {
    const buttons = action.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
    return { type: 'button', ...lines, action: { buttons } };
  }
  const sections = action.sections.map(({ title, rows }) => ({
    ...present({ title }),
    rows: rows.map(({ id, title: name, description }) => ({ id, title: name, ...present({ description }) })),
  }));
  return { type: 'list', ...lines, action: { button: action.button, sections } };
}

function present(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
