import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_ATTEMPTS = 200;
const START_PAUSE_MS = 50;

/** Xvfb, WebKitWebDriver and one MiniBrowser session: started on demand, ended together. */
export class WebKitProcess {
  #paths;
  #children = [];
  #base = '';
  #session = '';

  /** @param {{ driver: string, browser: string, display: string }} paths */
  constructor(paths) {
    this.#paths = paths;
  }

  async start() {
    const env = {
      ...process.env,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      // WebKit's own sandbox needs user namespaces, which root in a container does not have. Only our own tests are loaded.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    env.DISPLAY = await this.#startDisplay(env);
    const port = await freePort();
    this.#spawn(this.#paths.driver, [`--port=${port}`], env, 'ignore');
    this.#base = `http://127.0.0.1:${port}`;
    await this.#untilReady();
    const browser = { binary: this.#paths.browser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browser } };
    const { sessionId } = await this.call('POST', '/session', { capabilities });
    this.#session = `/session/${sessionId}`;
    await this.call('POST', '/timeouts', { script: 30_000, pageLoad: 60_000 });
  }

  /** One WebDriver command; paths are relative to the session once there is one. */
  async call(method, path, body = {}) {
    const headers = { 'content-type': 'application/json' };
    const request = method === 'POST' ? { method, headers, body: JSON.stringify(body) } : { method };
    const response = await fetch(this.#base + this.#session + path, request);
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  async stop() {
    if (this.#session) await this.call('DELETE', '').catch(() => {});
    for (const child of this.#children.reverse()) child.kill();
  }

  /** Xvfb chooses a free display itself and tells its number on file descriptor 3. */
  async #startDisplay(env) {
    const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
    const display = this.#spawn(this.#paths.display, args, env, ['ignore', 'ignore', 'ignore', 'pipe']);
    const number = await new Promise((resolve, reject) => {
      display.stdio[3].once('data', resolve);
      display.once('error', reject);
      display.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
    });
    return `:${String(number).trim()}`;
  }

  #spawn(command, args, env, stdio) {
    const child = spawn(command, args, { env, stdio });
    this.#children.push(child);
    return child;
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

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
