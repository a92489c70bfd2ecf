import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { commandOf, isAlive, startOf } from '../src/store/processes.js';
import { atEnd } from './support/cleanup.js';
import { until } from './support/until.js';

// A process with a child that ends when the pipe to it is closed, and after which it never asks.
const script = 'cat <&3 >/dev/null & echo $!; exec sleep 600 3<&-';
const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
atEnd(() => parent.kill('SIGKILL'));
assert.ok(parent.stdout);
const [line]: unknown[] = await once(parent.stdout, 'data');
const ended = Number(String(line));
const pid = parent.pid ?? 0;
const skip = startOf(process.pid) === null && 'this platform has no /proc';

test('a process that runs is alive, and its program is known', async () => {
  assert.ok(isAlive(pid));
  assert.ok(isAlive(1));
  await until('it runs its program', () => commandOf(pid) === 'sleep 600');
});

test('one that has ended is not, also before its parent knows', { skip }, async () => {
  await until('its parent has begun', () => commandOf(pid) === 'sleep 600');
  assert.ok(isAlive(ended));
  parent.stdio[3]?.destroy();
  await until('it has ended', () => !isAlive(ended));
  assert.equal(commandOf(ended), '');
  for (const none of [0, -1, NaN, 2 ** 30]) assert.ok(!isAlive(none), String(none));
});

test('when a process began tells it from others', { skip }, () => {
  assert.equal(startOf(pid), startOf(pid));
  assert.notEqual(startOf(pid), startOf(process.pid));
  assert.equal(startOf(2 ** 30), null);
});
