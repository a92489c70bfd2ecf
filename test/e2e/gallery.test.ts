import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openGallery, show, statesOf } from './gallery-page.js';
import { launch } from './support.js';
import { galleryWords, pseudoEnglish, untranslated } from '../support/pseudo-language.js';

describe('gallery', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  it('says nothing that a catalogue does not hold', async () => {
    const { page, complaints } = await openGallery(browser, 'bare&width=1200');
    await page.evaluate(async (words) => {
      const { src } = document.querySelector<HTMLScriptElement>('script[src*="whatsapp-workspace"]') ?? {};
      const { registerLanguage } = (await import(String(src))) as {
        registerLanguage: (tag: string, words: unknown) => void;
      };
      registerLanguage('en-XA', words);
      document.documentElement.lang = 'en-XA';
    }, pseudoEnglish);
    const data = galleryWords();
    const found: string[] = [];
    for (const state of await statesOf(page)) {
      await show(page, state);
      const unknown = untranslated(await page.evaluate(textsShown), data);
      found.push(...unknown.map((text) => `${state}: ${text}`));
    }
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
  });

  it('shows what is refused, and what has no workspace', async () => {
    const { page } = await openGallery(browser, 'bare&width=480');
    const says = async (state: string, words: string): Promise<void> => {
      await show(page, state);
      await page.locator('.canvas').getByText(words).filter({ visible: true }).first().waitFor();
    };
    await says('#interaction-bar/invitation-refused', 'The time to answer was over');
    await says('#whatsapp-interaction/refused', 'This has changed meanwhile.');
    await says('#workbin-list/refused', 'Another agent was first.');
    await says('#agent-status/refused', 'The contact centre cannot do this now.');
    for (const tag of [
      'whatsapp-desk',
      'whatsapp-interaction',
      'interaction-bar',
      'workbin-list',
      'agent-status',
    ])
      await says(`#${tag}/no-workspace`, 'Not connected to a workspace.');
  });

  it('puts the clock forward', async () => {
    const { page } = await openGallery(browser, '', '#pending-indicator/about-to-warn');
    const indicator = page.getByRole('main').locator('pending-indicator').getByRole('img');
    await indicator.and(page.getByRole('img', { name: 'Waiting 29 s', exact: true })).waitFor();
    await page.getByRole('button', { name: '+1 min' }).click();
    await indicator.and(page.getByRole('img', { name: /^Waiting 1 min.*critical/ })).waitFor();
  });

  it('keeps its switches in the address', async () => {
    const { page } = await openGallery(browser, '', '#agent-status/ready');
    await page.getByRole('combobox', { name: /^Language/ }).selectOption('ar');
    await page.getByRole('combobox', { name: /^Theme/ }).selectOption('dark');
    assert.match(page.url(), /\?(lang=ar&theme=dark|theme=dark&lang=ar)#agent-status\/ready$/);
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
    assert.equal(await page.getByRole('combobox', { name: /^Theme/ }).inputValue(), 'dark');
  });
});

/** Runs in the page: everything that people see or hear of our elements. */
function textsShown(): readonly string[] {
  const texts: string[] = [];
  const read = (root: ParentNode & Node): void => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
      // What emoji are called comes with them.
      if (!(node instanceof Element) || ['style', 'whatsapp-emoji-grid'].includes(node.localName)) continue;
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
        texts.push(node.getAttribute(name) ?? '');
      }
      read(node);
      if (node.shadowRoot) read(node.shadowRoot);
    }
  };
  for (const canvas of document.querySelectorAll('.canvas')) {
    for (const element of canvas.querySelectorAll('*')) if (element.shadowRoot) read(element.shadowRoot);
  }
  return texts;
}
