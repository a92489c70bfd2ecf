import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './run.mjs';

const HOLDER = join(root, 'gateway/dist/test/support/server-holder.js');

/**
 * Does something while the PostgreSQL server that the gateway's test files share keeps running: files beside each other would stop it under one another.
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withTestServer(action) {
  // When we end, however that is, its standard input ends, and so does it.
  const holder = spawn(process.execPath, [HOLDER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  const running = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!running) throw new Error('The PostgreSQL server of the gateway tests did not start.');
  try {
    return await action();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
