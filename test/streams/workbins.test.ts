import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Interaction } from '../../src/model/index.js';
import { TEAM_WORKBIN } from '../../src/model/index.js';
import { PAGE_SIZE } from '../../src/streams/paging/page-query.js';
import { GRACE } from '../../src/streams/operators/share-grace.js';
import type { WorkbinView } from '../../src/streams/index.js';
import { NOON, aContact, anEvent, anInteraction } from '../support/builders.js';
import { World } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const parked = (n: number): Interaction =>
  anInteraction({
    id: `parked-${n}`,
    contact: aContact({ id: `contact-of-${n}` }),
    state: 'parked',
    agent: null,
    parking: { workbin: TEAM_WORKBIN, by: 'ben', at: NOON - 10_000 + n },
  });

function looking(count: number): { world: World; tab: OpenTab; view: () => WorkbinView; stop: () => void } {
  const world = new World();
  world.centre.workbins.set(TEAM_WORKBIN, { id: TEAM_WORKBIN, name: 'Team', owner: null, count });
  for (let n = 1; n <= count; n++) world.centre.interactions.set(`parked-${n}`, parked(n));
  const tab = world.open();
  const views: WorkbinView[] = [];
  const subscription = tab.workspace.workbin$(TEAM_WORKBIN).subscribe((view) => views.push(view));
  return { world, tab, view: () => views.at(-1) ?? assert.fail(), stop: () => subscription.unsubscribe() };
}

const ids = ({ interactions }: WorkbinView): readonly string[] => interactions.map(({ id }) => id);

describe('a workbin', () => {
  it('is loading at once, then there', () => {
    const { world, view } = looking(2);
    assert.deepEqual(view(), { interactions: [], loaded: false, hasMore: false, loading: true, error: null });
    world.time.pass(100);
    assert.deepEqual(ids(view()), ['parked-1', 'parked-2']);
    assert.deepEqual(
      { ...view(), interactions: [] },
      {
        interactions: [],
        loaded: true,
        hasMore: false,
        loading: false,
        error: null,
      },
    );
  });

  it('goes on page by page', () => {
    const { world, tab, view } = looking(PAGE_SIZE + 2);
    world.time.pass(100);
    assert.equal(view().hasMore, true);
    tab.workspace.loadMoreOfWorkbin(TEAM_WORKBIN);
    tab.workspace.loadMoreOfWorkbin(TEAM_WORKBIN);
    assert.equal(view().loading, true);
    world.time.pass(100);
    assert.equal(view().interactions.length, PAGE_SIZE + 2);
    assert.equal(view().hasMore, false);
    tab.workspace.loadMoreOfWorkbin(TEAM_WORKBIN);
    world.time.pass(100);
    assert.equal(tab.adapter.asked.length, 2);
  });

  it('goes on where its last page ended, also when what it ended with has been taken out', () => {
    const { world, tab, view } = looking(PAGE_SIZE + 2);
    world.time.pass(100);
    const last = `parked-${PAGE_SIZE}`;
    world.centre.record(
      anEvent(
        'interaction-assigned',
        {
          interaction: anInteraction({ id: last, agent: 'ben' }),
          fromWorkbin: TEAM_WORKBIN,
          cause: 'opened',
        },
        { interaction: last },
      ),
    );
    world.centre.interactions.delete(last);
    tab.workspace.loadMoreOfWorkbin(TEAM_WORKBIN);
    world.time.pass(100);
    assert.deepEqual(
      [view().interactions.length, ids(view()).includes(last), view().hasMore, view().error],
      [PAGE_SIZE + 1, false, false, null],
    );
  });

  it('follows what is put in and taken out', () => {
    const { world, view } = looking(2);
    world.time.pass(100);
    world.centre.record(
      anEvent(
        'interaction-parked',
        { interaction: parked(3), fromWorkbin: null },
        { interaction: 'parked-3' },
      ),
    );
    const taken = anInteraction({ id: 'parked-1', state: 'active', agent: 'ben' });
    world.centre.record(
      anEvent(
        'interaction-assigned',
        { interaction: taken, fromWorkbin: TEAM_WORKBIN, cause: 'opened' },
        { interaction: 'parked-1' },
      ),
    );
    assert.deepEqual(ids(view()), ['parked-2', 'parked-3']);
  });

  it('does not bring back what was taken out while its page was on the way', () => {
    const { world, view } = looking(2);
    const taken = anInteraction({ id: 'parked-1', state: 'active', agent: 'ben' });
    world.centre.interactions.set('parked-1', taken);
    world.centre.record(
      anEvent(
        'interaction-assigned',
        { interaction: taken, fromWorkbin: TEAM_WORKBIN, cause: 'opened' },
        { interaction: 'parked-1' },
      ),
    );
    world.time.pass(100);
    assert.deepEqual(ids(view()), ['parked-2']);
  });

  it('is there after one question, with what came while its page was on the way, however much comes', () => {
    const { world, tab, view } = looking(3);
    const taken = anInteraction({ id: 'parked-1', state: 'active', agent: 'ben' });
    world.centre.record(
      anEvent(
        'interaction-assigned',
        { interaction: taken, fromWorkbin: TEAM_WORKBIN, cause: 'opened' },
        { interaction: 'parked-1' },
      ),
      anEvent(
        'interaction-parked',
        { interaction: parked(4), fromWorkbin: null },
        { interaction: 'parked-4' },
      ),
    );
    world.centre.receive('Again', 'parked-2');
    const waiting = world.centre.interactions.get('parked-2')?.pendency?.count;
    for (let i = 0; i < 10; i++) {
      world.centre.receive(`m${i}`, 'interaction-2');
      world.time.pass(2);
    }
    assert.deepEqual(ids(view()), ['parked-2', 'parked-3', 'parked-4']);
    assert.equal(view().interactions[0]?.pendency?.count, waiting);
    assert.equal(tab.adapter.asked.length, 1);
  });

  it('shows a failure as a value, and loads again when the link is back', () => {
    const world = new World();
    world.centre.interactions.set('parked-1', parked(1));
    const { workspace, adapter } = world.open();
    adapter.queryFaults.push('timeout');
    const views: WorkbinView[] = [];
    workspace.workbin$(TEAM_WORKBIN).subscribe((view) => views.push(view));
    assert.equal(views.at(-1)?.error?.kind, 'timeout');
    adapter.cut();
    adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(ids(views.at(-1) ?? assert.fail()), ['parked-1']);
  });

  it('is loaded anew after a snapshot', () => {
    const { world, tab, view } = looking(2);
    world.time.pass(100);
    tab.adapter.cut();
    world.centre.interactions.delete('parked-1');
    world.centre.receive('Hello');
    world.centre.keptFrom = world.centre.head;
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(ids(view()), ['parked-2']);
  });

  it('is forgotten when nobody has come back', () => {
    const { world, tab, stop } = looking(2);
    world.time.pass(100);
    stop();
    world.time.pass(GRACE + 1);
    assert.equal(tab.workspace.state.contents.size, 0);
  });
});
