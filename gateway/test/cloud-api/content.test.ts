import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaContent, type ContactCard, type Content, type MediaContent } from 'whatsapp-workspace/model';
import { parseWebhook } from '../../src/cloud-api/index.js';
import { contact, message, oneMessage, value, webhook } from './payloads.js';

function contentOf(body: unknown): Content {
  const [item, ...more] = parseWebhook(body);
  assert.equal(more.length, 0);
  assert.equal(item?.kind, 'message');
  return item.content;
}

const unsupported = (label: string, detail: string | null = null, code: number | null = null): Content => ({
  kind: 'unsupported',
  label,
  detail,
  code,
});
const media = ({ kind = 'image', ...known }: Partial<MediaContent>): Content => mediaContent(kind, known);
const card = (name: string, known: Partial<ContactCard> = {}): ContactCard => ({
  name,
  organization: null,
  phones: [],
  emails: [],
  ...known,
});
const UNSUPPORTED_ERROR = {
  code: 131051,
  title: 'Message type unknown',
  message: 'Message type unknown',
  error_data: { details: 'Message type is currently not supported.' },
};

const CASES: readonly (readonly [
  what: string,
  type: string,
  content: Record<string, unknown>,
  expected: Content,
])[] = [
  ['text', 'text', { text: { body: ' *Hi*\nthere <b>' } }, { kind: 'text', text: ' *Hi*\nthere <b>' }],
  ['empty text', 'text', { text: { body: '' } }, { kind: 'text', text: '' }],
  [
    'image',
    'image',
    { image: { id: '11', mime_type: 'image/jpeg', sha256: 'x=', caption: 'My roof' } },
    media({ mimeType: 'image/jpeg', caption: 'My roof', sha256: 'x=' }),
  ],
  [
    'voice note',
    'audio',
    { audio: { id: '12', mime_type: 'audio/ogg; codecs=opus', voice: true } },
    media({ kind: 'audio', mimeType: 'audio/ogg; codecs=opus', voice: true }),
  ],
  [
    'audio file',
    'audio',
    { audio: { id: 13, mime_type: 'audio/mpeg', voice: false } },
    media({ kind: 'audio', mimeType: 'audio/mpeg' }),
  ],
  [
    'video',
    'video',
    { video: { id: '14', mime_type: 'video/mp4' } },
    media({ kind: 'video', mimeType: 'video/mp4' }),
  ],
  [
    'document',
    'document',
    { document: { id: '15', mime_type: 'application/pdf', filename: 'facture été.pdf' } },
    media({ kind: 'document', mimeType: 'application/pdf', fileName: 'facture été.pdf' }),
  ],
  [
    'sticker',
    'sticker',
    { sticker: { id: '16', mime_type: 'image/webp', animated: true, sha256: 'c2hh', file_size: 900 } },
    media({ kind: 'sticker', mimeType: 'image/webp', animated: true, sha256: 'c2hh', bytes: 900 }),
  ],
  [
    'file that was too large',
    'video',
    { errors: [{ code: 131052, title: 'Media download error' }] },
    media({ kind: 'video', status: 'refused', error: { code: 131052, detail: 'Media download error' } }),
  ],
  [
    'location',
    'location',
    {
      location: {
        latitude: -1.28,
        longitude: '36.81',
        name: 'Depot',
        address: 'Moi Avenue',
        url: 'https://depot.example',
      },
    },
    {
      kind: 'location',
      latitude: -1.28,
      longitude: 36.81,
      name: 'Depot',
      address: 'Moi Avenue',
      url: 'https://depot.example',
    },
  ],
  ['location without a place', 'location', { location: { latitude: 'north' } }, unsupported('location')],
  [
    'contact cards',
    'contacts',
    {
      contacts: [
        {
          name: { formatted_name: 'Dr. Otieno', first_name: 'J' },
          org: { company: 'Clinic' },
          phones: [{ phone: '+254 700 9', type: 'WORK', wa_id: '254700009' }],
          emails: [{ email: 'o@clinic.example', type: 'WORK' }, {}],
        },
        { name: { first_name: 'Mary', last_name: 'Njeri' } },
        { phones: [{ phone: '+254 700 1' }] },
        {},
      ],
    },
    {
      kind: 'contacts',
      cards: [
        card('Dr. Otieno', {
          organization: 'Clinic',
          phones: [{ phone: '+254 700 9', type: 'WORK', waId: '254700009' }],
          emails: [{ email: 'o@clinic.example', type: 'WORK' }],
        }),
        card('Mary Njeri'),
        card('+254 700 1', { phones: [{ phone: '+254 700 1', type: null, waId: null }] }),
        card('?'),
      ],
    },
  ],
  [
    'reaction',
    'reaction',
    { reaction: { message_id: 'wamid.out', emoji: '👍🏽' } },
    { kind: 'reaction', emoji: '👍🏽' },
  ],
  [
    'reaction taken back, emoji empty',
    'reaction',
    { reaction: { message_id: 'wamid.out', emoji: '' } },
    { kind: 'reaction', emoji: null },
  ],
  [
    'reaction taken back, emoji absent',
    'reaction',
    { reaction: { message_id: 'wamid.out' } },
    { kind: 'reaction', emoji: null },
  ],
  [
    'template button',
    'button',
    { button: { text: 'Yes, please', payload: 'YES' } },
    { kind: 'reply', source: 'button', title: 'Yes, please', description: null, id: 'YES', fields: [] },
  ],
  [
    'reply button',
    'interactive',
    { interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Tomorrow' } } },
    { kind: 'reply', source: 'button', title: 'Tomorrow', description: null, id: 'b1', fields: [] },
  ],
  [
    'list row',
    'interactive',
    { interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Roof', description: 'Leaks' } } },
    { kind: 'reply', source: 'list', title: 'Roof', description: 'Leaks', id: 'r1', fields: [] },
  ],
  [
    'flow',
    'interactive',
    {
      interactive: {
        type: 'nfm_reply',
        nfm_reply: {
          name: 'flow',
          body: 'Sent',
          response_json: '{"flow_token":"t","rating":5,"note":"fine"}',
        },
      },
    },
    {
      kind: 'reply',
      source: 'flow',
      title: 'Sent',
      description: null,
      id: 'flow',
      fields: [
        { name: 'rating', value: '5' },
        { name: 'note', value: 'fine' },
      ],
    },
  ],
  [
    'flow whose answers are no JSON',
    'interactive',
    { interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json: 'rating 5' } } },
    { kind: 'reply', source: 'flow', title: 'flow', description: 'rating 5', id: 'flow', fields: [] },
  ],
  [
    'call permission',
    'interactive',
    { interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } } },
    {
      kind: 'reply',
      source: 'button',
      title: 'accept',
      description: 'call_permission_reply',
      id: null,
      fields: [],
    },
  ],
  [
    'interactive kind of the future',
    'interactive',
    { interactive: { type: 'product', product: { id: '9' } } },
    unsupported('product'),
  ],
  [
    'order',
    'order',
    {
      order: {
        catalog_id: 'c',
        text: 'By Friday',
        product_items: [
          { product_retailer_id: 'oak', quantity: '2', item_price: '19.5', currency: 'EUR' },
          { quantity: 3 },
          {},
        ],
      },
    },
    {
      kind: 'order',
      itemCount: 6,
      items: [
        { product: 'oak', quantity: 2, price: 19.5, currency: 'EUR' },
        { product: '?', quantity: 3, price: null, currency: null },
        { product: '?', quantity: 1, price: null, currency: null },
      ],
      catalog: 'c',
      text: 'By Friday',
    },
  ],
  [
    'system text',
    'system',
    { system: { type: 'customer_identity_changed', body: 'Security code changed' } },
    { kind: 'system', text: 'Security code changed', event: 'customer_identity_changed' },
  ],
  [
    'edit of a text',
    'edit',
    { edit: { original_message_id: 'wamid.zero', message: { type: 'text', text: { body: 'Hello all' } } } },
    { kind: 'edited', text: 'Hello all' },
  ],
  [
    'edit of a caption',
    'edit',
    {
      edit: {
        original_message_id: 'wamid.zero',
        message: { type: 'image', image: { id: '1', caption: 'Roof' } },
      },
    },
    { kind: 'edited', text: 'Roof' },
  ],
  ['revoke', 'revoke', { revoke: { original_message_id: 'wamid.zero' } }, { kind: 'deleted' }],
  ['revoke of nothing', 'revoke', {}, unsupported('revoke')],
  ['opened chat', 'request_welcome', {}, unsupported('request_welcome')],
  [
    'unsupported',
    'unsupported',
    { errors: [UNSUPPORTED_ERROR], unsupported: { type: 'poll' } },
    unsupported('poll', 'Message type is currently not supported.', 131051),
  ],
  [
    'unsupported, older shape of the error',
    'unsupported',
    { errors: [{ code: 131051, details: 'Not supported', title: 'Unsupported' }] },
    unsupported('unsupported', 'Not supported', 131051),
  ],
  ['type of the future', 'in_orbit', { in_orbit: { height: 400 } }, unsupported('in_orbit')],
  ['type named like a property of every object', 'constructor', {}, unsupported('constructor')],
  ['type without its content', 'text', {}, unsupported('text')],
];

for (const [what, type, content, expected] of CASES) {
  test(`content: ${what}`, () => assert.deepEqual(contentOf(oneMessage(type, content)), expected));
}

test('content is found when the type is not named', () => {
  const { type: _, ...untyped } = message();
  const body = webhook(value({ contacts: [contact()], messages: [untyped] }));
  assert.deepEqual(contentOf(body), { kind: 'text', text: 'Hello' });
});

test('an error beside the messages explains a message without content', () => {
  const { text: _, ...bare } = message({ type: 'interactive' });
  const errors = [
    { code: 131000, title: 'Something went wrong', error_data: { details: 'Payload unknown' } },
  ];
  const items = parseWebhook(webhook(value({ contacts: [contact()], messages: [bare], errors })));
  assert.deepEqual(
    items.map((item) => item.kind),
    ['message', 'other'],
  );
  assert.deepEqual(
    items[0]?.kind === 'message' && items[0].content,
    unsupported('interactive', 'Payload unknown', 131000),
  );
});

test('strings come without what a database refuses', () => {
  const text = 'a\0b \ud83d c 😀';
  const content = contentOf(oneMessage('text', { text: { body: text } }));
  assert.deepEqual(content, { kind: 'text', text: 'ab \ufffd c 😀' });
});
