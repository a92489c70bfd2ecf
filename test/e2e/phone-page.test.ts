import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';

const MAIN = new URL('../../../gateway/dist/stand-in/main.js', import.meta.url);
const SECRETS = {
  WHATSAPP_APP_SECRET: 'secret',
  WHATSAPP_ACCESS_TOKEN: 'token-1',
  WHATSAPP_PHONE_NUMBER_ID: '42',
  WHATSAPP_VERIFY_TOKEN: 'verify-me',
};
const ANA = '254712000345';

/** A gateway that takes every webhook and keeps the texts in it. */
class Gateway {
  readonly texts: string[] = [];
  readonly #emitter = new EventEmitter();
  readonly #server: Server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.end(new URL(request.url ?? '', 'http://x').searchParams.get('hub.challenge'));
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    request.on('end', () => {
      const [text] = /"text":\{"body":"(?:[^"\\]|\\.)*"\}/.exec(body) ?? [];
      if (text) this.texts.push((JSON.parse(`{${text}}`) as { text: { body: string } }).text.body);
      response.end();
      this.#emitter.emit('webhook');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks/whatsapp`;
  }

  async has(text: string): Promise<void> {
    while (!this.texts.includes(text)) await once(this.#emitter, 'webhook');
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

let gateway: Gateway;
let standIn: ChildProcess;
let url: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

async function startStandIn(webhookUrl: string): Promise<string> {
  const env = { ...process.env, ...SECRETS, WEBHOOK_URL: webhookUrl, STAND_IN_PORT: '0' };
  standIn = spawn(process.execPath, [fileURLToPath(MAIN)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  assert.ok(standIn.stdout);
  let said = '';
  // The pipe stays open: what the stand-in says later must have somewhere to go.
  for await (const chunk of standIn.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    const [, address] = /(http:\S+)\//.exec(said) ?? [];
    if (!address) continue;
    standIn.stdout.resume();
    return address;
  }
  throw new Error(`The stand-in ended: ${said}`);
}

async function businessWrites(text: string, to = ANA): Promise<void> {
  const response = await fetch(`${url}/v23.0/42/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, text: { body: text } }),
  });
  assert.equal(response.status, 200);
}

function setFaults(faults: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}/faults`, { method: 'POST', headers, body: JSON.stringify(faults) });
}

function bubble(text: string): Locator {
  return page.getByRole('log').getByRole('listitem').filter({ hasText: text }).last();
}

function tick(text: string, label: string): Locator {
  return bubble(text).getByRole('img', { name: label });
}

suite("the contact's phone in a browser", { timeout: 60_000 }, () => {
  before(async () => {
    gateway = new Gateway();
    url = await startStandIn(await gateway.start());
    browser = await chromium.launch({
      executablePath: process.env['CHROME_PATH'],
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  after(async () => {
    await browser.close();
    const ended = once(standIn, 'exit');
    standIn.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    gateway.stop();
  });
  beforeEach(async () => {
    complaints = [];
    context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${url}/#ana`);
    await page.getByText("Ana Wanjiru's phone").waitFor();
  });
  afterEach(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });

  test('Enter sends, Shift+Enter breaks the line, and the tick says that the gateway has it', async () => {
    const text = page.getByRole('textbox', { name: 'Message' });
    await text.pressSequentially('One');
    await text.press('Shift+Enter');
    await text.pressSequentially('Two');
    await text.press('Enter');
    await gateway.has('One\nTwo');
    await tick('One', 'The business has it').waitFor();
    assert.equal(await text.inputValue(), '');
  });

  test('Enter that ends the composition of a word does not send', async () => {
    const text = page.getByRole('textbox', { name: 'Message' });
    await text.fill('にほ');
    await text.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    assert.equal(await text.inputValue(), 'にほ');
  });

  test('a reply shows how far it has come, and is read because it is on the screen', async () => {
    await setFaults({ readsAtOnce: false });
    await businessWrites('It is on its way');
    await tick('It is on its way', 'Delivered').waitFor();
    await tick('It is on its way', 'Read').waitFor();
    await businessWrites('Is this Bruno?', '5511900000217');
    await page.getByLabel('1 unread').waitFor();
    await page.getByRole('button', { name: 'Bruno Carvalho' }).click();
    await tick('Is this Bruno?', 'Read').waitFor();
    await setFaults({ readsAtOnce: true });
  });

  test('a message that failed says why', async () => {
    await setFaults({ failNext: 131047 });
    await businessWrites('Too late');
    await tick('Too late', 'Re-engagement message (131047)').waitFor();
  });

  test('hostile text is text', async () => {
    const hostile = `<img src=x onerror="document.title='owned'"> *<b>bold</b>* "'<script>`;
    await businessWrites(hostile);
    await bubble('owned').waitFor();
    assert.match((await bubble('owned').textContent()) ?? '', /<img src=x onerror="document/);
    assert.equal(await page.getByRole('log').locator('img, script, b').count(), 0);
    assert.equal(await page.getByRole('log').locator('strong').last().textContent(), '<b>bold</b>');
    assert.equal(await page.title(), "Ana Wanjiru's phone");
  });

  test('faults are switched on the page and seen there', async () => {
    await page.getByText('Faults', { exact: true }).click();
    await page.getByLabel('Hold webhooks back').check();
    await page.getByText('webhooks held back', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Message' }).fill('Held');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await tick('Held', 'Not with the business yet').waitFor();
    assert.ok(!gateway.texts.includes('Held'));
    await page.getByRole('button', { name: 'No faults' }).click();
    await gateway.has('Held');
    await tick('Held', 'The business has it').waitFor();
    assert.equal(await page.getByLabel('Hold webhooks back').isChecked(), false);
  });

  test('a new contact gets a phone; drafts stay with their contact', async () => {
    const text = page.getByRole('textbox', { name: 'Message' });
    await text.fill('Half a sentence');
    await page.getByText('New contact').click();
    await page.getByLabel('Name', { exact: true }).fill('Noor');
    await page.getByLabel('User name').fill('noor');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText("Noor's phone, @noor").waitFor();
    assert.equal(await text.inputValue(), '');
    await page.getByRole('button', { name: 'Ana Wanjiru' }).click();
    assert.equal(await text.inputValue(), 'Half a sentence');
  });

  test('at 360 pixels it is one thing at a time, and nothing scrolls sideways', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await businessWrites(`https://example.com/${'x'.repeat(500)}`);
    await bubble('example.com').waitFor();
    assert.equal(await page.evaluate('document.scrollingElement.scrollWidth'), 360);
    assert.equal(await page.evaluate("document.getElementById('chat').scrollWidth <= 360"), true);
    await page.getByRole('button', { name: 'All phones' }).click();
    await page.getByRole('button', { name: 'Mika' }).click();
    await page.getByText("Mika's phone, @mika.builds").waitFor();
  });
});
