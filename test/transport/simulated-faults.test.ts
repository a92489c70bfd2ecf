import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Desk, SECOND, kindOf, result } from './simulated-desk.js';
describe('simulated faults', () => {
  const status = { status: 'not-ready', reason: null } as const;
  const wish = { id: 'wish', name: 'set-agent-status', args: status } as const;

  it('drops the link, and takes the next connection', () => {
    const desk = new Desk().online();
    desk.transport.faults.dropLink();
    assert.deepEqual(
      desk.errors.map(({ kind }) => kind),
      ['offline'],
    );
    assert.equal(desk.online(desk.state.cursor).frames.at(-1)?.kind, 'welcome');
  });

  it('takes no connection during an outage', () => {
    const desk = new Desk().online();
    desk.transport.faults.outage(30);
    desk.time.pass(29 * SECOND);
    desk.online();
    desk.time.pass(SECOND);
    desk.online();
    assert.deepEqual(
      desk.errors.map(({ kind }) => kind),
      ['offline', 'offline'],
    );
    assert.equal(desk.frames.at(-1)?.kind, 'snapshot');
  });

  it('refuses the credentials of living and new connections until it accepts them again', () => {
    const desk = new Desk().online();
    desk.transport.faults.refuseCredentials = true;
    desk.online();
    assert.deepEqual(
      desk.errors.map(({ kind }) => kind),
      ['unauthorized', 'unauthorized'],
    );
    desk.transport.faults.refuseCredentials = false;
    assert.equal(desk.online().frames.at(-1)?.kind, 'snapshot');
  });

  it('lets everything take its time in both directions', () => {
    const desk = new Desk();
    desk.transport.faults.latency = 400;
    desk.online();
    desk.time.pass(798);
    assert.equal(desk.frames.length, 0);
    desk.time.pass(1);
    assert.equal(desk.frames.length, 2);
    const receipt = result(desk.transport.send(wish));
    desk.time.pass(799);
    assert.ok(!receipt.value);
    desk.time.pass(1);
    assert.deepEqual(receipt.value, { id: 'wish', ok: true, seq: 1, result: null });
  });

  it('keeps the order when the way becomes shorter', () => {
    const desk = new Desk().online();
    desk.transport.faults.latency = 5_000;
    desk.transport.write('Zoe', 'First');
    desk.transport.faults.latency = 0;
    desk.transport.write('Zoe', 'Second');
    desk.time.pass(5_000);
    const seqs = desk.frames.flatMap((frame) => (frame.kind === 'event' ? [frame.event.seq] : []));
    assert.ok(seqs.length > 1);
    assert.deepEqual(
      seqs,
      seqs.toSorted((a, b) => a - b),
    );
  });

  it('stalls, and then brings all at once', () => {
    const desk = new Desk().online();
    desk.transport.faults.stall(20);
    desk.transport.write('Zoe', 'Hello');
    desk.time.pass(19_990);
    assert.equal(desk.frames.length, 2);
    desk.time.pass(20);
    assert.ok(desk.frames.length > 2);
    assert.equal(desk.errors.length, 0);
  });

  it('loses receipts and keeps the effect; the same id gets the receipt later', () => {
    const desk = new Desk().online();
    desk.transport.faults.loseReceipts = 1;
    const lost = result(desk.transport.send(wish));
    desk.time.pass(9_999);
    assert.ok(lost.value === null && lost.error === null);
    assert.equal(desk.state.agent?.status, 'not-ready');
    desk.time.pass(1);
    assert.equal(kindOf(lost.error), 'timeout');
    const head = desk.state.cursor?.seq;
    const again = result(desk.transport.send(wish));
    desk.time.pass(1);
    assert.deepEqual(again.value, { id: 'wish', ok: true, seq: head, result: null });
    assert.equal(desk.state.cursor?.seq, head);
  });

  it('does not know what became of a command when the link drops meanwhile', () => {
    const desk = new Desk().online();
    const outcome = result(desk.transport.send(wish));
    desk.transport.faults.dropLink();
    assert.equal(kindOf(outcome.error), 'timeout');
    assert.equal(kindOf(result(desk.transport.send(wish)).error), 'offline');
  });

  it('sends events twice', () => {
    const desk = new Desk().online();
    desk.transport.faults.duplicateFrames = true;
    desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    const ids = desk.frames.flatMap((frame) => (frame.kind === 'event' ? [frame.event.id] : []));
    assert.equal(ids.length, 2 * new Set(ids).size);
  });

  it('refuses commands as long as it is told to', () => {
    const desk = new Desk().online();
    desk.transport.faults.refuseCommands = 'unavailable';
    const refused = desk.command('set-agent-status', status, 'wish');
    assert.ok(!refused.ok && refused.error.kind === 'unavailable' && refused.error.retryable);
    assert.equal(desk.state.agent?.status, 'ready');
    desk.transport.faults.refuseCommands = null;
    assert.ok(desk.command('set-agent-status', status, 'wish').ok);
  });

  for (const code of [131026, 131047, 424242]) {
    it(`lets messages fail at WhatsApp with ${code}, and the contact waits again`, () => {
      const desk = new Desk().online();
      const id = desk.transport.write('Zoe', 'Hello');
      desk.time.pass(1);
      desk.command('accept-interaction', { interaction: id });
      desk.transport.faults.failMessages = code;
      desk.say(id, 'Hello Zoe');
      assert.equal(desk.interaction(id).pendency, null);
      desk.time.pass(5 * SECOND);
      const item = desk.transcript(id).at(-1);
      assert.ok(item?.kind === 'message');
      assert.equal(item.message.delivery?.state, 'failed');
      assert.equal(item.message.delivery.error?.code, code);
      assert.equal(desk.interaction(id).pendency?.count, 1);
    });
  }

  it('withholds statuses', () => {
    const desk = new Desk().online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    desk.command('accept-interaction', { interaction: id });
    desk.transport.faults.withholdStatuses = true;
    desk.say(id, 'Hello Zoe');
    desk.time.pass(600 * SECOND);
    const item = desk.transcript(id).at(-1);
    assert.equal(item?.kind === 'message' && item.message.delivery?.state, 'queued');
  });
});
