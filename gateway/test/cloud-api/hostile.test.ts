import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseWebhook } from '../../src/cloud-api/index.js';
import { contact, message, oneMessage, status, value, webhook } from './payloads.js';

const KINDS = new Set(['message', 'status', 'identity-changed', 'other']);
const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '\0',
  '\ud800',
  [],
  [[]],
  {},
  { id: {} },
];

const BODY = webhook(
  value({
    contacts: [contact()],
    messages: [
      message({
        context: { id: 'wamid.q', forwarded: true },
        errors: [{ code: 1, error_data: { details: 'd' } }],
      }),
      message({
        id: 'wamid.2',
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { title: 't' } },
      }),
      message({
        id: 'wamid.3',
        type: 'system',
        system: { type: 'user_changed_number', wa_id: '1', body: 'b' },
      }),
      message({
        id: 'wamid.4',
        type: 'contacts',
        contacts: [{ name: { formatted_name: 'n' }, phones: [{}] }],
      }),
      message({ id: 'wamid.5', type: 'order', order: { product_items: [{ quantity: 1 }], text: 'o' } }),
      message({
        id: 'wamid.6',
        type: 'edit',
        edit: { original_message_id: 'o', message: { type: 'text', text: {} } },
      }),
    ],
    statuses: [status({ status: 'failed', errors: [{ code: 131026, title: 't' }] })],
    errors: [{ code: 131000 }],
    calls: [{ id: 'c' }],
  }),
);

type Path = readonly (string | number)[];

function paths(node: unknown, here: Path = []): Path[] {
  if (typeof node !== 'object' || node === null) return [here];
  return [here, ...Object.entries(node).flatMap(([key, child]) => paths(child, [...here, key]))];
}

/** A deep copy in which what stands at the path is replaced; `undefined` takes it away. */
function replaced(node: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  const copy = structuredClone(node) as Record<string | number, unknown>;
  copy[first] = replaced(copy[first], rest, by);
  return copy;
}

function assertSound(body: unknown): void {
  const items = parseWebhook(body);
  assert.ok(items.length > 0);
  for (const item of items) {
    assert.ok(KINDS.has(item.kind));
    assert.ok(item.key.length > 2 && item.key.length < 600);
    assert.doesNotMatch(JSON.stringify(item), /\\u0000|\\ud8/);
    if (item.kind === 'message') assert.ok(item.sender.bsuid ?? item.sender.phone);
    if ('at' in item) assert.ok(Number.isSafeInteger(item.at));
  }
}

test('any part of a webhook may be missing or be anything else', () => {
  for (const path of paths(BODY)) {
    for (const junk of [undefined, ...JUNK]) assertSound(replaced(BODY, path, junk));
  }
});

test('a webhook cut off anywhere and closed again does not throw', () => {
  const text = JSON.stringify(BODY);
  let parsed = 0;
  for (let end = 1; end < text.length; end += 1) {
    const body = closed(text.slice(0, end));
    if (body === undefined) continue;
    parsed += 1;
    assertSound(body);
  }
  assert.ok(parsed > 500, `only ${parsed} cuts could be closed`);
});

/** Closes the open string, objects and arrays of a piece of JSON; undefined when that gives no JSON. */
function closed(piece: string): unknown {
  const open: string[] = [];
  let inString = false;
  for (const [index, character] of [...piece].entries()) {
    if (character === '"' && piece[index - 1] !== '\\') inString = !inString;
    if (inString) continue;
    if (character === '{') open.push('}');
    if (character === '[') open.push(']');
    if (character === '}' || character === ']') open.pop();
  }
  try {
    return JSON.parse(piece + (inString ? '"' : '') + open.toReversed().join('')) as unknown;
  } catch {
    return undefined;
  }
}

test('nesting without end does not overflow the stack', () => {
  const depth = 200_000;
  const nest = JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
  assertSound(nest);
  assertSound(webhook(value({ messages: [message({ text: { body: nest } })], surprise: nest })));
});

test('names of what every object has are only names', () => {
  const text =
    '{"entry":[{"changes":[{"field":"messages","value":{"__proto__":{"messages":[1]},"constructor":2}}]}]}';
  assertSound(JSON.parse(text));
  for (const type of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assertSound(webhook(value({ messages: [message({ type, interactive: { type } })] })));
  }
});

test('a thousand items in one body come out in their order', () => {
  const messages = Array.from({ length: 1000 }, (_, index) => message({ id: `wamid.${index}` }));
  const items = parseWebhook(webhook(value({ contacts: [contact()], messages })));
  assert.deepEqual(
    items.map((item) => item.key),
    messages.map((raw) => `m:${String(raw['id'])}`),
  );
});

test('the answers of a flow, JSON inside a string, are tamed too', () => {
  const depth = 200_000;
  const answers = [
    '{"name":"\\u0000"}',
    '{"name":"\\ud800"}',
    '{"\\u0000":1}',
    `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`,
  ];
  for (const response_json of answers) {
    const interactive = { type: 'nfm_reply', nfm_reply: { body: 'b', response_json } };
    const [item] = parseWebhook(oneMessage('interactive', { interactive }));
    assert.ok(item?.kind === 'message' && item.content.kind === 'reply');
    assert.doesNotMatch(JSON.stringify(item.content), /\\u0000|\\ud8/);
    assert.equal(item.content.fields.length, 1);
  }
});

test('quantities beyond all numbers leave an order a count that JSON can carry', () => {
  const product_items = [{ quantity: 1e308 }, { quantity: 1e308 }];
  const [item] = parseWebhook(oneMessage('order', { order: { product_items } }));
  assert.ok(item?.kind === 'message' && item.content.kind === 'order');
  assert.equal(item.content.itemCount, 2);
});

test('a body full of contacts and statuses takes time in proportion to its length', () => {
  const count = 20_000;
  const contacts = Array.from({ length: count }, (_, i) => contact({ wa_id: `1${i}`, user_id: undefined }));
  const statuses = Array.from({ length: count }, (_, i) =>
    status({ id: `wamid.${i}`, recipient_id: `2${i}`, recipient_user_id: undefined }),
  );
  const begin = performance.now();
  assert.equal(parseWebhook(webhook(value({ contacts, statuses }))).length, count);
  // Compared one by one, it takes minutes.
  assert.ok(performance.now() - begin < 15_000);
});
