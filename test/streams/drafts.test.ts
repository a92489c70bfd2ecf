import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DRAFT_LAG } from '../../src/streams/drafts.js';
import { anAgent, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

const draft = ({ workspace }: OpenTab, interaction = MASHA): string => latest(workspace.draft$(interaction));

describe('drafts', () => {
  it('are empty at first, and what was typed at once', () => {
    const { workspace } = new World().open();
    const texts: string[] = [];
    workspace.draft$(MASHA).subscribe((text) => texts.push(text));
    workspace.saveDraft(MASHA, 'H');
    workspace.saveDraft(MASHA, 'H');
    workspace.saveDraft(OMAR, 'Other');
    workspace.saveDraft(MASHA, 'He');
    assert.deepEqual(texts, ['', 'H', 'He']);
  });

  it('are the same observable for the same interaction', () => {
    const { workspace } = new World().open();
    assert.equal(workspace.draft$(MASHA), workspace.draft$(MASHA));
  });

  it('are stored while the agent goes on typing without a pause', () => {
    const world = new World();
    const tab = world.open();
    for (let i = 0; i < 20; i++) {
      tab.workspace.saveDraft(MASHA, 'x'.repeat(i + 1));
      world.time.pass(100);
    }
    const stored = world.browser.disk().drafts.get(MASHA)?.length ?? 0;
    assert.ok(stored >= 20 - Math.ceil(DRAFT_LAG / 100), `${stored} of 20 characters are stored`);
  });

  it('survive a crash', () => {
    const world = new World();
    const before = world.open();
    before.workspace.saveDraft(MASHA, 'Hello');
    before.workspace.saveDraft(OMAR, 'Salam');
    world.time.pass(DRAFT_LAG + 10);
    before.die();
    const tab = world.open();
    assert.equal(draft(tab), 'Hello');
    assert.equal(draft(tab, OMAR), 'Salam');
  });

  it('are stored at once when the page is hidden, and when the workspace is closed', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, 'Hello');
    tab.tab.visible$.next(false);
    assert.equal(world.browser.disk().drafts.get(MASHA), 'Hello');
    tab.workspace.saveDraft(MASHA, 'Hello again');
    tab.workspace.close();
    assert.equal(world.browser.disk().drafts.get(MASHA), 'Hello again');
  });

  it('are cleared by sending, in the storage too, and stay so', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, 'Hello');
    world.time.pass(DRAFT_LAG - 10);
    tab.workspace.sendText(MASHA, 'Hello');
    assert.equal(draft(tab), '');
    world.time.pass(1_000);
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('are cleared in the same moment in which the message is stored', () => {
    const world = new World();
    const before = world.open();
    before.adapter.cut();
    before.workspace.saveDraft(MASHA, 'Hello');
    world.time.pass(1_000);
    before.workspace.sendText(MASHA, 'Hello');
    before.die();
    const tab = world.open();
    assert.equal(draft(tab), '');
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
  });

  it('are the same in all tabs', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.saveDraft(MASHA, 'Hello');
    world.time.pass(DRAFT_LAG + 10);
    assert.equal(draft(two), 'Hello');
    two.workspace.sendText(MASHA, 'Hello');
    assert.equal(draft(one), '');
  });

  it('are not torn from under the fingers by another tab', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.saveDraft(MASHA, 'From one');
    world.time.pass(DRAFT_LAG - 50);
    two.workspace.saveDraft(MASHA, 'From two');
    world.time.pass(60);
    assert.equal(draft(two), 'From two');
  });

  it('that are typed before the storage is open win over what is in it, and are stored', () => {
    const world = new World();
    world.browser.disk().drafts.set(MASHA, 'Old').set(OMAR, 'Kept');
    const tab = world.open({ wait: 0 });
    tab.workspace.saveDraft(MASHA, 'New');
    world.time.pass(1_000);
    assert.equal(draft(tab), 'New');
    assert.equal(draft(tab, OMAR), 'Kept');
    assert.equal(world.browser.disk().drafts.get(MASHA), 'New');
  });

  it('that were sent before the storage is open do not come back from it', () => {
    const world = new World();
    world.browser.disk().drafts.set(MASHA, 'Hello');
    const tab = world.open({ wait: 10 });
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(1_000);
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('are forgotten when the interaction is done', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, 'Hello');
    world.time.pass(1_000);
    const interaction = anInteraction({ state: 'done', agent: null });
    world.centre.record(anEvent('interaction-done', { interaction, left: null }));
    world.time.pass(1_000);
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('are kept apart by agent', () => {
    const world = new World();
    const before = world.open();
    before.workspace.saveDraft(MASHA, 'From Ana');
    before.workspace.close();
    world.centre.agent = anAgent({ id: 'ben' });
    const tab = world.open();
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk('ana').drafts.get(MASHA), 'From Ana');
  });
});
