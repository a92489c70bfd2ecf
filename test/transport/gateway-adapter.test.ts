import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Observable, Subscription } from 'rxjs';
import { DEFAULT_POLICY } from '../../src/model/index.js';
import type { Command, Cursor, Receipt, TranscriptPage } from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportErrorKind, TransportFrame } from '../../src/transport/adapter.js';
import { gatewayTransport } from '../../src/transport/gateway/index.js';
import type { GatewayOptions } from '../../src/transport/gateway/index.js';
import { PING_INTERVAL } from '../../src/transport/gateway/protocol.js';
import type { ServerFrame } from '../../src/transport/gateway/protocol.js';
import { NOON, aMessage, anAgent, anEvent, anInteraction } from '../support/builders.js';
import { fakeSockets } from './fake-socket.js';
import { SleepyTime, settled } from './virtual-time.js';

const WELCOME: ServerFrame = {
  type: 'welcome',
  agent: anAgent(),
  issuer: 'acme',
  epoch: 'e1',
  head: 5,
  serverTime: NOON,
  policy: DEFAULT_POLICY,
};
const RESET: ServerFrame = {
  type: 'reset',
  snapshot: { seq: 5, agent: anAgent(), interactions: [anInteraction()], workbins: [] },
};
const COMMAND: Command = { id: 'c1', name: 'mark-done', args: { interaction: 'interaction-1' } };
const RECEIPT: Receipt = { id: 'c1', ok: true, seq: 6 };
const PAGE: TranscriptPage = { items: [], more: false, earlier: null, cursor: { epoch: 'e1', seq: 5 } };
const TRANSCRIPT = {
  name: 'transcript',
  args: { interaction: 'interaction-1', before: null, limit: 50 },
} as const;

function eventFrame(seq: number): ServerFrame {
  const draft = anEvent('message-received', { message: aMessage({ id: `m${seq}` }) });
  return { type: 'event', event: { ...draft, seq, id: `e${seq}` } };
}

/** An adapter on fake sockets, and what one connection brought. */
function setUp(options: Partial<GatewayOptions> = {}) {
  const time = new SleepyTime();
  const { Socket, opened } = fakeSockets();
  const adapter = gatewayTransport({
    url: 'https://crm.example/whatsapp',
    token: 'first',
    WebSocket: Socket,
    scheduler: time,
    ...options,
  });
  const frames: TransportFrame[] = [];
  const errors: TransportError[] = [];
  const connect = (cursor: Cursor | null = null): Subscription =>
    adapter.connect(cursor).subscribe({
      next: (frame) => frames.push(frame),
      error: (error: unknown) => {
        assert.ok(error instanceof TransportError);
        errors.push(error);
      },
      complete: () => assert.fail('a connection never completes by itself'),
    });
  const socket = () => {
    const last = opened.at(-1);
    assert.ok(last, 'no socket was opened');
    return last;
  };
  /** Connects as far as the snapshot. */
  const online = (): Subscription => {
    const subscription = connect();
    socket().open();
    socket().says(WELCOME);
    socket().says(RESET);
    return subscription;
  };
  return { time, adapter, opened, frames, errors, connect, socket, online };
}

/** What became of one answer. */
function outcomeOf<T>(source: Observable<T>) {
  const outcome: { values: T[]; error: unknown; completed: boolean; subscription: Subscription | null } = {
    values: [],
    error: null,
    completed: false,
    subscription: null,
  };
  outcome.subscription = source.subscribe({
    next: (value: T) => outcome.values.push(value),
    error: (error: unknown) => (outcome.error = error),
    complete: () => (outcome.completed = true),
  });
  return outcome;
}

function kindOf(error: unknown): TransportErrorKind | null {
  return error instanceof TransportError ? error.kind : null;
}

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
      socket().says({ type: 'ping' });
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
    ['an unknown frame', '{"type":"dance"}'],
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

