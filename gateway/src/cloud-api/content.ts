import type { Content, MediaContent, MessageContext } from 'whatsapp-workspace/model';
import { errorDetail } from './error.js';
import { asId, asList, asNumber, asObject, asText, tame, type JsonObject } from './json.js';

type Reader = (message: JsonObject) => Content | null;

/** One reader per type of message; null means that the message lacks what its type promises. */
const READERS: Readonly<Record<string, Reader>> = {
  text: (message) => {
    const body = asObject(message['text'])['body'];
    return typeof body === 'string' ? { kind: 'text', text: body } : null;
  },
  image: (message) => readMedia('image', message),
  video: (message) => readMedia('video', message),
  audio: (message) => readMedia('audio', message),
  voice: (message) => readMedia('audio', message),
  document: (message) => readMedia('document', message),
  sticker: (message) => readMedia('sticker', message),
  location: readLocation,
  contacts: readContacts,
  reaction: readReaction,
  button: readButton,
  interactive: readInteractive,
  order: readOrder,
  system: (message) => {
    const system = asObject(message['system']);
    const text = asText(system['body']) ?? asText(system['type']);
    return text === null ? null : { kind: 'system', text };
  },
  edit: readEdit,
  revoke: (message) => {
    const target = asId(asObject(message['revoke'])['original_message_id']);
    return target === null ? null : { kind: 'deleted', target };
  },
};

/**
 * What a message says. Kinds that are unknown, and known ones without their content, become `unsupported` with the Cloud API's name for
 * them. `valueErrors` are errors that stand beside the messages and explain such a hole.
 */
export function readContent(message: JsonObject, valueErrors: readonly unknown[] = []): Content {
  const type = messageType(message);
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return reader?.(message) ?? unsupported(message, type, valueErrors);
}

/** The message answered to and marks of forwarding; null when there is nothing to say. */
export function readContext(message: JsonObject): MessageContext | null {
  const context = asObject(message['context']);
  const replyTo = asId(context['id']);
  const forwarded = context['forwarded'] === true || context['frequently_forwarded'] === true;
  return replyTo === null && !forwarded ? null : { replyTo, forwarded };
}

/** What the Cloud API calls the message; without a name, the known kind whose content is there. */
export function messageType(message: JsonObject): string {
  const named = asText(message['type']);
  if (named !== null) return named;
  return Object.keys(READERS).find((kind) => message[kind] !== undefined) ?? 'unknown';
}

function unsupported(message: JsonObject, type: string, valueErrors: readonly unknown[]): Content {
  const label =
    asText(asObject(message['unsupported'])['type']) ??
    asText(asObject(message['interactive'])['type']) ??
    type;
  const [error] = [...asList(message['errors']), ...valueErrors];
  return { kind: 'unsupported', label, detail: errorDetail(asObject(error)) };
}

function readMedia(kind: MediaContent['kind'], message: JsonObject): Content {
  const type = messageType(message);
  const media = asObject(message[type]);
  return {
    kind,
    mediaId: asId(media['id']),
    mimeType: asText(media['mime_type']),
    fileName: asText(media['filename']),
    caption: asText(media['caption']),
    voice: kind === 'audio' && (media['voice'] === true || type === 'voice'),
  };
}

function readLocation(message: JsonObject): Content | null {
  const location = asObject(message['location']);
  const latitude = asNumber(location['latitude']);
  const longitude = asNumber(location['longitude']);
  if (latitude === null || longitude === null) return null;
  const name = asText(location['name']);
  return { kind: 'location', latitude, longitude, name, address: asText(location['address']) };
}

function readContacts(message: JsonObject): Content | null {
  const names = asList(message['contacts']).map((card) => cardName(asObject(card)));
  return names.length === 0 ? null : { kind: 'contacts', names };
}

function cardName(card: JsonObject): string {
  const name = asObject(card['name']);
  const parts = [asText(name['first_name']), asText(name['last_name'])].filter((part) => part !== null);
  const [phone] = asList(card['phones']).map((entry) => asText(asObject(entry)['phone']));
  return asText(name['formatted_name']) ?? (parts.join(' ') || (phone ?? '?'));
}

function readReaction(message: JsonObject): Content | null {
  const reaction = asObject(message['reaction']);
  const target = asId(reaction['message_id']);
  return target === null ? null : { kind: 'reaction', emoji: asText(reaction['emoji']), target };
}

function readButton(message: JsonObject): Content | null {
  const button = asObject(message['button']);
  const title = asText(button['text']) ?? asText(button['payload']);
  return title === null ? null : { kind: 'reply', source: 'button', title, description: null };
}

function readInteractive(message: JsonObject): Content | null {
  const interactive = asObject(message['interactive']);
  const type = asText(interactive['type']) ?? '';
  const reply = asObject(interactive[type]);
  switch (type) {
    case 'button_reply':
      return readReply('button', asText(reply['title']) ?? asText(reply['id']), null);
    case 'list_reply':
      return readReply('list', asText(reply['title']) ?? asText(reply['id']), asText(reply['description']));
    case 'nfm_reply':
      return readReply(
        'flow',
        asText(reply['body']) ?? asText(reply['name']),
        flowAnswers(reply['response_json']),
      );
    case 'call_permission_reply':
      return readReply('button', asText(reply['response']), type);
    default:
      return null;
  }
}

function readReply(
  source: 'button' | 'list' | 'flow',
  title: string | null,
  description: string | null,
): Content | null {
  return title === null ? null : { kind: 'reply', source, title, description };
}

/** The answers of a Flow, one `name: answer` a line. They come as JSON in a string; the token is no answer. */
function flowAnswers(json: unknown): string | null {
  const written = asText(json);
  const answers = written === null ? asObject(json) : asObject(parse(written));
  const lines = Object.entries(answers)
    .filter(([name]) => name !== 'flow_token')
    .map(([name, answer]) => `${name}: ${typeof answer === 'string' ? answer : JSON.stringify(answer)}`);
  if (lines.length > 0) return lines.join('\n');
  return Object.keys(answers).length > 0 ? null : written;
}

/** What was written inside a string has not been tamed with the webhook. */
function parse(json: string): unknown {
  try {
    return tame(JSON.parse(json));
  } catch {
    return null;
  }
}

function readOrder(message: JsonObject): Content | null {
  const order = asObject(message['order']);
  const counts = asList(order['product_items']).map((item) => asNumber(asObject(item)['quantity']) ?? 1);
  const text = asText(order['text']);
  if (counts.length === 0 && text === null) return null;
  const itemCount = counts.reduce((sum, count) => sum + count, 0);
  // Sums of absurd quantities are no numbers any more, and JSON would make null of them.
  return { kind: 'order', itemCount: Number.isFinite(itemCount) ? itemCount : counts.length, text };
}

function readEdit(message: JsonObject): Content | null {
  const edit = asObject(message['edit']);
  const target = asId(edit['original_message_id']);
  if (target === null) return null;
  const edited = asObject(edit['message']);
  const content = asObject(edited[messageType(edited)]);
  return { kind: 'edited', target, text: asText(content['body']) ?? asText(content['caption']) };
}
