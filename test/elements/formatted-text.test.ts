import { expect } from '@open-wc/testing';
import { blocksOf, formatting } from '../../src/elements/whatsapp-message/formatted-text.js';
import { parseFormatting } from '../../src/model/formatting.js';

describe('the blocks of a text', () => {
  const PLAIN = [
    '',
    'Hello',
    ' spaces ',
    'two\nlines',
    'a\r\nb\rc',
    'a\n\nb',
    '1.5 kg - 2 > 1',
    '\n> \n',
    '12.',
  ];

  it('of a text without marks are what the reader of marks makes of it, which is not asked', () => {
    formatting.forget();
    for (const text of PLAIN)
      expect(blocksOf(text), JSON.stringify(text)).to.deep.equal(parseFormatting(text));
  });

  it('of a text with marks are those marks once they can be read', async () => {
    const marked = [
      '*bold*',
      '_a_',
      '~b~',
      '`c`',
      '```\nd\n```',
      '- one\n- two',
      '* one',
      '> said',
      'x\n12. twelve',
    ];
    await formatting.load();
    for (const text of marked) {
      expect(blocksOf(text), text).to.deep.equal(parseFormatting(text));
      expect(JSON.stringify(blocksOf(text)), text).not.to.equal(
        JSON.stringify([{ kind: 'paragraph', children: [{ kind: 'text', text }] }]),
      );
    }
  });
});
