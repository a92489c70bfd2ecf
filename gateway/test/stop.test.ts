import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { STOP_LIMIT, stopper } from '../src/stop.js';
import { recordingLog } from './support/log.js';

/** A process whose time the test decides. */
function running(t: TestContext, close: () => Promise<void>) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const log = recordingLog();
  const codes: number[] = [];
  let time = 0;
  const signal = stopper({ close, leave: (code) => codes.push(code), log, now: () => time });
  const pass = (ms: number) => {
    time += ms;
    t.mock.timers.tick(ms);
  };
  return { signal, pass, codes, errors: () => log.lines.map(({ message }) => message) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const forEver = () => new Promise<void>(() => undefined);

test('what has stopped in order ends well, what has failed does not', async (t) => {
  const good = running(t, () => Promise.resolve());
  good.signal();
  await settled();
  assert.deepEqual([good.codes, good.errors()], [[0], []]);
  t.mock.timers.reset();
  const bad = running(t, () => Promise.reject(new Error('lost')));
  bad.signal();
  await settled();
  assert.deepEqual([bad.codes, bad.errors()], [[1], ['The gateway did not stop in order']]);
});

test('stopping takes 28 seconds at most, and that something may be in doubt is said', (t) => {
  assert.equal(STOP_LIMIT, 28_000);
  const { signal, pass, codes, errors } = running(t, forEver);
  signal();
  pass(27_999);
  assert.deepEqual([codes, errors()], [[], []]);
  pass(1);
  assert.deepEqual(codes, [1]);
  assert.match(errors().join(), /did not stop in time/);
});

test('a second signal counts after three seconds, and not before', (t) => {
  const { signal, pass, codes } = running(t, forEver);
  signal();
  pass(3000);
  signal();
  assert.deepEqual(codes, []);
  pass(1);
  signal();
  assert.deepEqual(codes, [1]);
});
