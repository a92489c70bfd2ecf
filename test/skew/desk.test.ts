import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemAt } from '../../src/model/index.js';
import { createWorkspace } from '../../src/streams/index.js';
import type { Connection } from '../../src/streams/index.js';
import { RESYNC_PAUSE } from '../../src/streams/connection/centre-link.js';
import { PING_INTERVAL } from '../../src/transport/gateway/frames.js';
import { gatewayTransport } from '../../src/transport/gateway/index.js';
import { parseClientFrame, parseServerFrame, readResult } from '../../src/transport/gateway/protocol.js';
import type { ServerFrame } from '../../src/transport/gateway/protocol.js';
import { FakeBrowser } from '../support/fake-browser.js';
import { VirtualTime } from '../support/virtual-time.js';
import { fakeSockets } from '../transport/fake-socket.js';
import { framesOf } from './frames.js';

type EventFrame = Extract<ServerFrame, { type: 'event' }>;

const LATER = framesOf('later-gateway') as readonly ServerFrame[];
const [LATER_WELCOME, LATER_RESET] = LATER;
const IN_DOUBT = framesOf('later-gateway-in-doubt') as readonly EventFrame[];

/** A desk of this version whose gateway is the test. */
function desk() {
  const time = new VirtualTime();
  const { Socket, opened } = fakeSockets();
  const transport = gatewayTransport({
    url: 'https://desk.example',
    token: 't',
    WebSocket: Socket,
    scheduler: time,
  });
  const platform = new FakeBrowser(time).tab();
  const workspace = createWorkspace({ transport, platform, random: () => 0.5, scheduler: time });
  const connections: Connection['at'][] = [];
  workspace.connection$.subscribe(({ at }) => connections.push(at));
  const socket = () => opened.at(-1) ?? assert.fail('no socket was opened');
  const greet = () => {
    socket().open();
    socket().says(LATER_WELCOME ?? assert.fail());
  };
  const reset = (seq: number, interactions: readonly unknown[] = []) => {
    assert.ok(LATER_RESET?.type === 'reset');
    const snapshot = { ...LATER_RESET.snapshot, seq, interactions };
    socket().says({ ...LATER_RESET, snapshot } as ServerFrame);
  };
  time.pass(10);
  return { time, opened, workspace, connections, socket, greet, reset };
}

