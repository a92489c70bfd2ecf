import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY, EMPTY_STATE, reduce } from '../../src/model/index.js';
import type { Command, Content, DomainEvent, EventDraft } from '../../src/model/index.js';
import {
  MAX_CLIENT_FRAME,
  parseClientFrame,
  parseServerFrame,
} from '../../src/transport/gateway/protocol.js';
import type { ClientFrame, ServerFrame } from '../../src/transport/gateway/protocol.js';
import { NOON, aMessage, anAgent, anInteraction } from '../support/builders.js';

const COMMANDS: readonly Command[] = [
  { id: 'c1', name: 'accept-interaction', args: { interaction: 'i1' } },
  { id: 'c2', name: 'reject-interaction', args: { interaction: 'i1' }, ifVersion: 3 },
  { id: 'c3', name: 'open-interaction', args: { interaction: 'i1' } },
  { id: 'c4', name: 'move-to-workbin', args: { interaction: 'i1', workbin: 'personal:ana' } },
  { id: 'c5', name: 'mark-done', args: { interaction: 'i1' } },
  {
    id: 'c6',
    name: 'send-message',
    args: { interaction: 'i1', content: { kind: 'text', text: 'مرحبا 👋🏽' } },
  },
  { id: 'c7', name: 'set-agent-status', args: { status: 'not-ready', reason: 'Lunch' } },
];

const CLIENT_FRAMES: readonly ClientFrame[] = [
  { type: 'hello', token: 'ey.x.y', cursor: null },
  { type: 'hello', token: 'ey.x.y', cursor: { epoch: 'e', seq: 12 } },
  ...COMMANDS.map((command) => ({ type: 'command', command }) as const),
  {
    type: 'query',
    id: 'q1',
    query: { name: 'transcript', args: { interaction: 'i1', before: null, limit: 50 } },
  },
  { type: 'query', id: 'q2', query: { name: 'workbin', args: { workbin: 'team', after: 'i3', limit: 200 } } },
  { type: 'token', token: 'ey.z.z' },
  { type: 'pong' },
];

function client(value: unknown) {
  return parseClientFrame(JSON.stringify(value));
}

function refusedClient(value: unknown): string {
  const parsed = client(value);
  assert.equal(parsed.ok, false, 'the frame was taken');
  return parsed.ok ? '' : parsed.sentence;
}

function command(change: object): object {
  return { type: 'command', command: { ...COMMANDS[0], ...change } };
}

