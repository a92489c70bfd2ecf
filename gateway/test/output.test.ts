import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const LOG = fileURLToPath(new URL('../src/log.js', import.meta.url));

/** Speaks, and when its input ends speaks again, to nobody; with time for what follows from that. */
const PROGRAM = `
  const { jsonLog } = await import(process.argv[1]);
  const log = jsonLog();
  log.info('Here');
  process.stdin.resume().on('end', () => {
    log.info('Still here');
    setImmediate(() => setImmediate(() => process.exit(7)));
  });
`;

test('who stops reading the log does not end the process that writes it', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, LOG], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await once(child.stdout, 'close');
  child.stdin.end();
  assert.deepEqual(await ended, [7, null]);
});
