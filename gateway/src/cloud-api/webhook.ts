import type {
  Content,
  DeliveryError,
  DeliveryState,
  MessageContext,
  Pricing,
} from 'whatsapp-workspace/model';
import { changedMessage, readContent } from './content.js';
import { answeredMessage, readContext } from './context.js';
import { readError } from './error.js';
import {
  bareIdentity,
  WebhookContacts,
  isReachable,
  readAddresses,
  type Addresses,
  type ContactIdentity,
} from './identity.js';
import {
  asId,
  asList,
  asNumber,
  asObject,
  asText,
  fingerprint,
  isObject,
  tame,
  type JsonObject,
} from './json.js';

/** A message from a contact. */
export interface MessageItem {
  readonly kind: 'message';
  /**
   * `m:` and the wamid: the same for every delivery of the same fact. `p:` and the wamid for a placeholder: the real message may come later with
   * the same wamid.
   */
  readonly key: string;
  /** The business number's `phone_number_id`. */
  /** The WhatsApp Business Account that the number belongs to; null when the webhook does not say. */
  readonly account: string | null;
  readonly channel: string;
  readonly wamid: string;
  /** When the contact sent it, in milliseconds since the epoch. */
  readonly at: number;
  readonly sender: ContactIdentity;
  readonly content: Content;
  readonly context: MessageContext | null;
  /** The wamid of the message that this one changes: a reaction, an edit or a deletion. */
  readonly changes: string | null;
  /** The wamid of the message that this one answers. */
  readonly replyTo: string | null;
  /** The message as Meta wrote it. */
  readonly raw: unknown;
}

/** What became of a message that we sent. */
export interface StatusItem {
  readonly kind: 'status';
  /** `s:`, the wamid, `:` and the status. */
  readonly key: string;
  /** The WhatsApp Business Account that the number belongs to; null when the webhook does not say. */
  readonly account: string | null;
  readonly channel: string;
  readonly wamid: string;
  readonly state: Extract<DeliveryState, 'sent' | 'delivered' | 'read' | 'played' | 'failed'>;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The `biz_opaque_callback_data` that went out with the message. */
  readonly callbackData: string | null;
  /** Only for `failed`. */
  readonly error: DeliveryError | null;
  readonly pricing: Pricing | null;
  readonly recipient: ContactIdentity | null;
  readonly raw: unknown;
}

/** A contact has another number or user id from now on. */
export interface IdentityChangedItem {
  readonly kind: 'identity-changed';
  /** `m:` and the wamid of the system message; the hash of it when it has none. */
  readonly key: string;
  /** The WhatsApp Business Account that the number belongs to; null when the webhook does not say. */
  readonly account: string | null;
  readonly channel: string;
  readonly wamid: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly previous: ContactIdentity;
  readonly next: ContactIdentity;
  /** WhatsApp's sentence about it; may be empty. */
  readonly text: string;
  readonly raw: unknown;
}

/** Everything else: other fields, echoes, calls, unknown statuses, and what is malformed. Kept for the operator. */
export interface OtherItem {
  readonly kind: 'other';
  /** SHA-256 of what came, canonically written. */
  readonly key: string;
  readonly channel: string | null;
  /** The webhook field (`messages`, `account_update`…); empty when there was none. */
  readonly field: string;
  readonly raw: unknown;
}

export type WebhookItem = MessageItem | StatusItem | IdentityChangedItem | OtherItem;

