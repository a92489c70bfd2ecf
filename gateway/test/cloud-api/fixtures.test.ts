import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parseWebhook, type WebhookItem } from '../../src/cloud-api/index.js';

// From gateway/dist/test/cloud-api to the folder beside the repository.
const FOLDER = new URL('../../../../../shared/fixtures/webhooks/', import.meta.url);
const SKIP = existsSync(FOLDER) ? false : 'the recorded webhooks are not on this machine';

/** What the index says of a file, and what must come out then. Placeholders for coordinates are no location. */
const EXPECTED: Readonly<Record<string, (item: WebhookItem) => boolean>> = {
  'msg:text': (item) => contentKind(item) === 'text',
  'msg:image': (item) => contentKind(item) === 'image',
  'msg:video': (item) => contentKind(item) === 'video',
  'msg:audio': (item) => contentKind(item) === 'audio',
  'msg:voice': (item) => item.kind === 'message' && item.content.kind === 'audio' && item.content.voice,
  'msg:document': (item) => contentKind(item) === 'document',
  'msg:sticker': (item) => contentKind(item) === 'sticker',
  'msg:location': (item) => contentKind(item) === 'location' || label(item) === 'location',
  'msg:contacts': (item) => contentKind(item) === 'contacts',
  'msg:reaction': (item) =>
    item.kind === 'message' && item.content.kind === 'reaction' && item.content.emoji !== null,
  'msg:reaction.removed': (item) =>
    item.kind === 'message' && item.content.kind === 'reaction' && item.content.emoji === null,
  'msg:button': (item) => contentKind(item) === 'reply',
  'msg:interactive.button_reply': (item) => contentKind(item) === 'reply',
  'msg:interactive.list_reply': (item) => contentKind(item) === 'reply',
  'msg:interactive.nfm_reply': (item) => contentKind(item) === 'reply',
  'msg:interactive.call_permission_reply': (item) => contentKind(item) === 'reply',
  'msg:interactive.None': (item) => label(item) === 'interactive',
  'msg:order': (item) => contentKind(item) === 'order',
  'msg:edit': (item) => contentKind(item) === 'edited',
  'msg:revoke': (item) => contentKind(item) === 'deleted',
  'msg:request_welcome': (item) => label(item) === 'request_welcome',
  'msg:unknown': (item) => label(item) === 'unknown',
  'msg:unsupported': (item) => label(item) !== null,
  'msg:system.customer_identity_changed': (item) => contentKind(item) === 'system',
  'status:sent': (item) => item.kind === 'status' && item.state === 'sent',
  'status:delivered': (item) => item.kind === 'status' && item.state === 'delivered',
  'status:read': (item) => item.kind === 'status' && item.state === 'read',
  'status:played': (item) => item.kind === 'status' && item.state === 'played',
  'status:failed': (item) => item.kind === 'status' && item.state === 'failed' && item.error?.code !== null,
  'ctx:forwarded': (item) => item.kind === 'message' && item.context?.forwarded === true,
  'ctx:reply': (item) => item.kind === 'message' && item.replyTo !== null,
  call: (item) => item.kind === 'other',
  echo: (item) => item.kind === 'other',
};

suite('recorded webhooks', { skip: SKIP }, () => {
  if (SKIP) return;
  const rows = readFileSync(new URL('INDEX.tsv', FOLDER), 'utf8').trim().split('\n').slice(1);
  const covers = new Map(rows.map((row) => row.split('\t')).map((cells) => [cells[0], cells[3]?.split(' ')]));
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

  for (const file of files) {
    test(file, () => {
      const body = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as unknown;
      const items = parseWebhook(body);
      assert.ok(items.length > 0);
      assertNothingLost(body, items);
      for (const cover of covers.get(file) ?? []) {
        const expected = EXPECTED[cover];
        if (expected) assert.ok(items.some(expected), `no item for ${cover}`);
      }
      assertChangedNumber(file, items);
    });
  }

  test('there are as many as the index says', () => assert.equal(files.length, covers.size));
});

function contentKind(item: WebhookItem): string | null {
  return item.kind === 'message' ? item.content.kind : null;
}

function label(item: WebhookItem): string | null {
  return item.kind === 'message' && item.content.kind === 'unsupported' ? item.content.label : null;
}

/** Every fact that stands in the body stands in what some item keeps. */
function assertNothingLost(body: unknown, items: readonly WebhookItem[]): void {
  const kept = new Set(items.flatMap((item) => leaves(item.raw)));
  for (const change of changes(body)) {
    const { metadata: _m, contacts: _c, messaging_product: _p, ...facts } = change;
    for (const leaf of leaves(facts)) assert.ok(kept.has(leaf), `lost: ${leaf}`);
  }
}

function changes(body: unknown): Record<string, unknown>[] {
  const { entry } = body as { entry?: { changes?: { value?: Record<string, unknown> }[] }[] };
  if (!Array.isArray(entry)) return [body as Record<string, unknown>];
  return entry.flatMap(({ changes: list }) => list ?? []).map((change) => change.value ?? {});
}

function leaves(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [JSON.stringify(node) ?? 'undefined'];
  return Object.values(node).flatMap(leaves);
}

/** Files about changed numbers give such an item, but for one whose numbers are placeholders, which are one and the same. */
function assertChangedNumber(file: string, items: readonly WebhookItem[]): void {
  if (!file.includes('user_changed_number')) return;
  assert.ok(
    items.some((item) => item.kind === 'identity-changed' && item.next.phone !== item.previous.phone),
  );
}
