// A Web Test Runner launcher for WebKitGTK's MiniBrowser: plain W3C WebDriver over fetch.
// It says that its type is 'playwright' and offers a page object of that shape, so that
// sendKeys, sendMouse and setViewport of @web/test-runner-commands work with it.
import { WebKitPage } from './webkit-page.mjs';
import { WebKitProcess } from './webkit-process.mjs';

const VIEWPORT = { width: 800, height: 600 };

class WebKitLauncher {
  name = 'WebKit';
  type = 'playwright';
  concurrency = 1;
  #paths;
  /** The running browser, or the one that is being started; none before the first session and after a death. */
  #process;
  #page;
  #active = new Set();

  /** @param {{ driver: string, browser: string, display: string }} paths */
  constructor(paths) {
    this.#paths = paths;
    this.#page = new WebKitPage((method, path, body) => this.#call(method, path, body));
  }

  async initialize() {}

  async startSession(id, url) {
    this.#active.add(id);
    try {
      await this.#open(url);
    } catch {
      // A browser that died or froze under a former file would fail all files after it: this one gets a new browser.
      await this.#discard();
      await this.#open(url);
    }
  }

  async stopSession(id) {
    this.#active.delete(id);
    try {
      await this.#call('POST', '/url', { url: 'about:blank' });
    } catch {
      await this.#discard();
    }
    return {};
  }

  isActive(id) {
    return this.#active.has(id);
  }

  getBrowserUrl() {
    return this.#call('GET', '/url');
  }

  getPage() {
    return this.#page;
  }

  startDebugSession() {
    throw new Error(
      'WebKit cannot be debugged interactively here: use `npx wtr --manual` with another browser.',
    );
  }

  stop() {
    return this.#discard();
  }

  async #open(url) {
    await this.#page.releaseActions();
    await this.#page.setViewportSize(VIEWPORT);
    await this.#call('POST', '/url', { url });
  }

  async #call(method, path, body) {
    this.#process ??= WebKitProcess.start(this.#paths);
    const browser = await this.#process;
    return browser.call(method, path, body);
  }

  async #discard() {
    const browser = await this.#process?.catch(() => undefined);
    this.#process = undefined;
    await browser?.stop();
  }
}

/** @param {{ driver: string, browser: string, display: string }} paths */
export const webkitLauncher = (paths) => new WebKitLauncher(paths);
