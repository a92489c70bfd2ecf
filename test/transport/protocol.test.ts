import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { DEFAULT_POLICY, EMPTY_STATE, NO_CONTEXT, mediaContent, reduce } from '../../src/model/index.js';
import type {
  Command,
  Content,
  DomainEvent,
  EventDraft,
  EventType,
  Message,
  MessageChange,
  MessageContext,
  OutboundContent,
  Queries,
  QueryName,
  Template,
} from '../../src/model/index.js';
import {
  MAX_CLIENT_FRAME,
  parseClientFrame,
  parseServerFrame,
  readResult,
} from '../../src/transport/gateway/protocol.js';
import type { ClientFrame, ServerFrame } from '../../src/transport/gateway/protocol.js';
import { NOON, aContact, aMessage, aReply, anAgent, anInteraction } from '../support/builders.js';

const VALUES = { header: {}, body: { 1: 'Zoe', name: 'Amina' }, buttons: { 0: 'x' } };
const CARD = {
  name: 'Ana',
  organization: null,
  phones: [{ phone: '+34 600 300 400', type: 'CELL', waId: '34600300400' }],
  emails: [{ email: 'ana@example.com', type: null }],
};
const OUTBOUND: readonly OutboundContent[] = [
  { kind: 'text', text: 'مرحبا 👋🏽' },
  { kind: 'media', as: 'image', upload: 'u1', media: { id: 'm1' }, fileName: null, caption: 'The bill' },
  { kind: 'media', as: 'document', upload: 'u1', media: null, fileName: 'bill.pdf', caption: null },
  { kind: 'template', name: 'order_update', language: 'en_US', values: VALUES },
  { kind: 'reaction', message: 'm1', emoji: '👍🏽' },
  { kind: 'reaction', message: 'm1', emoji: null },
  { kind: 'location', latitude: 41.4, longitude: -2.2, name: 'Port', address: null },
  { kind: 'contacts', cards: [CARD] },
];

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
  ...OUTBOUND.map((content, index) => ({
    id: `send-${index}`,
    name: 'send-message' as const,
    args: { interaction: 'i1', content, replyTo: 'm0', batch: { id: 'b1', index, of: OUTBOUND.length } },
  })),
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
  { type: 'ping' },
  { type: 'pong' },
];

