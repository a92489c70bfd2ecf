import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RunOptions } from 'axe-core';
import type { Browser } from 'playwright-core';
import { loadAxe, openGallery, show, statesOf, violations } from './gallery-page.js';
import { launch } from './support.js';

/** Rules that judge colours: all that differs between the themes, and nothing that differs between languages. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

const LOOKS: readonly { readonly name: string; readonly query: string; readonly options: RunOptions }[] = [
  { name: 'light', query: 'theme=light', options: {} },
  { name: 'dark', query: 'theme=dark', options: { runOnly: ABOUT_COLOURS } },
  {
    name: 'Arabic',
    query: 'theme=light&lang=ar',
    options: { rules: Object.fromEntries(ABOUT_COLOURS.map((rule) => [rule, { enabled: false }])) },
  },
];

describe('the gallery has no violations', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const { name, query, options } of LOOKS) {
    it(`axe finds nothing in any state: ${name}`, async () => {
      const { page, complaints } = await openGallery(browser, `bare&width=480&${query}`);
      await loadAxe(page);
      const states = await statesOf(page);
      assert.ok(states.length > 100, `The gallery has only ${states.length} states.`);
      const found: string[] = [];
      for (const state of states) {
        await show(page, state);
        for (const violation of await violations(page, '.canvas', options))
          found.push(`${state}: ${violation}`);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(complaints, []);
    });
  }

  it('axe finds nothing in the gallery itself', async () => {
    const { page } = await openGallery(browser, '', '#pending-indicator');
    await loadAxe(page);
    assert.deepEqual(await violations(page), []);
  });
});
