import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseWebhook } from '../src/cloud-api/index.js';
import { inOrderOfWriting } from '../src/inbox/people.js';
import { textChange, webhook } from './support/webhooks.js';

test('a long queue of one person is put in order without going through all of it for each message', () => {
  const count = 1000;
  const changes = Array.from({ length: count }, (_, i) =>
    textChange({ phone: '34600111222' }, `${i}`, { at: 1_700_000_000 + ((i * 7) % count) }),
  );
  let reads = 0;
  const queue = parseWebhook(webhook(...changes)).map((item) => ({
    item,
    get people() {
      reads++;
      return ['wa_id:34600111222'];
    },
  }));
  const times = inOrderOfWriting(queue).map(({ item }) => (item.kind === 'message' ? item.at : 0));
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.ok(reads <= 10 * count, `It has looked ${reads} times.`);
});
