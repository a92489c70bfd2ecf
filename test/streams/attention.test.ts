import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ATTENTION_LAG } from '../../src/streams/attention/attention.js';
import { LOOKING_BELIEVED } from '../../src/streams/attention/looking.js';
import { aReply, anEvent } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

const calling = ({ workspace }: OpenTab): readonly string[] =>
  latest(workspace.attention$).interactions.map(({ id }) => id);

describe('attention', () => {
  it('is called for by every contact who waits and is not looked at, longest waiting first', () => {
    const world = new World();
    const tab = world.open();
    world.centre.receive('Hello', OMAR);
    assert.deepEqual(calling(tab), [MASHA, OMAR]);
  });

  it('is given by looking, and called for again when the agent looks away', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    assert.deepEqual(calling(tab), []);
    tab.workspace.select(OMAR);
    assert.deepEqual(calling(tab), [MASHA]);
  });

  it('is called for while the page is hidden, whatever is in front', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    tab.tab.visible$.next(false);
    assert.deepEqual(calling(tab), [MASHA]);
    tab.tab.visible$.next(true);
    assert.deepEqual(calling(tab), []);
  });

  it('ends with the answer', () => {
    const world = new World();
    const tab = world.open();
    world.centre.record(anEvent('message-sent', { message: aReply() }));
    assert.deepEqual(calling(tab), []);
  });

  it('is told of a burst at its beginning and at its end, however many messages come', () => {
    const world = new World();
    const tab = world.open();
    const told: number[] = [];
    tab.workspace.attention$.subscribe(({ interactions }) => {
      told.push(interactions.find(({ id }) => id === OMAR)?.pendency?.count ?? 0);
    });
    for (let i = 0; i < 500; i++) world.centre.receive(`${i}`, OMAR);
    assert.deepEqual(told, [0, 1]);
    world.time.pass(ATTENTION_LAG);
    assert.deepEqual(told, [0, 1, 500]);
  });

  it('does not repeat itself while nothing changes', () => {
    const world = new World();
    const tab = world.open();
    let times = 0;
    tab.workspace.attention$.subscribe(() => times++);
    world.time.pass(600_000);
    tab.workspace.select(OMAR);
    assert.equal(times, 1);
  });

  describe('over several tabs', () => {
    it('is given by looking in any of them', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.workspace.select(MASHA);
      world.time.pass(5);
      assert.deepEqual(calling(two), []);
      one.workspace.select(null);
      world.time.pass(5);
      assert.deepEqual(calling(two), [MASHA]);
    });

    it('is known to a tab that is opened later', () => {
      const world = new World();
      const one = world.open();
      one.workspace.select(MASHA);
      assert.deepEqual(calling(world.open()), []);
    });

    it('is believed to be given for as long as the agent looks', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.workspace.select(MASHA);
      world.time.pass(3_600_000);
      assert.deepEqual(calling(two), []);
    });

    it('is called for again soon after the tab has crashed in which the agent looked', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.workspace.select(MASHA);
      one.die();
      world.time.pass(LOOKING_BELIEVED + 1);
      assert.deepEqual(calling(two), [MASHA]);
    });

    it('is called for again at once when that tab is closed', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.workspace.select(MASHA);
      one.workspace.close();
      assert.deepEqual(calling(two), [MASHA]);
    });
  });
});
