import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { ORIGIN, servePages } from './pages.js';

const axe = createRequire(import.meta.url)('axe-core') as { readonly source: string };

/** What states without a workspace rightly say, where the machine is so slow that they stand for a second. */
const IN_PLACE = /^whatsapp-workspace: <[a-z-]+> stands in no <whatsapp-workspace>/;

/** The hash of every state. */
export function statesOf(page: Page): Promise<readonly string[]> {
  return page.$$eval('#states li a', (links) =>
    links.map((link) => new URL((link as HTMLAnchorElement).href).hash),
  );
}

/** The gallery in a context of its own; `complaints` is what the console is told. */
export async function openGallery(
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
export async function show(page: Page, state: string): Promise<void> {
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

/** Brings axe to the page, for `violations`. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source);
}

/** What axe finds inside the elements that a selector names. */
export async function violations(
  page: Page,
  inside = 'html',
  options: RunOptions = {},
): Promise<readonly string[]> {
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
