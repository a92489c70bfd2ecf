import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_ATTEMPTS = 200;
const START_PAUSE_MS = 50;
/** A command takes milliseconds, loading a page seconds. A driver that has not answered by then never will. */
const CALL_PATIENCE_MS = 40_000;
/** How long a browser that is to end may take to close its window itself. */
const END_PATIENCE_MS = 3_000;

/** Xvfb, WebKitWebDriver and one MiniBrowser session: started and ended together. */
export class WebKitProcess {
  #paths;
  #display;
  #driver;
  #base = '';
  #session = '';

  /** @param {{ driver: string, browser: string, display: string }} paths */
  constructor(paths) {
    this.#paths = paths;
  }

  /** @param {{ driver: string, browser: string, display: string }} paths */
  static async start(paths) {
    const browser = new WebKitProcess(paths);
    try {
      await browser.#start();
    } catch (error) {
      await browser.stop();
      throw error;
    }
    return browser;
  }

  async #start() {
    const env = {
      ...process.env,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Without a graphics card, half of what a page costs would be layers that are put together by the processor and handed over.
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      // WebKit's own sandbox needs user namespaces, which root in a container does not have. Only our own tests are loaded.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    env.DISPLAY = await this.#startDisplay(env);
    const port = await freePort();
    this.#driver = spawn(this.#paths.driver, [`--port=${port}`], { env, stdio: 'ignore', detached: true });
    this.#driver.once('error', () => {}); // said by the first command, which finds nobody
    this.#base = `http://127.0.0.1:${port}`;
    await this.#untilReady();
    const browser = { binary: this.#paths.browser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browser } };
    const { sessionId } = await this.call('POST', '/session', { capabilities });
    this.#session = `/session/${sessionId}`;
    await this.call('POST', '/timeouts', { script: 30_000, pageLoad: 30_000 });
  }

  /** One WebDriver command; paths are relative to the session once there is one. */
  async call(method, path, body = {}, patienceMs = CALL_PATIENCE_MS) {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(patienceMs);
    const request =
      method === 'POST' ? { method, headers, signal, body: JSON.stringify(body) } : { method, signal };
    const response = await fetch(this.#base + this.#session + path, request);
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  async stop() {
    if (this.#session) await this.call('DELETE', '', undefined, END_PATIENCE_MS).catch(() => {});
    // A page that hangs keeps its process beyond the driver's end: the whole group goes.
    if (this.#driver?.pid) killGroup(this.#driver.pid);
    this.#display?.kill();
  }

  /** Xvfb chooses a free display itself and tells its number on file descriptor 3. */
  async #startDisplay(env) {
    const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
    const display = spawn(this.#paths.display, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#display = display;
    const number = await new Promise((resolve, reject) => {
      display.stdio[3].once('data', resolve);
      display.once('error', reject);
      display.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
    });
    return `:${String(number).trim()}`;
  }

  async #untilReady() {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await fetch(`${this.#base}/status`);
        return;
      } catch (error) {
        if (attempt === START_ATTEMPTS) throw error;
        await sleep(START_PAUSE_MS);
      }
    }
  }
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
