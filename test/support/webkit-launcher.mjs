// A Web Test Runner launcher for WebKitGTK's MiniBrowser, of which there may be several: plain W3C WebDriver over fetch.
// It says that its type is 'playwright' and offers a page object of that shape, so that
// sendKeys, sendMouse and setViewport of @web/test-runner-commands work with it.
import { WebKitPage } from './webkit-page.mjs';
import { WebKitProcess } from './webkit-process.mjs';

const VIEWPORT = { width: 800, height: 600 };

/** A browser on a display of its own, where it always has the focus; it runs one test file at a time. */
class WebKitWindow {
  page;
  #paths;
  /** The running browser, or the one that is being started; none before the first session and after a death. */
  #process;

  constructor(paths) {
    this.#paths = paths;
    this.page = new WebKitPage((method, path, body) => this.call(method, path, body));
  }

  async open(url) {
    try {
      await this.#load(url);
    } catch {
      // A browser that died or froze under a former file would fail all files after it: this one gets a new browser.
      await this.discard();
      await this.#load(url);
    }
  }

  async leave() {
    try {
      await this.call('POST', '/url', { url: 'about:blank' });
    } catch {
      await this.discard();
    }
  }

  async call(method, path, body) {
    this.#process ??= WebKitProcess.start(this.#paths);
    const browser = await this.#process;
    return browser.call(method, path, body);
  }

  async discard() {
    const browser = await this.#process?.catch(() => undefined);
    this.#process = undefined;
    await browser?.stop();
  }

  async #load(url) {
    await this.page.releaseActions();
    await this.page.setViewportSize(VIEWPORT);
    await this.call('POST', '/url', { url });
  }
}

class WebKitLauncher {
  name = 'WebKit';
  type = 'playwright';
  concurrency;
  #paths;
  #idle = [];
  /** By session. */
  #windows = new Map();

  /** @param {{ driver: string, browser: string, display: string }} paths @param {number} concurrency */
  constructor(paths, concurrency) {
    this.#paths = paths;
    this.concurrency = concurrency;
  }

  async initialize() {}

  async startSession(id, url) {
    const window = this.#idle.pop() ?? new WebKitWindow(this.#paths);
    this.#windows.set(id, window);
    await window.open(url);
  }

  async stopSession(id) {
    const window = this.#windowOf(id);
    await window.leave();
    this.#windows.delete(id);
    this.#idle.push(window);
    return {};
  }

  isActive(id) {
    return this.#windows.has(id);
  }

  getBrowserUrl(id) {
    return this.#windowOf(id).call('GET', '/url');
  }

  getPage(id) {
    return this.#windowOf(id).page;
  }

  startDebugSession() {
    throw new Error(
      'WebKit cannot be debugged interactively here: use `npx wtr --manual` with another browser.',
    );
  }

  async stop() {
    await Promise.all([...this.#idle, ...this.#windows.values()].map((window) => window.discard()));
  }

  #windowOf(id) {
    const window = this.#windows.get(id);
    if (!window) throw new Error(`WebKit has no window for session ${id}`);
    return window;
  }
}

/**
 * @param {{ driver: string, browser: string, display: string }} paths
 * @param {{ concurrency: number }} options how many browsers there are, each for one test file at a time
 */
export const webkitLauncher = (paths, { concurrency }) => new WebKitLauncher(paths, concurrency);
