import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COPY_KEPT_FOR } from '../../src/model/index.js';
import { NEVER, of } from 'rxjs';
import type { DeskCopy, Transcript } from '../../src/model/index.js';
import { SafeStorage } from '../../src/streams/storage/safe-storage.js';
import { Store } from '../../src/streams/state/index.js';
import { Tabs } from '../../src/streams/tabs/index.js';
import { COPY_LAG, OfflineCopy } from '../../src/streams/storage/offline-copy.js';
import { PAGE_SIZE } from '../../src/streams/paging/page-query.js';
import type { TranscriptView } from '../../src/streams/index.js';
import { anAgent, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenOptions, OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

const texts = ({ chunks }: Transcript): readonly string[] =>
  chunks.flatMap(({ items }) =>
    items.map((item) =>
      item.kind === 'message' && item.message.content.kind === 'text' ? item.message.content.text : item.kind,
    ),
  );

/** Ana reads Masha's conversation of so many messages, and the browser crashes. */
function crashed(messages = 3, options: OpenOptions = {}): World {
  const world = new World();
  world.centre.workbins.set('team', { id: 'team', name: 'Team', owner: null, count: 4 });
  for (let i = 1; i <= messages; i++) world.centre.receive(`m${i}`);
  const before = world.open(options);
  before.workspace.transcript$(MASHA).subscribe();
  world.time.pass(COPY_LAG + 1_000);
  before.die();
  return world;
}

const isEmpty = ({ workspace }: OpenTab): boolean =>
  workspace.state.agent === null && workspace.state.interactions.size === 0;

describe('a reload without a link', () => {
  it('shows the desk as it was, and says of when', () => {
    const world = crashed();
    const { workspace } = world.open({ up: false });
    const { state } = workspace;
    assert.deepEqual([...state.interactions.keys()], [MASHA, OMAR]);
    assert.equal(state.interactions.get(MASHA)?.pendency?.count, 4);
    assert.equal(state.workbins.get('team')?.count, 4);
    assert.equal(state.agent?.id, 'ana');
    assert.equal(state.cursor, null);
    assert.ok(state.asOf !== null && state.asOf < world.time.now() && state.asOf > world.time.now() - 10_000);
    assert.deepEqual(texts(latest(workspace.transcript$(MASHA)).transcript), ['m1', 'm2', 'm3']);
    assert.equal(latest(workspace.transcript$(OMAR)).loaded, false);
  });

  it('has the newest page of a long conversation, and its older pages when the link is back', () => {
    const world = crashed(PAGE_SIZE + 20);
    const tab = world.open({ up: false });
    const views: TranscriptView[] = [];
    tab.workspace.transcript$(MASHA).subscribe((view) => views.push(view));
    assert.equal(views.at(-1)?.transcript.count, PAGE_SIZE);
    tab.workspace.loadOlder(MASHA);
    world.time.pass(1_000);
    tab.adapter.restore();
    world.time.pass(60_000);
    tab.workspace.loadOlder(MASHA);
    world.time.pass(1_000);
    assert.equal(views.at(-1)?.transcript.count, PAGE_SIZE + 20);
    assert.ok(
      views.every(({ loaded }) => loaded),
      'what was shown stayed until the new page was there',
    );
  });

  it('shows it as soon as it is known whose desk it is, and what is stored', () => {
    const world = crashed();
    // The token could not be fetched, and another tab stands in the way.
    world.browser.manners.opens = () => 10_000;
    const tab = world.open({ up: false, identity: null, wait: 5_000 });
    assert.ok(isEmpty(tab));
    tab.adapter.identity = { issuer: 'test', agent: 'ana' };
    world.time.pass(60_000);
    assert.deepEqual([...tab.workspace.state.interactions.keys()], [MASHA, OMAR]);
  });

  it('gives way to what the contact centre tells', () => {
    const world = crashed();
    const tab = world.open({ up: false });
    const done = anInteraction({ id: OMAR, state: 'done', agent: null });
    world.centre.record(
      anEvent('interaction-done', { interaction: done, fromWorkbin: null }, { interaction: OMAR }),
    );
    world.centre.interactions.set(OMAR, done);
    world.centre.receive('m4');
    const told: (readonly [number | null, readonly string[]])[] = [];
    tab.workspace.state$.subscribe(({ asOf, interactions }) => told.push([asOf, [...interactions.keys()]]));
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(tab.adapter.cursors.at(-1), null);
    assert.deepEqual(told.at(-1), [null, [MASHA]]);
    assert.ok(told.every(([asOf, ids]) => asOf === null || ids.length === 2));
    assert.equal(tab.workspace.state.interactions.get(MASHA)?.pendency?.count, 5);
  });

  it('decides nothing: wishes wait for the link, and messages go to the outbox and out in their turn', async () => {
    const world = crashed();
    const tab = world.open({ up: false });
    const outcome = tab.workspace.markDone(OMAR);
    tab.workspace.sendText(MASHA, 'Written offline');
    world.time.pass(15_000);
    assert.equal((await outcome).ok, false);
    assert.equal(tab.workspace.state.interactions.get(OMAR)?.state, 'active');
    assert.equal(world.browser.disk().outbox.length, 1);
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(world.centre.sentTexts, ['Written offline']);
  });

  it('calls for nobody’s attention', () => {
    const world = crashed();
    const tab = world.open({ up: false });
    const told: number[] = [];
    tab.workspace.attention$.subscribe(({ interactions }) => told.push(interactions.length));
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(told, [0, 1]);
  });

  it('says when the link was lost, where it was lost before the reload', () => {
    const world = new World();
    const before = world.open();
    world.time.pass(600_000);
    const lostAt = world.time.now();
    before.adapter.cut();
    world.time.pass(600_000);
    before.die();
    assert.equal(world.open({ up: false }).workspace.state.asOf, lostAt);
  });

  it('shows what there was when the page was hidden or closed, however short before', () => {
    for (const leave of [
      ({ tab }: OpenTab) => tab.visible$.next(false),
      ({ workspace }: OpenTab) => workspace.close(),
    ]) {
      const world = new World();
      const before = world.open();
      world.time.pass(COPY_LAG);
      world.centre.receive('Just now');
      leave(before);
      world.time.pass(10);
      before.die();
      const { workspace } = world.open({ up: false });
      assert.equal(workspace.state.interactions.get(MASHA)?.pendency?.count, 2);
    }
  });

  it('shows nothing to another agent, to one whom nothing names, and after a day', () => {
    for (const identity of [{ issuer: 'test', agent: 'ben' }, { issuer: 'other', agent: 'ana' }, null]) {
      assert.ok(isEmpty(crashed().open({ up: false, identity })));
    }
    const world = crashed();
    world.time.pass(COPY_KEPT_FOR);
    assert.ok(isEmpty(world.open({ up: false })));
  });

  it('keeps nothing for the agent who is welcomed when that is another than was named', () => {
    const world = crashed();
    const tab = world.open({ up: false });
    world.centre.agent = anAgent({ id: 'ben', name: 'Ben' });
    const told: (readonly [string | undefined, number])[] = [];
    tab.workspace.state$.subscribe(({ agent, interactions }) => told.push([agent?.id, interactions.size]));
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.deepEqual(told.at(-1), ['ben', 0]);
    assert.ok(told.every(([agent, count]) => agent !== 'ben' || count === 0));
  });

  it('is kept of nobody but the agent whose storage it is', () => {
    const [world, store] = [new World(), new Store()];
    const { time } = world;
    const storages: SafeStorage[] = [];
    world.browser
      .tab()
      .openStorage({ issuer: 'test', agent: 'ana' })
      .subscribe((opened) => storages.push(new SafeStorage(opened, { scheduler: time })));
    time.pass(10);
    const [storage] = storages;
    assert.ok(storage);
    const tabs = new Tabs({ messages$: NEVER, post: () => undefined, close: () => undefined });
    const copy = new OfflineCopy({
      store,
      clock: { now: () => time.now() },
      scope$: of({ identity: { issuer: 'test', agent: 'ana' }, name: 'ana', storage, tabs }),
      connection$: of({ at: 'online', since: 0 }),
      visible$: of(true),
      claims: () => null,
      assume: () => undefined,
      enabled: true,
      scheduler: time,
    });
    const agents = [anAgent({ id: 'ben' }), anAgent()];
    const copies = agents.map((agent) => {
      store.dispatch({ kind: 'snapshot', snapshot: { seq: 1, agent, interactions: [], workbins: [] } });
      time.pass(COPY_LAG + 100);
      return world.browser.disk().copy?.desk;
    });
    assert.deepEqual(
      copies.map((desk) => (desk as DeskCopy | undefined)?.agent.id),
      [undefined, 'ana'],
    );
    copy.close();
  });

  it('shows nothing where no copy is kept, and one that was kept is removed', () => {
    assert.ok(isEmpty(crashed(3, { offlineCopy: false }).open({ up: false })));
    const world = crashed();
    assert.ok(isEmpty(world.open({ up: false, offlineCopy: false })));
    world.open({ offlineCopy: false });
    assert.equal(world.browser.disk().copy, null);
  });

  it('does not read a copy of another form', () => {
    const world = crashed();
    const disk = world.browser.disk();
    disk.copy = { desk: { format: 0, interactions: 'many' }, pages: new Map(), at: world.time.now() };
    assert.ok(isEmpty(world.open({ up: false })));
  });

  it('does not keep the pages of conversations that have left the desk', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.transcript$(MASHA).subscribe();
    world.time.pass(COPY_LAG + 1_000);
    assert.deepEqual([...(world.browser.disk().copy?.pages.keys() ?? [])], [MASHA]);
    const parking = { workbin: 'team', by: 'ana', at: world.time.now() };
    const interaction = anInteraction({ state: 'parked', agent: null, parking });
    world.centre.record(anEvent('interaction-parked', { interaction, fromWorkbin: null }));
    world.time.pass(COPY_LAG + 1_000);
    assert.deepEqual([...(world.browser.disk().copy?.pages.keys() ?? [])], []);
  });
});
