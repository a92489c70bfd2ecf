import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Desk } from './desk.js';
import { ORIGIN, servePages } from './pages.js';
import { Installation, eventually } from './support.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; require-trusted-types-for 'script'";

describe('the host page', () => {
  let all: Installation;
  let desk: Desk;
  before(async () => {
    all = await Installation.start();
    desk = await all.desk('ana');
    await desk.becomeReady();
    all.standIn.writeAsContact({ contact: 'wilhelmina', text: 'Good morning' });
    await desk.accept('Wilhelmina');
  });
  after(() => all?.stop());

  it('is served under the strict policy, and nothing violates it', async () => {
    const response = await fetch(`${all.gateway.url}/`);
    assert.equal(response.headers.get('content-security-policy'), POLICY);
    await desk.write('Visit https://example.com/ and *see*');
    await desk.untilMessage('Visit', 'Read');
    assert.deepEqual(desk.complaints, []);
  });

  it('a violation would have been noticed', async () => {
    const other = await all.desk('ana');
    await other.page.evaluate(() => {
      document.body.setAttribute('style', 'color: red');
      try {
        document.body.innerHTML = '<p>';
      } catch {
        // Trusted Types throw as well as report.
      }
    });
    await eventually(() => {
      const kinds = other.complaints
        .filter(({ kind }) => kind === 'violation')
        .map(({ text }) => text.split(':')[0]);
      assert.ok(
        kinds.some((kind) => kind?.startsWith('style-src')),
        kinds.join(),
      );
      assert.ok(kinds.includes('require-trusted-types-for'), kinds.join());
    });
    await other.close();
  });

  it('keeps its hotkeys while an agent types in the desk', async () => {
    const { page } = desk;
    const pressed = () => page.evaluate(() => document.documentElement.dataset['hotkey'] ?? null);
    const keys = 'jknt/?w';
    await desk.composer.fill('');
    await desk.composer.pressSequentially(keys);
    assert.equal(await desk.composer.inputValue(), keys);
    await desk.tile('Wilhelmina').focus();
    for (const key of keys) await page.keyboard.press(key);
    assert.equal(await pressed(), null);
    await desk.record.getByRole('heading', { name: /^Wilhelmina/ }).click();
    await page.keyboard.press('j');
    assert.equal(await pressed(), 'j');
  });

  it('keeps a draft over a reload', async () => {
    await desk.composer.fill('A thought that is not finished');
    await desk.reload();
    await desk.goTo('Wilhelmina');
    await eventually(async () =>
      assert.equal(await desk.composer.inputValue(), 'A thought that is not finished'),
    );
    await desk.composer.fill('');
  });

  it('refuses a text that is too long, with its count', async () => {
    const text = 'a'.repeat(4097);
    await desk.composer.fill(text);
    await desk.composer.press('Enter');
    await desk.page.getByText('4,097 of 4,096 characters').first().waitFor();
    assert.equal(await desk.composer.inputValue(), text);
    assert.equal(await desk.message('aaaa').count(), 0);
    await desk.composer.fill('Short enough');
    await desk.composer.press('Enter');
    await all.untilSent('Short enough', 'read');
    assert.equal(all.sent(text).length, 0);
  });

  it('can refuse what an agent is about to do', async () => {
    const { page } = desk;
    await desk.record.getByLabel('New task').fill('Ask the workshop');
    await desk.record.getByLabel('New task').press('Enter');
    await page.getByText('Page events').click();
    await page.getByLabel('Customers with open tasks: refuse Mark Done').check();
    await desk.markDone();
    await page.getByText('refused by this page: open tasks').waitFor();
    assert.equal(await desk.conversation('Wilhelmina').count(), 1);
  });

  it('needs no server for the simulated contact centre', async () => {
    const page = await bare({ '/': PAGE(['/dist/whatsapp-workspace.js']) });
    await page
      .getByRole('button', { name: /^Status: / })
      .and(page.locator(':enabled'))
      .waitFor();
  });

  it('a second copy of the bundle warns and works', async () => {
    const warnings: string[] = [];
    const page = await bare(
      { '/': PAGE(['/dist/whatsapp-workspace.js', '/dist/whatsapp-workspace.js?copy']) },
      warnings,
    );
    await page
      .getByRole('button', { name: /^Status: / })
      .and(page.locator(':enabled'))
      .waitFor();
    await eventually(() =>
      assert.ok(warnings.some((text) => text.includes('already registered by another copy'))),
    );
  });

  it('a classic script loads the bundle', async () => {
    const page = await bare({
      '/': PAGE([]).replace('<head>', '<head><script src="/dist/whatsapp-workspace.loader.js"></script>'),
    });
    await page
      .getByRole('button', { name: /^Status: / })
      .and(page.locator(':enabled'))
      .waitFor();
  });

  /** A page without a gateway. */
  async function bare(pages: Readonly<Record<string, string>>, warnings: string[] = []): Promise<Page> {
    const context = await all.browser.newContext();
    await servePages(context, pages);
    const page = await context.newPage();
    page.on('console', (message) => warnings.push(message.text()));
    await page.goto(`${ORIGIN}/`);
    return page;
  }
});

const PAGE = (scripts: readonly string[]): string => `<!doctype html>
<html lang="en">
  <head>
    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
    <title>Host</title>
    ${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('\n')}
  </head>
  <body>
    <whatsapp-workspace simulated="7"><whatsapp-desk></whatsapp-desk></whatsapp-workspace>
  </body>
</html>`;