describe('parseClientFrame', () => {
  for (const frame of CLIENT_FRAMES) {
    const name = frame.type === 'command' ? frame.command.name : frame.type;
    it(`reads back what a desk writes: ${name}`, () => {
      assert.deepEqual(client(frame), { ok: true, frame });
    });
  }

  const HOSTILE: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['a list', []],
    ['a number', 7],
    ['no type', {}],
    ['an unknown frame', { type: 'shutdown' }],
    ['a frame named like a method of objects', { type: 'constructor' }],
    ['a frame named __proto__', JSON.parse('{"type":"__proto__"}')],
    ['a hello without token', { type: 'hello', cursor: null }],
    ['a hello without cursor', { type: 'hello', token: 't' }],
    ['a token of 8 kB and one', { type: 'token', token: 'x'.repeat(8193) }],
    ['a cursor before the log', { type: 'hello', token: 't', cursor: { epoch: 'e', seq: -1 } }],
    ['a cursor between places', { type: 'hello', token: 't', cursor: { epoch: 'e', seq: 1.5 } }],
    ['a cursor beyond exact numbers', { type: 'hello', token: 't', cursor: { epoch: 'e', seq: 2 ** 60 } }],
    ['an unknown command', command({ name: 'drop-tables' })],
    ['a command named like a method', command({ name: 'toString' })],
    ['a command without id', { type: 'command', command: { name: 'mark-done', args: { interaction: 'i' } } }],
    ['an empty id', command({ id: '' })],
    ['an id of 129 characters', command({ id: 'x'.repeat(129) })],
    ['an id with a NUL', command({ id: 'a\0b' })],
    ['an id with half a character', command({ id: '\ud83d' })],
    ['a number for an id', command({ id: 7 })],
    ['a list for arguments', command({ args: [] })],
    ['an object for an interaction', command({ args: { interaction: { $ne: null } } })],
    ['a version that is text', command({ ifVersion: '3' })],
    ['a negative version', command({ ifVersion: -1 })],
    [
      'content that desks do not send',
      command({
        name: 'send-message',
        args: { interaction: 'i', content: { kind: 'system', text: 'I am WhatsApp' } },
      }),
    ],
    [
      'a text of more than 10,000 characters',
      command({
        name: 'send-message',
        args: { interaction: 'i', content: { kind: 'text', text: 'x'.repeat(10_001) } },
      }),
    ],
    ['an unknown status', command({ name: 'set-agent-status', args: { status: 'away', reason: null } })],
    ['an unknown query', { type: 'query', id: 'q', query: { name: 'agents', args: {} } }],
    ...[0, 201, 1e9, 1.5, '50', null].map(
      (limit) =>
        [
          `a page of ${String(limit)}`,
          {
            type: 'query',
            id: 'q',
            query: { name: 'workbin', args: { workbin: 'team', after: null, limit } },
          },
        ] as const,
    ),
  ];

  for (const [what, value] of HOSTILE) {
    it(`refuses ${what} with a sentence`, () => {
      assert.match(refusedClient(value), /^\S.*\.$/);
    });
  }

  it('refuses text that is not JSON, and JSON that is cut off', () => {
    assert.equal(parseClientFrame('hello').ok, false);
    assert.equal(parseClientFrame('{"type":"pong"').ok, false);
    assert.equal(parseClientFrame('').ok, false);
  });

  it('refuses a frame that is too long before reading it', () => {
    const parsed = parseClientFrame(`{"type":"pong"}${' '.repeat(MAX_CLIENT_FRAME)}`);
    assert.equal(parsed.ok, false);
  });

  it('survives nesting that would exhaust a recursive reader', () => {
    assert.equal(parseClientFrame('['.repeat(60_000)).ok, false);
    assert.equal(parseClientFrame('{"type":'.repeat(8_000)).ok, false);
  });

  it('quotes nothing of the token in the sentence', () => {
    assert.doesNotMatch(refusedClient({ type: 'token', token: ['s3cret'] }), /s3cret/);
  });

  it('lets nothing through that is not part of the protocol', () => {
    const parsed = client({
      type: 'command',
      actor: 'root',
      command: { ...COMMANDS[5], agent: 'root', args: { ...COMMANDS[5]?.args, delivery: 'read' } },
    });
    assert.deepEqual(parsed, { ok: true, frame: { type: 'command', command: COMMANDS[5] } });
  });

  it('borrows no field from a prototype', () => {
    const parsed = parseClientFrame('{"type":"hello","cursor":null,"__proto__":{"token":"t"}}');
    assert.equal(parsed.ok, false);
  });

  it('replaces what no database takes in a text, and keeps the rest as typed', () => {
    const parsed = client(
      command({
        name: 'send-message',
        args: { interaction: 'i', content: { kind: 'text', text: 'a\0b\ud83d c\n👍🏽' } },
      }),
    );
    assert.ok(parsed.ok && parsed.frame.type === 'command' && parsed.frame.command.name === 'send-message');
    assert.equal(parsed.frame.command.args.content.text, 'a\ufffdb\ufffd c\n👍🏽');
  });

  it('takes a text that WhatsApp would refuse, so that the refusal can say why', () => {
    const text = 'x'.repeat(5000);
    const args = { interaction: 'i', content: { kind: 'text', text } };
    assert.equal(client(command({ name: 'send-message', args })).ok, true);
  });
});

function server(value: unknown) {
  return parseServerFrame(JSON.stringify(value));
}

const FACT = { interaction: anInteraction(), left: null };
const CONTENTS: readonly Content[] = [
  { kind: 'text', text: 'hi' },
  { kind: 'image', mediaId: 'm', mimeType: 'image/jpeg', fileName: null, caption: 'look', voice: false },
  { kind: 'audio', mediaId: null, mimeType: null, fileName: null, caption: null, voice: true },
  { kind: 'location', latitude: 1.5, longitude: -2, name: 'Port', address: null },
  { kind: 'contacts', names: ['Ana', 'Ben'] },
  { kind: 'reaction', emoji: null, target: 'wamid.1' },
  { kind: 'reply', source: 'list', title: 'Yes', description: null },
  { kind: 'order', itemCount: 3, text: null },
  { kind: 'system', text: 'New number' },
  { kind: 'edited', target: 'wamid.1', text: null },
  { kind: 'deleted', target: 'wamid.1' },
  { kind: 'unsupported', label: 'poll', detail: null },
];

