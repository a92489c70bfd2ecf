import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const ELEMENTS = 'src/elements';

/** What a template has that takes the focus. */
const TAKES_FOCUS = /<(?:button|a|input|select|textarea|summary)\b|\btabindex=|\bMenu\(this\b|\bTabs[<(]/;

/** All that an element's folder says. */
const codeOf = (folder: string): string =>
  readdirSync(`${ELEMENTS}/${folder}`)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${ELEMENTS}/${folder}/${name}`, 'utf8'))
    .join('\n');

describe('what takes the focus has a home for it when it goes', () => {
  const folders = readdirSync(ELEMENTS).filter((folder) => folder !== 'base');
  const focusable = folders.filter((folder) => TAKES_FOCUS.test(codeOf(folder)));

  it('is most elements', () => assert.ok(focusable.length > 8, focusable.join()));

  for (const folder of focusable) {
    it(`in ${folder}`, () => assert.match(codeOf(folder), /\bnew FocusHome\(this\b/));
  }
});