describe('a desk whose gateway is newer', () => {
  it('lives with all that it says, and shows what it cannot read', () => {
    const { time, opened, workspace, connections, socket, greet } = desk();
    greet();
    socket().says(LATER_RESET ?? assert.fail());
    workspace.transcript$('interaction-1').subscribe();
    time.pass(10);
    const asked = socket().sent.find(({ type }) => type === 'query');
    assert.ok(asked?.type === 'query');
    const page = { items: [], next: null, cursor: { epoch: 'e1', seq: 5 }, highlights: [] };
    socket().says({ type: 'result', id: asked.id, ok: true, result: page });
    for (const frame of LATER.slice(2)) socket().says(frame);
    time.pass(60_000);
    assert.deepEqual([opened.length, connections], [1, ['connecting', 'online']]);
    const { state } = workspace;
    assert.deepEqual(
      [state.agent?.status, state.interactions.get('interaction-1')?.state, state.policy.textLimit],
      ['logged-out', 'active', 4096],
    );
    assert.ok(state.features.includes('transfer'));
    const transcript = state.transcripts.get('interaction-1');
    assert.ok(transcript);
    const shown = Array.from({ length: transcript.count }, (_, i) => itemAt(transcript, i));
    assert.deepEqual(
      shown.map((item) =>
        item?.kind === 'message'
          ? [item.message.content.kind, item.message.delivery?.state ?? null]
          : item?.kind,
      ),
      [['unsupported', null], ['unsupported', 'listened'], 'unknown-event', 'unknown-event', 'unknown-event'],
    );
    workspace.close();
  });

  for (const frame of IN_DOUBT) {
    it(`takes one snapshot after ${frame.event.type}, which may have changed the desk, and goes on`, () => {
      const { time, opened, workspace, connections, socket, greet, reset } = desk();
      greet();
      reset(5);
      socket().says(frame);
      time.pass(10);
      assert.equal(opened.length, 2, 'it connects anew');
      greet();
      assert.deepEqual(socket().sent, [{ type: 'hello', token: 't', cursor: null }]);
      reset(frame.event.seq);
      socket().says({ type: 'cursor', seq: frame.event.seq + 1 });
      time.pass(60_000 - 1);
      assert.equal(opened.length, 2, 'and not again for the same event');
      assert.deepEqual(connections, ['connecting', 'online']);
      assert.equal(workspace.state.cursor?.seq, frame.event.seq + 1);
      workspace.close();
    });
  }

  it('takes snapshots less and less often while it cannot read what comes, and at once after a while', () => {
    const { time, opened, workspace, socket, greet, reset } = desk();
    greet();
    reset(5);
    const [frame] = IN_DOUBT;
    assert.ok(frame);
    let seq = 5;
    const goOn = (milliseconds: number): void => {
      time.pass(milliseconds);
      if (socket().readyState !== 0) return;
      greet();
      reset(seq);
    };
    const says = (): void => socket().says({ ...frame, event: { ...frame.event, seq: ++seq } });
    for (let i = 0; i < 60; i++) {
      says();
      goOn(RESYNC_PAUSE / 10);
    }
    // At once, after one pause, and after two.
    assert.deepEqual([opened.length, workspace.state.cursor?.seq], [1 + 3, seq]);
    goOn(RESYNC_PAUSE);
    assert.equal(opened.length, 1 + 4);
    for (let i = 0; i < 30; i++) {
      socket().says({ type: 'ping' });
      goOn(PING_INTERVAL);
    }
    assert.equal(opened.length, 1 + 4);
    says();
    goOn(1);
    assert.equal(opened.length, 1 + 5);
    says();
    goOn(RESYNC_PAUSE);
    assert.equal(opened.length, 1 + 6);
    workspace.close();
  });

  it('takes a snapshot instead of the same frame again and again when that ends the link', () => {
    const { time, opened, workspace, socket, greet, reset } = desk();
    greet();
    reset(5);
    const cursors = [{ epoch: 'e1', seq: 5 }, null];
    for (const cursor of cursors) {
      socket().saysText('{"type":"event","event":{"seq":"six"}}');
      time.pass(1_000);
      greet();
      assert.deepEqual(socket().sent, [{ type: 'hello', token: 't', cursor }]);
    }
    reset(6);
    time.pass(20_000);
    assert.deepEqual([opened.length, workspace.state.cursor?.seq], [3, 6]);
    workspace.close();
  });

  it('keeps to the snapshot when the link for it is lost', () => {
    const { time, opened, workspace, socket, greet, reset } = desk();
    greet();
    reset(5);
    socket().says(IN_DOUBT[0] ?? assert.fail());
    time.pass(10);
    socket().drop(1006);
    time.pass(1_000);
    assert.equal(opened.length, 3);
    greet();
    assert.deepEqual(socket().sent, [{ type: 'hello', token: 't', cursor: null }]);
    reset(20);
    assert.equal(workspace.state.cursor?.seq, 20);
    workspace.close();
  });
});

describe('a desk whose gateway is older', () => {
  it('is told that a command is not known there, and asks no more', async () => {
    const { time, workspace, socket, greet, reset } = desk();
    greet();
    reset(5);
    const outcome = workspace.setStatus('ready', null);
    const sent = socket().sent.at(-1);
    assert.ok(sent?.type === 'command');
    const error = { kind: 'unsupported', sentence: 'frame.command.name is not known.', retryable: false };
    socket().says({ type: 'receipt', receipt: { id: sent.command.id, ok: false, error, seq: 0 } });
    time.pass(60_000);
    assert.deepEqual(await outcome, { ok: false, error });
    assert.equal(socket().sent.filter(({ type }) => type === 'command').length, 1);
    workspace.close();
  });
});

describe('what the first version wrote', () => {
  for (const [i, frame] of framesOf('first-gateway').entries()) {
    it(`is read by this desk: ${nameOf(frame)} (${i + 1})`, () => {
      const parsed = parseServerFrame(JSON.stringify(frame));
      assert.ok(parsed.ok, parsed.ok ? '' : parsed.sentence);
      const { event } = frame as Partial<EventFrame>;
      if (event) {
        assert.ok(parsed.frame.type === 'event' && parsed.frame.event.type === event.type);
        const { left } = (frame as { event: { body: { left?: unknown } } }).event.body;
        const { fromWorkbin } = parsed.frame.event.body as { fromWorkbin?: unknown };
        assert.equal(fromWorkbin, left);
      }
      const { result } = frame as { result?: { next: unknown } };
      if (!result) return;
      const name = typeof result.next === 'string' ? 'workbin' : 'transcript';
      const page = readResult(name, result);
      assert.ok(page.ok && page.value.items.length === 1);
    });
  }

  for (const [i, frame] of framesOf('first-desk').entries()) {
    it(`is read by this gateway: ${nameOf(frame)} (${i + 1})`, () => {
      assert.deepEqual(parseClientFrame(JSON.stringify(frame)), { ok: true, frame });
    });
  }
});

function nameOf(frame: object): string {
  const { type, event, command } = frame as {
    type: string;
    event?: { type: string };
    command?: { name: string };
  };
  return event?.type ?? command?.name ?? type;
}