const DRAFTS: readonly EventDraft[] = [
  draft('interaction-created', FACT),
  draft('interaction-queued', { ...FACT, cause: 'rejected' }),
  draft('interaction-offered', FACT),
  draft('interaction-assigned', { ...FACT, left: 'team', cause: 'opened' }),
  draft('interaction-parked', FACT),
  draft('interaction-done', FACT),
  draft('contact-changed', FACT),
  draft('session-started', { session: FACT.interaction.session }),
  ...CONTENTS.map((content) => draft('message-received', { message: aMessage({ content }) })),
  draft('message-sent', { message: aMessage({ direction: 'outbound', clientId: 'c' }) }),
  draft('delivery-changed', {
    message: 'm1',
    delivery: { state: 'failed', at: NOON, error: { code: 131047, detail: 'Re-engagement message' } },
  }),
  draft('agent-status-changed', { agent: anAgent() }),
];

function draft<T extends EventDraft['type']>(type: T, body: EventDraft<T>['body']): EventDraft {
  return { type, at: NOON, interaction: 'i1', actor: null, command: null, body } as EventDraft;
}

function logged(event: EventDraft): DomainEvent {
  return { ...event, seq: 8, id: 'e8' };
}

const SERVER_FRAMES: readonly ServerFrame[] = [
  {
    type: 'welcome',
    agent: anAgent(),
    issuer: 'acme',
    epoch: 'e',
    head: 7,
    serverTime: NOON,
    policy: DEFAULT_POLICY,
  },
  {
    type: 'reset',
    snapshot: {
      seq: 7,
      agent: anAgent(),
      interactions: [anInteraction()],
      workbins: [{ id: 'team', name: 'Team', owner: null, count: 2 }],
    },
  },
  ...DRAFTS.map((event) => ({ type: 'event', event: logged(event) }) as const),
  { type: 'cursor', seq: 9 },
  { type: 'receipt', receipt: { id: 'c1', ok: true, seq: 9 } },
  {
    type: 'receipt',
    receipt: { id: 'c1', ok: false, seq: 9, error: { kind: 'taken', sentence: 'Gone.', retryable: false } },
  },
  {
    type: 'result',
    id: 'q1',
    ok: true,
    result: {
      items: [{ kind: 'message', id: 'm1', at: NOON, message: aMessage() }],
      more: true,
      earlier: 'i0',
      cursor: { epoch: 'e', seq: 9 },
    },
  },
  {
    type: 'result',
    id: 'q2',
    ok: true,
    result: { interactions: [anInteraction()], more: false, cursor: { epoch: 'e', seq: 9 } },
  },
  { type: 'result', id: 'q3', ok: false, error: { kind: 'not-found', sentence: 'None.', retryable: false } },
  { type: 'ping' },
];

