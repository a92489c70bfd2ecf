import { isDegree, isFilled, isObject, type Fields } from './fields.js';
import { graphError, invalid, missing, type GraphError } from './graph-error.js';
import { readInteractive, type PhoneChoice } from './interactive.js';
import { readTemplateMessage, type PhoneTemplate } from './template-request.js';
import type { TemplateStore } from './templates.js';

/** A request to send a message, found to be in order. */
export interface SendRequest {
  /** What the request named as recipient. */
  readonly input: string;
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** The Cloud API's type: `text`, `image`… */
  readonly type: string;
  /** What is shown: the text or caption, or a word about what has none. */
  readonly text: string;
  readonly callbackData: string | null;
  /** Of a file that was handed over; null for what carries none, or names it by a link. */
  readonly mediaId: string | null;
  /** What a document is called at the contact's. */
  readonly fileName: string | null;
  /** What can be tapped on; empty for what has nothing of the kind. */
  readonly choices: readonly PhoneChoice[];
  /** What a template has beside its words; null for all else. */
  readonly template: PhoneTemplate | null;
}

const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const TEXT_LIMIT = 4096;
const CALLBACK_LIMIT = 512;

/** Reads a request as the Cloud API does, or says what is wrong with it as the Cloud API does. */
export function readSendRequest(body: unknown, templates: TemplateStore): SendRequest | GraphError {
  if (!isObject(body)) return graphError(400, 100, '(#100) The body is no JSON object.');
  if (body['messaging_product'] !== 'whatsapp') return missing('messaging_product');
  if ((body['recipient_type'] ?? 'individual') !== 'individual')
    return invalid('recipient_type must be individual');
  const type = body['type'] ?? 'text';
  const reader = typeof type === 'string' && Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (typeof type !== 'string' || !reader) {
    const details = `This stand-in plays messages of type ${Object.keys(READERS).join(', ')}.`;
    return graphError(400, 131051, '(#131051) Unsupported message type', { details });
  }
  const callbackData = body['biz_opaque_callback_data'] ?? null;
  if (callbackData !== null && (typeof callbackData !== 'string' || callbackData.length > CALLBACK_LIMIT)) {
    return tooLong('biz_opaque_callback_data', CALLBACK_LIMIT);
  }
  const recipient = readRecipient(body);
  if ('status' in recipient) return recipient;
  const context = body['context'];
  if (context !== undefined && !(isObject(context) && isFilled(context['message_id']))) {
    return missing("context['message_id']");
  }
  if (type === 'template') {
    const message = readTemplateMessage(body['template'], templates);
    if ('status' in message) return message;
    const { shown, ...words } = message;
    return { ...recipient, type, callbackData, ...words, choices: repliesOf(shown), template: shown };
  }
  const text = reader(body);
  if (typeof text !== 'string') return text;
  const { id, filename } = isObject(body[type]) ? body[type] : {};
  const isMedia = Object.hasOwn(MEDIA_FIELDS, type);
  return {
    ...recipient,
    type,
    text,
    callbackData,
    mediaId: isMedia && isFilled(id) ? id : null,
    fileName: isMedia && isFilled(filename) ? filename : null,
    choices: type === 'interactive' ? choicesOf(body['interactive']) : [],
    template: null,
  };
}

type Reader = (body: Fields) => string | GraphError;

