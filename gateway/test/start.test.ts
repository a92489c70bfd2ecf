import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../src/store/processes.js';
import { atEnd } from './support/cleanup.js';
import { freePort } from './support/stand-in.js';
import { until } from './support/until.js';

// From gateway/dist/test to the repository.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'start-'));
atEnd(() => rm(folder, { recursive: true, force: true }));
const log = join(folder, 'logs', 'gateway.log');

/** `npm start` in a process group of its own. Resolves when it takes requests. */
async function start(variables: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
  const [port, standIn] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      STAND_IN_PORT: String(standIn),
      DATA_DIR: folder,
      ...variables,
    },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => (output += data.toString()));
  atEnd(() => killGroup(child, 'SIGKILL'));
  await until('it says where to look', () => output.includes('Open http') || child.exitCode !== null, 60_000);
  assert.equal(child.exitCode, null, output);
  return child;
}

/** A signal to the whole group, as a terminal or a process manager sends it. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid ?? 0), signal);
  } catch {
    // All of them are gone.
  }
}

const postmaster = async () =>
  Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

test(
  'SIGTERM to the process group stops everything in order, the database too',
  { timeout: 120_000 },
  async () => {
    const child = await start();
    const pid = await postmaster();
    const ended = once(child, 'exit');
    killGroup(child, 'SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    assert.match(await readFile(log, 'utf8'), /"The gateway stops"/);
    await until('the database is gone', () => !isAlive(pid));
  },
);

test(
  'a database that a killed gateway has left is taken over and stopped by the next one; the log goes on',
  { timeout: 120_000 },
  async () => {
    const killed = await start();
    const pid = await postmaster();
    const end = once(killed, 'exit');
    killGroup(killed, 'SIGKILL');
    await end;
    assert.ok(isAlive(pid), 'the database is in a group of its own');
    const next = await start();
    assert.equal(await postmaster(), pid);
    const ended = once(next, 'exit');
    next.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    await until('the database is gone', () => !isAlive(pid));
    const starts = (await readFile(log, 'utf8')).split('"The gateway takes requests"').length - 1;
    assert.equal(starts, 3);
  },
);

test(
  'SIGHUP is handed on to the gateway, which reads its centre file again',
  { timeout: 120_000 },
  async () => {
    const centreFile = join(folder, 'centre.json');
    await writeFile(centreFile, '{}');
    const child = await start({ CENTRE_FILE: centreFile });
    await writeFile(centreFile, '{ "notReadyReasons": ["Lunch"] }');
    child.kill('SIGHUP');
    await until('it is read', async () =>
      (await readFile(log, 'utf8')).includes('The centre file was read again'),
    );
    assert.equal(child.exitCode, null);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  },
);

test('a log that has become long is put aside at the next start', { timeout: 120_000 }, async () => {
  await writeFile(log, 'x'.repeat(11_000_000));
  const child = await start();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  assert.equal((await stat(`${log}.1`)).size, 11_000_000);
  assert.ok((await stat(log)).size < 100_000);
});
