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
  #process;
  #page;
  #starting;
  #active = new Set();

  /** @param {{ driver: string, browser: string, display: string }} paths */
  constructor(paths) {
    this.#process = new WebKitProcess(paths);
    this.#page = new WebKitPage((method, path, body) => this.#process.call(method, path, body));
  }

  async initialize() {}

  async startSession(id, url) {
    this.#starting ??= this.#process.start();
    await this.#starting;
    this.#active.add(id);
    await this.#page.releaseActions();
    await this.#page.setViewportSize(VIEWPORT);
    await this.#process.call('POST', '/url', { url });
  }

  async stopSession(id) {
    this.#active.delete(id);
    await this.#process.call('POST', '/url', { url: 'about:blank' });
    return {};
  }

  isActive(id) {
    return this.#active.has(id);
  }

  getBrowserUrl() {
    return this.#process.call('GET', '/url');
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
    return this.#process.stop();
  }
}

/** @param {{ driver: string, browser: string, display: string }} paths */
export const webkitLauncher = (paths) => new WebKitLauncher(paths);
