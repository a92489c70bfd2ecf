import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, settingsOf } from '../../src/model/index.js';
import { World, latest } from '../support/desk.js';

describe('what the agent has chosen for the own desk', () => {
  it('is as the page has it at first', () => {
    assert.deepEqual(latest(new World().open().workspace.settings$), DEFAULT_SETTINGS);
  });

  it('holds at once, in the other tabs, and over a reload', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    world.time.pass(100);
    one.workspace.changeSettings({ panelTab: 'contact' });
    assert.equal(latest(one.workspace.settings$).panelTab, 'contact');
    world.time.pass(100);
    assert.equal(latest(two.workspace.settings$).panelTab, 'contact');
    two.workspace.changeSettings({ panelFolded: true, density: 'compact', language: 'ar', sound: true });
    world.time.pass(100);
    one.die();
    two.die();
    const after = world.open();
    world.time.pass(100);
    assert.deepEqual(latest(after.workspace.settings$), {
      ...DEFAULT_SETTINGS,
      panelTab: 'contact',
      panelFolded: true,
      density: 'compact',
      language: 'ar',
      sound: true,
    });
  });

  it('is kept that was chosen before the storage was open', () => {
    const world = new World();
    world.browser.disk().things.set('settings', { value: { panelFolded: false, sound: true }, at: 0 });
    const tab = world.open({ wait: 0 });
    tab.workspace.changeSettings({ panelFolded: true });
    world.time.pass(1_000);
    assert.equal(latest(tab.workspace.settings$).panelFolded, true);
    assert.equal(latest(tab.workspace.settings$).sound, true);
    tab.die();
    const after = world.open();
    world.time.pass(100);
    assert.equal(latest(after.workspace.settings$).panelFolded, true);
  });

  it('does not go back when what another tab chose is being read', () => {
    const world = new World();
    world.browser.manners.answer = () => 20;
    const [one, two] = [world.open(), world.open()];
    const tabs: (string | null)[] = [];
    one.workspace.settings$.subscribe(({ panelTab }) => tabs.push(panelTab));
    const [first] = tabs;
    two.workspace.changeSettings({ panelFolded: true });
    world.time.pass(25);
    one.workspace.changeSettings({ panelTab: 'notes' });
    world.time.pass(60_000);
    assert.equal(latest(one.workspace.settings$).panelFolded, true);
    assert.deepEqual([...new Set(tabs)], [first, 'notes']);
    assert.equal(tabs.indexOf('notes'), tabs.lastIndexOf(first ?? null) + 1);
    two.workspace.changeSettings({ panelTab: 'contact' });
    world.time.pass(100);
    assert.equal(latest(one.workspace.settings$).panelTab, 'contact');
  });

  // `at once`: while the later one is being written. `later`: when that is done.
  for (const [how, broken] of [
    ['at once', 1],
    ['later', 3],
  ] as const) {
    it(`is what was chosen last, also where writing the first choice is broken off and tried again ${how}`, () => {
      const world = new World();
      const tab = world.open();
      let tries = 0;
      world.browser.manners.commit = () => 10;
      world.browser.manners.breaks = () => tries++ < broken;
      tab.workspace.changeSettings({ panelTab: 'notes', sound: true });
      tab.workspace.changeSettings({ panelTab: 'contact' });
      world.time.pass(60_000);
      assert.equal(latest(tab.workspace.settings$).panelTab, 'contact');
      tab.die();
      const after = latest(world.open().workspace.settings$);
      assert.deepEqual([after.panelTab, after.sound], ['contact', true]);
    });
  }

  it('stands for the default where another version has written something else', () => {
    assert.deepEqual(
      settingsOf({
        panelTab: 7,
        panelFolded: 'yes',
        enter: 'shout',
        density: 'tiny',
        language: 1,
        sound: 'loud',
        later: true,
      }),
      DEFAULT_SETTINGS,
    );
    const chosen = { ...DEFAULT_SETTINGS, enter: 'newline', density: 'compact', language: 'pt-BR' };
    assert.deepEqual(settingsOf({ ...chosen, later: true }), chosen);
    assert.deepEqual(settingsOf('nothing'), DEFAULT_SETTINGS);
  });
});
