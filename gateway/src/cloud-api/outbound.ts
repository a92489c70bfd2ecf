import { templateParameters } from 'whatsapp-workspace/model';
import type {
  ContactCard,
  InteractiveContent,
  OutboundContactCards,
  OutboundLocation,
  Template,
  TemplateButton,
  TemplateHeaderValue,
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
  /** As the business account has it: what belongs where follows from that. */
  readonly template: Template;
  readonly values: TemplateValues;
  /** What stands above its text, where that is no text. */
  readonly header: SendableHeader | null;
}

export type SendableHeader =
  | {
      readonly kind: 'media';
      /** Id that the Graph API gave for the upload. */
      readonly mediaId: string;
      /** Shown for documents only. */
      readonly fileName: string | null;
    }
  | Extract<TemplateHeaderValue, { readonly kind: 'location' }>;

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

function templateBody({ template, values, header }: SendableTemplate): JsonObject {
  const { name, language, buttons } = template;
  const components = [
    header === null ? textComponent('header', template, values) : headerComponent(template, header),
    textComponent('body', template, values),
    ...buttons.map((button, index) => buttonComponent(button, index, values)),
  ].filter((component) => component !== null);
  return {
    name,
    language: { policy: 'deterministic', code: language },
    ...(components.length > 0 ? { components } : {}),
  };
}

/** Parameters by number go in their order; those with a name carry it. What the template does not have, WhatsApp refuses. */
function textComponent(
  part: 'header' | 'body',
  template: Template,
  values: TemplateValues,
): JsonObject | null {
  const parameters = templateParameters(template).flatMap(({ part: its, key }) =>
    its === part
      ? [
          {
            type: 'text',
            ...(/^\d+$/.test(key) ? {} : { parameter_name: key }),
            text: values[part][key] ?? '',
          },
        ]
      : [],
  );
  return parameters.length > 0 ? { type: part, parameters } : null;
}

function headerComponent({ header: its }: Template, header: SendableHeader): JsonObject {
  if (header.kind === 'location') {
    const { latitude, longitude, name, address } = header;
    const location = { latitude, longitude, ...present({ name, address }) };
    return { type: 'header', parameters: [{ type: 'location', location }] };
  }
  const as = its?.kind === 'media' ? its.as : 'document';
  const file = { id: header.mediaId, ...(as === 'document' ? present({ filename: header.fileName }) : {}) };
  return { type: 'header', parameters: [{ type: as, [as]: file }] };
}

/** What a button takes; null for those that take nothing. */
function buttonComponent(
  { kind, target }: TemplateButton,
  index: number,
  values: TemplateValues,
): JsonObject | null {
  const of = (type: string, parameter: JsonObject) => ({
    type: 'button',
    sub_type: type,
    index,
    parameters: [parameter],
  });
  const value = values.buttons[String(index)];
  switch (kind) {
    case 'url':
      return value === undefined || !target?.includes('{{') ? null : of('url', { type: 'text', text: value });
    case 'copy-code':
      return of('copy_code', { type: 'coupon_code', coupon_code: value ?? '' });
    case 'one-time-code':
      // Underneath it is a link that ends with the code.
      return of('url', { type: 'text', text: values.body['1'] ?? '' });
    case 'flow':
      return of('flow', { type: 'action', action: { flow_token: NO_FLOW_TOKEN } });
    default:
      return null;
  }
}

/** What WhatsApp itself takes for a flow whose data nobody tells apart. */
const NO_FLOW_TOKEN = 'unused';

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
