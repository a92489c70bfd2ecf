import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupedNumber } from '../../src/model/index.js';

test('the country code stands apart, whatever its length', () => {
  assert.equal(groupedNumber('254712345678'), '+254 712 345 678');
  assert.equal(groupedNumber('34600111222'), '+34 600 111 222');
  assert.equal(groupedNumber('12015550123'), '+1 201 555 0123');
  assert.equal(groupedNumber('79123456789'), '+7 912 345 6789');
  assert.equal(groupedNumber('966501234567'), '+966 501 234 567');
});

test('no digit stands alone, and none is lost', () => {
  for (let length = 7; length <= 15; length++) {
    const digits = '4915112345678901'.slice(0, length);
    const grouped = groupedNumber(digits);
    assert.equal(grouped.replace(/[+ ]/g, ''), digits);
    assert.doesNotMatch(grouped, / \d( |$)/);
  }
});

test('what is no number stays as it is', () => {
  for (const odd of ['', '12', '2547••••678', '1234567890123456'])
    assert.equal(groupedNumber(odd), `+${odd}`);
});
