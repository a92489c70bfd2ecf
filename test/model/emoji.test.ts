import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isEmojiOnly } from '../../src/model/emoji.js';

describe('isEmojiOnly', () => {
  for (const text of ['😀', '👍🏽 ', '😀😀😀', '👨‍👩‍👧‍👦', '🇰🇪 🇩🇪', '❤️', '1️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏳️‍🌈', '☝🏽']) {
    it(`accepts ${text}`, () => assert.equal(isEmojiOnly(text), true));
  }
  for (const text of [
    '',
    ' ',
    'a',
    '😀a',
    '😀😀😀😀',
    '1',
    '123',
    '©',
    '*',
    '\u200D',
    '\uFE0F',
    '\u0000',
    '🇰',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(isEmojiOnly(text), false));
  }

  it('does not look at long text', () => {
    assert.equal(isEmojiOnly('😀'.repeat(100_000)), false);
  });
});
