import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { aReply, anEvent, anInteraction } from '../support/builders.js';
import { World } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

/** What a tab is told from now on: `message interaction-1`. */
async function hears({ workspace }: OpenTab, heard: string[] = []): Promise<string[]> {
  workspace.alerts$.subscribe(({ kind, interaction }) => heard.push(`${kind} ${interaction.id}`));
  // They are loaded when they are asked for.
  for (let i = 0; i < 5; i++) await setImmediate(); // oxlint-disable-line no-await-in-loop -- Module by module.
  return heard;
}

function offer(world: World, id: string, agent = 'ana'): void {
  const interaction = anInteraction({
    id,
    state: 'offered',
    agent: null,
    offer: { agent, expiresAt: world.time.now() + 30_000 },
  });
  world.centre.record(
    anEvent(
      'interaction-offered',
      { interaction, fromWorkbin: null },
      { interaction: id, at: world.time.now() },
    ),
  );
}

describe('alerts', () => {
  before(() => import('../../src/streams/attention/alerts.js'));

  it('tell of each message in a conversation that is not in front, and of each invitation, once', async () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(MASHA);
    const heard = await hears(tab);
    world.centre.receive('Hello', OMAR);
    world.centre.receive('Are you there?', OMAR);
    offer(world, 'interaction-9');
    world.time.pass(600_000);
    assert.deepEqual(heard, [`message ${OMAR}`, `message ${OMAR}`, 'invitation interaction-9']);
  });

  it('do not tell of what the agent sees, in whichever tab, until the page is hidden', async () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    two.workspace.select(MASHA);
    world.time.pass(100);
    const heard = await hears(one);
    world.centre.receive('Hello', MASHA);
    assert.deepEqual(heard, []);
    two.tab.visible$.next(false);
    world.time.pass(100);
    world.centre.receive('Hello?', MASHA);
    assert.deepEqual(heard, [`message ${MASHA}`]);
  });

  it('do not tell of what was there before, of our own words, or of what rings at another agent', async () => {
    const world = new World();
    const heard = await hears(world.open());
    world.centre.record(anEvent('message-sent', { message: aReply() }));
    offer(world, 'interaction-9', 'ben');
    world.time.pass(1_000);
    assert.deepEqual(heard, []);
  });

  it('tell of what came while the link was lost', async () => {
    const world = new World();
    const tab = world.open();
    const heard = await hears(tab);
    tab.adapter.cut();
    world.centre.receive('Hello', OMAR);
    // What comes with the link is there before the lock is.
    world.browser.manners.lock = () => 100;
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(heard, [`message ${OMAR}`]);
  });

  it('do not tell of an invitation that was over before the link was back', async () => {
    const world = new World();
    const tab = world.open();
    const heard = await hears(tab);
    tab.adapter.cut();
    offer(world, 'interaction-9');
    world.time.pass(60_000);
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(heard, []);
  });

  it('tell all who listen on one page', async () => {
    const world = new World();
    const tab = world.open();
    const all = [await hears(tab), await hears(tab)];
    world.centre.receive('Hello', OMAR);
    assert.deepEqual(all, [[`message ${OMAR}`], [`message ${OMAR}`]]);
  });

  describe('over several tabs', () => {
    it('tell in one of them, the visible one, and in another when that is gone', async () => {
      const world = new World();
      const [hidden, seen] = [world.open(), world.open()];
      hidden.tab.visible$.next(false);
      const [inHidden, inSeen] = [await hears(hidden), await hears(seen)];
      world.time.pass(100);
      world.centre.receive('Hello', OMAR);
      assert.deepEqual([inHidden, inSeen], [[], [`message ${OMAR}`]]);
      seen.die();
      world.time.pass(30_000);
      world.centre.receive('Hello?', OMAR);
      assert.deepEqual([inHidden, inSeen], [[`message ${OMAR}`], [`message ${OMAR}`]]);
    });

    it('tell in one that has a link', async () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      const [inOne, inTwo] = [await hears(one), await hears(two)];
      one.adapter.cut('too-many');
      world.centre.receive('Hello', OMAR);
      assert.deepEqual([inOne, inTwo], [[], [`message ${OMAR}`]]);
      one.adapter.restore();
      one.workspace.retryNow();
      world.time.pass(10_000);
      assert.deepEqual([inOne, inTwo], [[], [`message ${OMAR}`]]);
    });

    it('stand aside for the others once nobody listens any more', async () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      const subscription = one.workspace.alerts$.subscribe();
      const heard = await hears(two);
      world.centre.receive('Hello', OMAR);
      assert.deepEqual(heard, []);
      subscription.unsubscribe();
      world.centre.receive('Hello?', OMAR);
      assert.deepEqual(heard, [`message ${OMAR}`]);
    });
  });
});
