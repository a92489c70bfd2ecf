import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { parseFormatting } from '../../src/model/formatting.js';
import { continuedLine, toggleLines, toggleMark, type Selected } from '../../src/model/text-marks.js';

/** `[` and `]` stand where the selection begins and ends; `|` where the caret is. */
function read(shown: string): Selected {
  const caret = shown.indexOf('|');
  if (caret >= 0) return { text: shown.replace('|', ''), start: caret, end: caret };
  const start = shown.indexOf('[');
  return { text: shown.replace(/[[\]]/g, ''), start, end: shown.indexOf(']') - 1 };
}

function show({ text, start, end }: Selected): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

describe('marks around what is selected', () => {
  for (const [name, before, after] of [
    ['go around it', 'a [word] here', 'a [*word*] here'],
    ['leave the white space outside', 'a[ word ]here', 'a [*word*] here'],
    ['go around whole words', 'he[ll]o you', '[*hello*] you'],
    ['go around whole words of any script', 'при[ве]т', '[*привет*]'],
    ['are there once on each line', '[one\n\n two\nthree]', '[*one*\n\n *two*\n*three*]'],
    ['go inside of what makes a line an item', '[- one\n1. two\n> three]', '- [*one*\n1. *two*\n> *three*]'],
    ['complete what has them in part', '[*one*\ntwo]', '[*one*\n*two*]'],
    ['are taken away where they are selected with it', 'a [*word*] here', 'a [word] here'],
    ['are taken away where they stand around it', 'a *[word]* here', 'a [word] here'],
    ['are taken away on each line', '[*one*\n*two*]', '[one\ntwo]'],
    ['stay away from mere white space', 'a[  ]b', 'a[  ]b'],
    ['wait for words where nothing is selected', 'a |', 'a *|*'],
    ['go again where no words came', 'a *|*', 'a |'],
    ['bear a text that begins with a line break', '[\nword]', '\n[*word*]'],
    ['stay around other marks', 'a [_word_] here', 'a [*_word_*] here'],
  ] as const) {
    it(name, () => assert.equal(show(toggleMark(read(before), '*')), after));
  }

  it('are read as what they say', () => {
    const { text } = toggleMark(toggleMark(read('so [very good], yes'), '*'), '_');
    assert.deepEqual(parseFormatting(text), [
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'so ' },
          { kind: 'italic', children: [{ kind: 'bold', children: [{ kind: 'text', text: 'very good' }] }] },
          { kind: 'text', text: ', yes' },
        ],
      },
    ]);
  });
});

describe('marks of lines', () => {
  for (const [name, kind, before, after] of [
    ['make the line of the caret an item', 'bullets', 'one\ntw|o\nthree', 'one\n- tw|o\nthree'],
    ['make a quote', 'quote', '[one\ntwo]', '[> one\n> two]'],
    ['count', 'numbers', '[one\n\ntwo\nthree]', '[1. one\n\n2. two\n3. three]'],
    ['take the place of others', 'numbers', '[- one\n> two]', '[1. one\n2. two]'],
    ['go where all lines have them', 'bullets', '[- one\n* two]', '[one\ntwo]'],
    ['go from under the caret', 'bullets', '- |', '|'],
    ['begin a list where there is nothing yet', 'numbers', '|', '1. |'],
    ['leave a line that is selected at its beginning only', 'quote', '[one\n]two', '[> one]\ntwo'],
  ] as const) {
    it(name, () => assert.equal(show(toggleLines(read(before), kind)), after));
  }
});

describe('a new line', () => {
  for (const [name, before, after] of [
    ['is the next item', '- one|', '- one\n- |'],
    ['is the next number', '9. one|', '9. one\n10. |'],
    ['goes on with a quote', '> one|', '> one\n> |'],
    ['takes along what stands behind the caret', '- one| two', '- one\n- | two'],
    ['ends a list whose last item has no words', '- one\n- |', '- one\n|'],
  ] as const) {
    it(name, () => {
      const next = continuedLine(read(before));
      assert.equal(next && show(next), after);
    });
  }

  for (const before of ['one|', '- [one]', '-|', 'a\n|- one']) {
    it(`is like any other after ${JSON.stringify(before)}`, () =>
      assert.equal(continuedLine(read(before)), null));
  }
});
