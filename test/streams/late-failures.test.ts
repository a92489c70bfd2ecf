import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
// At hand, so that the workspace's own loading of it takes no time.
import '../../src/streams/outbox/late-failures.js';
import { HEARD_KEPT } from '../../src/streams/outbox/lazy-late-failures.js';
import { failureNotice } from '../../src/model/index.js';
import type { Interaction } from '../../src/model/index.js';
import { aReply, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenOptions, OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const TEAM = { workbin: 'team', by: 'ana', at: 0 };

const done = anInteraction({ state: 'done', agent: null });
const parked = anInteraction({ state: 'parked', agent: null, parking: TEAM });

/** The message fails when its conversation is where it is. What keeps failures has been loaded then, and has read what is stored. */
function fail(world: World, where: Interaction, message = 'reply-1', author = 'ana'): Promise<void> {
  return hear(world, where, 'failed', message, author);
}

async function hear(
  world: World,
  where: Interaction,
  state: 'failed' | 'unknown',
  message = 'reply-1',
  author = 'ana',
): Promise<void> {
  record(world, where, state, message, author);
  await loaded();
  world.time.pass(10);
}

function record(
  world: World,
  where: Interaction,
  state: 'failed' | 'unknown',
  message: string,
  author = 'ana',
): void {
  const at = world.time.now();
  const delivery = { state, at, error: { code: 131026, detail: 'Undeliverable' } } as const;
  const reply = aReply({ id: message, author: { id: author, name: author } });
  const notice = failureNotice(where, reply, delivery) ?? undefined;
  world.centre.record(anEvent('delivery-changed', { message, delivery, notice }));
}

/** Opens a tab, in which what keeps failures, if there are any, has been loaded and, unless told otherwise, has read what is stored. */
async function open(world: World, options: OpenOptions = {}): Promise<OpenTab> {
  const tab = world.open(options);
  await loaded();
  if (options.wait === undefined) world.time.pass(100);
  return tab;
}

const loaded = (): Promise<unknown> => new Promise(setImmediate);

/** The emissions of a tab's failures, by their messages. */
function told({ workspace }: OpenTab): string[][] {
  const all: string[][] = [];
  workspace.failures$.subscribe((failures) => all.push(failures.map(({ message }) => message)));
  return all;
}

describe('a message that fails after its conversation has left the desk', () => {
  it('is told to its author with what is needed to find the way back', async () => {
    const world = new World();
    const tab = await open(world);
    const all = told(tab);
    const at = world.time.now();
    await fail(world, done);
    assert.deepEqual(all, [[], ['reply-1']]);
    const [failure] = latest(tab.workspace.failures$);
    assert.deepEqual(failure, {
      message: 'reply-1',
      interaction: MASHA,
      contact: anInteraction().contact,
      text: 'Hello',
      at,
      error: { code: 131026, detail: 'Undeliverable' },
      state: 'done',
      workbin: null,
    });
  });

  it('is told that was heard of before what keeps it was loaded', async () => {
    const world = new World();
    const tab = world.open();
    const all = told(tab);
    record(world, done, 'failed', 'reply-1');
    record(world, done, 'failed', 'reply-2');
    await loaded();
    world.time.pass(100);
    assert.deepEqual(all.at(-1), ['reply-1', 'reply-2']);
    tab.die();
    assert.deepEqual(told(await open(world)), [['reply-1', 'reply-2']]);
  });

  it('is told although what keeps it takes long to be loaded, and does not take the snapshot of before for a newer one', async () => {
    const world = new World();
    const tab = world.open();
    record(world, done, 'failed', 'reply-1');
    world.time.pass(10 * 60_000);
    await loaded();
    world.time.pass(100);
    assert.deepEqual(told(tab), [['reply-1']]);
  });

  it('is told by a snapshot when more has been heard before what keeps it was loaded than is kept', async () => {
    const world = new World();
    const tab = world.open();
    record(world, done, 'failed', 'reply-1');
    for (let i = 0; i < HEARD_KEPT; i++) world.centre.receive(`Message ${i}`);
    await loaded();
    world.time.pass(100);
    assert.deepEqual(tab.adapter.cursors, [null, null], 'a second snapshot was asked for');
    assert.deepEqual(told(tab), [['reply-1']]);
    record(world, done, 'failed', 'reply-2');
    assert.deepEqual(told(tab), [['reply-1', 'reply-2']]);
  });

  it('asks for no second snapshot when all that was heard is kept', async () => {
    const world = new World();
    const tab = world.open();
    for (let i = 0; i < HEARD_KEPT; i++) world.centre.receive(`Message ${i}`);
    record(world, done, 'failed', 'reply-1');
    await loaded();
    world.time.pass(100);
    assert.deepEqual(told(tab), [['reply-1']]);
    assert.deepEqual(tab.adapter.cursors, [null]);
  });

  it('is told that was heard of before the storage opened', async () => {
    const world = new World();
    const before = await open(world);
    await fail(world, done);
    before.die();
    world.browser.manners.opens = () => 1_000;
    // The disk has forgotten, so that only the snapshot tells of the first one.
    world.browser.disk().things.clear();
    const tab = world.open({ wait: 0 });
    const all = told(tab);
    world.time.pass(100);
    await fail(world, done, 'reply-2');
    world.time.pass(2_000);
    assert.deepEqual(all.at(-1)?.sort(), ['reply-1', 'reply-2']);
  });

  it('is not told to others, nor again when its failure is told twice', async () => {
    const world = new World();
    const tab = await open(world);
    const all = told(tab);
    await fail(world, parked, 'reply-1', 'ben');
    await fail(world, parked, 'reply-2');
    await fail(world, parked, 'reply-2');
    assert.deepEqual(all, [[], ['reply-2']]);
  });

  it('is not told while its conversation is on the desk, where its transcript shows it', async () => {
    const world = new World();
    const tab = await open(world);
    const all = told(tab);
    await fail(world, anInteraction());
    assert.deepEqual(all, [[]]);
  });

  it('stays over a reload until it is dismissed, in all tabs', async () => {
    const world = new World();
    const before = await open(world);
    await fail(world, done);
    await fail(world, done, 'reply-2');
    world.time.pass(100);
    before.die();
    const [one, two] = [await open(world), await open(world)];
    const all = [one, two].map(told);
    one.workspace.dismissFailure('reply-1');
    world.time.pass(100);
    assert.deepEqual(all, [
      [['reply-1', 'reply-2'], ['reply-2']],
      [['reply-1', 'reply-2'], ['reply-2']],
    ]);
    assert.deepEqual(told(await open(world)), [['reply-2']]);
  });

  it('is not told by a tab that hears of it after another one has dismissed it', async () => {
    const world = new World();
    const [one, two] = [await open(world), await open(world)];
    const all = told(two);
    two.adapter.cut();
    await fail(world, done);
    one.workspace.dismissFailure('reply-1');
    world.time.pass(100);
    two.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(latest(two.workspace.connection$).at, 'online');
    assert.deepEqual(all, [[]]);
  });

  it('is told once to who had no page open then, or whose link was lost for long', async () => {
    const world = new World();
    const before = await open(world);
    await fail(world, done);
    before.workspace.dismissFailure('reply-1');
    before.workspace.close();
    await fail(world, done, 'reply-2');
    await fail(world, parked, 'reply-3', 'ben');
    world.time.pass(1_000);
    const tab = await open(world);
    const all = told(tab);
    assert.deepEqual(all, [['reply-2']]);
    tab.adapter.cut();
    await fail(world, parked, 'reply-4');
    world.centre.keptFrom = Infinity;
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(all, [['reply-2'], ['reply-2', 'reply-4']]);
    for (const message of ['reply-2', 'reply-4']) tab.workspace.dismissFailure(message);
    world.time.pass(100);
    tab.workspace.close();
    assert.deepEqual(told(await open(world)), [[]]);
  });

  it('is told to who opens the desk for the first time in this browser, and after another log took over', async () => {
    const world = new World();
    await fail(world, done);
    const tab = await open(world);
    assert.deepEqual(told(tab), [['reply-1']]);
    tab.workspace.close();
    world.centre.epoch = 'e2';
    await fail(world, done, 'reply-2');
    assert.deepEqual(told(await open(world)), [['reply-1', 'reply-2']]);
  });

  it('is kept that comes before the storage has been opened', async () => {
    const world = new World();
    const before = await open(world);
    await fail(world, done);
    world.time.pass(100);
    before.die();
    await open(world, { wait: 10 });
    await fail(world, done, 'reply-2');
    world.time.pass(100);
    assert.deepEqual(told(await open(world)), [['reply-1', 'reply-2']]);
  });

  it('is followed to where its conversation goes', async () => {
    const world = new World();
    const tab = await open(world);
    await fail(world, done);
    world.centre.record(anEvent('interaction-parked', { interaction: parked, fromWorkbin: null }));
    const [failure] = latest(tab.workspace.failures$);
    assert.deepEqual([failure?.state, failure?.workbin], ['parked', 'team']);
  });

  it('is followed into the conversation that its own went on in, before and after it fails', async () => {
    const world = new World();
    const tab = await open(world);
    const into = anInteraction({ id: 'interaction-9', state: 'parked', agent: null, parking: TEAM });
    const ended = { ...done, mergedInto: into.id };
    await fail(world, done);
    world.centre.record(anEvent('interaction-merged', { interaction: ended, fromWorkbin: null, into }));
    await fail(world, ended, 'reply-2');
    const where = latest(tab.workspace.failures$).map((one) => [one.interaction, one.state, one.workbin]);
    assert.deepEqual(where, [
      ['interaction-9', 'parked', 'team'],
      ['interaction-9', 'active', null],
    ]);
  });

  it('is told when nobody knows whether it went, as that', async () => {
    const world = new World();
    const tab = await open(world);
    await hear(world, done, 'unknown');
    assert.deepEqual(
      latest(tab.workspace.failures$).map(({ inDoubt }) => inDoubt),
      [true],
    );
    await fail(world, done);
    assert.deepEqual(
      latest(tab.workspace.failures$).map(({ inDoubt }) => inDoubt),
      [undefined],
      'it failed for certain',
    );
  });

  it('is taken back when it went after all, also for tabs to come', async () => {
    const world = new World();
    const tab = await open(world);
    const all = told(tab);
    await hear(world, done, 'unknown');
    await hear(world, done, 'unknown', 'reply-2');
    world.time.pass(100);
    const delivery = { state: 'sent', at: world.time.now(), error: null } as const;
    world.centre.record(anEvent('delivery-changed', { message: 'reply-1', delivery, relieved: 'ana' }));
    world.time.pass(100);
    assert.deepEqual(all, [[], ['reply-1'], ['reply-1', 'reply-2'], ['reply-2']]);
    assert.deepEqual(told(await open(world)), [['reply-2']]);
  });

  it('is taken back when it went after all while no page was open, or none had a link for long', async () => {
    const world = new World();
    const relieve = (message: string): void => {
      const delivery = { state: 'sent', at: world.time.now(), error: null } as const;
      world.centre.record(anEvent('delivery-changed', { message, delivery, relieved: 'ana' }));
    };
    const before = await open(world);
    for (const message of ['reply-1', 'reply-2', 'reply-3']) record(world, done, 'unknown', message);
    await loaded();
    world.time.pass(120_000);
    before.workspace.close();
    relieve('reply-1');
    const tab = await open(world);
    assert.deepEqual(told(tab), [['reply-2', 'reply-3']]);
    tab.adapter.cut();
    relieve('reply-2');
    world.centre.keptFrom = Infinity;
    tab.adapter.restore();
    world.time.pass(20_000);
    for (const one of [tab, await open(world)]) assert.deepEqual(told(one), [['reply-3']]);
  });

  it('stays dismissed that was before the storage opened', async () => {
    const world = new World();
    await fail(world, done);
    world.browser.manners.opens = () => 20_000;
    const tab = await open(world, { wait: 10_000 });
    assert.deepEqual(told(tab), [['reply-1']]);
    tab.workspace.dismissFailure('reply-1');
    world.time.pass(60_000);
    tab.workspace.close();
    world.browser.manners.opens = () => 1;
    const after = world.open({ wait: 0 });
    const all = told(after);
    world.time.pass(10);
    await loaded();
    world.time.pass(1_000);
    assert.equal(latest(after.workspace.connection$).at, 'online');
    assert.deepEqual(all.flat(), []);
  });

  it('is not shown to the next agent', async () => {
    const world = new World();
    const tab = await open(world);
    await fail(world, done);
    const all = told(tab);
    world.centre.agent = { ...world.centre.agent, id: 'ben' };
    tab.adapter.cut();
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(all, [['reply-1'], []]);
  });
});