describe('commands and queries to the gateway', () => {
  it('sends a command once it is subscribed to, and brings its receipt', () => {
    const { adapter, online, socket } = setUp();
    online();
    const answer = adapter.send(COMMAND);
    assert.equal(socket().sent.length, 1);
    const outcome = outcomeOf(answer);
    assert.deepEqual(socket().sent.at(-1), { type: 'command', command: COMMAND });
    assert.deepEqual(outcome.values, []);
    socket().says({ type: 'receipt', receipt: { ...RECEIPT, id: 'another' } });
    assert.deepEqual(outcome.values, []);
    socket().says({ type: 'receipt', receipt: RECEIPT });
    assert.deepEqual(outcome.values, [RECEIPT]);
    assert.ok(outcome.completed);
  });

  it('gives one receipt to all who wait for it', () => {
    const { adapter, online, socket } = setUp();
    online();
    const outcomes = [1, 2].map(() => outcomeOf(adapter.send(COMMAND)));
    socket().says({ type: 'receipt', receipt: RECEIPT });
    assert.deepEqual(
      outcomes.map(({ values }) => values),
      [[RECEIPT], [RECEIPT]],
    );
  });

  it('is offline before the connection, before welcome and after the end', () => {
    const { adapter, connect, socket } = setUp();
    const kinds = [kindOf(outcomeOf(adapter.send(COMMAND)).error)];
    connect();
    kinds.push(kindOf(outcomeOf(adapter.send(COMMAND)).error));
    socket().open();
    kinds.push(kindOf(outcomeOf(adapter.send(COMMAND)).error));
    socket().says(WELCOME);
    socket().drop(1006);
    kinds.push(kindOf(outcomeOf(adapter.query(TRANSCRIPT)).error));
    assert.deepEqual(kinds, ['offline', 'offline', 'offline', 'offline']);
    assert.deepEqual(
      socket().sent.map(({ type }) => type),
      ['hello'],
    );
  });

  it('does not know what became of a command that got no answer in ten seconds', () => {
    const { time, adapter, online, socket } = setUp();
    online();
    const outcome = outcomeOf(adapter.send(COMMAND));
    time.pass(9_999);
    assert.equal(outcome.error, null);
    time.pass(1);
    assert.equal(kindOf(outcome.error), 'timeout');
    socket().says({ type: 'receipt', receipt: RECEIPT });
    assert.deepEqual(outcome.values, []);
  });

  it('does not know what became of a command when the link is lost meanwhile, and says so after the loss', () => {
    const { adapter, online, socket, errors } = setUp();
    online();
    const known: unknown[] = [];
    adapter.send(COMMAND).subscribe({ error: (error) => known.push(errors.length, kindOf(error)) });
    socket().drop(1012);
    assert.deepEqual(known, [1, 'timeout']);
  });

  it('forgets who no longer waits', () => {
    const { time, adapter, online, socket } = setUp();
    online();
    const outcome = outcomeOf(adapter.send(COMMAND));
    outcome.subscription?.unsubscribe();
    socket().says({ type: 'receipt', receipt: RECEIPT });
    time.pass(10_000);
    assert.deepEqual([outcome.values, outcome.error], [[], null]);
  });

  it('refuses a command itself that the gateway would close the socket on', () => {
    const { adapter, online, socket } = setUp();
    online();
    const content = { kind: 'text', text: 'x'.repeat(70_000) } as const;
    const command: Command = { id: 'c2', name: 'send-message', args: { interaction: 'i', content } };
    const outcome = outcomeOf(adapter.send(command));
    const [receipt] = outcome.values;
    assert.ok(receipt && !receipt.ok && !receipt.error.retryable);
    assert.equal(receipt.seq, 5);
    assert.equal(socket().sent.length, 1);
  });

  it('tells the answers to two queries apart', () => {
    const { adapter, online, socket } = setUp();
    online();
    const [first, second] = [1, 2].map(() => outcomeOf(adapter.query(TRANSCRIPT)));
    const ids = socket().sent.flatMap((frame) => (frame.type === 'query' ? [frame.id] : []));
    const later = { ...PAGE, more: true };
    socket().says({ type: 'result', id: ids[1] ?? '', ok: true, result: later });
    socket().says({ type: 'result', id: ids[0] ?? '', ok: true, result: PAGE });
    assert.deepEqual([first?.values, second?.values], [[PAGE], [later]]);
  });

  it('reports a query that was refused, and whether to ask again', () => {
    const { adapter, online, socket } = setUp();
    online();
    const kinds = [true, false].map((retryable) => {
      const outcome = outcomeOf(adapter.query(TRANSCRIPT));
      const asked = socket().sent.at(-1);
      assert.ok(asked?.type === 'query');
      const error = { kind: 'unavailable', sentence: 'Not now.', retryable } as const;
      socket().says({ type: 'result', id: asked.id, ok: false, error });
      assert.equal((outcome.error as Error).message, 'Not now.');
      return kindOf(outcome.error);
    });
    assert.deepEqual(kinds, ['timeout', 'invalid']);
  });

  it('ends the connection when the page is of something else', () => {
    const { adapter, online, socket, errors } = setUp();
    online();
    const outcome = outcomeOf(adapter.query(TRANSCRIPT));
    const asked = socket().sent.at(-1);
    assert.ok(asked?.type === 'query');
    const result = { interactions: [], more: false, cursor: PAGE.cursor };
    socket().says({ type: 'result', id: asked.id, ok: true, result });
    assert.equal(kindOf(outcome.error), 'invalid');
    assert.deepEqual(
      errors.map(({ kind }) => kind),
      ['invalid'],
    );
  });
});

