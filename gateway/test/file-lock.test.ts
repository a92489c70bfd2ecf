import assert from 'node:assert/strict';
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withFileLock } from '../src/store/file-lock.js';
import { startOf } from '../src/store/processes.js';
import { atEnd } from './support/cleanup.js';
import type { LockTurn } from './support/lock-user.js';

const USER = fileURLToPath(new URL('./support/lock-user.js', import.meta.url));
const ROUNDS = 150;

const folder = await mkdtemp(join(tmpdir(), 'lock-'));
atEnd(() => rm(folder, { recursive: true, force: true }));
const dead = execFileSync('sh', ['-c', 'echo $$']).toString().trim();

async function startUser(): Promise<ChildProcess> {
  const child = fork(USER);
  atEnd(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

/** What a process says about its turn. */
async function turn(child: ChildProcess, { path, at }: LockTurn): Promise<unknown> {
  const answer = once(child, 'message');
  child.send({ path, at });
  return (await answer)[0];
}

/** Nothing is left behind, which a next start would have to find out about. */
async function isEmpty(): Promise<void> {
  assert.deepEqual(await readdir(folder), []);
}

test('of processes that find the lock of a dead one at once, only one is inside at a time', async () => {
  const users = await Promise.all([1, 2, 3, 4].map(startUser));
  for (let round = 0; round < ROUNDS; round++) {
    const path = join(folder, `race-${round}`);
    await writeFile(path, dead);
    const at = Date.now() + 3;
    const answers = await Promise.all(users.map((user) => turn(user, { path, at })));
    assert.deepEqual(
      answers,
      users.map(() => 'was alone'),
      `round ${round}`,
    );
  }
  await isEmpty();
});

test('a lock of a living process is waited for, also in the same process', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, dead);
  const order: string[] = [];
  await Promise.all([
    withFileLock(path, async () => {
      order.push('first in');
      await new Promise((resolve) => setImmediate(resolve));
      order.push('first out');
    }),
    withFileLock(path, async () => void order.push('second')),
  ]);
  assert.ok(Math.abs(order.indexOf('first in') - order.indexOf('first out')) === 1, order.join());
  await isEmpty();
});

test('a process that died while it removed the lock of a dead one keeps nobody out', async () => {
  const path = join(folder, 'twice');
  await writeFile(path, dead);
  await writeFile(`${path}.removing`, dead);
  assert.equal(await withFileLock(path, async () => 'inside'), 'inside');
  await isEmpty();
});

test(
  'a process that was given the id of a dead one is not taken for it',
  { skip: startOf(process.pid) === null && 'this platform does not tell when a process began' },
  async () => {
    const path = join(folder, 'reused');
    await writeFile(path, `${process.ppid} 1`);
    assert.equal(await withFileLock(path, async () => 'inside'), 'inside');
    const content = await withFileLock(path, () => readFile(path, 'utf8'));
    assert.equal(content, `${process.pid} ${startOf(process.pid)}`);
    await isEmpty();
  },
);
