import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { suggestionText } from '../../src/model/index.js';

describe('what is looked for to answer a message', () => {
  const CASES: readonly (readonly [what: string, message: string, text: string])[] = [
    ['its longer words, each once', 'How do I return the chair? The CHAIR is blue.', 'return chair blue'],
    ['nothing, where it has none', 'ok 👍', ''],
    ['its words in other scripts', 'Где мой заказ? أين طلبي', 'заказ طلبي'],
    [
      'its eight longest words, in their order',
      'alpha bravo1 charlie delta echoes foxtrot golfing hotels india juliett',
      'alpha bravo1 charlie echoes foxtrot golfing hotels juliett',
    ],
  ];
  for (const [what, message, text] of CASES)
    it(`is ${what}`, () => assert.equal(suggestionText(message), text));

  it('is no longer than what can be searched for', () => {
    assert.ok(suggestionText(`${'x'.repeat(90)} ${'y'.repeat(80)} ${'z'.repeat(9)}`).length <= 100);
  });
});
