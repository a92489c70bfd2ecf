import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OUTBOX_PATIENCE, mergeInteractions, outboundText } from '../../src/model/index.js';
import type { Interaction, Refusal } from '../../src/model/index.js';
import { aContact, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';

const refusal: Refusal = { kind: 'window-closed', sentence: 'Too late.', retryable: false };
const busy: Refusal = { kind: 'unavailable', sentence: 'The database restarts.', retryable: true };

const states = ({ workspace }: OpenTab): readonly string[] =>
  latest(workspace.outbox$).map(({ body, step }) => `${outboundText(body)}: ${step.at}`);

/** A world whose contact centre takes no message while it is busy. */
function busyWorld(): { readonly world: World; readonly rest: () => void } {
  const world = new World();
  const { centre } = world;
  const carryOut = centre.carryOut.bind(centre);
  let isBusy = true;
  centre.carryOut = (command) =>
    isBusy && command.name === 'send-message'
      ? { id: command.id, ok: false, error: busy, seq: centre.head }
      : carryOut(command);
  return { world, rest: () => (isBusy = false) };
}

/** Puts an interaction on the desk, or changes it there. */
function put({ centre, time }: World, interaction: Interaction, type: 'assigned' | 'contact'): void {
  centre.interactions.set(interaction.id, interaction);
  const about = { interaction: interaction.id, at: time.now() };
  if (type === 'contact')
    centre.record(anEvent('contact-changed', { interaction, fromWorkbin: null }, about));
  else
    centre.record(
      anEvent('interaction-assigned', { interaction, fromWorkbin: null, cause: 'accepted' }, about),
    );
}

describe('whose turn it is in the outbox', () => {
  it('stays the same when the contact turns out to be another one', () => {
    const { world, rest } = busyWorld();
    const tab = world.open({ random: () => 0.9 });
    tab.workspace.sendText(MASHA, 'One');
    world.time.pass(30_000);
    tab.workspace.sendText(MASHA, 'Two');
    world.time.pass(1_000);
    put(world, anInteraction({ version: 4, contact: aContact({ id: 'contact-7' }) }), 'contact');
    world.time.pass(100);
    rest();
    tab.workspace.sendText(MASHA, 'Three');
    world.time.pass(60_000);
    assert.deepEqual(world.centre.sentTexts, ['One', 'Two', 'Three']);
  });

  it('stays the same for what a tab without a link writes where it has not heard that two contacts are one person', () => {
    const { world, rest } = busyWorld();
    const { centre } = world;
    const tab = world.open({ random: () => 0.9 });
    const behind = world.open();
    behind.adapter.cut();
    const [kept, ended] = [MASHA, 'interaction-2'].map((id) => centre.interactions.get(id));
    assert.ok(kept && ended);
    centre.record(...mergeInteractions(kept, ended, world.time.now()));
    tab.workspace.sendText(MASHA, 'One');
    world.time.pass(30_000);
    rest();
    behind.workspace.sendText(ended.id, 'Two');
    world.time.pass(60_000);
    assert.deepEqual(centre.sentTexts, ['One', 'Two']);
  });

  for (const what of ['a finished conversation', 'a conversation on another channel'] as const) {
    it(`is not held up by what expired in ${what} of the same contact`, async () => {
      const { world, rest } = busyWorld();
      const tab = world.open();
      tab.workspace.sendText(MASHA, 'First');
      world.time.pass(OUTBOX_PATIENCE + 60_000);
      assert.deepEqual(states(tab), ['First: failed']);
      rest();
      const finished = what === 'a finished conversation';
      const done = finished ? tab.workspace.markDone(MASHA) : null;
      world.time.pass(2_000);
      assert.deepEqual(await done, finished ? { ok: true } : null);
      const channel = finished ? {} : { channel: 'channel-2' };
      put(world, anInteraction({ id: 'interaction-9', createdAt: world.time.now(), ...channel }), 'assigned');
      tab.workspace.sendText('interaction-9', 'Answer');
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Answer']);
      assert.deepEqual(states(tab), ['First: failed'], 'it stays shown');
      const again = tab.workspace.markDone('interaction-9');
      world.time.pass(1_000);
      assert.deepEqual(await again, { ok: true });
    });
  }

  it('gives a message that was on its way when the link was lost all its time anew', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(5);
    assert.deepEqual(states(tab), ['Hello: sending']);
    tab.adapter.cut();
    world.time.pass(OUTBOX_PATIENCE + 60_000);
    tab.adapter.faults.push(busy);
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(states(tab), []);
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
  });

  it('does not give it more time because another tab goes on with it', () => {
    const { world } = busyWorld();
    const [one, two] = [world.open(), world.open()];
    one.workspace.sendText(MASHA, 'Hello');
    for (let minute = 0; minute < 9; minute++) {
      world.time.pass(60_000);
      for (const { tab } of [one, two])
        tab.visible$.next(tab === one.tab ? minute % 2 === 1 : minute % 2 === 0);
    }
    world.time.pass(2 * 60_000);
    assert.deepEqual(states(one), ['Hello: failed']);
  });
});

describe('Try again', () => {
  for (const storage of ['well', 'refused', 'full'] as const) {
    it(`sends once, however often it is pressed, with storage that is ${storage}`, () => {
      const world = new World();
      if (storage === 'refused') world.browser.storage = storage;
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      if (storage === 'full') world.browser.storage = storage;
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      for (let press = 0; press < 3; press++) {
        tab.workspace.resend(id);
        tab.workspace.resend(id);
        world.time.pass(5_000);
      }
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      assert.deepEqual(states(tab), []);
    });
  }

  it('sends once, pressed twice before the disk has refused to store it', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.faults.push(refusal);
    const id = tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(1_000);
    world.browser.storage = 'full';
    world.browser.manners.answer = () => 50;
    for (let press = 0; press < 3; press++) {
      tab.workspace.resend(id);
      world.time.pass(10);
    }
    world.time.pass(5_000);
    assert.deepEqual(states(tab), ['Hello: saving']);
    world.browser.storage = 'well';
    world.time.pass(10_000);
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
    assert.deepEqual(states(tab), []);
  });
});
