/** Valid objects of the model for tests that care about one or two of their fields. */
import { NO_VALUES, UNCHANGED } from '../../src/model/index.js';
import type {
  Agent,
  Contact,
  EventBodies,
  EventDraft,
  EventType,
  Interaction,
  Message,
  OutboxItem,
  Template,
} from '../../src/model/index.js';

export const NOON = Date.UTC(2026, 10, 20, 12);

export const anAgent = (overrides: Partial<Agent> = {}): Agent => ({
  id: 'ana',
  name: 'Ana Silva',
  status: 'ready',
  reason: null,
  ...overrides,
});

export const aContact = (overrides: Partial<Contact> = {}): Contact => ({
  id: 'contact-1',
  name: 'Masha Ivanova',
  username: null,
  phone: '254712345678',
  bsuid: 'KE.1349120865530274',
  ...overrides,
});

/** Active on Ana's desk, the contact having written a minute before noon. */
export const anInteraction = (overrides: Partial<Interaction> = {}): Interaction => ({
  id: 'interaction-1',
  channel: '106540352242922',
  contact: aContact(),
  state: 'active',
  version: 3,
  createdAt: NOON - 60_000,
  session: { id: 'session-1', direction: 'inbound', startedAt: NOON - 60_000 },
  agent: 'ana',
  formerAgent: null,
  offer: null,
  passes: [],
  parking: null,
  pendency: { since: NOON - 60_000, count: 1 },
  answered: null,
  windowClosesAt: NOON + 23 * 3_600_000,
  lastMessage: null,
  ...overrides,
});

export const aMessage = (overrides: Partial<Message> = {}): Message => ({
  ...UNCHANGED,
  id: 'message-1',
  clientId: null,
  interaction: 'interaction-1',
  session: 'session-1',
  direction: 'inbound',
  at: NOON,
  author: null,
  content: { kind: 'text', text: 'Hello' },
  context: null,
  delivery: null,
  ...overrides,
});

export const aReply = (overrides: Partial<Message> = {}): Message =>
  aMessage({
    id: 'reply-1',
    clientId: 'client-1',
    direction: 'outbound',
    author: { id: 'ana', name: 'Ana Silva' },
    delivery: { state: 'queued', at: NOON, error: null },
    ...overrides,
  });

/** Stored, and not on its way yet. */
export const anOutboxItem = (overrides: Partial<OutboxItem> = {}): OutboxItem => ({
  v: 1,
  clientId: 'client-1',
  lane: 'contact-1',
  interaction: 'interaction-1',
  createdAt: NOON,
  expiresAt: NOON + 600_000,
  batch: null,
  replyTo: null,
  body: { kind: 'text', text: 'Hello' },
  step: { at: 'queued' },
  ...overrides,
});

export function anEvent<T extends EventType>(
  type: T,
  body: EventBodies[T],
  overrides: Partial<Pick<EventDraft, 'at' | 'interaction' | 'actor' | 'command'>> = {},
): EventDraft<T> {
  const event = {
    type,
    at: NOON,
    interaction: 'interaction-1',
    // Who sends is an agent.
    actor:
      type === 'message-sent' ? ((body as EventBodies['message-sent']).message.author?.id ?? null) : null,
    command: null,
    body,
    ...overrides,
  };
  return event as EventDraft<T>;
}

/** Ids in order: `id-1`, `id-2`, … */
export function countedIds(prefix = 'id'): () => string {
  let count = 0;
  return () => `${prefix}-${++count}`;
}

/** A template of WhatsApp's that can be sent. */
export const aTemplate = (overrides: Partial<Template> = {}): Template => ({
  name: 'greeting',
  language: 'en_US',
  category: 'utility',
  status: 'approved',
  quality: 'green',
  header: null,
  body: 'Hello.',
  footer: null,
  buttons: [],
  examples: NO_VALUES,
  unsupported: [],
  ...overrides,
});