describe('tokens', () => {
  it('fetches a token before each connection', async () => {
    let count = 0;
    const { connect, socket } = setUp({ token: () => Promise.resolve(`token-${++count}`) });
    for (const expected of ['token-1', 'token-2']) {
      const subscription = connect();
      await settled();
      socket().open();
      assert.deepEqual(socket().sent, [{ type: 'hello', token: expected, cursor: null }]);
      subscription.unsubscribe();
    }
  });

  it('opens no socket when it is unsubscribed before the token has come', async () => {
    const { connect, opened } = setUp({ token: () => Promise.resolve('late') });
    connect().unsubscribe();
    await settled();
    assert.equal(opened.length, 0);
  });

  it('is offline when the token cannot be fetched, and unauthorized when that is what is said', async () => {
    const failures: readonly (readonly [() => Promise<string>, TransportErrorKind])[] = [
      [() => Promise.reject(new TypeError('fetch failed')), 'offline'],
      [() => Promise.reject(new TransportError('unauthorized', 'Logged out.')), 'unauthorized'],
      [
        () => {
          throw new Error('thrown at once');
        },
        'offline',
      ],
    ];
    for (const [token, kind] of failures) {
      const { connect, errors, opened } = setUp({ token });
      connect();
      await settled();
      assert.deepEqual(
        errors.map((error) => error.kind),
        [kind],
      );
      assert.equal(opened.length, 0);
    }
  });

  it('hands a renewed token to a living connection and to the next ones', () => {
    const { adapter, online, connect, socket } = setUp();
    const subscription = online();
    adapter.setToken('second');
    assert.deepEqual(socket().sent.at(-1), { type: 'token', token: 'second' });
    subscription.unsubscribe();
    connect();
    socket().open();
    assert.deepEqual(socket().sent, [{ type: 'hello', token: 'second', cursor: null }]);
  });

  it('says hello with a token that came while the socket was opening', () => {
    const { adapter, connect, socket } = setUp();
    connect();
    adapter.setToken('second');
    socket().open();
    assert.deepEqual(socket().sent, [{ type: 'hello', token: 'second', cursor: null }]);
  });

  it('says hello with a token that came while another was fetched', async () => {
    const { adapter, connect, socket } = setUp({ token: () => Promise.resolve('fetched') });
    connect();
    adapter.setToken('pushed');
    await settled();
    socket().open();
    assert.deepEqual(socket().sent, [{ type: 'hello', token: 'pushed', cursor: null }]);
  });

  it('fetches again after a pushed token was refused', async () => {
    const { adapter, connect, socket, errors } = setUp({ token: () => 'fetched' });
    adapter.setToken('stale');
    connect();
    await settled();
    socket().open();
    socket().drop(4401);
    assert.equal(errors[0]?.kind, 'unauthorized');
    connect();
    await settled();
    socket().open();
    assert.deepEqual(socket().sent, [{ type: 'hello', token: 'fetched', cursor: null }]);
  });
});
