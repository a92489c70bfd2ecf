import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { NO_VALUES, type Template } from 'whatsapp-workspace/model';
import type { Sendable, SendableMedia } from '../../src/cloud-api/index.js';
import { contentBody } from '../../src/cloud-api/outbound.js';

const PHOTO: SendableMedia = {
  kind: 'media',
  type: 'image',
  mediaId: '4545454545454',
  caption: 'The damage',
  fileName: 'IMG_1.jpg',
  voice: false,
};

test('a caption and a file name go only where WhatsApp takes them', () => {
  const of = (type: SendableMedia['type']) => contentBody({ ...PHOTO, type, voice: type === 'audio' });
  assert.deepEqual(of('image'), {
    type: 'image',
    image: { id: '4545454545454', caption: 'The damage' },
  });
  assert.deepEqual(of('document'), {
    type: 'document',
    document: { id: '4545454545454', caption: 'The damage', filename: 'IMG_1.jpg' },
  });
  assert.deepEqual(of('audio'), { type: 'audio', audio: { id: '4545454545454', voice: true } });
  assert.deepEqual(of('sticker'), { type: 'sticker', sticker: { id: '4545454545454' } });
});

const PLAIN: Template = {
  name: 'appointment',
  language: 'en_US',
  category: 'utility',
  status: 'approved',
  quality: null,
  header: null,
  body: 'See you.',
  footer: null,
  buttons: [],
  examples: NO_VALUES,
  unsupported: [],
};

function templateBody(
  template: Partial<Template>,
  more: Partial<Extract<Sendable, { kind: 'template' }>> = {},
) {
  const whole = { ...PLAIN, ...template };
  const body = contentBody({ kind: 'template', template: whole, values: NO_VALUES, header: null, ...more });
  assert.equal(body['type'], 'template');
  return body['template'] as { readonly components?: readonly object[] };
}

test('parameters of a template go by number in their order, or by name', () => {
  assert.deepEqual(templateBody({}), {
    name: 'appointment',
    language: { policy: 'deterministic', code: 'en_US' },
  });
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [String(11 - i), `v${11 - i}`]));
  const text = Object.keys(eleven)
    .toReversed()
    .map((key) => `{{${key}}}`)
    .join(' ');
  const numbered = templateBody(
    { body: text },
    { values: { ...NO_VALUES, body: { ...eleven, stray: 'x' } } },
  );
  assert.deepEqual(numbered.components, [
    { type: 'body', parameters: Array.from({ length: 11 }, (_, i) => ({ type: 'text', text: `v${i + 1}` })) },
  ]);
  const named = templateBody(
    { header: { kind: 'text', text: 'To {{city}}' }, body: '{{name}}, on {{day}}.' },
    { values: { ...NO_VALUES, header: { city: 'Oslo' }, body: { day: 'Monday', name: 'Kari' } } },
  );
  assert.deepEqual(named.components, [
    { type: 'header', parameters: [{ type: 'text', parameter_name: 'city', text: 'Oslo' }] },
    {
      type: 'body',
      parameters: [
        { type: 'text', parameter_name: 'name', text: 'Kari' },
        { type: 'text', parameter_name: 'day', text: 'Monday' },
      ],
    },
  ]);
});

test('buttons of a template take the end of a link, a code, or nothing', () => {
  const buttons: Template['buttons'] = [
    { kind: 'quick-reply', text: 'Stop', target: null },
    { kind: 'url', text: 'Track', target: 'https://example.com/{{1}}' },
    { kind: 'url', text: 'Care', target: 'https://example.com/care' },
    { kind: 'copy-code', text: '', target: null },
    { kind: 'phone', text: 'Call', target: '+1202' },
    { kind: 'flow', text: 'Book', target: null },
  ];
  const values = { ...NO_VALUES, buttons: { '1': 'seat/12', '3': 'OAK15', '4': 'stray' } };
  assert.deepEqual(templateBody({ buttons }, { values }).components, [
    { type: 'button', sub_type: 'url', index: 1, parameters: [{ type: 'text', text: 'seat/12' }] },
    {
      type: 'button',
      sub_type: 'copy_code',
      index: 3,
      parameters: [{ type: 'coupon_code', coupon_code: 'OAK15' }],
    },
    {
      type: 'button',
      sub_type: 'flow',
      index: 5,
      parameters: [{ type: 'action', action: { flow_token: 'unused' } }],
    },
  ]);
});

