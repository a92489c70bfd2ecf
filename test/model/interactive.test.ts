import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choicesOf, interactiveFault } from '../../src/model/index.js';
import type { Choice, InteractiveContent } from '../../src/model/index.js';

const choices = (...titles: readonly string[]): readonly Choice[] =>
  titles.map((title, i) => ({ id: String(i), title }));
const rows = (...titles: readonly string[]) =>
  choices(...titles).map((one) => ({ ...one, description: null }));

const question = (
  action: InteractiveContent['action'],
  more: Partial<InteractiveContent> = {},
): InteractiveContent => ({
  kind: 'interactive',
  header: null,
  body: 'Well?',
  footer: null,
  action,
  ...more,
});

const buttons = (...titles: readonly string[]): InteractiveContent['action'] => ({
  kind: 'buttons',
  buttons: choices(...titles),
});
const list = (
  sections: Extract<InteractiveContent['action'], { kind: 'list' }>['sections'],
  button = 'Choose',
): InteractiveContent['action'] => ({ kind: 'list', button, sections });

describe('a question with buttons or a list', () => {
  it('is taken up to the limits of WhatsApp, counted as WhatsApp counts', () => {
    const sections = [
      { title: 'x'.repeat(24), rows: rows('a', 'b', 'c', 'd', 'e') },
      {
        title: 'y',
        rows: ['f', 'g', 'h', 'i', 'j'].map((id) => ({
          id,
          title: '🪑'.repeat(24),
          description: 'd'.repeat(72),
        })),
      },
    ];
    const most = { header: 'h'.repeat(60), footer: 'f'.repeat(60) };
    assert.equal(
      interactiveFault(question(buttons('🪑'.repeat(20), 'b', 'c'), { ...most, body: 'x'.repeat(1024) })),
      null,
    );
    assert.equal(
      interactiveFault(question(list(sections, 'b'.repeat(20)), { ...most, body: 'x'.repeat(4096) })),
      null,
    );
  });

  const wrong: readonly (readonly [what: string, content: InteractiveContent, says: RegExp])[] = [
    ['no words', question(buttons('Yes'), { body: ' ' }), /body is empty/],
    ['too many words above buttons', question(buttons('Yes'), { body: 'x'.repeat(1025) }), /takes 1024/],
    [
      'too many words above a list',
      question(list([{ title: null, rows: rows('a') }]), { body: 'x'.repeat(4097) }),
      /takes 4096/,
    ],
    ['a long header', question(buttons('Yes'), { header: 'x'.repeat(61) }), /header has 61/],
    ['a long footer', question(buttons('Yes'), { footer: 'x'.repeat(61) }), /footer has 61/],
    ['no button', question(buttons()), /0 buttons/],
    ['four buttons', question(buttons('a', 'b', 'c', 'd')), /4 buttons/],
    ['a long button', question(buttons('x'.repeat(21))), /21 characters/],
    ['an empty button', question(buttons(' ')), /button is empty/],
    ['two buttons alike', question(buttons('Yes', 'Yes ')), /same title/],
    [
      'two ids alike',
      question({
        kind: 'buttons',
        buttons: [
          { id: '1', title: 'a' },
          { id: '1', title: 'b' },
        ],
      }),
      /ids are the same/,
    ],
    ['a list of nothing', question(list([])), /0 rows/],
    [
      'eleven rows',
      question(list([{ title: null, rows: rows(...Array.from({ length: 11 }, (_, i) => `r${i}`)) }])),
      /11 rows/,
    ],
    [
      'a section of nothing',
      question(
        list([
          { title: 'a', rows: rows('a') },
          { title: 'b', rows: [] },
        ]),
      ),
      /no rows/,
    ],
    [
      'sections without titles',
      question(
        list([
          { title: null, rows: rows('a') },
          { title: 'b', rows: [{ id: '9', title: 'c', description: null }] },
        ]),
      ),
      /no title/,
    ],
    ['a long section', question(list([{ title: 'x'.repeat(25), rows: rows('a') }])), /section has 25/],
    ['a long row', question(list([{ title: null, rows: rows('x'.repeat(25)) }])), /row has 25/],
    [
      'a long description',
      question(list([{ title: null, rows: [{ id: '1', title: 'a', description: 'x'.repeat(73) }] }])),
      /description has 73/,
    ],
    [
      'a list without a button',
      question(list([{ title: null, rows: rows('a') }], '')),
      /button of the list is empty/,
    ],
  ];
  for (const [what, content, says] of wrong)
    it(`is refused with ${what}`, () => assert.match(interactiveFault(content) ?? '', says));

  it('has all that can be tapped on in its order', () => {
    const sections = [
      { title: 'x', rows: rows('a', 'b') },
      { title: 'y', rows: rows('c') },
    ];
    assert.deepEqual(
      choicesOf(question(list(sections))).map(({ title }) => title),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(
      choicesOf(question(buttons('d'))).map(({ title }) => title),
      ['d'],
    );
  });
});
