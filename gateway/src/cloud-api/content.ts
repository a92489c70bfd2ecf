import { mediaContent, type Content, type MediaContent } from 'whatsapp-workspace/model';
import { readContacts } from './contact-cards.js';
import { errorDetail, readError } from './error.js';
import { readOrder } from './order.js';
import { readButton, readInteractive } from './reply.js';
import { asId, asList, asNumber, asObject, asText, isObject, type JsonObject } from './json.js';

type Reader = (message: JsonObject, errors: readonly unknown[]) => Content | null;

/** One reader per type of message; null means that the message lacks what its type promises. */
const READERS: Readonly<Record<string, Reader>> = {
  text: (message) => {
    const body = asObject(message['text'])['body'];
    return typeof body === 'string' ? { kind: 'text', text: body } : null;
  },
  image: (message, errors) => readMedia('image', message, errors),
  video: (message, errors) => readMedia('video', message, errors),
  audio: (message, errors) => readMedia('audio', message, errors),
  voice: (message, errors) => readMedia('audio', message, errors),
  document: (message, errors) => readMedia('document', message, errors),
  sticker: (message, errors) => readMedia('sticker', message, errors),
  location: readLocation,
  contacts: readContacts,
  reaction: readReaction,
  button: readButton,
  interactive: readInteractive,
  order: readOrder,
  system: (message) => {
    const system = asObject(message['system']);
    const text = asText(system['body']) ?? asText(system['type']);
    return text === null ? null : { kind: 'system', text, event: asText(system['type']) };
  },
  edit: readEdit,
  revoke: (message) => {
    return changedMessage(message) === null ? null : { kind: 'deleted' };
  },
};

/**
 * What a message says. Kinds that are unknown, and known ones without their content, become `unsupported` with the Cloud API's name for
 * them. `valueErrors` are errors that stand beside the messages and explain such a hole.
 */
export function readContent(message: JsonObject, valueErrors: readonly unknown[] = []): Content {
  const type = messageType(message);
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  const errors = [...asList(message['errors']), ...valueErrors];
  return reader?.(message, errors) ?? unsupported(message, type, errors);
}

/** WhatsApp's id of the message that a reaction, an edit or a deletion is about; null for all that is a message of its own. */
export function changedMessage(message: JsonObject): string | null {
  switch (messageType(message)) {
    case 'reaction':
      return asId(asObject(message['reaction'])['message_id']);
    case 'edit':
      return asId(asObject(message['edit'])['original_message_id']);
    case 'revoke':
      return asId(asObject(message['revoke'])['original_message_id']);
    default:
      return null;
  }
}

/** WhatsApp's id of the file that a message carries; null for what carries none, or only the news of it. */
export function mediaIdOf(raw: unknown): string | null {
  const message = asObject(raw);
  return asId(asObject(message[messageType(message)])['id']);
}

/** What the Cloud API calls the message; without a name, the known kind whose content is there. */
export function messageType(message: JsonObject): string {
  const named = asText(message['type']);
  if (named !== null) return named;
  return Object.keys(READERS).find((kind) => message[kind] !== undefined) ?? 'unknown';
}

function unsupported(message: JsonObject, type: string, errors: readonly unknown[]): Content {
  const label =
    asText(asObject(message['unsupported'])['type']) ??
    asText(asObject(message['interactive'])['type']) ??
    type;
  const error = asObject(errors[0]);
  return { kind: 'unsupported', label, detail: errorDetail(error), code: asNumber(error['code']) };
}

function readMedia(kind: MediaContent['kind'], message: JsonObject, [error]: readonly unknown[]): Content {
  const type = messageType(message);
  const media = asObject(message[type]);
  const missing = asId(media['id']) === null;
  return mediaContent(kind, {
    // Without an id there is nothing to fetch: WhatsApp keeps the file to itself.
    status: missing ? 'refused' : 'wanted',
    mimeType: asText(media['mime_type']),
    fileName: asText(media['filename']),
    caption: asText(media['caption']),
    voice: kind === 'audio' && (media['voice'] === true || type === 'voice'),
    animated: media['animated'] === true,
    sha256: asText(media['sha256']),
    bytes: asNumber(media['file_size']),
    error: missing && isObject(error) ? readError(error) : null,
  });
}

function readLocation(message: JsonObject): Content | null {
  const location = asObject(message['location']);
  const latitude = asNumber(location['latitude']);
  const longitude = asNumber(location['longitude']);
  if (latitude === null || longitude === null) return null;
  return {
    kind: 'location',
    latitude,
    longitude,
    name: asText(location['name']),
    address: asText(location['address']),
    url: asText(location['url']),
  };
}

function readReaction(message: JsonObject): Content | null {
  if (changedMessage(message) === null) return null;
  return { kind: 'reaction', emoji: asText(asObject(message['reaction'])['emoji']) };
}

function readEdit(message: JsonObject): Content | null {
  if (changedMessage(message) === null) return null;
  const edited = asObject(asObject(message['edit'])['message']);
  const content = asObject(edited[messageType(edited)]);
  return { kind: 'edited', text: asText(content['body']) ?? asText(content['caption']) };
}
