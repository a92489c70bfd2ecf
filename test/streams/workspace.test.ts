import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Observable } from 'rxjs';
import { textDraft } from '../../src/model/index.js';
import { createWorkspace } from '../../src/streams/index.js';
import type { Connection, WorkspaceStorage } from '../../src/streams/index.js';
import { GRACE } from '../../src/streams/operators/share-grace.js';
import { anAgent, anEvent, anInteraction } from '../support/builders.js';
import { LATENCY } from '../support/fake-adapter.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';

describe('a workspace', () => {
  it('connects by itself and knows the desk', () => {
    const world = new World();
    const { workspace } = world.open({ wait: 0 });
    assert.deepEqual(latest(workspace.connection$), { at: 'connecting', attempt: 0 });
    world.time.pass(LATENCY);
    assert.deepEqual(latest(workspace.connection$), { at: 'online', since: world.time.now() });
    assert.deepEqual([...workspace.state.interactions.keys()], [MASHA, 'interaction-2']);
    assert.equal(workspace.state.agent?.id, 'ana');
    assert.equal(latest(workspace.state$), workspace.state);
  });

  it('knows the agent, and the time, before it says that it is online', () => {
    const world = new World();
    const frames = world.centre.frames.bind(world.centre);
    world.centre.frames = (cursor) =>
      frames(cursor).map((frame) => (frame.kind === 'welcome' ? { ...frame, serverTime: 5_000_000 } : frame));
    const { workspace } = world.open({ wait: 0 });
    const seen: [Connection, string | undefined][] = [];
    workspace.connection$.subscribe((connection) => seen.push([connection, workspace.state.agent?.id]));
    world.time.pass(LATENCY);
    assert.deepEqual(seen.at(-1), [{ at: 'online', since: 5_000_000 }, 'ana']);
    world.time.pass(1_000);
    assert.equal(workspace.clock.now(), 5_001_000);
  });

  it('resumes by cursor, and misses and repeats nothing', () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    world.centre.receive('One');
    adapter.cut();
    world.centre.receive('Two');
    world.centre.receive('Three');
    assert.equal(workspace.state.interactions.get(MASHA)?.pendency?.count, 2);
    adapter.restore();
    world.time.pass(20_000);
    assert.equal(workspace.state.interactions.get(MASHA)?.pendency?.count, 4);
    assert.deepEqual(adapter.cursors[0], null);
    assert.deepEqual(adapter.cursors.at(-1), { epoch: 'e1', seq: 1 });
  });

  it('tries at once when the network is back or the tab is looked at again', () => {
    const world = new World();
    const { workspace, adapter, tab } = world.open({ random: () => 0.999 });
    adapter.cut();
    world.time.pass(120_000);
    for (const signal$ of [tab.online$, tab.visible$]) {
      while (latest(workspace.connection$).at !== 'waiting') world.time.pass(1);
      signal$.next(false);
      assert.equal(latest(workspace.connection$).at, 'waiting');
      signal$.next(true);
      assert.equal(latest(workspace.connection$).at, 'connecting');
    }
  });

  it('tries at once when the agent asks, also after a refusal', () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    adapter.cut('unauthorized');
    world.time.pass(3_600_000);
    assert.deepEqual(latest(workspace.connection$), {
      at: 'refused',
      kind: 'unauthorized',
      sentence: 'The link was cut.',
    });
    adapter.restore();
    workspace.retryNow();
    world.time.pass(LATENCY);
    assert.equal(latest(workspace.connection$).at, 'online');
  });

  it('forgets what one agent knew when another is welcomed, and resumes from nothing', () => {
    const world = new World();
    const { workspace, adapter } = world.open();
    workspace.select(MASHA);
    adapter.cut();
    world.centre.agent = anAgent({ id: 'ben' });
    world.centre.interactions.set('of-ben', anInteraction({ id: 'of-ben', agent: 'ben' }));
    adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual([...workspace.state.interactions.keys()], ['of-ben']);
    assert.deepEqual(adapter.cursors.at(-1), null);
    assert.equal(latest(workspace.connection$).at, 'online');
    assert.equal(latest(workspace.selected$), null);
    assert.equal(latest(workspace.storage$), 'persistent');
  });

  it('keeps an interaction in front until it leaves the desk', () => {
    const world = new World();
    const { workspace } = world.open();
    const selected: (string | null)[] = [];
    workspace.selected$.subscribe((interaction) => selected.push(interaction));
    workspace.select(MASHA);
    workspace.select(MASHA);
    world.centre.receive('Hello');
    const parked = anInteraction({ state: 'parked', agent: null });
    world.centre.record(anEvent('interaction-parked', { interaction: parked, fromWorkbin: null }));
    assert.deepEqual(selected, [null, MASHA, null]);
  });

  it('follows one interaction', () => {
    const world = new World();
    const { workspace } = world.open();
    assert.equal(workspace.interaction$(MASHA), workspace.interaction$(MASHA));
    const counts: (number | undefined)[] = [];
    workspace.interaction$(MASHA).subscribe((interaction) => counts.push(interaction?.pendency?.count));
    world.centre.receive('For Masha');
    world.centre.receive('For Omar', 'interaction-2');
    assert.deepEqual(counts, [1, 2]);
    assert.equal(latest(workspace.interaction$('nobody')), null);
  });

  it('completes its streams when it is closed, and not before', () => {
    const world = new World();
    const { workspace } = world.open();
    const streams = {
      state: workspace.state$,
      connection: workspace.connection$,
      outbox: workspace.outbox$,
      storage: workspace.storage$,
      selected: workspace.selected$,
      unread: workspace.unread$,
      attention: workspace.attention$,
      interaction: workspace.interaction$(MASHA),
      transcript: workspace.transcript$(MASHA),
      draft: workspace.draft$(MASHA),
      workbin: workspace.workbin$('team'),
    };
    const completed: string[] = [];
    const watched: [string, Observable<unknown>][] = Object.entries(streams);
    for (const [name, stream$] of watched) {
      stream$.subscribe({ complete: () => completed.push(name) });
    }
    world.time.pass(3_600_000);
    assert.deepEqual(completed, []);
    workspace.close();
    assert.deepEqual(new Set(completed), new Set(Object.keys(streams)));
  });

  it('leaves nothing behind when it is closed: no link, no timer, no storage, no channel', () => {
    const world = new World();
    const { workspace, adapter, tab } = world.open();
    workspace.transcript$(MASHA).subscribe().unsubscribe();
    workspace.workbin$('team').subscribe();
    workspace.select(MASHA);
    workspace.sendText(MASHA, 'Hello');
    workspace.saveDraft(MASHA, textDraft('More'));
    world.time.pass(3);
    workspace.close();
    workspace.close();
    assert.equal(adapter.linked, false);
    assert.deepEqual([...tab.open], []);
    world.time.pass(GRACE);
    assert.equal(world.time.pending, 0);
    assert.equal(tab.visible$.observed, false);
    assert.equal(tab.online$.observed, false);
  });

  it('leaves no storage open that the browser opens too late', async () => {
    const world = new World();
    const tab = world.browser.tab();
    let opened: () => void = () => undefined;
    const openStorage = tab.openStorage.bind(tab);
    // As the browser does: once it is asked, it opens.
    tab.openStorage = (identity) => {
      const storage$ = new Promise<WorkspaceStorage>((resolve) => {
        opened = () => openStorage(identity).subscribe(resolve);
      });
      return storage$ as unknown as Observable<WorkspaceStorage>;
    };
    const transport = world.centre.adapter();
    const workspace = createWorkspace({ transport, platform: tab, scheduler: world.time });
    world.time.pass(1_000);
    workspace.close();
    opened();
    world.time.pass(1_000);
    assert.deepEqual([...tab.open], ['storage']);
    for (let i = 0; i < 5; i++) await Promise.resolve();
    assert.deepEqual([...tab.open], []);
  });

  it('does not mind wishes after it was closed', () => {
    const world = new World();
    const { workspace } = world.open();
    workspace.close();
    workspace.select(MASHA);
    workspace.sendText(MASHA, 'Hello');
    workspace.saveDraft(MASHA, textDraft('Hello'));
    workspace.resend('nothing');
    workspace.edit('nothing');
    workspace.discard('nothing');
    workspace.loadOlder(MASHA);
    workspace.loadMoreOfWorkbin('team');
    workspace.retryNow();
    world.time.pass(60_000);
    assert.deepEqual(world.centre.sentTexts, []);
  });

  describe('what its wishes lead to', () => {
    const offered = (): World => {
      const world = new World();
      const interaction = anInteraction({
        id: 'interaction-9',
        state: 'offered',
        agent: null,
        offer: { agent: 'ana', expiresAt: world.time.now() + 60_000 },
      });
      world.centre.interactions.set(interaction.id, interaction);
      return world;
    };
    const told = ({ workspace }: OpenTab): string[] => {
      const types: string[] = [];
      workspace.caused$.subscribe(({ type, interaction }) => {
        types.push(`${type}: ${workspace.state.interactions.get(interaction ?? '')?.state ?? 'gone'}`);
      });
      return types;
    };

    it('is told once, in the tab of the wish, when it has become true', () => {
      const world = offered();
      const tabs = [world.open(), world.open()];
      const all = tabs.map(told);
      void tabs[0]?.workspace.accept('interaction-9');
      world.time.pass(1_000);
      void tabs[1]?.workspace.markDone('interaction-9');
      world.time.pass(1_000);
      assert.deepEqual(all, [['interaction-assigned: active'], ['interaction-done: gone']]);
    });

    it('is told also when the answer is lost, and when the link was lost between', () => {
      const world = offered();
      const tab = world.open();
      const all = told(tab);
      tab.adapter.faults.push('timeout');
      void tab.workspace.accept('interaction-9');
      world.time.pass(LATENCY - 1);
      tab.adapter.cut();
      world.time.pass(LATENCY);
      tab.adapter.restore();
      world.time.pass(60_000);
      assert.deepEqual(all, ['interaction-assigned: active']);
    });
  });
});
