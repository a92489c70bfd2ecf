import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ACCESS_TOKEN, SECRET, VERIFY_TOKEN } from './gateway.js';
import { until } from './until.js';
import { APP_SECRET, CHANNEL } from './webhooks.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** A gateway in a process of its own, as an operator runs it; it can be killed and started again. */
export class GatewayProcess {
  readonly url: string;
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | null = null;
  #output = '';

  constructor(port: number, env: Readonly<Record<string, string>>) {
    this.url = `http://127.0.0.1:${port}`;
    this.#env = {
      PATH: process.env['PATH'],
      PORT: String(port),
      WHATSAPP_PHONE_NUMBER_ID: CHANNEL,
      WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
      WHATSAPP_APP_SECRET: APP_SECRET,
      WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
      JWT_SECRET: SECRET,
      ...env,
    };
  }

  /** What it has written so far. */
  get output(): string {
    return this.#output;
  }

  /** Of the process that was started last. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts it. Resolves when it is ready, or has ended. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    const keep = (chunk: Buffer) => (this.#output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await until('the gateway is ready', async () => child.exitCode !== null || this.#isReady(), 30_000);
  }

  /** Asks it to read its centre file again. */
  reload(): void {
    this.#process?.kill('SIGHUP');
  }

  /** Ends it as a power failure does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Sends it a signal, and does not wait. */
  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** Asks it to stop, by one signal after the other. Returns its exit code. */
  async stop(...signals: readonly NodeJS.Signals[]): Promise<number | null> {
    return this.#end(...signals);
  }

  async #end(...signals: readonly NodeJS.Signals[]): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    for (const signal of signals) child.kill(signal);
    await ended;
    return child.exitCode;
  }

  async #isReady(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}
