import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { typedShortcut } from '../../src/model/typed-shortcut.js';

describe('a shortcut that is being typed', () => {
  const CASES: readonly (readonly [text: string, typed: string | null])[] = [
    ['/', '/'],
    ['/hello', '/hello'],
    ['Good morning. /he', '/he'],
    ['Good morning.\n/he', '/he'],
    ['/größe', '/größe'],
    ['/مرحبا', '/مرحبا'],
    ['/re-send.2_x', '/re-send.2_x'],
    ['and/or', null],
    ['12/5', null],
    ['https://example.com/he', null],
    ['//he', null],
    ['/hello ', null],
    ['/hello, you', null],
    ['', null],
    ['hello', null],
    [`/${'x'.repeat(40)}`, `/${'x'.repeat(40)}`],
    [`/${'x'.repeat(41)}`, null],
    [`${'x'.repeat(5000)} /he`, '/he'],
  ];
  for (const [text, typed] of CASES)
    it(`is ${typed ?? 'none'} in ${JSON.stringify(text.slice(-50))}`, () => {
      const found = typedShortcut(text, text.length);
      assert.equal(found?.text ?? null, typed);
      if (found) assert.equal(text.slice(found.start, found.end), typed);
    });

  it('ends at the caret', () => {
    assert.deepEqual(typedShortcut('A /hello B', 5), { text: '/he', start: 2, end: 5 });
  });
});