/** What each type must have; returns what is shown of it. */
const READERS: Readonly<Record<string, Reader>> = {
  text: readText,
  image: readMedia('image'),
  video: readMedia('video'),
  document: readMedia('document'),
  audio: readMedia('audio'),
  sticker: readMedia('sticker'),
  template: () => 'template',
  reaction: ({ reaction }) => {
    if (!isObject(reaction) || !isFilled(reaction['message_id'])) return missing("reaction['message_id']");
    return typeof reaction['emoji'] === 'string' ? reaction['emoji'] : missing("reaction['emoji']");
  },
  location: ({ location }) => {
    if (!isObject(location) || !isDegree(location['latitude']) || !isDegree(location['longitude'])) {
      return invalid('latitude and longitude must be numbers');
    }
    return isFilled(location['name']) ? location['name'] : 'location';
  },
  interactive: ({ interactive }) => {
    const question = readInteractive(interactive);
    return 'status' in question ? question : question.text;
  },
  contacts: ({ contacts }) => {
    const names = Array.isArray(contacts) ? contacts.map(nameOf) : [];
    return names.length > 0 && names.every(isFilled)
      ? names.join(', ')
      : missing("contacts['name']['formatted_name']");
  },
};

const CAPTION_LIMIT = 1024;
/** Fields of each type of media beside `id` and `link`; others are refused. */
const MEDIA_FIELDS: Readonly<Record<string, readonly string[]>> = {
  image: ['caption'],
  video: ['caption'],
  document: ['caption', 'filename'],
  audio: ['voice'],
  sticker: [],
};

function readMedia(type: string): Reader {
  return (body) => {
    const media = body[type];
    if (!isObject(media) || !(isFilled(media['id']) || isFilled(media['link'])))
      return missing(`${type}['id']`);
    const strange = Object.keys(media).find(
      (name) => name !== 'id' && name !== 'link' && !MEDIA_FIELDS[type]?.includes(name),
    );
    if (strange !== undefined) return invalid(`${type} has no field ${strange}`);
    const { caption } = media;
    if (caption === undefined) return type;
    if (typeof caption !== 'string') return invalid('caption is no text');
    return [...caption].length > CAPTION_LIMIT ? tooLong(`${type}['caption']`, CAPTION_LIMIT) : caption;
  };
}

/** What can be tapped on of a template, so that the business hears of it. */
function repliesOf({ buttons }: PhoneTemplate): readonly PhoneChoice[] {
  return buttons.flatMap(({ kind, text, target }, place) =>
    kind === 'reply'
      ? [{ id: `${place}:${target ?? text}`, title: text, description: null, reply: 'template' as const }]
      : [],
  );
}

function choicesOf(interactive: unknown): readonly PhoneChoice[] {
  const question = readInteractive(interactive);
  return 'status' in question ? [] : question.choices;
}

function nameOf(card: unknown): unknown {
  return isObject(card) && isObject(card['name']) ? card['name']['formatted_name'] : undefined;
}

function readRecipient(
  body: Fields,
): { input: string; phone: string | null; bsuid: string | null } | GraphError {
  const { to, recipient } = body;
  if (to !== undefined && to !== null && to !== '') {
    const input = typeof to === 'number' ? String(to) : to;
    if (typeof input !== 'string') return invalid('to is no phone number');
    // A user id in `to` is answered like a number; it is the message that comes to nothing.
    const phone = input.replaceAll(/\D/g, '');
    return phone === '' ? invalid('to is no phone number') : { input, phone, bsuid: null };
  }
  if (recipient === undefined || recipient === null || recipient === '') return missing('to');
  if (typeof recipient !== 'string' || !BSUID.test(recipient)) return invalid('recipient is no user id');
  return { input: recipient, phone: null, bsuid: recipient };
}

function readText(body: Fields): string | GraphError {
  if (!isObject(body['text'])) return missing('text');
  const text = body['text']['body'];
  if (typeof text !== 'string' || text.trim() === '') return missing("text['body']");
  return [...text].length > TEXT_LIMIT ? tooLong("text['body']", TEXT_LIMIT) : text;
}

function tooLong(parameter: string, limit: number): GraphError {
  return graphError(400, 100, `(#100) Param ${parameter} must be at most ${limit} characters long.`);
}

/** Whether what stands in `to` is a user id, which the Cloud API takes for a number that nobody has. */
export function isMisplaced(request: SendRequest): boolean {
  return request.phone !== null && BSUID.test(request.input);
}
