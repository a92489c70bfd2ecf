import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import type { TransportErrorKind } from '../../src/transport/adapter.js';

import { PING_INTERVAL } from '../../src/transport/gateway/protocol.js';

import { NOON } from '../support/builders.js';
import { RESET, WELCOME, eventFrame, kindOf, outcomeOf, setUp } from './gateway-link.js';

describe('connecting to the gateway', () => {
  const ADDRESSES = [
    ['https://crm.example', 'wss://crm.example/v1/socket'],
    ['http://localhost:8080/', 'ws://localhost:8080/v1/socket'],
    ['https://crm.example/whatsapp/', 'wss://crm.example/whatsapp/v1/socket'],
    ['wss://crm.example/v1/socket', 'wss://crm.example/v1/socket'],
    ['ws://crm.example/?tenant=1#top', 'ws://crm.example/v1/socket?tenant=1'],
    [new URL('https://crm.example'), 'wss://crm.example/v1/socket'],
  ] as const;
  for (const [url, expected] of ADDRESSES) {
    it(`finds the socket of ${String(url)}`, () => {
      const { connect, socket } = setUp({ url });
      connect();
      assert.equal(socket().url, expected);
    });
  }

  for (const url of ['/', '', 'ftp://crm.example', 'javascript:alert(1)']) {
    it(`refuses "${url}" where there is no page`, () => {
      const { connect, errors, opened } = setUp({ url });
      connect();
      assert.equal(errors[0]?.kind, 'refused');
      assert.equal(opened.length, 0);
    });
  }

  it('says that it cannot where there is no WebSocket', () => {
    const { connect, errors } = setUp({ WebSocket: 7 as never });
    connect();
    assert.equal(errors[0]?.kind, 'unsupported');
  });

  it('reports a socket that the browser does not open', () => {
    const blocked = class {
      constructor() {
        throw new DOMException('Mixed content', 'SecurityError');
      }
    };
    const { connect, errors } = setUp({ WebSocket: blocked as never });
    connect();
    assert.equal(errors[0]?.kind, 'refused');
    assert.ok(errors[0].cause instanceof DOMException);
  });

  it('opens nothing before somebody subscribes, one socket for who does, and closes it with the subscription', () => {
    const { adapter, opened, connect, socket } = setUp();
    adapter.connect(null);
    assert.equal(opened.length, 0);
    const subscription = connect();
    assert.equal(opened.length, 1);
    socket().open();
    subscription.unsubscribe();
    assert.equal(socket().closedWith, 1000);
  });

  it('closes a socket that is still opening', () => {
    const { connect, socket, frames, errors } = setUp();
    connect().unsubscribe();
    assert.equal(socket().closedWith, 1000);
    socket().drop(1006);
    assert.deepEqual([frames, errors], [[], []]);
  });

  it('says hello with the token and the cursor', () => {
    const { connect, socket } = setUp();
    connect({ epoch: 'e1', seq: 3 });
    assert.deepEqual(socket().sent, []);
    socket().open();
    assert.deepEqual(socket().sent, [{ type: 'hello', token: 'first', cursor: { epoch: 'e1', seq: 3 } }]);
  });

  it('brings welcome, snapshot, events and places in order', () => {
    const { frames, errors, online, socket } = setUp();
    online();
    socket().says(eventFrame(7));
    socket().says({ type: 'cursor', seq: 9 });
    socket().says(eventFrame(10));
    assert.deepEqual(
      frames.map((frame) => (frame.kind === 'event' ? frame.event.seq : frame.kind)),
      ['welcome', 'snapshot', 7, 'cursor', 10],
    );
    assert.equal(errors.length, 0);
  });

  it('takes the same place told again for a sign of life', () => {
    const { frames, errors, online, socket } = setUp();
    online();
    socket().says({ type: 'cursor', seq: 9 });
    socket().says({ type: 'cursor', seq: 9 });
    socket().says(eventFrame(10));
    assert.deepEqual(errors, []);
    assert.deepEqual(
      frames.map(({ kind }) => kind),
      ['welcome', 'snapshot', 'cursor', 'event'],
    );
  });

  it('goes on after its cursor without a snapshot', () => {
    const { frames, errors, connect, socket } = setUp();
    connect({ epoch: 'e1', seq: 3 });
    socket().open();
    socket().says(WELCOME);
    socket().says(eventFrame(4));
    assert.deepEqual(
      frames.map(({ kind }) => kind),
      ['welcome', 'event'],
    );
    assert.equal(errors.length, 0);
  });

  it('has one connection at a time', () => {
    const { adapter, online, errors } = setUp();
    online();
    assert.equal(kindOf(outcomeOf(adapter.connect(null)).error), 'invalid');
    assert.equal(errors.length, 0);
  });

  it('connects again after an error', () => {
    const { online, socket, opened, frames } = setUp();
    online();
    socket().drop(1006);
    online();
    assert.equal(opened.length, 2);
    assert.equal(frames.filter(({ kind }) => kind === 'welcome').length, 2);
  });

  it('refuses what answers without our subprotocol', () => {
    const { connect, socket, errors } = setUp();
    connect();
    socket().open('');
    assert.equal(errors[0]?.kind, 'refused');
    assert.deepEqual(socket().sent, []);
  });

  it('answers each ping', () => {
    const { online, socket } = setUp();
    online();
    socket().says({ type: 'ping' });
    assert.deepEqual(socket().sent.at(-1), { type: 'pong' });
  });
});

