import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogFile } from './log-file.mjs';
import { root } from './run.mjs';

const POLL_MS = 50;
/** Longer than the gateway's own limit. */
const STOP_TIMEOUT_MS = 35_000;
const TAIL_LINES = 20;
const WARNING_LEVEL = 40;

/** A server process of ours: started, waited for, watched, stopped. Its log goes to a file; warnings are shown as well. */
export class Service {
  #child;
  #tail = [];

  /** Settles with a sentence when the process has ended. @type {Promise<string>} */
  ended;

  /**
   * @param {string} name
   * @param {string} script path below the root
   * @param {Record<string, string | undefined>} env the whole environment
   * @param {string} logFolder
   */
  constructor(name, script, env, logFolder) {
    this.name = name;
    const log = new LogFile(join(logFolder, `${name}.log`));
    this.#child = spawn(process.execPath, ['--enable-source-maps', script], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#onLine(line, log));
    }
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(`${name} ended (${signal ?? `code ${code}`})`));
    });
  }

  /** Waits until the address answers well. Throws with the log's last lines when the process ends before. */
  async ready(url, timeout = 120_000) {
    /** @type {string | undefined} */
    let end;
    void this.ended.then((sentence) => (end = sentence));
    for (const limit = Date.now() + timeout; Date.now() < limit; await sleep(POLL_MS)) {
      if (end) throw new Error(`${end} before it was ready:\n${this.#tail.join('\n')}`);
      const response = await fetch(url).catch(() => undefined);
      if (response?.ok) return;
    }
    throw new Error(`${this.name} was not ready after ${timeout / 1000} s:\n${this.#tail.join('\n')}`);
  }

  /** Sends the process a signal. @param {NodeJS.Signals} signal */
  signal(signal) {
    this.#child.kill(signal);
  }

  /** Asks the process to end, and makes it when it takes too long. */
  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.ended;
    clearTimeout(force);
  }

  #onLine(line, log) {
    log.write(line);
    this.#tail = [...this.#tail, line].slice(-TAIL_LINES);
    if (isWorthShowing(line)) console.error(`[${this.name}] ${line}`);
  }
}

/** Log lines are JSON with a level; whatever else is printed was not foreseen and is shown. */
function isWorthShowing(line) {
  if (line.trim() === '') return false;
  try {
    const { level } = JSON.parse(line);
    return typeof level === 'number' ? level >= WARNING_LEVEL : ['warn', 'error', 'fatal'].includes(level);
  } catch {
    return true;
  }
}

/** Throws a sentence when something else listens on the port already. */
export function assertPortFree(port, host, variable) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', ({ code }) =>
      reject(new Error(`Port ${port} cannot be used (${code}). Set ${variable} to another one.`)),
    );
    probe.listen(port, host, () => probe.close(resolve));
  });
}
