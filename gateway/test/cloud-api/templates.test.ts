import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateParameters } from 'whatsapp-workspace/model';
import { CloudTemplates, readTemplate } from '../../src/cloud-api/index.js';

const KEY = { name: 'one', language: 'en_US' };

function read(told: object) {
  return readTemplate({ ...KEY, told: told as Record<string, unknown> });
}

test('all parts of a template are read', () => {
  const template = read({
    category: 'MARKETING',
    status: 'PENDING_DELETION',
    quality_score: { score: 'YELLOW' },
    parameter_format: 'NAMED',
    components: [
      {
        type: 'HEADER',
        format: 'TEXT',
        text: 'For {{who}}',
        example: { header_text_named_params: [{ param_name: 'who', example: 'Ana' }] },
      },
      {
        type: 'BODY',
        text: 'On {{day}}, {{who}}.',
        example: {
          body_text_named_params: [
            { param_name: 'who', example: 'Ana' },
            { param_name: 'day', example: 'Monday' },
          ],
        },
      },
      { type: 'FOOTER', text: 'Us' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Stop' },
          { type: 'URL', text: 'See', url: 'https://a.example/{{1}}', example: ['https://a.example/x'] },
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+1202' },
          { type: 'COPY_CODE', example: 'OAK15' },
          { type: 'VOICE_CALL', text: 'Talk' },
        ],
      },
    ],
  });
  assert.deepEqual(template, {
    ...KEY,
    category: 'marketing',
    status: 'pending-deletion',
    quality: 'yellow',
    header: { kind: 'text', text: 'For {{who}}' },
    body: 'On {{day}}, {{who}}.',
    footer: 'Us',
    buttons: [
      { kind: 'quick-reply', text: 'Stop', target: null },
      { kind: 'url', text: 'See', target: 'https://a.example/{{1}}' },
      { kind: 'phone', text: 'Call', target: '+1202' },
      { kind: 'copy-code', text: '', target: null },
      { kind: 'voice-call', text: 'Talk', target: null },
    ],
    examples: {
      header: { who: 'Ana' },
      body: { day: 'Monday', who: 'Ana' },
      buttons: { 1: 'https://a.example/x', 3: 'OAK15' },
    },
    unsupported: [],
  });
});

test('examples of counted parameters come in their order, also in a flat list', () => {
  for (const body_text of [[['x', 'y']], ['x', 'y']]) {
    const { examples } = read({
      components: [{ type: 'BODY', text: '{{2}} and {{1}}', example: { body_text } }],
    });
    assert.deepEqual(examples.body, { 1: 'x', 2: 'y' });
  }
});

test('what cannot be sent is named', () => {
  const template = read({
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'PRODUCT' },
      { type: 'BODY', text: 'Hello' },
      { type: 'CAROUSEL', cards: [] },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'No' },
          { type: 'MPM', text: 'View items' },
        ],
      },
    ],
  });
  assert.deepEqual(template.unsupported, ['CAROUSEL', 'HEADER PRODUCT', 'MPM']);
  assert.deepEqual(template.buttons[1], { kind: 'mpm', text: 'View items', target: null });
});

test('the button of a one-time code is told as a link, and takes what the text takes', () => {
  const url = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}';
  const buttons = [{ type: 'URL', text: 'Copy code', url }];
  const components = [
    { type: 'BODY', text: '*{{1}}* is your code.' },
    { type: 'BUTTONS', buttons },
  ];
  const template = read({ category: 'AUTHENTICATION', components });
  assert.deepEqual(template.buttons, [{ kind: 'one-time-code', text: 'Copy code', target: null }]);
  assert.deepEqual(
    templateParameters(template).map(({ part, key }) => [part, key]),
    [['body', '1']],
  );
  const unworded = read({ category: 'AUTHENTICATION', components: [{ type: 'BODY' }] });
  assert.equal(templateParameters(unworded).length, 1);
});

test('whatever stands there, something is read', () => {
  const odd: readonly unknown[] = [
    null,
    7,
    'x',
    [],
    {},
    [null],
    [[]],
    { type: 'BODY' },
    [{ type: 'BODY', text: 9 }],
  ];
  for (const one of odd) {
    for (const told of [
      { components: one },
      { components: [{ type: 'BUTTONS', buttons: one }] },
      { status: one },
    ]) {
      const template = read(told as object);
      assert.equal(template.name, 'one');
      assert.equal(templateParameters(template).length, 0);
    }
  }
});

/** Answers with these pages, one after the other. */
function cloud(...pages: readonly (object | Response)[]) {
  const asked: URL[] = [];
  const queue = [...pages];
  const templates = new CloudTemplates({
    baseUrl: 'https://graph.example/v23.0/',
    accessToken: 'secret',
    fetch: async (url) => {
      asked.push(new URL(url instanceof Request ? url.url : url));
      const page = queue.shift();
      return page instanceof Response ? page : Response.json(page ?? {});
    },
  });
  return { asked, read: () => templates.read('123') };
}

const more = (after: string) => ({ cursors: { before: 'a', after }, next: 'https://graph.example/next' });

test('templates are read page by page, and a bad one empties no list', async () => {
  const { asked, read: all } = cloud(
    { data: [{ name: 'a', language: 'en' }, { name: 'b' }, null, 'x'], paging: more('c1') },
    {
      data: [
        { name: 'a', language: 'de' },
        { name: 'a', language: 'en', status: 'PAUSED' },
      ],
      paging: { cursors: { after: 'c2' } },
    },
  );
  const answer = await all();
  assert.ok(answer.outcome === 'read');
  assert.deepEqual(
    answer.templates.map(({ name, language, told }) => [name, language, told['status']]),
    [
      ['a', 'en', 'PAUSED'],
      ['a', 'de', undefined],
    ],
  );
  assert.deepEqual([answer.unnamed, answer.requests], [3, 2]);
  assert.deepEqual(
    asked.map((url) => [url.pathname, url.searchParams.get('after')]),
    [
      ['/v23.0/123/message_templates', null],
      ['/v23.0/123/message_templates', 'c1'],
    ],
  );
});

test('what is not told as a whole is not told', async () => {
  const page = { data: [{ name: 'a', language: 'en' }], paging: more('c1') };
  const error = (status: number, code: number, headers = {}) =>
    Response.json({ error: { code, message: 'No' } }, { status, headers });
  for (const second of [
    error(500, 2),
    error(401, 190),
    Response.json([], { status: 200 }),
    new Response('<html>'),
    page,
  ]) {
    const answer = await cloud(page, second).read();
    assert.equal(answer.outcome, 'failed');
  }
  const limited = await cloud(error(429, 80_008, { 'retry-after': '60' })).read();
  assert.ok(limited.outcome === 'failed');
  assert.equal(limited.retryAfter, 60_000);
});

test('nobody there is a failure like another', async () => {
  const templates = new CloudTemplates({
    baseUrl: 'https://graph.example/v23.0',
    accessToken: 'secret',
    fetch: () => Promise.reject(new TypeError('fetch failed')),
  });
  assert.equal((await templates.read('1')).outcome, 'failed');
});
