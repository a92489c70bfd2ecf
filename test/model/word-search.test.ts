import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordSearch } from '../../src/model/index.js';
import type { WordMatch } from '../../src/model/index.js';

const TEXT = 'Please put the form into the párcel.';
const finds = (searched: string, match?: WordMatch): boolean =>
  wordSearch(searched, match)?.finds(TEXT) ?? false;
const marked = (searched: string, match?: WordMatch): readonly string[] =>
  (wordSearch(searched, match)?.marks(TEXT) ?? []).map(([from, to]) => TEXT.slice(from, to));

describe('a search for words', () => {
  it('wants all of them by default, in any order', () => {
    assert.equal(finds('parcel form'), true);
    assert.equal(finds('parcel letter'), false);
  });

  it('takes any of them where that is wanted', () => {
    assert.equal(finds('letter parcel', 'any'), true);
    assert.equal(finds('letter envelope', 'any'), false);
  });

  it('takes them one after the other where a phrase is wanted, with accents and errors forgiven', () => {
    assert.equal(finds('the form', 'phrase'), true);
    assert.equal(finds('form the', 'phrase'), false);
    assert.equal(finds('the  parcle!', 'phrase'), true);
  });

  it('marks each word, or the phrase as a whole', () => {
    assert.deepEqual(marked('form parcel'), ['form', 'párcel']);
    assert.deepEqual(marked('the form', 'phrase'), ['the form']);
    assert.deepEqual(marked('letter form', 'any'), ['form']);
  });

  it('is none without a word', () => {
    for (const match of ['all', 'any', 'phrase'] as const) assert.equal(wordSearch(' ?! ', match), null);
  });
});