test('a one-time code goes into the text and onto its button', () => {
  const code = { body: '{{1}}', buttons: [{ kind: 'one-time-code', text: 'Copy', target: null }] };
  assert.deepEqual(templateBody(code, { values: { ...NO_VALUES, body: { '1': '784H45' } } }).components, [
    { type: 'body', parameters: [{ type: 'text', text: '784H45' }] },
    { type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text: '784H45' }] },
  ]);
});

test('a file or a place stands above the text of a template', () => {
  const media = (as: 'image' | 'video' | 'document') => ({ header: { kind: 'media', as } }) as const;
  const header = { kind: 'media', mediaId: '4545', fileName: 'bill.pdf' } as const;
  assert.deepEqual(templateBody(media('image'), { header }).components, [
    { type: 'header', parameters: [{ type: 'image', image: { id: '4545' } }] },
  ]);
  assert.deepEqual(templateBody(media('document'), { header }).components, [
    { type: 'header', parameters: [{ type: 'document', document: { id: '4545', filename: 'bill.pdf' } }] },
  ]);
  const place = {
    kind: 'location',
    latitude: 46.5,
    longitude: 11.3,
    name: 'Workshop',
    address: null,
  } as const;
  assert.deepEqual(templateBody({ header: { kind: 'location' } }, { header: place }).components, [
    {
      type: 'header',
      parameters: [{ type: 'location', location: { latitude: 46.5, longitude: 11.3, name: 'Workshop' } }],
    },
  ]);
});

test('a reaction that is taken back is an empty one', () => {
  assert.deepEqual(contentBody({ kind: 'reaction', target: 'wamid.1', emoji: null }), {
    type: 'reaction',
    reaction: { message_id: 'wamid.1', emoji: '' },
  });
});

// From gateway/dist/test/cloud-api to the folder beside the repository.
const FOLDER = new URL('../../../../../shared/fixtures/graph-api/', import.meta.url);
const SKIP = existsSync(FOLDER) ? false : 'the recorded requests are not on this machine';

const body = (values: readonly string[]) =>
  Object.fromEntries(values.map((value, i) => [String(i + 1), value]));

/** Requests of other clients, and what of ours says the same. */
const RECORDED: readonly (readonly [string, string, Sendable])[] = [
  [
    'a template with one parameter',
    'java__expected_message_expectedMessage2.json',
    {
      kind: 'template',
      template: { ...PLAIN, name: 'number_confirmation', language: 'pt_BR', body: 'It is {{1}}.' },
      values: { header: {}, body: body(['18754269072']), buttons: {} },
      header: null,
    },
  ],
  [
    'a voice message by its id',
    'java__expected_message_expectedMessage7.json',
    { ...PHOTO, type: 'audio', caption: null, fileName: null },
  ],
  [
    'a place',
    'java__expected_message_expectedMessage13.json',
    {
      kind: 'location',
      latitude: 39.284064,
      longitude: -84.265742,
      name: 'Loveland Castle Museum',
      address: '12025 Shore Dr, Loveland, OH 45140',
    },
  ],
];

suite('recorded requests of other clients', { skip: SKIP }, () => {
  for (const [what, file, content] of RECORDED) {
    test(what, () => {
      const recorded = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { readonly type: string };
      const ours = contentBody(content);
      assert.equal(ours['type'], recorded.type);
      assert.deepEqual(
        asText(ours[recorded.type]),
        asText((recorded as unknown as Record<string, unknown>)[recorded.type]),
      );
    });
  }
});

/** Graph takes numbers as digits too, and has only one policy for languages. */
function asText(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key === 'policy' ? undefined : typeof inner === 'number' ? String(inner) : inner,
    ),
  );
}
