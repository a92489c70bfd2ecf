import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { ORIGIN, servePages } from '../e2e/pages.js';
import { ROOT, launch } from '../e2e/support.js';
import { bundledChunks } from './bundle.js';

const BUNDLE = '/dist/whatsapp-workspace.js';
const HOST = '/host.js';

/** A host page's own Lit, from the package as it is. */
const HOST_SCRIPT = `
import { html, render } from '/node_modules/lit-html/lit-html.js';
render(html\`<p>The host page says \${'hello'}</p>\`, document.getElementById('host'));`;

describe('Trusted Types', () => {
  let browser: Browser;
  before(async () => (browser = await launch()));
  after(() => browser?.close());

  it('the bundle has one policy, of our own', () => {
    const policies = bundledChunks()
      .map((name) => readFileSync(join(ROOT, 'dist', name), 'utf8'))
      .flatMap((code) => [...code.matchAll(/\.createPolicy\(["'`]([^"'`]*)/g)])
      .map(([, name]) => name);
    assert.deepEqual(policies, ['whatsapp-workspace']);
  });

  it('a page that lists our policy alone has a desk', async () => {
    const { page, complaints } = await open('whatsapp-workspace', [BUNDLE]);
    await acceptsFirst(page);
    assert.deepEqual(complaints, []);
  });

  for (const [order, scripts] of [
    ['before', [HOST, BUNDLE]],
    ['after', [BUNDLE, HOST]],
  ] as const) {
    it(`a page whose own Lit loads ${order} ours has both`, async () => {
      const { page, complaints } = await open('lit-html whatsapp-workspace', scripts);
      await page.getByText('The host page says hello').waitFor();
      await acceptsFirst(page);
      assert.deepEqual(complaints, []);
    });
  }

  it('a second copy leaves the page to the first', async () => {
    const { page } = await open('whatsapp-workspace', [BUNDLE, `${BUNDLE}?copy`]);
    await acceptsFirst(page);
  });

  /** @param policies What the page's security policy lists. */
  async function open(policies: string, scripts: readonly string[]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await servePages(context, { '/': pageWith(policies, scripts), [HOST]: HOST_SCRIPT });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(`${ORIGIN}/`);
    return { page, complaints };
  }
});

/** Opens a conversation of the simulated contact centre, which renders everything that the bundle brings. */
async function acceptsFirst(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Status: / })
    .and(page.locator(':enabled'))
    .click();
  await page.getByRole('menuitem', { name: 'Ready', exact: true }).click();
  await page.getByRole('button', { name: 'Accept' }).first().click();
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
}

const pageWith = (policies: string, scripts: readonly string[]): string => `<!doctype html>
<html lang="en">
  <head>
    <meta
      http-equiv="Content-Security-Policy"
      content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types ${policies}"
    />
    <title>Host</title>
    ${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('\n')}
  </head>
  <body>
    <div id="host"></div>
    <whatsapp-workspace simulated="7"><whatsapp-desk></whatsapp-desk></whatsapp-workspace>
  </body>
</html>`;
