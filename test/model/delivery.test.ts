import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mergeDelivery } from '../../src/model/index.js';
import type { Delivery, DeliveryState, Open } from '../../src/model/index.js';

const STATES: readonly DeliveryState[] = [
  'queued',
  'sending',
  'unknown',
  'sent',
  'failed',
  'delivered',
  'read',
  'played',
];
const report = (state: Open<DeliveryState>, at = 0): Delivery => ({ state, at, error: null });

describe('mergeDelivery', () => {
  // Two of a later version among them.
  const reports = [...STATES, 'held', 'listened'].flatMap((state) => [report(state, 1), report(state, 2)]);

  it('is commutative, associative and idempotent for all states', () => {
    for (const a of reports) {
      assert.deepEqual(mergeDelivery(a, a), a);
      for (const b of reports) {
        assert.deepEqual(mergeDelivery(a, b), mergeDelivery(b, a));
        for (const c of reports) {
          assert.deepEqual(mergeDelivery(mergeDelivery(a, b), c), mergeDelivery(a, mergeDelivery(b, c)));
        }
      }
    }
  });

  const cases: readonly (readonly [Open<DeliveryState>, Open<DeliveryState>, Open<DeliveryState>])[] = [
    ['queued', 'held', 'held'],
    ['unknown', 'held', 'held'],
    ['held', 'sent', 'sent'],
    ['held', 'failed', 'failed'],
    ['read', 'listened', 'read'],
    ['read', 'delivered', 'read'],
    ['sent', 'sending', 'sent'],
    ['sent', 'failed', 'failed'],
    ['failed', 'sent', 'failed'],
    ['failed', 'delivered', 'delivered'],
    ['delivered', 'failed', 'delivered'],
    ['unknown', 'sent', 'sent'],
    ['unknown', 'failed', 'failed'],
    ['sending', 'unknown', 'unknown'],
    ['read', 'played', 'played'],
  ];
  for (const [known, news, merged] of cases) {
    it(`says ${merged} when ${news} is reported of a message that is ${known}`, () => {
      assert.equal(mergeDelivery(report(known), report(news)).state, merged);
    });
  }

  it('returns the known report itself when the news adds nothing', () => {
    const known = report('read', 5);
    assert.equal(mergeDelivery(known, report('delivered', 9)), known);
    assert.equal(mergeDelivery(known, report('read', 9)), known);
  });
});