describe('parseServerFrame', () => {
  for (const frame of SERVER_FRAMES) {
    const name = frame.type === 'event' ? `event ${frame.event.type}` : frame.type;
    it(`reads back what the gateway writes: ${name}`, () => {
      assert.deepEqual(server(frame), { ok: true, frame });
    });
  }

  it('passes an event of an unknown type as it is', () => {
    const event = { ...logged(draft('interaction-done', FACT)), type: 'agent-praised', body: { stars: [5] } };
    assert.deepEqual(server({ type: 'event', event }), { ok: true, frame: { type: 'event', event } });
  });

  it('keeps a message of an unknown kind visible, in events and in previews', () => {
    const message = aMessage({ content: { kind: 'hologram', beams: 3 } as unknown as Content });
    const parsed = server({ type: 'event', event: logged(draft('message-received', { message })) });
    assert.ok(parsed.ok && parsed.frame.type === 'event' && parsed.frame.event.type === 'message-received');
    const read = (parsed.frame.event as DomainEvent<'message-received'>).body.message;
    assert.deepEqual(read.content, { kind: 'unsupported', label: 'hologram', detail: null });
    const state = reduce(
      { ...EMPTY_STATE, agent: anAgent(), interactions: new Map([['i1', anInteraction()]]) },
      { kind: 'event', event: parsed.frame.event },
    );
    assert.equal(state.cursor?.seq, 8);
  });

  it('keeps a message of a known kind visible that does not look as it should', () => {
    const content = { kind: 'order', itemCount: null, text: null } as unknown as Content;
    const event = logged(draft('message-received', { message: aMessage({ content }) }));
    const parsed = server({ type: 'event', event });
    assert.ok(parsed.ok && parsed.frame.type === 'event' && parsed.frame.event.type === 'message-received');
    const read = (parsed.frame.event as DomainEvent<'message-received'>).body.message;
    assert.deepEqual(read.content, { kind: 'unsupported', label: 'order', detail: null });
  });

  it('makes a notice of an item of an unknown kind', () => {
    const items = [{ kind: 'payment', id: 'p', at: NOON, amount: 3 }];
    const result = { items, more: false, earlier: null, cursor: { epoch: 'e', seq: 1 } };
    const parsed = server({ type: 'result', id: 'q', ok: true, result });
    assert.ok(
      parsed.ok && parsed.frame.type === 'result' && parsed.frame.ok && 'items' in parsed.frame.result,
    );
    assert.deepEqual(parsed.frame.result.items, [
      { kind: 'unknown-event', id: 'p', at: NOON, type: 'payment' },
    ]);
  });

  it('keeps the sentence of a refusal of an unknown kind', () => {
    const error = { kind: 'quota', sentence: 'Too many.', retryable: true };
    const parsed = server({ type: 'receipt', receipt: { id: 'c', ok: false, seq: 1, error } });
    assert.ok(parsed.ok && parsed.frame.type === 'receipt' && !parsed.frame.receipt.ok);
    assert.deepEqual(parsed.frame.receipt.error, { ...error, kind: 'invalid' });
  });

  it('refuses any known frame with a field missing or of another type', () => {
    for (const frame of SERVER_FRAMES) {
      for (const [path, broken] of mutations(frame)) {
        const parsed = server(broken);
        // What may be anything: the body of an event whose type the change made unknown, words that a later version may add, and what a
        // message says, which is then shown as unsupported.
        const open =
          (/\.(type|kind|ok)$/.test(path) && path !== 'frame.type') || /\.content\.[^.]+/.test(path);
        if (!open) assert.equal(parsed.ok, false, `${path} of ${frame.type} was taken`);
      }
    }
  });

  it('never makes anything that cannot be folded', () => {
    const known = { ...EMPTY_STATE, agent: anAgent(), interactions: new Map([['i1', anInteraction()]]) };
    const desk = reduce(known, { kind: 'transcript-opened', interaction: 'i1' });
    for (const frame of SERVER_FRAMES) {
      for (const [, broken] of mutations(frame)) {
        const parsed = server(broken);
        if (parsed.ok && parsed.frame.type === 'event')
          reduce(desk, { kind: 'event', event: parsed.frame.event });
        if (parsed.ok && parsed.frame.type === 'reset') {
          reduce(desk, { kind: 'snapshot', snapshot: parsed.frame.snapshot });
        }
      }
    }
  });
});

const OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  string: [7, { nested: true }],
  number: ['text', { nested: true }],
  boolean: ['text', null],
  object: ['text', 7],
};

/** Copies of a value in each of which one field, at any depth, is missing or of another type. */
function* mutations(value: unknown, path = 'frame'): Generator<readonly [string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    const at = `${path}.${key}`;
    const others = field === null ? [{ nested: true }] : OTHERS[typeof field];
    for (const other of [undefined, ...(others ?? [])]) yield [at, replaced(value, key, other)];
    for (const [deeper, changed] of mutations(field, at)) yield [deeper, replaced(value, key, changed)];
  }
}

function replaced(value: object, key: string, field: unknown): unknown {
  if (Array.isArray(value))
    return value.map((entry: unknown, i) => (String(i) === key ? (field ?? null) : entry));
  return { ...value, [key]: field };
}
