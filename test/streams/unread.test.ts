import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SEEN_LAG, unreadOf } from '../../src/streams/attention/unread.js';
import { aReply, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

const unread = ({ workspace }: OpenTab): Record<string, number> =>
  Object.fromEntries(latest(workspace.unread$));

describe('unreadOf', () => {
  it('counts what came since the agent looked', () => {
    assert.equal(unreadOf({ since: 1, count: 5 }, { since: 1, count: 2 }), 3);
    assert.equal(unreadOf({ since: 1, count: 5 }, { since: 1, count: 5 }), 0);
    assert.equal(unreadOf({ since: 1, count: 5 }, undefined), 5);
  });

  it('counts all of a pendency that began later', () => {
    assert.equal(unreadOf({ since: 9, count: 2 }, { since: 1, count: 7 }), 2);
  });

  it('counts nothing where nothing waits', () => {
    assert.equal(unreadOf(null, { since: 1, count: 7 }), 0);
  });
});

describe('unread messages', () => {
  it('are those that nobody has looked at', () => {
    const world = new World();
    const tab = world.open();
    world.centre.receive('One', OMAR);
    world.centre.receive('Two', OMAR);
    assert.deepEqual(unread(tab), { [MASHA]: 1, [OMAR]: 2 });
  });

  it('are none once the interaction is in front, also for those that come then', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    world.centre.receive('More');
    assert.deepEqual(unread(tab), {});
  });

  it('are never counted for a moment while the agent looks, here or in another tab', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    two.tab.visible$.next(false);
    one.workspace.select(MASHA);
    world.time.pass(1_000);
    const told = [one, two].map(({ workspace }) => {
      const counts: Record<string, number>[] = [];
      workspace.unread$.subscribe((map) => counts.push(Object.fromEntries(map)));
      return counts;
    });
    for (let i = 0; i < 5; i++) {
      world.centre.receive(`Message ${i}`);
      world.time.pass(100);
    }
    one.workspace.select(OMAR);
    world.time.pass(1_000);
    assert.deepEqual(told, [[{}], [{}]]);
    world.centre.receive('Not seen');
    assert.deepEqual(told, [
      [{}, { [MASHA]: 1 }],
      [{}, { [MASHA]: 1 }],
    ]);
  });

  it('are marked as seen at most every so often: at once first, and the last before the agent looks away', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.select(MASHA);
    world.time.pass(1_000);
    const told: unknown[] = [];
    for (const channels of two.tab.channels.values()) {
      for (const messages$ of channels) messages$.subscribe((message) => told.push(message));
    }
    const seen = (): number[] =>
      told.flatMap((message) =>
        typeof message === 'object' && message && 'pendency' in message
          ? [(message.pendency as { count: number }).count]
          : [],
      );
    world.centre.receive('First');
    world.time.pass(1);
    assert.deepEqual(seen(), [2]);
    for (let i = 0; i < 100; i++) world.centre.receive(`Message ${i}`);
    world.time.pass(1);
    assert.deepEqual(seen(), [2]);
    world.time.pass(SEEN_LAG);
    assert.deepEqual(seen(), [2, 102]);
    world.centre.receive('Last');
    one.tab.visible$.next(false);
    world.time.pass(1);
    assert.deepEqual(seen(), [2, 102, 103]);
    world.time.pass(1_000);
    assert.equal(world.browser.disk().seen.get(MASHA)?.count, 103);
  });

  it('are marked as seen when the desk is closed right after', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    world.centre.receive('One');
    world.centre.receive('Two');
    tab.workspace.close();
    world.time.pass(100);
    assert.equal(world.browser.disk().seen.get(MASHA)?.count, 3);
  });

  it('are counted while the page is hidden, until it is visible', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    tab.tab.visible$.next(false);
    world.centre.receive('One');
    world.centre.receive('Two');
    assert.deepEqual(unread(tab), { [MASHA]: 2 });
    tab.tab.visible$.next(true);
    assert.deepEqual(unread(tab), {});
  });

  it('are counted again from where the agent stopped looking', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    tab.workspace.select(OMAR);
    world.centre.receive('New');
    assert.deepEqual(unread(tab), { [MASHA]: 1 });
  });

  it('stay the same over a reload', () => {
    const world = new World();
    const before = world.open();
    before.workspace.select(MASHA);
    world.centre.receive('Seen');
    before.workspace.select(null);
    world.centre.receive('Not seen', MASHA);
    world.centre.receive('Not seen', OMAR);
    world.time.pass(100);
    before.die();
    const tab = world.open();
    assert.deepEqual(unread(tab), { [MASHA]: 1, [OMAR]: 1 });
  });

  it('are not shown as new while the past is still being read', () => {
    const world = new World();
    world.browser.disk().seen.set(MASHA, anInteraction().pendency ?? { since: 0, count: 0 });
    const tab = world.open({ wait: 0 });
    const counts: Record<string, number>[] = [];
    tab.workspace.unread$.subscribe((map) => counts.push(Object.fromEntries(map)));
    world.time.pass(1_000);
    assert.deepEqual(counts, [{}]);
  });

  it('are none after an answer, from wherever it came', () => {
    const world = new World();
    const tab = world.open();
    world.centre.record(anEvent('message-sent', { message: aReply() }));
    assert.deepEqual(unread(tab), {});
  });

  it('do not come back when an answer fails that the agent gave after looking', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    world.centre.record(anEvent('message-sent', { message: aReply() }));
    tab.workspace.select(OMAR);
    const delivery = { state: 'failed', at: world.time.now(), error: null } as const;
    world.centre.record(anEvent('delivery-changed', { message: 'reply-1', delivery }));
    assert.ok(latest(tab.workspace.interaction$(MASHA))?.pendency, 'the contact waits again');
    assert.deepEqual(unread(tab), {});
  });

  it('are read in all tabs when they are read in one', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    assert.deepEqual(unread(two), { [MASHA]: 1 });
    one.workspace.select(MASHA);
    world.time.pass(5);
    assert.deepEqual(unread(two), {});
  });

  it('are read that another tab says it has seen while the past is still being read here', () => {
    const world = new World();
    const one = world.open();
    world.browser.manners.answer = () => 50;
    const two = world.open({ wait: 20 });
    one.workspace.select(MASHA);
    one.workspace.select(null);
    world.time.pass(1_000);
    assert.deepEqual(unread(two), {});
  });

  it('do not come back by what another tab says late of having seen less', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    world.browser.manners.channel = () => 5_000;
    one.workspace.select(MASHA);
    world.time.pass(100);
    one.workspace.select(null);
    world.centre.receive('More');
    world.centre.receive('And more');
    two.workspace.select(MASHA);
    world.time.pass(1_000);
    two.workspace.select(null);
    const told: Record<string, number>[] = [];
    two.workspace.unread$.subscribe((counts) => told.push(Object.fromEntries(counts)));
    world.time.pass(30_000);
    assert.deepEqual(told, [{}]);
  });

  it('are forgotten with an interaction that is done', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    world.time.pass(100);
    assert.equal(world.browser.disk().seen.size, 1);
    const interaction = anInteraction({ state: 'done', agent: null });
    world.centre.record(anEvent('interaction-done', { interaction, fromWorkbin: null }));
    world.time.pass(100);
    assert.equal(world.browser.disk().seen.size, 0);
  });
});
