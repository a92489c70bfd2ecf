import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withEntry, withoutEntry } from '../../src/model/index.js';
import { seededRandom } from '../support/random.js';

/** A map that counts how often somebody walks through all of it. */
class CountingMap<K, V> extends Map<K, V> {
  walks = 0;

  override [Symbol.iterator](): MapIterator<[K, V]> {
    this.walks++;
    return super[Symbol.iterator]();
  }
}

const numbered = (size: number): [string, number][] => Array.from({ length: size }, (_, i) => [`k${i}`, i]);

describe('copies of a map', () => {
  for (const size of [0, 3, 63, 64, 500]) {
    it(`of ${size} entries are what copies by hand would be, and leave their originals alone`, () => {
      const random = seededRandom(size);
      let copy: ReadonlyMap<string, number> = new Map(numbered(size));
      let expected = new Map(copy);
      for (let step = 0; step < 400; step++) {
        const key = `k${Math.floor(random() * (size + 40))}`;
        const [before, was] = [copy, new Map(expected)];
        expected = new Map(expected);
        if (random() < 0.1) {
          expected.delete(key);
          copy = withoutEntry(copy, key);
        } else {
          expected.set(key, step);
          copy = withEntry(copy, key, step);
        }
        assert.equal(copy.size, expected.size);
        assert.equal(copy.has(key), expected.has(key));
        assert.equal(copy.get(key), expected.get(key));
        if (step % 7 > 0) continue;
        assert.deepEqual([...before], [...was], 'the original');
        assert.deepEqual([...copy], [...expected], 'in the same order');
        assert.deepEqual([...copy.keys()], [...expected.keys()]);
        assert.deepEqual([...copy.values()], [...expected.values()]);
      }
      const walked: [string, number][] = [];
      // oxlint-disable-next-line unicorn/no-array-for-each -- it is what is tested
      copy.forEach((value, key) => walked.push([key, value]));
      assert.deepEqual(walked, [...expected]);
    });
  }

  it('do not walk through a large map with each change', () => {
    const large = new CountingMap(numbered(10_000));
    let copy: ReadonlyMap<string, number> = large;
    for (let step = 0; step < 30; step++) copy = withEntry(copy, `k${step * 7}`, -1);
    assert.equal(large.walks, 0);
    assert.equal(copy.get('k7'), -1);
    assert.equal(copy.get('k8'), 8);
  });
});