describe('losing the gateway', () => {
  const CODES: readonly (readonly [number, TransportErrorKind])[] = [
    [1000, 'offline'],
    [1001, 'offline'],
    [1006, 'offline'],
    [1012, 'offline'],
    [4400, 'invalid'],
    [4401, 'unauthorized'],
    [4403, 'refused'],
    [4408, 'offline'],
    [4413, 'offline'],
    [4429, 'too-many'],
    // One of a later gateway.
    [4499, 'offline'],
  ];
  for (const [code, kind] of CODES) {
    it(`calls a close with ${code} ${kind}`, () => {
      const { online, socket, errors } = setUp();
      online();
      socket().drop(code);
      assert.deepEqual(
        errors.map((error) => error.kind),
        [kind],
      );
      assert.match(errors[0]?.message ?? '', /^\S.*\.$/);
    });
  }

  it('gives up on a gateway that takes the connection and says nothing', () => {
    const { time, connect, socket, errors } = setUp();
    connect();
    socket().open();
    time.pass(14_999);
    assert.equal(errors.length, 0);
    time.pass(1);
    assert.equal(errors[0]?.kind, 'offline');
    assert.equal(socket().closedWith, 1000);
  });

  it('gives up on a host that never answers', () => {
    const { time, connect, errors } = setUp();
    connect();
    time.pass(15_000);
    assert.equal(errors[0]?.kind, 'offline');
  });

  it('calls the link lost after three silent intervals', () => {
    const { time, online, socket, errors } = setUp();
    online();
    time.pass(3 * PING_INTERVAL - 1);
    assert.equal(errors.length, 0);
    time.pass(1);
    assert.equal(errors[0]?.kind, 'offline');
    assert.equal(socket().closedWith, 1000);
  });

  it('stays while anything is heard', () => {
    const { time, online, socket, errors } = setUp();
    online();
    for (let i = 0; i < 10; i++) {
      time.pass(2.5 * PING_INTERVAL);
      socket().says({ type: 'ping' });
    }
    assert.equal(errors.length, 0);
  });

  it('asks before it calls the link lost when its timers came late', () => {
    const { time, online, socket, errors } = setUp();
    online();
    time.oversleep(10 * PING_INTERVAL);
    assert.equal(errors.length, 0);
    assert.deepEqual(socket().sent.at(-1), { type: 'pong' });
    time.pass(PING_INTERVAL);
    assert.equal(errors[0]?.kind, 'offline');
  });

  it('goes on when the answer was only waiting behind the late timer', () => {
    const { time, online, socket, errors } = setUp();
    online();
    for (let i = 0; i < 3; i++) {
      time.oversleep(10 * PING_INTERVAL);
      socket().says({ type: 'pong', serverTime: NOON });
      time.pass(PING_INTERVAL);
    }
    assert.equal(errors.length, 0);
  });

  it('notices silence though all of its timers come late', () => {
    const { time, online, errors } = setUp();
    online();
    for (let i = 0; i < 3; i++) time.oversleep(3 * PING_INTERVAL);
    assert.deepEqual(
      errors.map(({ kind }) => kind),
      ['offline'],
    );
  });

  const BREACHES: readonly (readonly [string, unknown])[] = [
    ['text that is not JSON', '<html>'],
    ['bytes', new ArrayBuffer(3)],
    ['a second welcome', JSON.stringify(WELCOME)],
    ['an event of a place that has been', JSON.stringify(eventFrame(5))],
    ['a place that has been', '{"type":"cursor","seq":4}'],
    ['an event that does not fit its type', JSON.stringify({ ...eventFrame(6), event: { seq: 6 } })],
  ];
  for (const [what, data] of BREACHES) {
    it(`ends the connection on ${what}`, () => {
      const { online, socket, errors, frames } = setUp();
      online();
      socket().saysText(data);
      assert.deepEqual(
        errors.map(({ kind }) => kind),
        ['invalid'],
      );
      assert.equal(socket().closedWith, 4400);
      socket().says(eventFrame(9));
      assert.equal(frames.length, 2);
    });
  }

  it('ends the connection on anything before welcome', () => {
    const { connect, socket, errors } = setUp();
    connect();
    socket().open();
    socket().says(RESET);
    assert.equal(errors[0]?.kind, 'invalid');
  });

  it('ends the connection on events that follow on nothing', () => {
    const { connect, socket, errors } = setUp();
    connect({ epoch: 'another', seq: 3 });
    socket().open();
    socket().says(WELCOME);
    socket().says(eventFrame(4));
    assert.equal(errors[0]?.kind, 'invalid');
  });

  it('leaves no timer behind', () => {
    const { time, online, socket } = setUp();
    online();
    socket().drop(1006);
    time.pass(10 * PING_INTERVAL);
    assert.equal(time.pending, 0);
  });
});
