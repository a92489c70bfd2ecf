import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHECK_PATIENCE } from '../../src/transport/adapter.js';
import type { ServerFrame } from '../../src/transport/gateway/protocol.js';
import { NOON } from '../support/builders.js';
import type { SchedulerLike } from 'rxjs';
import type { GatewayOptions } from '../../src/transport/gateway/index.js';
import { PING_INTERVAL } from '../../src/transport/gateway/frames.js';
import { SleepyTime } from './virtual-time.js';
import { COMMAND, RESET, TRANSCRIPT, WELCOME, eventFrame, kindOf, outcomeOf, setUp } from './gateway-link.js';

const HOUR = 3_600_000;
const PONG: ServerFrame = { type: 'pong', serverTime: NOON + 7_000 };

function checking(options: Partial<GatewayOptions> = {}, welcome: Partial<typeof WELCOME> = {}) {
  const made = setUp(options);
  made.connect();
  made.socket().open();
  made.socket().says({ ...WELCOME, ...welcome } as ServerFrame);
  made.socket().says(RESET);
  const pings = () => made.socket().sent.filter(({ type }) => type === 'ping').length;
  const kinds = () => made.errors.map(({ kind }) => kind);
  return { ...made, pings, kinds };
}

/** A link on a machine whose clock can be put back. */
function withClock(welcome: { readonly features?: readonly string[] } = {}) {
  let back = 0;
  const real = new SleepyTime();
  const scheduler: SchedulerLike = {
    now: () => real.now() - back,
    schedule: (work, delay, state) => real.schedule(work as never, delay, state),
  };
  return {
    ...checking({ scheduler }, welcome as Partial<typeof WELCOME>),
    time: real,
    putBack: (by: number) => (back = by),
  };
}

describe('a link in question', () => {
  it('holds when the gateway answers in time, and tells what time it is there', () => {
    const { time, adapter, socket, frames, pings, kinds } = checking();
    adapter.check?.();
    assert.equal(pings(), 1);
    time.pass(CHECK_PATIENCE - 1);
    socket().says(PONG);
    time.pass(2 * CHECK_PATIENCE);
    assert.deepEqual(kinds(), []);
    assert.deepEqual(frames.at(-1), {
      kind: 'time',
      serverTime: NOON + 7_000 + (CHECK_PATIENCE - 1) / 2,
    });
  });

  it('is lost when no answer comes', () => {
    const { time, adapter, socket, kinds } = checking();
    adapter.check?.();
    time.pass(CHECK_PATIENCE - 1);
    assert.deepEqual(kinds(), []);
    time.pass(1);
    assert.deepEqual(kinds(), ['offline']);
    assert.equal(socket().closedWith, 1000);
    assert.equal(time.pending, 0);
  });

  it('is asked once, however often it is put in question', () => {
    const { time, adapter, socket, pings, kinds } = checking();
    for (let i = 0; i < 3; i++) adapter.check?.();
    assert.equal(pings(), 1);
    socket().says(PONG);
    adapter.check?.();
    assert.equal(pings(), 2);
    time.pass(CHECK_PATIENCE);
    assert.deepEqual(kinds(), ['offline']);
  });

  it('is waited for while much else comes in before the answer', () => {
    const { time, adapter, socket, kinds } = checking();
    adapter.check?.();
    for (let seq = 6; seq < 16; seq++) {
      time.pass(CHECK_PATIENCE - 1_000);
      socket().says(eventFrame(seq));
    }
    assert.deepEqual(kinds(), []);
    time.pass(3 * CHECK_PATIENCE);
    assert.deepEqual(kinds(), ['offline']);
  });

  it('is asked again when the machine slept through the wait, and then believed to be lost', () => {
    const { time, adapter, pings, kinds } = checking();
    adapter.check?.();
    time.oversleep(3 * CHECK_PATIENCE);
    assert.deepEqual([pings(), kinds()], [2, []]);
    time.pass(CHECK_PATIENCE);
    assert.deepEqual(kinds(), ['offline']);
  });

  it('is found dead within seconds of a wake, long before three silent intervals', () => {
    const { time, pings, kinds } = checking();
    time.oversleep(20_000);
    assert.deepEqual([pings(), kinds()], [1, []]);
    time.pass(CHECK_PATIENCE);
    assert.deepEqual(kinds(), ['offline']);
  });

  it('is asked when the clock was put back, and its silence is noticed as before', () => {
    const { time, pings, socket, frames, kinds, putBack } = withClock();
    time.pass(PING_INTERVAL);
    socket().says({ type: 'ping' });
    putBack(2 * HOUR);
    time.pass(PING_INTERVAL / 4);
    assert.equal(pings(), 1);
    socket().says(PONG);
    assert.equal(frames.filter(({ kind }) => kind === 'time').length, 1);
    time.pass(4 * PING_INTERVAL);
    assert.deepEqual(kinds(), ['offline']);
  });

  it('is found silent after the clock was put back also where it cannot be asked', () => {
    const { time, socket, kinds, putBack } = withClock({ features: [] });
    putBack(2 * HOUR);
    time.pass(3 * PING_INTERVAL);
    assert.deepEqual(kinds(), []);
    time.pass(PING_INTERVAL);
    assert.deepEqual(kinds(), ['offline']);
    assert.equal(socket().sent.length, 1);
  });

  it('is asked again when the clock was put while the answer was on its way', () => {
    for (const jump of [2 * HOUR, -2 * HOUR]) {
      const { adapter, pings, socket, frames, putBack } = withClock();
      adapter.check?.();
      putBack(jump);
      socket().says(PONG);
      assert.equal(pings(), 2);
      socket().says(PONG);
      assert.deepEqual(
        frames.filter(({ kind }) => kind === 'time'),
        [{ kind: 'time', serverTime: NOON + 7_000 }],
      );
    }
  });

  it('is not asked at a gateway that does not know the question', () => {
    const { time, adapter, connect, socket, errors } = setUp();
    connect();
    socket().open();
    socket().says({ ...WELCOME, features: [] } as ServerFrame);
    socket().says(RESET);
    adapter.check?.();
    time.pass(2 * CHECK_PATIENCE);
    assert.deepEqual([socket().sent.length, errors.length], [1, 0]);
  });

  it('is nothing before the welcome and after the end', () => {
    const { adapter, connect, socket } = setUp();
    adapter.check?.();
    connect();
    socket().open();
    adapter.check?.();
    assert.equal(socket().sent.length, 1);
    socket().says(WELCOME);
    socket().drop(1006);
    adapter.check?.();
    assert.equal(socket().sent.length, 1);
  });
});

