import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileNameOf } from '../../src/model/index.js';

describe('fileNameOf', () => {
  for (const [given, expected] of [
    ['invoice.pdf', 'invoice.pdf'],
    ['../../etc/passwd', 'passwd'],
    [String.raw`C:\fakepath\report.docx`, 'report.docx'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['\u2066a\u2069.\u200fpdf', 'a.pdf'],
    ['line\nbreak\0.txt', 'linebreak.txt'],
    ['a<b>:"c|d?e*.pdf', 'a_b___c_d_e_.pdf'],
    ['..', ''],
    ['', ''],
    ['half \ud83d.pdf', 'half .pdf'],
    ['صورة العقد.pdf', 'صورة العقد.pdf'],
    ['می\u200cخواهم.pdf', 'می\u200cخواهم.pdf'],
    ['👨‍👩‍👧.png', '👨‍👩‍👧.png'],
  ] as const) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(given)}`, () => {
      assert.equal(fileNameOf(given), expected);
    });
  }

  it('keeps the end of a long name', () => {
    const name = fileNameOf(`${'x'.repeat(5_000)}.xlsx`);
    assert.match(name, /^x+….xlsx$/);
    assert.ok(name.length < 130);
  });
});
