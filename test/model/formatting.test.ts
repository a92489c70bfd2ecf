import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { parseFormatting, type Block, type Inline } from '../../src/model/formatting.js';

// Shows the tree as text: [b …], [i …], [s …], [c …].
function show(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'text') return inline.text;
      if (inline.kind === 'code') return `[c ${inline.text}]`;
      return `[${inline.kind.charAt(0)} ${show(inline.children)}]`;
    })
    .join('');
}

function showBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `p:${show(block.children)}`;
    case 'quote':
      return `q:${show(block.children)}`;
    case 'bullets':
      return block.items.map((item) => `*:${show(item)}`).join('|');
    case 'numbers':
      return block.items.map((item) => `${item.number}:${show(item.children)}`).join('|');
    case 'code':
      return `c:${block.text}`;
  }
}

const parsed = (text: string): readonly string[] => parseFormatting(text).map(showBlock);
const line = (text: string): string => parsed(text).join(' / ').replace(/^p:/, '');

/** All the characters that the tree shows, without structure. */
function leaves(text: string): string {
  const all = (inlines: readonly Inline[]): string =>
    inlines.map((i) => ('text' in i ? i.text : all(i.children))).join('');
  return parseFormatting(text)
    .map((block) => {
      if (block.kind === 'code') return block.text;
      if (block.kind === 'bullets') return block.items.map(all).join('\n');
      if (block.kind === 'numbers') return block.items.map((item) => all(item.children)).join('\n');
      return all(block.children);
    })
    .join('\n');
}

describe('parseFormatting: marks', () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ['plain', 'plain'],
    ['*bold*', '[b bold]'],
    ['_italic_ and ~strike~', '[i italic] and [s strike]'],
    ['a *b*, c', 'a [b b], c'],
    ['(*b*)', '([b b])'],
    ['*_~all~_*', '[b [i [s all]]]'],
    ['`co*de*`', '[c co*de*]'],
    ['say ```code``` here', 'say [c code] here'],
    ['2*3*4', '2*3*4'],
    ['snake_case_name', 'snake_case_name'],
    ['* not bold*', '*:not bold*'],
    ['a * b * c', 'a * b * c'],
    ['*open', '*open'],
    ['*open _inner*', '[b open _inner]'],
    ['*a _b* c_', '[b a _b] c_'],
    ['**', '**'],
    ['**bold**', '*[b bold]*'],
    ['*a* *b*', '[b a] [b b]'],
    ['*a*b', '*a*b'],
    ['*é*x', '*é*x'],
    ['😀*bold*😀', '😀[b bold]😀'],
    ['𝒳*no*', '𝒳*no*'],
    ['`unclosed', '`unclosed'],
    ['`` `', '`` `'],
    ['*عربي* שלום', '[b عربي] שלום'],
  ];
  for (const [text, shown] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => assert.equal(line(text), shown));
  }

  it('does not carry a mark over a line break', () => {
    assert.equal(line('*a\nb*'), '*a\nb*');
    assert.equal(line('*a*\n*b*'), '[b a]\n[b b]');
  });

  it('leaves marks inside a web address alone, and sees those around it', () => {
    assert.equal(line('https://example.com/_a_b_/*c*'), 'https://example.com/_a_b_/*c*');
    assert.equal(line('*https://example.com/a_b*'), '[b https://example.com/a_b]');
    assert.equal(
      line('_see http://x.org/~me~_ ok'),
      '_see http://x.org/~me~_ ok'.replace('_see', '[i see').replace('~_', '~]'),
    );
  });
});

describe('parseFormatting: blocks', () => {
  it('keeps lines and blank lines of a paragraph together', () => {
    assert.deepEqual(parsed('a\n\nb'), ['p:a\n\nb']);
    assert.deepEqual(parsed('a\r\nb\rc'), ['p:a\nb\nc']);
  });

  it('reads bullets, numbers and quotes', () => {
    assert.deepEqual(parsed('list:\n- a\n* *b*\n1. one\n3. three\n> said\n> more\nend'), [
      'p:list:',
      '*:a|*:[b b]',
      '1:one|3:three',
      'q:said\nmore',
      'p:end',
    ]);
  });

  it('does not take a date or a lone sign for a list', () => {
    assert.deepEqual(parsed('2024. was good\n-\n- \n1.5 kg'), ['p:2024. was good\n-\n- \n1.5 kg']);
  });

  it('reads fenced code over lines as a block, marks and all', () => {
    assert.deepEqual(parsed('see\n```\nlet *a*;\n\n- b\n```\ndone'), [
      'p:see',
      'c:let *a*;\n\n- b',
      'p:done',
    ]);
    assert.deepEqual(parsed('```one line```'), ['c:one line']);
    assert.deepEqual(parsed('x ```a\nb``` y'), ['p:x ', 'c:a\nb', 'p: y']);
  });

  it('keeps an unclosed or empty fence as text', () => {
    assert.equal(leaves('```\nnever closed'), '```\nnever closed');
    assert.equal(leaves('``````'), '``````');
  });

  it('gives no block for nothing and the text itself for white space', () => {
    assert.deepEqual(parsed(''), []);
    assert.deepEqual(parsed(' \n '), ['p: \n ']);
  });
});

describe('parseFormatting: hostile text', () => {
  it('never makes anything but leaves of what it was given', () => {
    const text = '<img src=x onerror=alert(1)> *<b>* javascript:alert(1) \u202Etxet\u202C';
    assert.equal(leaves(text), text.replaceAll('*', ''));
  });

  it('loses no character of unmarked text', () => {
    const text = 'a*b_c~d`e ** __ ~~ *_ ~ https:// http://\u0000 \uD800 x';
    assert.equal(leaves(text), text);
  });

  const size = 4096;
  const floods: Readonly<Record<string, string>> = {
    stars: '*'.repeat(size),
    backticks: '`'.repeat(size),
    'open marks': '*a _b ~c '.repeat(size / 8),
    'lone backticks': '`a '.repeat(size / 3),
    'marks by turns': '*_~'.repeat(size / 3),
    'closing marks': 'a* b_ c~ '.repeat(size / 8),
    addresses: 'https://'.repeat(size / 8),
    'broken fences': '```\n'.repeat(size / 4),
    quotes: '> \n'.repeat(size / 3),
    bullets: '- *a\n'.repeat(size / 5),
    spaces: ' '.repeat(size) + '*',
    'deep pairs': '*a*_b_'.repeat(size / 6),
  };
  for (const [name, text] of Object.entries(floods)) {
    it(`reads a million characters of ${name}: what grows faster than the text would not come back`, () => {
      const long = text.repeat(Math.ceil(1_000_000 / text.length));
      assert.ok(parseFormatting(long).length > 0);
    });
  }
});
