import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMPTY } from 'rxjs';
import { CHECK_PATIENCE } from '../../src/transport/adapter.js';
import { ANSWER_TIMEOUT, gatewayTransport } from '../../src/transport/gateway/index.js';
import { createWorkspace } from '../../src/streams/index.js';
import { World, latest } from '../support/desk.js';
import { FakeBrowser } from '../support/fake-browser.js';
import { NOON } from '../support/builders.js';
import { RESET, WELCOME } from '../transport/gateway-link.js';
import { fakeSockets } from '../transport/fake-socket.js';
import { SleepyTime } from '../transport/virtual-time.js';

function opened() {
  const world = new World();
  const made = world.open();
  let checks = 0;
  Object.assign(made.adapter, { check: () => checks++ });
  return { ...made, world, checks: () => checks };
}

describe('a living link', () => {
  it('is asked for a sign of life when the network is back and when the page is visible again', () => {
    const { tab, checks } = opened();
    tab.online$.next(false);
    tab.visible$.next(false);
    assert.equal(checks(), 0);
    tab.online$.next(true);
    assert.equal(checks(), 1);
    tab.visible$.next(true);
    assert.equal(checks(), 2);
  });

  it('is asked when the answer to a command or a query stays away', () => {
    const { world, workspace, adapter, checks } = opened();
    adapter.faults.push('timeout');
    void workspace.setStatus('ready', null);
    world.time.pass(100);
    assert.equal(checks(), 1);
    adapter.queryFaults.push('timeout');
    workspace.transcript$('interaction-1').subscribe();
    world.time.pass(100);
    assert.equal(checks(), 2);
    adapter.faults.push('offline');
    void workspace.setStatus('not-ready', null);
    world.time.pass(10);
    assert.equal(checks(), 2);
    workspace.close();
  });

  it('corrects the clock of the desk by what the other side says the time is', () => {
    const { world, workspace, adapter } = opened();
    adapter.push({ kind: 'time', serverTime: world.time.now() + 90_000 });
    assert.equal(workspace.clock.now(), world.time.now() + 90_000);
  });

  it('passes over frames of a newer adapter', () => {
    const { workspace, adapter } = opened();
    const { state } = workspace;
    adapter.push({ kind: 'weather', sunny: true } as never);
    assert.equal(workspace.state, state);
    assert.equal(latest(workspace.connection$).at, 'online');
  });

  it('has a failed wish, and no endless one, where an adapter ends without an answer', async () => {
    const { world, workspace, adapter } = opened();
    Object.assign(adapter, { send: () => EMPTY });
    const outcome = workspace.setStatus('ready', null);
    world.time.pass(100);
    const { ok, error } = (await outcome) as { ok: boolean; error?: { sentence: string } };
    assert.deepEqual([ok, error?.sentence], [false, 'The transport ended without an answer.']);
  });
});

describe('a half-open link to the gateway', () => {
  /** A desk on a gateway that stops answering without a word. */
  function stalled() {
    const time = new SleepyTime();
    const { Socket, opened: sockets } = fakeSockets();
    const url = 'https://desk.example';
    const transport = gatewayTransport({ url, token: 't', WebSocket: Socket, scheduler: time });
    const tab = new FakeBrowser(time).tab();
    const workspace = createWorkspace({ transport, platform: tab, random: () => 0.5, scheduler: time });
    const connections: (readonly [number, string])[] = [];
    workspace.connection$.subscribe(({ at }) => connections.push([time.now() - NOON, at]));
    sockets[0]?.open();
    sockets[0]?.says(WELCOME);
    sockets[0]?.says(RESET);
    return { time, tab, workspace, lostAfter: () => connections.find(([, at]) => at === 'waiting')?.[0] };
  }

  it('is known within five seconds after the page is visible again', () => {
    const { time, tab, lostAfter, workspace } = stalled();
    tab.visible$.next(false);
    time.pass(1_000);
    tab.visible$.next(true);
    time.pass(60_000);
    assert.equal(lostAfter(), 1_000 + CHECK_PATIENCE);
    workspace.close();
  });

  it('is known five seconds after a command got no answer', () => {
    const { time, workspace, lostAfter } = stalled();
    time.pass(1_000);
    void workspace.setStatus('ready', null);
    time.pass(60_000);
    assert.equal(lostAfter(), 1_000 + ANSWER_TIMEOUT + CHECK_PATIENCE);
    workspace.close();
  });
});
