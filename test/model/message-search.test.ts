import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mediaContent, messageSearch, SEARCH_LIMIT } from '../../src/model/index.js';
import type { Content } from '../../src/model/index.js';

const text = (said: string): Content => ({ kind: 'text', text: said });
const finds = (searched: string, content: Content | string, deletedAt: number | null = null): boolean =>
  messageSearch(searched)?.finds({
    content: typeof content === 'string' ? text(content) : content,
    deletedAt,
  }) ?? false;
const marked = (searched: string, said: string): readonly string[] =>
  (messageSearch(searched)?.marks(said) ?? []).map(([from, to]) => said.slice(from, to));

describe('a search in messages', () => {
  it('forgives accents, cases, and letters that people write otherwise', () => {
    for (const [typed, said] of [
      ['manana', 'MAÑANA'],
      ['mañana', 'manana'],
      ['man\u0303ana', 'mañana'],
      ['strasse', 'Straße'],
      ['straße', 'STRASSE'],
      ['lodz', 'Łódź'],
      ['orsted', 'Ørsted'],
      ['istanbul', 'ıstanbul İstanbul'],
      ['οδυσσευς', 'ΟΔΥΣΣΕΥΣ'],
      ['елка', 'Ёлка'],
      ['احمد', 'أَحْمَد'],
      ['العربيه', 'العـــربيه'],
      ['שלום', 'שָׁלוֹם'],
      ['ﬁle', 'file'],
      ['２０', '20'],
      ['東京', 'は東京です'],
      ['co\u00adoperate', 'cooperate'],
    ] as const)
      assert.equal(finds(typed, said), true, `${typed} in ${said}`);
  });

  it('forgives one typing error in a word of five letters or more, not in a part of one', () => {
    for (const typed of [
      'refund',
      'refun',
      'fund',
      'refnud',
      'rfund',
      'refuund',
      'refumd',
      'erfund',
      'refundd',
    ])
      assert.equal(finds(typed, 'my refund, please'), true, typed);
    for (const typed of ['xefund', 'refuse', 'rfnd', 'efnd', 'refunddd'])
      assert.equal(finds(typed, 'my refund, please'), false, typed);
    assert.equal(finds('cash', 'cahs'), false);
    assert.equal(finds('holder', 'shareholders'), true);
    assert.equal(finds('hodler', 'shareholders'), false);
    assert.equal(finds('x'.repeat(30), `${'x'.repeat(29)}y`), false);
  });

  it('wants all words, in any order', () => {
    assert.equal(finds('parcel where', 'Where is my parcel?'), true);
    assert.equal(finds('parcel when', 'Where is my parcel?'), false);
  });

  it('has nothing to look for without a word, and takes nothing for a pattern', () => {
    for (const typed of ['', ' ', '%', '_', '\\', '.*', '(', '[a', '$', '^', '|', '\0', '?!', '--'])
      assert.equal(finds(typed, 'anything . % _ \\ ( [a $ ^ |'), typed === '[a', typed);
    assert.equal(finds('\ud800', 'anything'), false);
    for (const typed of ['a'.repeat(10_000), 'ab '.repeat(5_000), 'abcdefgh'.repeat(2_000)])
      assert.equal(finds(typed, 'anything'), false);
    assert.equal(finds(`${'a'.repeat(SEARCH_LIMIT)}b`, 'a'.repeat(SEARCH_LIMIT)), true);
  });

  it('takes little time, whatever is looked for in whatever', () => {
    const search = messageSearch('abababababababababab aaaaaaaaaaaaaaaaaaaa babababababababab');
    for (const said of [
      'ab'.repeat(2048),
      'a'.repeat(4096),
      'a '.repeat(2048),
      `${'a'.repeat(19)}b `.repeat(200),
    ])
      search?.marks(said);
  });

  it('looks into what stands in a message of any kind, and not into what was deleted', () => {
    assert.equal(finds('invoice', mediaContent('document', { fileName: 'Invoice-7.pdf' })), true);
    assert.equal(finds('roof', mediaContent('image', { caption: 'The roof' })), true);
    assert.equal(finds('image', mediaContent('image', { mimeType: 'image/png' })), false);
    const cards = [
      { name: 'Omar', organization: 'Acme', phones: [], emails: [{ email: 'o@acme.example', type: null }] },
    ];
    assert.equal(finds('acme.example', { kind: 'contacts', cards }), true);
    const rows = [{ id: 'secret', title: 'Old Market', description: 'until six' }];
    const action = { kind: 'list', button: 'Shops', sections: [{ title: null, rows }] } as const;
    const list: Content = { kind: 'interactive', header: null, body: 'Where?', footer: null, action };
    for (const typed of ['where', 'shops', 'market', 'six']) assert.equal(finds(typed, list), true, typed);
    assert.equal(finds('secret', list), false);
    assert.equal(finds('refund', 'refund', 1), false);
    assert.equal(finds('poll', { kind: 'poll' } as unknown as Content), false);
  });

  it('says where the words are, with their accents', () => {
    assert.deepEqual(marked('manana', 'Hasta MAÑANA, man\u0303ana.'), ['MAÑANA', 'man\u0303ana']);
    assert.deepEqual(marked('strasse lodz', '👍 Straße, Łódź'), ['Straße', 'Łódź']);
    assert.deepEqual(marked('refund', 'refnud refund refunded'), ['refnud', 'refund', 'refund']);
    assert.deepEqual(marked('e\u0301te', 'l’e\u0301te\u0301'), ['e\u0301te\u0301']);
    assert.deepEqual(marked('x', ''), []);
  });
});