/** What the items of one change have in common. */
interface Frame {
  readonly field: string;
  readonly account: string | null;
  readonly channel: string | null;
  readonly contacts: WebhookContacts;
  readonly errors: readonly unknown[];
  /** For items without a timestamp, milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Members of a value that describe the others. */
const FRAME_MEMBERS = new Set(['messaging_product', 'metadata', 'contacts', 'messages', 'statuses']);
const STATES = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
const IDENTITY_CHANGES = new Set(['user_changed_number', 'user_changed_user_id']);
/** The last instant that a Date can hold. */
const LAST_INSTANT = 8.64e15;

/**
 * Splits a webhook body, already parsed as JSON, into its items. Never throws and never loses anything: what is unknown or malformed comes
 * out as `other`, and every body gives at least one item. Item keys are stable over redeliveries, also in other batches.
 * `receivedAt` stands in for missing timestamps.
 */
export function parseWebhook(body: unknown, receivedAt: number = Date.now()): WebhookItem[] {
  const tamed = tame(body);
  const entries = asList(asObject(tamed)['entry']);
  if (entries.length === 0) return [other('', null, tamed)];
  return entries.flatMap((entry) => parseEntry(entry, receivedAt));
}

function parseEntry(entry: unknown, receivedAt: number): WebhookItem[] {
  const changes = asList(asObject(entry)['changes']);
  if (changes.length === 0) return [other('', null, entry)];
  return changes.flatMap((change) => {
    try {
      return parseChange(asObject(entry), change, receivedAt);
    } catch {
      // An error of ours with one change loses neither it nor its companions.
      return [unread(asObject(entry), change)];
    }
  });
}

function parseChange(entry: JsonObject, change: unknown, receivedAt: number): WebhookItem[] {
  const field = asText(asObject(change)['field']);
  const value = asObject(asObject(change)['value']);
  const channel = asId(asObject(value['metadata'])['phone_number_id']);
  const isMessages = field === 'messages' || (field === null && ('messages' in value || 'statuses' in value));
  const account = asId(entry['id']);
  const items = isMessages ? parseValue(value, { account, channel, receivedAt }) : [];
  if (items.length > 0) return items;
  return [unread(entry, change, field ?? '', channel)];
}

/** A whole change. The entry's id and time tell an account's second suspension from a redelivery of the first. */
function unread(entry: JsonObject, change: unknown, field = '', channel: string | null = null): OtherItem {
  return other(field, channel, { id: entry['id'], time: entry['time'], change });
}

function parseValue(
  value: JsonObject,
  { account, channel, receivedAt }: Pick<Frame, 'account' | 'channel' | 'receivedAt'>,
): WebhookItem[] {
  const messages = asList(value['messages']);
  const statuses = asList(value['statuses']);
  const senders = [...messages.map(senderAddresses), ...statuses.map(recipientAddresses)];
  const frame: Frame = {
    field: 'messages',
    account,
    channel,
    contacts: new WebhookContacts(asList(value['contacts']), senders),
    errors: asList(value['errors']),
    receivedAt,
  };
  return [
    ...messages.map((message) => parseMessage(message, frame)),
    ...statuses.map((status) => parseStatus(status, frame)),
    ...Object.keys(value)
      .filter((member) => !FRAME_MEMBERS.has(member))
      .flatMap((member) => asList(value[member]).map((raw) => other('messages', channel, { [member]: raw }))),
  ];
}

function parseMessage(raw: unknown, frame: Frame): WebhookItem {
  const message = asObject(raw);
  const wamid = asId(message['id']);
  const change = parseIdentityChange(message, wamid, frame);
  if (change !== null) return change;
  const sender = frame.contacts.identify(senderAddresses(raw));
  if (wamid === null || frame.channel === null || !isReachable(sender)) {
    return other(frame.field, frame.channel, raw);
  }
  const content = readContent(message, frame.errors);
  return {
    kind: 'message',
    key: `${content.kind === 'unsupported' ? 'p' : 'm'}:${wamid}`,
    account: frame.account,
    channel: frame.channel,
    wamid,
    at: instant(message['timestamp'], frame.receivedAt),
    sender,
    content,
    context: readContext(message),
    changes: changedMessage(message),
    replyTo: answeredMessage(message),
    raw,
  };
}

/** null when the message is none of those, or does not say from whom to whom. */
function parseIdentityChange(
  message: JsonObject,
  wamid: string | null,
  frame: Frame,
): IdentityChangedItem | null {
  const system = asObject(message['system']);
  if (frame.channel === null || !IDENTITY_CHANGES.has(asText(system['type']) ?? '')) return null;
  const next = bareIdentity(
    readAddresses(system['wa_id'] ?? system['new_wa_id'], system['user_id'], system['parent_user_id']),
  );
  const sender = frame.contacts.identify(senderAddresses(message));
  const previous: ContactIdentity = {
    ...sender,
    bsuid: asId(system['previous_user_id']) ?? unless(sender.bsuid, next.bsuid),
    parentBsuid: asId(system['previous_parent_user_id']) ?? unless(sender.parentBsuid, next.parentBsuid),
    phone: unless(sender.phone, next.phone),
  };
  if (!isReachable(next) || !isReachable(previous)) return null;
  return {
    kind: 'identity-changed',
    key: wamid === null ? fingerprint([frame.channel, message]) : `m:${wamid}`,
    account: frame.account,
    channel: frame.channel,
    wamid,
    at: instant(message['timestamp'], frame.receivedAt),
    previous,
    next,
    text: asText(system['body']) ?? '',
    raw: message,
  };
}

function parseStatus(raw: unknown, frame: Frame): WebhookItem {
  const status = asObject(raw);
  const wamid = asId(status['id']);
  const state = STATES.find((known) => known === status['status']);
  // Statuses of calls and payments share the array, and a failed payment is no failed message.
  const concernsMessage = status['type'] === undefined || status['type'] === 'message';
  if (wamid === null || state === undefined || frame.channel === null || !concernsMessage) {
    return other(frame.field, frame.channel, raw);
  }
  const recipient = frame.contacts.identify(recipientAddresses(raw));
  const [error] = asList(status['errors']);
  return {
    kind: 'status',
    key: `s:${wamid}:${state}`,
    account: frame.account,
    channel: frame.channel,
    wamid,
    state,
    at: instant(status['timestamp'], frame.receivedAt),
    callbackData: asText(status['biz_opaque_callback_data']),
    error: state === 'failed' && isObject(error) ? readError(error) : null,
    pricing: readPricing(status['pricing']),
    recipient: isReachable(recipient) ? recipient : null,
    raw,
  };
}

function readPricing(value: unknown): Pricing | null {
  if (!isObject(value)) return null;
  return {
    billable: value['billable'] === true,
    model: asText(value['pricing_model']),
    type: asText(value['type']),
    category: asText(value['category']),
  };
}

function other(field: string, channel: string | null, raw: unknown): OtherItem {
  return { kind: 'other', key: fingerprint([field, channel, raw]), channel, field, raw };
}

function senderAddresses(message: unknown): Addresses {
  const { from, from_user_id: bsuid, from_parent_user_id: parent } = asObject(message);
  return readAddresses(from, bsuid, parent);
}

function recipientAddresses(raw: unknown): Addresses {
  const status = asObject(raw);
  if (status['recipient_type'] === 'group') {
    return readAddresses(
      status['recipient_participant_id'],
      status['recipient_participant_user_id'],
      status['recipient_participant_parent_user_id'],
    );
  }
  const parent = status['recipient_parent_user_id'] ?? status['parent_recipient_user_id'];
  return readAddresses(status['recipient_id'], status['recipient_user_id'], parent);
}

/** Timestamps are seconds, as a string or a number; some fields carry milliseconds. */
function instant(timestamp: unknown, fallback: number): number {
  const seconds = asNumber(timestamp);
  if (seconds === null || seconds <= 0) return fallback;
  const at = Math.round(seconds > 1e11 ? seconds : seconds * 1000);
  return at <= LAST_INSTANT ? at : fallback;
}

/** The first value, unless it is what the second one says. */
function unless(value: string | null, same: string | null): string | null {
  return value === same ? null : value;
}

/** Webhooks about templates of an account: what they say is asked for anew. */
const TEMPLATE_FIELDS = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
]);

/** The WhatsApp Business Account of which a webhook says that a template has changed; null for all else. */
export function changedTemplatesOf(item: WebhookItem): string | null {
  if (item.kind !== 'other' || !TEMPLATE_FIELDS.has(item.field)) return null;
  return asId(asObject(item.raw)['id']);
}
