import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import type { Command } from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportErrorKind } from '../../src/transport/adapter.js';

import { COMMAND, PAGE, RECEIPT, TRANSCRIPT, WELCOME, kindOf, outcomeOf, setUp } from './gateway-link.js';
import { settled } from './virtual-time.js';

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
    const later = { ...PAGE, next: { interaction: 'interaction-0', before: null } };
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

  it('errs with an answer that is of something else, and the connection goes on', () => {
    const { adapter, online, socket, errors } = setUp();
    online();
    const outcome = outcomeOf(adapter.query(TRANSCRIPT));
    const asked = socket().sent.at(-1);
    assert.ok(asked?.type === 'query');
    const result = { items: [], next: '3', cursor: PAGE.cursor };
    socket().says({ type: 'result', id: asked.id, ok: true, result });
    assert.equal(kindOf(outcome.error), 'invalid');
    assert.deepEqual(errors, []);
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
