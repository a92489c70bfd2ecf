/**
 * A whole installation for one test file: the gateway as a process of its own on embedded PostgreSQL, the stand-in of the Cloud API, a network
 * between page and gateway that can be broken, and Chromium.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { PhoneMessage } from '../../gateway/stand-in/phones.js';
import type { StandIn, StandInOptions } from '../../gateway/stand-in/stand-in.js';
import { Desk } from './desk.js';
import { Network } from './network.js';

/** From `.build/test/e2e`, where this runs. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const PHONE_NUMBER_ID = '106540352242922';
const READY_WITHIN = 60_000;

/** Signs tokens like the gateway's own demo: tests make expired ones with it. */
export const JWT_SECRET = randomBytes(32).toString('base64url');

const SECRETS = {
  WHATSAPP_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
  WHATSAPP_ACCESS_TOKEN: randomBytes(16).toString('hex'),
  WHATSAPP_APP_SECRET: randomBytes(16).toString('hex'),
  WHATSAPP_VERIFY_TOKEN: randomBytes(16).toString('hex'),
};

/** Everything that runs. */
export class Installation {
  readonly standIn: StandIn;
  readonly gateway: Gateway;
  /** Between the pages and the gateway. */
  readonly network: Network;
  readonly browser: Browser;
  readonly #folder: string;

  private constructor(
    parts: Pick<Installation, 'standIn' | 'gateway' | 'network' | 'browser'>,
    folder: string,
  ) {
    this.standIn = parts.standIn;
    this.gateway = parts.gateway;
    this.network = parts.network;
    this.browser = parts.browser;
    this.#folder = folder;
  }

  /** @param env Variables of the gateway besides what it needs. */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), 'whatsapp-workspace-e2e-'));
    const port = await freePort();
    const standIn = await startStandIn(port);
    const gateway = new Gateway(port, {
      ...SECRETS,
      DATA_DIR: folder,
      WHATSAPP_API_URL: `${standIn.url}/v23.0`,
      JWT_SECRET,
      DEMO: '1',
      ...env,
    });
    try {
      await gateway.start();
      const [browser, network] = await Promise.all([launch(), Network.to(port)]);
      return new Installation({ standIn, gateway, network, browser }, folder);
    } catch (error) {
      // What still ran would keep the test's process from ending.
      await Promise.allSettled([gateway.stop(), standIn.close()]);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.network.close();
    await this.gateway.stop();
    await this.standIn.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Opens the demo page for an agent in a browser profile of its own. */
  async desk(agent: string, options: BrowserContextOptions = {}): Promise<Desk> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    return Desk.open(await context.newPage(), `${this.network.url}/?agent=${agent}`);
  }

  /** What the business has sent to contacts with this text, as WhatsApp got it. */
  sent(text: string): readonly PhoneMessage[] {
    return this.standIn.messages().filter((one) => one.author === 'business' && one.text === text);
  }

  /** Waits until WhatsApp has a message with this text in one of these states. */
  async untilSent(text: string, ...states: readonly PhoneMessage['state'][]): Promise<PhoneMessage> {
    return eventually(() => {
      const [message] = this.sent(text);
      assert.ok(message, `WhatsApp has not got “${text}”.`);
      assert.ok(
        states.length === 0 || states.includes(message.state),
        `“${text}” is ${message.state}, not ${states.join(' or ')}.`,
      );
      return message;
    });
  }
}

/** The gateway's process. It can be killed at any moment and started again on the same data. */
export class Gateway {
  readonly port: number;
  readonly url: string;
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | null = null;
  #output = '';

  constructor(port: number, env: NodeJS.ProcessEnv) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#env = env;
  }

  async start(): Promise<void> {
    const { PATH, HOME, TMPDIR } = process.env;
    const child = spawn(process.execPath, [join(ROOT, 'gateway/dist/src/main.js')], {
      cwd: ROOT,
      env: { PATH, HOME, TMPDIR, ...this.#env, PORT: String(this.port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => (this.#output += String(chunk)));
    await eventually(async () => {
      assert.equal(child.exitCode, null, `The gateway ended:\n${this.#output.slice(-4000)}`);
      const response = await fetch(`${this.url}/readyz`).catch(() => null);
      assert.ok(response?.ok, `The gateway is not ready:\n${this.#output.slice(-4000)}`);
    }, READY_WITHIN);
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

async function startStandIn(gatewayPort: number): Promise<StandIn> {
  const path = pathToFileURL(join(ROOT, 'gateway/dist/stand-in/stand-in.js')).href;
  const { startStandIn: start } = (await import(path)) as {
    startStandIn: (options: StandInOptions) => Promise<StandIn>;
  };
  return start({
    webhookUrl: `http://127.0.0.1:${gatewayPort}/webhooks/whatsapp`,
    appSecret: SECRETS.WHATSAPP_APP_SECRET,
    accessToken: SECRETS.WHATSAPP_ACCESS_TOKEN,
    phoneNumberId: SECRETS.WHATSAPP_PHONE_NUMBER_ID,
    verifyToken: SECRETS.WHATSAPP_VERIFY_TOKEN,
    delays: { sent: 50, delivered: 50, read: 50 },
    retry: { base: 100, max: 1000 },
  });
}

/** Chromium, as the test command found it. */
export async function launch(): Promise<Browser> {
  const args = ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', args });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Tries again until `check` does not throw any more. */
export async function eventually<T>(check: () => T | Promise<T>, within = 15_000): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
