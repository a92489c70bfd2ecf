import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { World } from '../support/desk.js';
import { LATENCY } from '../support/fake-adapter.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';

const sent = (...tabs: readonly OpenTab[]): readonly number[] =>
  tabs.map(({ adapter }) => adapter.sent.length);

describe('of several tabs', () => {
  it('a visible one sends, not the oldest, which is hidden and throttled', () => {
    const world = new World();
    const one = world.open();
    one.tab.visible$.next(false);
    const two = world.open();
    two.workspace.sendText(MASHA, 'One');
    world.time.pass(1_000);
    assert.deepEqual(sent(one, two), [0, 1]);
  });

  it('the one that was elected goes on while all are hidden, and yields when another is looked at', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    for (const { tab } of [two, one]) tab.visible$.next(false);
    one.workspace.sendText(MASHA, 'One');
    two.workspace.sendText(MASHA, 'Two');
    world.time.pass(1_000);
    assert.deepEqual(sent(one, two), [2, 0]);
    two.tab.visible$.next(true);
    one.workspace.sendText(MASHA, 'Three');
    world.time.pass(1_000);
    assert.deepEqual(sent(one, two), [2, 1]);
    assert.deepEqual(world.centre.sentTexts, ['One', 'Two', 'Three']);
  });

  it('the one that takes over sends again what was under way, in its place, and it has its effect once', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.sendText(MASHA, 'One');
    one.workspace.sendText(MASHA, 'Two');
    world.time.pass(LATENCY / 2);
    assert.deepEqual(sent(one, two), [1, 0]);
    one.tab.visible$.next(false);
    world.time.pass(5_000);
    assert.deepEqual(sent(one, two), [1, 2]);
    assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
  });
});