const BAD_CONTENTS: readonly (readonly [string, unknown])[] = [
  ['a caption of more than 5,000 characters', { ...OUTBOUND[1], caption: 'x'.repeat(5001) }],
  ['a file without an upload', { ...OUTBOUND[1], upload: undefined }],
  ['a file that is sent as nothing known', { ...OUTBOUND[1], as: 'hologram' }],
  ['a file that is an address', { ...OUTBOUND[1], media: 'https://example.com/x.png' }],
  ['a template without a language', { kind: 'template', name: 'hello', values: VALUES }],
  ['a template with a list of values', { ...OUTBOUND[3], values: { ...VALUES, body: ['Zoe'] } }],
  ['a template with a number for a value', { ...OUTBOUND[3], values: { ...VALUES, body: { 1: 7 } } }],
  [
    'a template with 51 values',
    {
      ...OUTBOUND[3],
      values: { ...VALUES, body: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, 'x'])) },
    },
  ],
  [
    'a value of more than 2,000 characters',
    { ...OUTBOUND[3], values: { ...VALUES, body: { 1: 'x'.repeat(2001) } } },
  ],
  ['a reaction of a whole sentence', { ...OUTBOUND[4], emoji: 'x'.repeat(65) }],
  ['a place beyond the pole', { ...OUTBOUND[6], latitude: 90.1 }],
  ['a place beyond the date line', { ...OUTBOUND[6], longitude: -180.1 }],
  ['21 cards', { kind: 'contacts', cards: Array.from({ length: 21 }, () => CARD) }],
  [
    'a card with 21 numbers',
    { kind: 'contacts', cards: [{ ...CARD, phones: Array.from({ length: 21 }, () => CARD.phones[0]) }] },
  ],
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
    ...BAD_CONTENTS.map(
      ([what, content]) =>
        [what, command({ name: 'send-message', args: { interaction: 'i', content } })] as const,
    ),
    ...[-1, 100, 1.5, '0'].map(
      (index) =>
        [
          `a batch of which this is number ${String(index)}`,
          command({
            name: 'send-message',
            args: { interaction: 'i', content: OUTBOUND[0], batch: { id: 'b', index, of: 100 } },
          }),
        ] as const,
    ),
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
    assert.deepEqual(parsed.frame.command.args.content, { kind: 'text', text: 'a\ufffdb\ufffd c\n👍🏽' });
  });

  it('reads no message answered to and no batch alike, whether they are null or missing', () => {
    const args = { interaction: 'i', content: OUTBOUND[0] };
    const read = (more: object) => client(command({ name: 'send-message', args: { ...args, ...more } }));
    assert.deepEqual(read({ replyTo: null, batch: null }), read({}));
  });

  it('makes no prototype of a parameter named __proto__', () => {
    const values = JSON.parse('{"header":{},"body":{"__proto__":"x"},"buttons":{}}') as object;
    const args = { interaction: 'i', content: { ...OUTBOUND[3], values } };
    const parsed = client(command({ name: 'send-message', args }));
    assert.ok(parsed.ok && parsed.frame.type === 'command' && parsed.frame.command.name === 'send-message');
    const { content } = parsed.frame.command.args;
    assert.deepEqual(content.kind === 'template' && Object.entries(content.values.body), [
      ['__proto__', 'x'],
    ]);
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

const FACT = { interaction: anInteraction(), fromWorkbin: null };
const CONTENTS: readonly Content[] = [
  { kind: 'text', text: 'hi' },
  mediaContent('image', {
    mimeType: 'image/jpeg',
    caption: 'look',
    media: { id: 'f1' },
    status: 'stored',
    bytes: 4,
    width: 2,
    height: 3,
  }),
  mediaContent('audio', {
    voice: true,
    status: 'refused',
    waveform: [0, 50],
    error: { code: 131052, detail: 'Too large' },
  }),
  { kind: 'location', latitude: 1.5, longitude: -2, name: 'Port', address: null, url: null },
  {
    kind: 'contacts',
    cards: [
      {
        name: 'Ana',
        organization: null,
        phones: [{ phone: '+1', type: null, waId: '1' }],
        emails: [{ email: 'a@b.example', type: null }],
      },
    ],
  },
  { kind: 'reaction', emoji: null },
  {
    kind: 'reply',
    source: 'list',
    title: 'Yes',
    description: null,
    id: 'y',
    fields: [{ name: 'a', value: 'b' }],
  },
  {
    kind: 'order',
    itemCount: 3,
    items: [{ product: 'p', quantity: 3, price: 1.5, currency: 'EUR' }],
    catalog: 'c',
    text: null,
  },
  {
    kind: 'template',
    name: 'ready',
    language: 'en',
    header: null,
    body: 'Ready',
    footer: null,
    buttons: ['Thanks'],
  },
  { kind: 'system', text: 'New number', event: 'customer_changed_number' },
  { kind: 'edited', text: null },
  { kind: 'deleted' },
  { kind: 'unsupported', label: 'poll', detail: null, code: 131051 },
];

const CHANGES: readonly MessageChange[] = [
  { kind: 'reaction', by: null, emoji: '👍', at: NOON },
  { kind: 'edit', text: 'new', at: NOON, former: [{ text: 'old', at: NOON - 1 }] },
  { kind: 'deletion', at: NOON },
  {
    kind: 'media',
    media: { id: 'f1' },
    status: 'stored',
    mimeType: 'image/png',
    bytes: 10,
    width: 1,
    height: 1,
    duration: null,
    waveform: null,
    error: null,
  },
  { kind: 'replacement', content: { kind: 'text', text: 'real' }, context: null },
];

const DRAFTS: readonly EventDraft[] = [
  draft('interaction-created', FACT),
  draft('interaction-queued', { ...FACT, cause: 'rejected' }),
  draft('interaction-offered', FACT),
  draft('interaction-assigned', { ...FACT, fromWorkbin: 'team', cause: 'opened' }),
  draft('interaction-parked', FACT),
  draft('interaction-done', FACT),
  draft('contact-changed', FACT),
  draft('session-started', { session: FACT.interaction.session }),
  ...CONTENTS.map((content) => draft('message-received', { message: aMessage({ content }) })),
  ...CHANGES.map((change, i) => draft('message-changed', { message: 'm1', rev: i + 1, change })),
  draft('message-sent', { message: aMessage({ direction: 'outbound', clientId: 'c' }) }),
  draft('message-sent', { message: aReply({ batch: { id: 'album', index: 0, of: 2 } }) }),
  draft('delivery-changed', {
    message: 'm1',
    delivery: { state: 'failed', at: NOON, error: { code: 131047, detail: 'Re-engagement message' } },
  }),
  draft('agent-status-changed', { agent: anAgent() }),
  draft('centre-changed', {
    policy: DEFAULT_POLICY,
    workbins: [
      { id: 'team', name: 'Team' },
      { id: 'billing', name: 'Billing', closed: true },
    ],
  }),
  draft('interaction-merged', { ...FACT, into: anInteraction({ id: 'other' }) }),
  draft('interaction-merged', {
    ...FACT,
    into: anInteraction({ id: 'other' }),
    contacts: { kept: aContact(), ended: aContact({ id: 'other' }) },
  }),
  draft('channel-changed', {
    channel: { channel: 'n1', trouble: 'payment', code: 131042, since: NOON },
  }),
];

function draft<T extends EventDraft['type']>(type: T, body: EventDraft<T>['body']): EventDraft {
  return { type, at: NOON, interaction: 'i1', actor: null, command: null, body } as EventDraft;
}

function logged(event: EventDraft): DomainEvent {
  return { ...event, seq: 8, id: 'e8' };
}

const TEMPLATE: Template = {
  name: 'shop_address',
  language: 'en_US',
  category: 'utility',
  status: 'approved',
  quality: null,
  header: { kind: 'location' },
  body: 'Hello {{1}}, fetch it here.',
  footer: 'Thank you',
  buttons: [{ kind: 'url', text: 'The way', target: 'https://example.com/{{1}}' }],
  examples: { header: {}, body: { 1: 'Ana' }, buttons: {} },
  unsupported: [],
};

const PAGES: { readonly [N in QueryName]: Queries[N]['result'] } = {
  transcript: {
    items: [{ kind: 'message', id: 'm1', at: NOON, message: aMessage() }],
    next: { interaction: 'i0', before: null },
    cursor: { epoch: 'e', seq: 9 },
  },
  'transcript-part': {
    interaction: 'i0',
    item: 'm1',
    items: [{ kind: 'message', id: 'm1', at: NOON, message: aMessage() }],
    above: { interaction: 'i0', before: 'm1' },
    below: { interaction: 'i1', item: null },
    cursor: { epoch: 'e', seq: 9 },
  },
  'transcript-search': {
    items: [{ interaction: 'i0', item: 'm1', at: NOON }],
    next: '7:i0',
    cursor: { epoch: 'e', seq: 9 },
  },
  responses: {
    items: [
      {
        id: 'r1',
        category: 'c2',
        name: 'Hello',
        body: 'Hello <$Contact.FirstName$>',
        language: 'en',
        shortcut: 'hello',
        keywords: ['welcome'],
        attachments: [
          { media: { id: 'f1' }, as: 'document', fileName: 'a.pdf', mimeType: 'application/pdf', bytes: 5 },
        ],
        notification: {
          template: TEMPLATE,
          fields: [
            {
              part: 'body',
              key: '1',
              label: 'Name',
              type: 'text',
              initial: '<$Contact.FullName$>',
              currency: null,
            },
          ],
          header: { kind: 'location', latitude: 41.4, longitude: 2.2, name: 'Market', address: null },
        },
      },
    ],
    next: 'r1',
    cursor: { epoch: 'e', seq: 9 },
  },
  templates: { items: [TEMPLATE], next: 'shop_address en_US', cursor: { epoch: 'e', seq: 9 } },
  'response-categories': {
    items: [
      { id: 'c1', parent: null, name: 'Greetings' },
      { id: 'c2', parent: 'c1', name: 'First' },
    ],
    next: null,
    cursor: { epoch: 'e', seq: 9 },
  },
  workbin: { items: [anInteraction()], next: '4:i1', cursor: { epoch: 'e', seq: 9 } },
};

const WELCOME = {
  type: 'welcome' as const,
  agent: anAgent(),
  issuer: 'acme',
  epoch: 'e',
  head: 7,
  serverTime: NOON,
  policy: { ...DEFAULT_POLICY, files: { image: { types: ['image/png'], bytes: 1_000 } } },
  features: ['ping', 'send-text'],
  tokenExpiresAt: null,
};

const SERVER_FRAMES: readonly ServerFrame[] = [
  WELCOME,
  {
    type: 'reset',
    snapshot: {
      seq: 7,
      agent: anAgent(),
      interactions: [anInteraction()],
      workbins: [
        { id: 'team', name: 'Team', owner: null, count: 2 },
        { id: 'billing', name: 'Billing', owner: null, count: 1, closed: true },
      ],
    },
  },
  ...DRAFTS.map((event) => ({ type: 'event', event: logged(event) }) as const),
  { type: 'cursor', seq: 9 },
  { type: 'receipt', receipt: { id: 'c1', ok: true, seq: 9, result: null } },
  {
    type: 'receipt',
    receipt: { id: 'c1', ok: false, seq: 9, error: { kind: 'taken', sentence: 'Gone.', retryable: false } },
  },
  { type: 'result', id: 'q1', ok: true, result: PAGES.transcript },
  { type: 'result', id: 'q2', ok: true, result: PAGES.workbin },
  { type: 'result', id: 'q3', ok: false, error: { kind: 'not-found', sentence: 'None.', retryable: false } },
  { type: 'ping' },
  { type: 'pong', serverTime: NOON },
  { type: 'token', expiresAt: NOON },
];

// What may be missing or anything: policy and what was added later have defaults, parts of a receipt too; bodies of events, entries of lists and results
// are looked at below.
const TOLERATED = new RegExp(
  [
    String.raw`frame\.(policy|features|tokenExpiresAt|result|error)`,
    String.raw`frame\.receipt\.(ok|error|seq|result)`,
    String.raw`frame\.event\.(body|type$)`,
    String.raw`frame\.snapshot\.(interactions|workbins)\.`,
    String.raw`frame\.ok`,
  ]
    .map((path) => `^${path}`)
    .join('|'),
);

describe('parseServerFrame', () => {
  let said = mock.method(console, 'error', () => undefined);
  beforeEach(() => (said = mock.method(console, 'error', () => undefined)));
  afterEach(() => said.mock.restore());

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
    assert.deepEqual(read.content, { kind: 'unsupported', label: 'hologram', detail: null, code: null });
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
    assert.deepEqual(read.content, { kind: 'unsupported', label: 'order', detail: null, code: null });
  });

  it('makes a notice of an item of an unknown kind', () => {
    const items = [{ kind: 'payment', id: 'p', at: NOON, amount: 3 }];
    const result = { items, next: null, cursor: { epoch: 'e', seq: 1 } };
    const reading = readResult('transcript', result);
    assert.ok(reading.ok);
    assert.deepEqual(reading.value.items, [{ kind: 'unknown-event', id: 'p', at: NOON, type: 'payment' }]);
  });

  it('reads the messages of an older gateway', () => {
    const { rev, reactions, editedAt, former, deletedAt, ...older } = aMessage({
      content: {
        kind: 'image',
        mimeType: 'image/png',
        fileName: null,
        caption: 'x',
        voice: false,
      } as Content,
      context: { replyTo: null, forwarded: true } as MessageContext,
    });
    const parsed = server({
      type: 'event',
      event: logged(draft('message-received', { message: older as Message })),
    });
    assert.ok(parsed.ok && parsed.frame.type === 'event');
    assert.deepEqual((parsed.frame.event as DomainEvent<'message-received'>).body.message, {
      ...older,
      rev,
      reactions,
      editedAt,
      former,
      deletedAt,
      content: mediaContent('image', { mimeType: 'image/png', caption: 'x' }),
      context: { ...NO_CONTEXT, forwarded: true },
    });
  });

  it('takes a status of a file that a later version knows for one of a file still to come', () => {
    const content = { ...mediaContent('image'), status: 'thawing' } as unknown as Content;
    const image = server({
      type: 'event',
      event: logged(draft('message-received', { message: aMessage({ content }) })),
    });
    assert.ok(image.ok && image.frame.type === 'event');
    const read = (image.frame.event as DomainEvent<'message-received'>).body.message.content;
    assert.deepEqual(read, mediaContent('image'));
  });

  it('keeps a refusal of an unknown kind', () => {
    const error = { kind: 'quota', sentence: 'Too many.', retryable: true };
    const parsed = server({ type: 'receipt', receipt: { id: 'c', ok: false, seq: 1, error } });
    assert.ok(parsed.ok && parsed.frame.type === 'receipt' && !parsed.frame.receipt.ok);
    assert.deepEqual(parsed.frame.receipt.error, error);
  });

  it('refuses a known frame with a field missing or of another type', () => {
    for (const frame of SERVER_FRAMES) {
      for (const [path, broken, missing] of mutations(frame)) {
        if (missing && LATER.test(path)) continue;
        if (!TOLERATED.test(path))
          assert.equal(server(broken).ok, false, `${path} of ${frame.type} was taken`);
      }
    }
  });

  it('makes an unknown event of a known one that does not fit, and keeps its place', () => {
    let unfit = 0;
    for (const event of DRAFTS.map(logged)) {
      for (const [path, body, missing] of mutations(event.body)) {
        const parsed = server({ type: 'event', event: { ...event, body } });
        assert.ok(parsed.ok && parsed.frame.type === 'event', `${path} of ${event.type} ended the link`);
        const { type, seq } = parsed.frame.event;
        assert.ok(type === event.type || type === `${event.type}?`, type);
        assert.equal(seq, event.seq);
        if (type !== event.type) unfit++;
        else if (!missing || !LATER.test(path))
          assert.match(path, /\.content\.[^.]+|\.kind$|\.notice$|\.policy\.\w+$/);
      }
    }
    assert.ok(unfit > 300);
  });

  it('leaves out of a snapshot or page what does not fit, and nothing else', () => {
    const good = anInteraction();
    const interactions = [{ ...good, id: 7 }, good];
    const snapshot = { seq: 7, agent: anAgent(), interactions, workbins: [{ id: 'x' }] };
    const parsed = server({ type: 'reset', snapshot });
    assert.ok(parsed.ok && parsed.frame.type === 'reset');
    assert.deepEqual([parsed.frame.snapshot.interactions, parsed.frame.snapshot.workbins], [[good], []]);
    const page = readResult('workbin', { ...PAGES.workbin, items: [null, good] });
    assert.ok(page.ok);
    assert.deepEqual(page.value.items, [good]);
    assert.equal(said.mock.callCount(), 3);
  });

  it('takes words of a later version as they are', () => {
    const interaction = { ...anInteraction(), state: 'transferring' };
    const status = { ...anAgent(), status: 'logged-out' };
    const delivery = { state: 'listened', at: NOON, error: null };
    const bodies: readonly (readonly [EventType, object])[] = [
      ['interaction-assigned', { interaction, fromWorkbin: null, cause: 'transferred' }],
      ['interaction-queued', { interaction, fromWorkbin: null, cause: 'agent-logged-out' }],
      ['agent-status-changed', { agent: status }],
      ['delivery-changed', { message: 'm1', delivery }],
      ['session-started', { session: { ...interaction.session, direction: 'internal' } }],
    ];
    for (const [type, body] of bodies) {
      const event = { ...logged(draft('interaction-done', FACT)), type, body };
      assert.deepEqual(server({ type: 'event', event }), { ok: true, frame: { type: 'event', event } });
    }
  });

  it('reads a welcome that says less than this version knows', () => {
    const { type, agent, issuer, epoch, head, serverTime } = WELCOME;
    const parsed = server({ type, agent, issuer, epoch, head, serverTime, policy: { textLimit: 1000 } });
    assert.ok(parsed.ok && parsed.frame.type === 'welcome');
    assert.deepEqual(parsed.frame, {
      ...WELCOME,
      policy: { ...DEFAULT_POLICY, textLimit: 1000 },
      features: [],
      tokenExpiresAt: null,
    });
    assert.equal(server({ type, agent, issuer, epoch, head, serverTime }).ok, true);
  });

  it('takes limits of files that it cannot read for those of WhatsApp', () => {
    for (const files of ['none', { image: { types: 'image/png', bytes: 1 } }, { video: { types: [] } }]) {
      const parsed = server({ ...WELCOME, policy: { ...DEFAULT_POLICY, files } });
      assert.ok(parsed.ok && parsed.frame.type === 'welcome');
      assert.deepEqual(parsed.frame.policy, DEFAULT_POLICY);
    }
  });

  it('takes a frame of a later version for nothing', () => {
    assert.deepEqual(server({ type: 'upload-progress', id: 'u1', sent: 3 }), {
      ok: true,
      frame: { type: 'later' },
    });
  });

  it('makes an answer of any receipt that names its command', () => {
    const parsed = server({ type: 'receipt', receipt: { id: 'c1', ok: 'perhaps', error: 7 } });
    assert.ok(parsed.ok && parsed.frame.type === 'receipt' && !parsed.frame.receipt.ok);
    assert.deepEqual([parsed.frame.receipt.id, parsed.frame.receipt.error.kind], ['c1', 'invalid']);
  });

  it('refuses a result of another shape than its query asks for', () => {
    for (const [name, page] of Object.entries(PAGES) as [QueryName, (typeof PAGES)[QueryName]][]) {
      assert.deepEqual(readResult(name, page), { ok: true, value: page });
      for (const [path, broken] of mutations(page)) {
        if (!path.startsWith('frame.items.'))
          assert.equal(readResult(name, broken).ok, false, `${path} of ${name} was taken`);
      }
    }
    assert.equal(readResult('transcript', { ...PAGES.workbin, items: [] }).ok, false);
    assert.equal(readResult('workbin', { ...PAGES.transcript, items: [] }).ok, false);
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

/** What an older gateway does not tell of messages and workbins: read as if nothing had happened to them. */
const LATER =
  /policy\.notReadyReasons$|workbins\.\d+\.closed$|\.contacts$|message\.(rev|reactions|editedAt|former|deletedAt|batch)$|change\.(media|status|bytes|width|height|duration|waveform|error)$/;

const OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  string: [7, { nested: true }],
  number: ['text', { nested: true }],
  boolean: ['text', null],
  object: ['text', 7],
};

/** Copies of a value in each of which one field, at any depth, is missing or of another type. */
function* mutations(value: unknown, path = 'frame'): Generator<readonly [string, unknown, boolean]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    const at = `${path}.${key}`;
    const others = field === null ? [{ nested: true }] : OTHERS[typeof field];
    for (const other of [undefined, ...(others ?? [])])
      yield [at, replaced(value, key, other), other === undefined];
    for (const [deeper, changed, missing] of mutations(field, at))
      yield [deeper, replaced(value, key, changed), missing];
  }
}

function replaced(value: object, key: string, field: unknown): unknown {
  if (Array.isArray(value))
    return value.map((entry: unknown, i) => (String(i) === key ? (field ?? null) : entry));
  return { ...value, [key]: field };
}