describe('what the gateway cannot read', () => {
  it('is a refused command after three connections that it ended', () => {
    const { adapter, online, socket, opened } = setUp();
    const outcomes = [1, 2, 3, 4].map((n) => {
      online();
      const outcome = outcomeOf(adapter.send(COMMAND));
      if (n < 4) socket().drop(4400);
      return outcome;
    });
    assert.deepEqual(
      outcomes.map(({ error }) => kindOf(error)),
      ['timeout', 'timeout', 'timeout', null],
    );
    const [receipt] = outcomes[3]?.values ?? [];
    assert.ok(receipt && !receipt.ok && receipt.error.kind === 'invalid' && !receipt.error.retryable);
    assert.equal(opened.at(-1)?.sent.length, 1, 'only the hello');
  });

  it('is a query that errs after three connections that it ended', () => {
    const { adapter, online, socket } = setUp();
    const kinds = [1, 2, 3, 4].map((n) => {
      online();
      const outcome = outcomeOf(adapter.query(TRANSCRIPT));
      if (n < 4) socket().drop(4400);
      return kindOf(outcome.error);
    });
    assert.deepEqual(kinds, ['timeout', 'timeout', 'timeout', 'invalid']);
  });

  it('is not what was answered meanwhile, nor what was under way when links were merely lost', () => {
    const { adapter, online, socket } = setUp();
    for (let i = 0; i < 9; i++) {
      online();
      adapter.send(COMMAND).subscribe({ error: () => undefined });
      if (i % 3 === 2) {
        socket().says({ type: 'receipt', receipt: { id: 'c1', ok: true, seq: 6, result: null } });
      }
      socket().drop(i % 3 === 1 ? 1006 : 4400);
    }
    online();
    adapter.send(COMMAND).subscribe({ error: () => undefined });
    assert.equal(socket().sent.length, 2);
  });
});
