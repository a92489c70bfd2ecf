import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
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

test('parameters of a template go by number in their order, or by name', () => {
  const template = (values: Partial<Extract<Sendable, { kind: 'template' }>['values']>) =>
    contentBody({
      kind: 'template',
      name: 'appointment',
      language: 'en_US',
      values: { header: {}, body: {}, buttons: {}, ...values },
    });
  assert.deepEqual(template({}), {
    type: 'template',
    template: { name: 'appointment', language: { code: 'en_US' } },
  });
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [String(11 - i), `v${11 - i}`]));
  const { template: numbered } = template({ body: eleven, buttons: { '1': 'seat/12' } }) as unknown as {
    template: { components: readonly object[] };
  };
  assert.deepEqual(numbered.components, [
    { type: 'body', parameters: Array.from({ length: 11 }, (_, i) => ({ type: 'text', text: `v${i + 1}` })) },
    { type: 'button', sub_type: 'url', index: 1, parameters: [{ type: 'text', text: 'seat/12' }] },
  ]);
  const { template: named } = template({
    header: { city: 'Oslo' },
    body: { name: 'Kari', day: 'Monday' },
  }) as unknown as {
    template: { components: readonly object[] };
  };
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
      name: 'number_confirmation',
      language: 'pt_BR',
      values: { header: {}, body: body(['18754269072']), buttons: {} },
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

/** Graph takes numbers as digits too. */
function asText(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' ? String(inner) : inner)),
  );
}
