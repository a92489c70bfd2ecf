import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textDraft } from '../../src/model/index.js';
import { OPEN_AGAIN, OPEN_PATIENCE } from '../../src/streams/storage/agent-scope.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';
const HOUR = 3_600_000;

/** A tab whose storage opens only after an hour: another one stands in the way. */
function held(): { world: World; tab: OpenTab } {
  const world = new World();
  world.browser.manners.opens = () => HOUR;
  return { world, tab: world.open() };
}

describe('a desk whose storage does not open', () => {
  it('says that it is opening, then goes on in memory, and stores what is known when it opens after all', () => {
    const { world, tab } = held();
    const { workspace } = tab;
    assert.equal(latest(workspace.storage$), 'opening');
    workspace.sendText(MASHA, 'Hello');
    assert.deepEqual(
      latest(workspace.outbox$).map(({ step }) => step.at),
      ['saving'],
    );
    world.time.pass(OPEN_PATIENCE);
    assert.equal(latest(workspace.storage$), 'memory');
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
    assert.deepEqual(latest(workspace.outbox$), []);
    workspace.saveDraft(MASHA, textDraft('Half a sent'));
    workspace.changeSettings({ panelFolded: true });
    world.centre.receive('Seen', OMAR);
    workspace.select(OMAR);
    workspace.select(null);
    world.time.pass(HOUR);
    assert.equal(latest(workspace.storage$), 'persistent');
    assert.equal(latest(workspace.draft$(MASHA)).text, 'Half a sent');
    assert.equal(latest(workspace.settings$).panelFolded, true);
    assert.deepEqual([...latest(workspace.unread$)], []);
    const disk = world.browser.disk();
    assert.equal(disk.drafts.get(MASHA)?.text, 'Half a sent');
    assert.deepEqual(disk.things.get('settings')?.value, { panelFolded: true });
    workspace.sendText(MASHA, 'Half a sent');
    world.time.pass(100);
    assert.deepEqual(world.centre.sentTexts, ['Hello', 'Half a sent']);
    assert.equal(disk.drafts.has(MASHA), false);
  });

  it('sends what was still waiting in memory when it opened, once and in its order', () => {
    const { world, tab } = held();
    world.time.pass(OPEN_PATIENCE);
    tab.adapter.cut();
    tab.workspace.sendText(MASHA, 'One');
    world.time.pass(HOUR);
    assert.equal(latest(tab.workspace.storage$), 'persistent');
    assert.equal(world.browser.disk().unsent.length, 1, 'It is stored by now.');
    tab.workspace.sendText(MASHA, 'Two');
    tab.adapter.restore();
    tab.workspace.retryNow();
    world.time.pass(60_000);
    assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
    assert.deepEqual(latest(tab.workspace.outbox$), []);
  });

  it('is asked for again when the browser has refused it, and stores what was kept in memory meanwhile', () => {
    const world = new World();
    world.browser.storage = 'refused';
    const { workspace, adapter } = world.open();
    const states: string[] = [];
    workspace.storage$.subscribe((state) => states.push(state));
    adapter.cut();
    workspace.sendText(MASHA, 'Hello');
    world.time.pass(3 * OPEN_AGAIN);
    world.browser.storage = 'well';
    world.time.pass(OPEN_AGAIN);
    assert.deepEqual(states, ['memory', 'persistent']);
    assert.equal(world.browser.disk().unsent.length, 1);
    adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
    assert.deepEqual(latest(workspace.outbox$), []);
  });

  it('is not asked for again where it has been closed, or a later version has changed it', () => {
    for (const storage of ['refused', 'newer'] as const) {
      const world = new World();
      world.browser.storage = storage;
      const { workspace, tab } = world.open();
      if (storage === 'refused') workspace.close();
      world.browser.storage = 'well';
      world.time.pass(2 * OPEN_AGAIN);
      assert.deepEqual(
        [...tab.open].filter((one) => one === 'storage'),
        [],
      );
    }
  });

  it('lets go of what opens when nobody waits for it any more', () => {
    const { world, tab } = held();
    world.time.pass(OPEN_PATIENCE);
    tab.workspace.close();
    world.time.pass(HOUR);
    assert.deepEqual([...tab.tab.open], []);
  });
});
