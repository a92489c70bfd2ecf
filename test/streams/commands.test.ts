import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TEAM_WORKBIN } from '../../src/model/index.js';
import { COMMAND_PATIENCE } from '../../src/streams/commands/commands.js';
import type { CommandOutcome } from '../../src/streams/index.js';
import { NOON, anAgent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';

const MASHA = 'interaction-1';

/** What a promise has come to by now. */
async function soon(outcome: Promise<CommandOutcome>): Promise<CommandOutcome | 'pending'> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
  return Promise.race([outcome, Promise.resolve('pending' as const)]);
}

function refusalKind(outcome: CommandOutcome | 'pending'): string {
  return outcome === 'pending' || outcome.ok ? JSON.stringify(outcome) : outcome.error.kind;
}

describe('wishes', () => {
  it('are sent as commands, and answered when they are carried out', async () => {
    const world = new World();
    const ringing = anInteraction({
      id: 'offered',
      state: 'offered',
      agent: null,
      offer: { agent: 'ana', expiresAt: NOON + 30_000 },
    });
    const parked = anInteraction({
      id: 'parked',
      state: 'parked',
      agent: null,
      parking: { workbin: TEAM_WORKBIN, by: 'ana', at: NOON },
    });
    world.centre.interactions
      .set('offered', ringing)
      .set('parked', parked)
      .set('offered-2', {
        ...ringing,
        id: 'offered-2',
      });
    const { workspace, adapter } = world.open();
    const outcomes = [
      workspace.accept('offered'),
      workspace.reject('offered-2'),
      workspace.open('parked'),
      workspace.moveToWorkbin(MASHA, TEAM_WORKBIN),
      workspace.markDone('interaction-2'),
      workspace.setStatus('not-ready', 'Lunch'),
    ];
    world.time.pass(100);
    assert.deepEqual(await Promise.all(outcomes), Array(6).fill({ ok: true }));
    assert.deepEqual(
      adapter.sent.map(({ name, args }) => [name, args]),
      [
        ['accept-interaction', { interaction: 'offered' }],
        ['reject-interaction', { interaction: 'offered-2' }],
        ['open-interaction', { interaction: 'parked' }],
        ['set-agent-status', { status: 'not-ready', reason: 'Lunch' }],
        // Once it is certain that no message is on its way from another tab.
        ['move-to-workbin', { interaction: MASHA, workbin: TEAM_WORKBIN }],
        ['mark-done', { interaction: 'interaction-2' }],
      ],
    );
    assert.equal(workspace.state.agent?.reason, 'Lunch');
  });

  it('may be refused', async () => {
    const world = new World();
    const { workspace } = world.open();
    const outcome = workspace.accept(MASHA);
    world.time.pass(100);
    assert.equal(refusalKind(await soon(outcome)), 'offer-ended');
  });

  it('are executeNow over a lost link, with the same id', async () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    const outcome = workspace.setStatus('not-ready', null);
    world.time.pass(5);
    adapter.cut();
    adapter.restore();
    assert.equal(await soon(outcome), 'pending');
    world.time.pass(2_000);
    assert.deepEqual(await soon(outcome), { ok: true });
    const ids = new Set(adapter.sent.map(({ id }) => id));
    assert.deepEqual([adapter.sent.length, ids.size], [2, 1]);
  });

  for (const fault of ['offline', 'timeout'] as const) {
    it(`are tried again after "${fault}", with one effect`, async () => {
      const world = new World();
      const { workspace, adapter } = world.open();
      adapter.faults.push(fault);
      const outcome = workspace.markDone(MASHA);
      world.time.pass(2_000);
      assert.deepEqual(await soon(outcome), { ok: true });
      assert.equal(world.centre.log.filter(({ type }) => type === 'interaction-done').length, 1);
    });
  }

  it('are unavailable when there is no link for too long', async () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    adapter.cut();
    const outcome = workspace.accept(MASHA);
    world.time.pass(COMMAND_PATIENCE - 1);
    assert.equal(await soon(outcome), 'pending');
    world.time.pass(1);
    assert.equal(refusalKind(await soon(outcome)), 'unavailable');
    adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(adapter.sent, [], 'the agent was told no: it must not happen later');
  });

  it('are unavailable when no answer comes', async () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    adapter.faults.push('silence');
    const outcome = workspace.accept(MASHA);
    world.time.pass(COMMAND_PATIENCE);
    const told = await soon(outcome);
    assert.equal(refusalKind(told), 'unavailable');
    assert.match(told === 'pending' || told.ok ? '' : told.error.sentence, /did not answer in time/);
  });

  it('are unavailable at once when the credentials are refused', async () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    adapter.cut('unauthorized');
    const outcome = await soon(workspace.accept(MASHA));
    assert.equal(refusalKind(outcome), 'unavailable');
  });

  it('are unavailable when the adapter cannot send them', async () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    adapter.faults.push('invalid');
    assert.equal(refusalKind(await soon(workspace.accept(MASHA))), 'unavailable');
  });

  it('are never carried out in the name of the agent who signs in next', async () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    adapter.cut();
    const outcome = workspace.setStatus('not-ready', null);
    world.centre.agent = anAgent({ id: 'ben' });
    adapter.restore();
    world.time.pass(COMMAND_PATIENCE);
    assert.equal(latest(workspace.connection$).at, 'online');
    assert.equal(refusalKind(await soon(outcome)), 'unavailable');
    assert.deepEqual(adapter.sent, []);
    const next = workspace.setStatus('not-ready', null);
    world.time.pass(1_000);
    assert.deepEqual(await soon(next), { ok: true });
  });

  it('are unavailable when the workspace is closed', async () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    adapter.cut();
    const before = workspace.accept(MASHA);
    workspace.close();
    assert.equal(refusalKind(await soon(before)), 'unavailable');
    assert.equal(refusalKind(await soon(workspace.accept(MASHA))), 'unavailable');
  });

  describe('that end a conversation', () => {
    it('wait until its messages have left', async () => {
      const world = new World();
      const { workspace } = world.open();
      workspace.sendText(MASHA, 'Goodbye');
      const outcome = workspace.markDone(MASHA);
      world.time.pass(1_000);
      assert.deepEqual(await soon(outcome), { ok: true });
      assert.deepEqual(
        world.centre.log.map(({ type }) => type),
        ['message-sent', 'interaction-done'],
      );
      assert.deepEqual(latest(workspace.outbox$), []);
    });

    it('do not wait for those of others, nor for failed ones', async () => {
      const world = new World();
      const { workspace, adapter } = world.open();
      adapter.faults.push({ kind: 'invalid', sentence: 'No.', retryable: false });
      workspace.sendText(MASHA, 'Refused');
      world.time.pass(1_000);
      adapter.faults.push('silence');
      adapter.push = () => undefined;
      workspace.sendText('interaction-2', 'Stuck');
      world.time.pass(100);
      const outcome = workspace.moveToWorkbin(MASHA, TEAM_WORKBIN);
      world.time.pass(100);
      assert.deepEqual(await soon(outcome), { ok: true });
    });

    it('are given up while messages cannot leave', async () => {
      const world = new World();
      const { workspace, adapter } = world.open();
      adapter.faults.push(...Array.from({ length: 99 }, () => 'offline' as const));
      workspace.sendText(MASHA, 'Goodbye');
      const outcome = workspace.markDone(MASHA);
      world.time.pass(COMMAND_PATIENCE);
      const told = await soon(outcome);
      assert.equal(refusalKind(told), 'unavailable');
      assert.match(told === 'pending' || told.ok ? '' : told.error.sentence, /have not left yet/);
      adapter.faults.length = 0;
      world.time.pass(60_000);
      assert.deepEqual(world.centre.sentTexts, ['Goodbye']);
      assert.ok(world.centre.log.every(({ type }) => type !== 'interaction-done'));
    });
  });
});
