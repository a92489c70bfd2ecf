import { expect } from '@open-wc/testing';
import { whatsAppText } from '../../src/elements/whatsapp-composer/formatted-paste.js';

describe('formatted text of a page as WhatsApp writes it', () => {
  for (const [name, markup, text] of [
    ['bold, italic, strike and code', '<b>a</b> <em>b</em> <del>c</del> <code>d</code>', '*a* _b_ ~c~ `d`'],
    ['marks inside of marks', '<strong>very <i>good</i></strong>', '*very _good_*'],
    ['white space outside of marks', 'a<b> b </b>c', 'a *b* c'],
    ['no marks inside of a word', 'un<b>believ</b>able, <b>yes</b>.', 'unbelievable, *yes*.'],
    ['marks line by line', '<b>one<br>two</b>', '*one*\n*two*'],
    ['paragraphs', '<p>one</p>\n<p>two\nlines</p>', 'one\n\ntwo lines'],
    ['lines of editors', '<div>one</div><div>two</div><div><br></div><div>three</div>', 'one\ntwo\n\nthree'],
    [
      'lists',
      '<ul><li>one</li><li>two</li></ul><ol start="3"><li>three</li><li><p>four</p></li></ol>',
      '- one\n- two\n\n3. three\n4. four',
    ],
    ['lists in lists', '<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>', '- one\n- inner\n- two'],
    ['quotes', '<blockquote><p>one</p><p>two</p></blockquote>said', '> one\n\n> two\n\nsaid'],
    ['blocks of code as they stand', '<pre>if (a) {\n  b();\n}</pre>', '```\nif (a) {\n  b();\n}\n```'],
    ['headings', '<h2>Title</h2><p>Text</p>', '*Title*\n\nText'],
    [
      'links behind their words',
      '<a href="https://example.com/a?b=1">our page</a>',
      'our page (https://example.com/a?b=1)',
    ],
    [
      'links that name their address once',
      '<a href="https://www.example.com/">example.com</a>, <a href="mailto:a@b.c">a@b.c</a>',
      'example.com, a@b.c',
    ],
    ['no links to anything that runs', '<a href="javascript:alert(1)">press</a>', 'press'],
    [
      'styles instead of elements',
      '<span style="font-weight:700">a</span> <span style="font-style: italic">b</span> <span style="text-decoration: line-through">c</span>',
      '*a* _b_ ~c~',
    ],
    ['what a style takes back', '<b style="font-weight:normal"><span>plain</span></b>', 'plain'],
    [
      'rows of tables',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
      '*a*\t*b*\n1\t2',
    ],
    ['signs as they are', '&lt;b&gt; &amp; &nbsp;x', '<b> &  x'],
    [
      'nothing of scripts and styles',
      '<style>b { color: red }</style><script>alert(1)</script><title>t</title><b>x</b>',
      '*x*',
    ],
    ['nothing at all', '<img src=x><br>', ''],
  ] as const) {
    it(`has ${name}`, () => expect(whatsAppText(markup)).to.equal(text));
  }

  it('bears elements that are nested without end', () => {
    expect(whatsAppText(`${'<div><b>'.repeat(10_000)}deep`)).to.contain('deep');
  });
});
