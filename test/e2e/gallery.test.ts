import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { ORIGIN, servePages } from './pages.js';
import { launch } from './support.js';
import { galleryWords, pseudoEnglish, untranslated } from '../support/pseudo-language.js';

const axe = createRequire(import.meta.url)('axe-core') as { readonly source: string };

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

/** What states without a workspace rightly say, where the machine is so slow that they stand for a second. */
const IN_PLACE = /^whatsapp-workspace: <[a-z-]+> stands in no <whatsapp-workspace>/;

describe('gallery', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const { name, query, options } of LOOKS) {
    it(`axe finds nothing in any state: ${name}`, async () => {
      const { page, complaints } = await openGallery(browser, `bare&width=480&${query}`);
      await page.evaluate(axe.source);
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

  it('axe finds nothing in the gallery itself', async () => {
    const { page } = await openGallery(browser, '', '#pending-indicator');
    await page.evaluate(axe.source);
    assert.deepEqual(await violations(page), []);
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

function statesOf(page: Page): Promise<readonly string[]> {
  return page.$$eval('#states li a', (links) =>
    links.map((link) => new URL((link as HTMLAnchorElement).href).hash),
  );
}

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

async function openGallery(
  browser: Browser,
  query: string,
  hash = '',
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  await servePages(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !IN_PLACE.test(message.text()))
      complaints.push(message.text());
  });
  await page.goto(`${ORIGIN}/gallery.html?${query}${hash}`);
  await page.locator('.frame').first().waitFor();
  await page.waitForFunction(() => customElements.get('pending-indicator'));
  return { page, complaints };
}

/** Goes to a state and waits until its elements have rendered. */
async function show(page: Page, state: string): Promise<void> {
  await page.evaluate(async (hash) => {
    const shown = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    if (location.hash !== hash) {
      location.hash = hash;
      await shown;
    }
    let lost: (error: Error) => void = () => undefined;
    const isLost = new Promise<never>((_resolve, reject) => (lost = reject));
    const settle = async (root: ParentNode): Promise<void> => {
      for (const element of root.querySelectorAll<HTMLElement & { updateComplete?: Promise<unknown> }>('*')) {
        if (!element.localName.includes('-')) continue;
        // Some are loaded by the first message that needs them.
        const late = setTimeout(() => lost(new Error(`<${element.localName}> is not registered.`)), 15_000);
        await Promise.race([customElements.whenDefined(element.localName), isLost]);
        clearTimeout(late);
        await element.updateComplete;
        if (element.shadowRoot) await settle(element.shadowRoot);
      }
    };
    await settle(document.querySelector('.canvas') ?? document);
    const fading = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    // What comes in the place of others ends them.
    await Promise.allSettled(fading.map(({ finished }) => finished));
  }, state);
}

async function violations(page: Page, inside = 'html', options: RunOptions = {}): Promise<readonly string[]> {
  const results = await page.evaluate(
    async ([place, wanted]) => {
      const { axe: engine } = globalThis as unknown as {
        axe: { run(place: ElementContext, wanted: RunOptions): Promise<AxeResults> };
      };
      return engine.run({ include: [place] }, wanted);
    },
    [inside, { ...options, resultTypes: ['violations'] } as RunOptions] as const,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')} (${failureSummary ?? ''})`),
  );
}
