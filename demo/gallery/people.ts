/** Who and what the states are about: contacts, interactions and messages with the names and texts that layouts find hard. */
import type {
  Agent,
  Contact,
  Content,
  Delivery,
  DeliveryState,
  Interaction,
  Message,
  MessagePreview,
  OutboxItem,
  TranscriptItem,
  Workbin,
} from 'whatsapp-workspace/model';
import { UNCHANGED, contentText, excerpt } from 'whatsapp-workspace/model';
import { DAY, HOUR, MINUTE, NOW, SECOND } from './time.js';

export const ANA: Agent = { id: 'ana', name: 'Ana Silva', status: 'ready', reason: null };
export const BEN = { id: 'ben', name: 'Ben Okafor' };

const person = (
  id: string,
  name: string | null,
  phone: string | null,
  more: Partial<Contact> = {},
): Contact => ({
  id: `contact-${id}`,
  name,
  phone,
  username: null,
  bsuid: null,
  ...more,
});

export const MASHA = person('masha', 'Masha Ivanova', '254712345678');
export const NOURA = person('noura', 'نورة الحربي (فرع جدة 2)', '966501234567');
export const DAVID = person('david', 'דוד כהן 054-123-4567', '972541234567');
/** Sixty characters. */
export const LONG = person(
  'long',
  'Wilhelmina Fitzgerald-O’Connell van der Westhuizen-Papadopou',
  '27821234567',
);
/** Sixty characters and nowhere to break. */
export const UNBROKEN = person(
  'unbroken',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunte',
  '436601234567',
);
export const NUMBER_ONLY = person('number', null, '254733987654');
export const USERNAME_ONLY = person('username', null, null, {
  username: 'priya.r',
  bsuid: 'IN.13491208655302741918',
});
export const BSUID_ONLY = person('bsuid', null, null, { bsuid: 'US.13491208655302741918' });
export const EMOJI = person('emoji', '🌻🌻 Grace 🌻🌻', '254722555010');

export const CONTACTS = [MASHA, NOURA, LONG, DAVID, NUMBER_ONLY, USERNAME_ONLY, EMOJI, UNBROKEN, BSUID_ONLY];

/** On Ana's desk, the contact having written four minutes ago and nobody waiting. */
export function interaction(contact: Contact, more: Partial<Interaction> = {}): Interaction {
  return {
    id: `interaction-${contact.id}`,
    channel: '106540352242922',
    contact,
    state: 'active',
    version: 3,
    createdAt: NOW - 292 * SECOND,
    session: { id: `session-${contact.id}`, direction: 'inbound', startedAt: NOW - 292 * SECOND },
    agent: ANA.id,
    formerAgent: null,
    offer: null,
    passes: [],
    parking: null,
    pendency: null,
    answered: null,
    windowClosesAt: NOW + 23 * HOUR + 12 * MINUTE,
    lastMessage: preview('Could you confirm the fabric for the chairs?', 4 * MINUTE),
    ...more,
  };
}

/** The contact has waited for so long. */
export function waiting(ms: number, count = 1): Pick<Interaction, 'pendency'> {
  return { pendency: { since: NOW - ms, count } };
}

export function preview(
  text: string | null,
  ago: number,
  more: Partial<MessagePreview> = {},
): MessagePreview {
  return { id: 'preview', direction: 'inbound', at: NOW - ago, kind: 'text', text, ...more };
}

let made = 0;

/** What the contact wrote, so long ago. */
export function inbound(content: Content | string, ago = 4 * MINUTE, more: Partial<Message> = {}): Message {
  return {
    ...UNCHANGED,
    id: `message-${++made}`,
    clientId: null,
    interaction: 'interaction-contact-masha',
    session: 'session-contact-masha',
    direction: 'inbound',
    at: NOW - ago,
    author: null,
    content: typeof content === 'string' ? { kind: 'text', text: content } : content,
    context: null,
    delivery: null,
    ...more,
  };
}

/** What an agent wrote, so long ago. */
export function outbound(
  text: string,
  ago = 2 * MINUTE,
  state: DeliveryState = 'read',
  more: Partial<Message> = {},
): Message {
  return inbound(text, ago, {
    clientId: `client-${++made}`,
    direction: 'outbound',
    author: { id: ANA.id, name: ANA.name },
    delivery: delivery(state, ago),
    ...more,
  });
}

export function delivery(state: DeliveryState, ago = 0, code: number | null = null, detail = ''): Delivery {
  const failed = state === 'failed' || state === 'unknown';
  return { state, at: NOW - ago, error: failed && detail ? { code, detail } : null };
}

export function unsent(text: string, step: OutboxItem['step']): OutboxItem {
  return {
    v: 1,
    clientId: `unsent-${++made}`,
    lane: MASHA.id,
    interaction: 'interaction-contact-masha',
    createdAt: NOW - 20 * SECOND,
    expiresAt: NOW + 580 * SECOND,
    batch: null,
    replyTo: null,
    body: { kind: 'text', text },
    step,
  };
}

export function item(message: Message): TranscriptItem {
  return { kind: 'message', id: message.id, at: message.at, message };
}

export function sessionStart(ago: number, direction: 'inbound' | 'outbound' = 'inbound'): TranscriptItem {
  const session = { id: `session-${++made}`, direction, startedAt: NOW - ago };
  return { kind: 'session', id: session.id, at: session.startedAt, session };
}

export function lastMessageOf(message: Message): MessagePreview {
  const { id, direction, at, content } = message;
  const text = contentText(content);
  return { id, direction, at, kind: content.kind, text: text === null ? null : excerpt(text, 160) };
}

export const OWN_WORKBIN: Workbin = { id: 'personal:ana', name: 'Ana Silva', owner: 'ana', count: 4 };
export const TEAM_WORKBIN: Workbin = { id: 'team', name: 'Team', owner: null, count: 12 };

/** Parked so long ago. */
export function parked(contact: Contact, ago: number, more: Partial<Interaction> = {}): Interaction {
  return interaction(contact, {
    id: `parked-${contact.id}-${++made}`,
    state: 'parked',
    agent: null,
    formerAgent: ANA.id,
    parking: { workbin: OWN_WORKBIN.id, by: ANA.id, at: NOW - ago },
    createdAt: NOW - ago - DAY,
    lastMessage: preview('Thank you, I will send the measurements tomorrow.', ago),
    ...more,
  });
}
