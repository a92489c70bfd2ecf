import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Transcript } from '../../src/model/index.js';
import { PAGE_SIZE, STALE_DELAY } from '../../src/streams/paging.js';
import { GRACE } from '../../src/streams/share-grace.js';
import type { TranscriptView } from '../../src/streams/index.js';
import { aMessage, anAgent, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';

const texts = ({ chunks }: Transcript): readonly string[] =>
  chunks.flatMap(({ items }) =>
    items.map((item) =>
      item.kind === 'message' && item.message.content.kind === 'text' ? item.message.content.text : item.kind,
    ),
  );

const transcriptQueries = ({ adapter }: OpenTab): readonly (string | null)[] =>
  adapter.asked.flatMap((query) => (query.name === 'transcript' ? [query.args.before] : []));

/** Opens a tab on a conversation of so many messages, and its transcript. */
function reading(messages: number): {
  world: World;
  tab: OpenTab;
  views: TranscriptView[];
  view: () => TranscriptView;
  stop: () => void;
} {
  const world = new World();
  for (let i = 1; i <= messages; i++) world.centre.receive(`m${i}`);
  const tab = world.open();
  const views: TranscriptView[] = [];
  const subscription = tab.workspace.transcript$(MASHA).subscribe((view) => views.push(view));
  const view = (): TranscriptView => {
    const last = views.at(-1);
    assert.ok(last);
    return last;
  };
  return { world, tab, views, view, stop: () => subscription.unsubscribe() };
}

describe('a transcript', () => {
  it('is loading at once, then there', () => {
    const { world, view, views, tab } = reading(3);
    assert.deepEqual(
      { ...view(), transcript: null },
      { transcript: null, loaded: false, loading: true, error: null },
    );
    world.time.pass(100);
    assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'm3']);
    assert.deepEqual(
      { ...view(), transcript: null },
      { transcript: null, loaded: true, loading: false, error: null },
    );
    const loads = views.length;
    world.time.pass(60_000);
    assert.equal(views.length, loads);
    assert.equal(transcriptQueries(tab).length, 1);
  });

  it('may be empty', () => {
    const { world, view } = reading(0);
    world.time.pass(100);
    assert.equal(view().loaded, true);
    assert.equal(view().transcript.count, 0);
  });

  it('has what happens while its page is on the way, once', () => {
    const { world, view } = reading(2);
    world.time.pass(5);
    world.centre.receive('m3');
    world.time.pass(100);
    world.centre.receive('m4');
    assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'm3', 'm4']);
  });

  for (const cursor of [
    { epoch: 'e1', seq: 1 },
    { epoch: 'e0', seq: 99 },
  ]) {
    it(`asks again for a page that is of place ${cursor.seq} in log ${cursor.epoch}, when it is at 3 in e1`, () => {
      const { world, tab, view } = reading(3);
      const answer = world.centre.answer.bind(world.centre);
      world.centre.answer = (query) => {
        world.centre.answer = answer;
        return { ...answer(query), items: [], cursor };
      };
      world.time.pass(100);
      assert.equal(view().loading, true);
      world.time.pass(STALE_DELAY);
      assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'm3']);
      assert.equal(transcriptQueries(tab).length, 2);
    });
  }

  it('is shared by all who look at it, and kept for those who come back soon', () => {
    const { world, tab, stop } = reading(3);
    world.time.pass(100);
    assert.equal(tab.workspace.transcript$(MASHA), tab.workspace.transcript$(MASHA));
    stop();
    world.time.pass(GRACE - 100);
    assert.equal(latest(tab.workspace.transcript$(MASHA)).loaded, true);
    world.time.pass(GRACE - 100);
    assert.equal(transcriptQueries(tab).length, 1);
  });

  it('is forgotten when nobody has come back, and loaded again for who does', () => {
    const { world, tab, stop } = reading(3);
    world.time.pass(100);
    stop();
    world.time.pass(GRACE + 1);
    assert.equal(tab.workspace.state.transcripts.size, 0);
    assert.equal(latest(tab.workspace.transcript$(MASHA)).loaded, false);
  });

  it('gives up its question when nobody listens any more', () => {
    const { world, tab, stop } = reading(3);
    stop();
    world.time.pass(GRACE + 100);
    tab.adapter.cut();
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.equal(transcriptQueries(tab).length, 1);
  });

  describe('older pages', () => {
    it('are loaded on top, page by page, up to the beginning', () => {
      const { world, tab, view } = reading(2 * PAGE_SIZE + 10);
      world.time.pass(100);
      assert.equal(view().transcript.count, PAGE_SIZE);
      tab.workspace.loadOlder(MASHA);
      assert.equal(view().loading, true);
      world.time.pass(100);
      tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      const all = Array.from({ length: 2 * PAGE_SIZE + 10 }, (_, i) => `m${i + 1}`);
      assert.deepEqual(texts(view().transcript), all);
      tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      assert.equal(transcriptQueries(tab).length, 3);
      assert.equal(view().loading, false);
    });

    it('are asked for once, however often the reader scrolls up', () => {
      const { world, tab } = reading(3 * PAGE_SIZE);
      world.time.pass(100);
      for (let i = 0; i < 5; i++) tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      assert.equal(transcriptQueries(tab).length, 2);
    });

    it('leave those alone who read another conversation', () => {
      const { world, tab } = reading(2 * PAGE_SIZE);
      world.time.pass(100);
      tab.workspace.loadOlder('interaction-2');
      world.time.pass(100);
      assert.equal(transcriptQueries(tab).length, 1);
    });

    it('go on into the interaction before, skipping those with nothing in them', () => {
      const { world, tab, view } = reading(2);
      const answer = world.centre.answer.bind(world.centre);
      const earlier = new Map([
        [MASHA, 'empty'],
        ['empty', 'interaction-0'],
      ]);
      world.centre.receive('from before', 'interaction-0');
      world.centre.answer = (query) => {
        assert.equal(query.name, 'transcript');
        if (query.name !== 'transcript') return answer(query);
        return { ...answer(query), earlier: earlier.get(query.args.interaction) ?? null };
      };
      world.time.pass(100);
      tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      assert.deepEqual(texts(view().transcript), ['from before', 'm1', 'm2']);
      assert.equal(view().loading, false);
    });

    it('are left out when the window has meanwhile forgotten its top', () => {
      const { world, tab, view } = reading(3 * PAGE_SIZE);
      world.time.pass(100);
      tab.workspace.loadOlder(MASHA);
      for (let i = 0; i < 2_200; i++) world.centre.receive(`new ${i}`);
      world.time.pass(100);
      const shown = texts(view().transcript);
      assert.ok(
        shown.every((text) => text.startsWith('new')),
        `it shows ${shown[0]}`,
      );
      assert.equal(view().loading, false);
    });
  });

  describe('failures', () => {
    it('are values', () => {
      const { workspace, adapter } = new World().open();
      adapter.queryFaults.push('timeout');
      const failed = latest(workspace.transcript$(MASHA));
      assert.deepEqual(failed.error, { kind: 'timeout', sentence: 'It failed: timeout.' });
      assert.deepEqual([failed.loading, failed.loaded], [false, false]);
    });

    it('of the first page are mended by asking for more', () => {
      const world = new World();
      world.centre.receive('m1');
      const { workspace, adapter } = world.open();
      adapter.queryFaults.push('timeout');
      const views: TranscriptView[] = [];
      workspace.transcript$(MASHA).subscribe((view) => views.push(view));
      assert.equal(views.at(-1)?.error?.kind, 'timeout');
      workspace.loadOlder(MASHA);
      assert.equal(views.at(-1)?.error, null);
      assert.equal(views.at(-1)?.loading, true);
      world.time.pass(100);
      assert.deepEqual(texts(views.at(-1)?.transcript ?? assert.fail()), ['m1']);
    });

    it('are mended by themselves when the link is back', () => {
      const world = new World();
      world.centre.receive('m1');
      const { workspace, adapter } = world.open();
      adapter.queryFaults.push('timeout');
      const views: TranscriptView[] = [];
      workspace.transcript$(MASHA).subscribe((view) => views.push(view));
      adapter.cut();
      adapter.restore();
      world.time.pass(20_000);
      assert.equal(views.at(-1)?.loaded, true);
    });

    it('keep what is shown', () => {
      const { world, tab, view } = reading(2 * PAGE_SIZE);
      world.time.pass(100);
      tab.adapter.queryFaults.push('timeout');
      tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      assert.equal(view().error?.kind, 'timeout');
      assert.equal(view().transcript.count, PAGE_SIZE);
    });
  });

  describe('without a link', () => {
    it('waits for it', () => {
      const world = new World();
      world.centre.receive('m1');
      const tab = world.open({ wait: 0 });
      const views: TranscriptView[] = [];
      tab.workspace.transcript$(MASHA).subscribe((view) => views.push(view));
      assert.deepEqual([views.at(-1)?.loading, views.at(-1)?.error], [true, null]);
      assert.equal(tab.adapter.asked.length, 0);
      world.time.pass(1_000);
      assert.deepEqual(texts(views.at(-1)?.transcript ?? assert.fail()), ['m1']);
      assert.equal(tab.adapter.asked.length, 1);
    });

    it('asks again on the next link when the one that was asked is lost', () => {
      const { world, tab, view } = reading(3);
      world.time.pass(5);
      tab.adapter.cut();
      tab.adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'm3']);
    });

    it('catches up by cursor, without asking again', () => {
      const { world, tab, view } = reading(2);
      world.time.pass(100);
      tab.adapter.cut();
      world.centre.receive('m3');
      tab.adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'm3']);
      assert.equal(transcriptQueries(tab).length, 1);
    });
  });

  describe('after a snapshot', () => {
    const gap = (world: World, tab: OpenTab): void => {
      tab.adapter.cut();
      world.centre.receive('missed');
      world.centre.keptFrom = world.centre.head;
      tab.adapter.restore();
    };

    it('is loaded anew, and stays in sight until it is there', () => {
      const { world, tab, view, views } = reading(2);
      world.time.pass(100);
      const before = views.length;
      gap(world, tab);
      world.time.pass(20_000);
      assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'missed']);
      for (const { loaded, transcript } of views.slice(before)) {
        assert.ok(loaded && transcript.count >= 2, 'nothing blinks');
      }
      assert.ok(views.slice(before).some(({ loading }) => loading));
    });

    it('ignores the page that was asked for before it', () => {
      const { world, tab, view } = reading(2);
      world.time.pass(5);
      gap(world, tab);
      world.time.pass(20_000);
      world.centre.receive('later');
      assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'missed', 'later']);
    });

    it('ignores an older page that was asked for before it', () => {
      const { world, tab, view } = reading(2 * PAGE_SIZE);
      world.time.pass(100);
      tab.workspace.loadOlder(MASHA);
      world.time.pass(5);
      gap(world, tab);
      world.time.pass(20_000);
      assert.equal(view().transcript.count, PAGE_SIZE);
      assert.equal(texts(view().transcript).at(-1), 'missed');
    });
  });

  it('is loaded again when its interaction comes back to the desk', () => {
    const { world, tab, view } = reading(2);
    world.time.pass(100);
    const parked = anInteraction({ state: 'parked', agent: null, version: 4 });
    world.centre.record(anEvent('interaction-parked', { interaction: parked, left: null }));
    assert.equal(tab.workspace.state.transcripts.size, 0);
    world.centre.interactions.set(MASHA, anInteraction());
    const message = aMessage({ id: 'unheard', content: { kind: 'text', text: 'unheard' } });
    const unheard = {
      ...anEvent('message-received', { message }),
      seq: world.centre.head + 1,
      id: 'unheard',
    };
    world.centre.log.push(unheard);
    const back = anInteraction({ version: 5 });
    world.centre.record(anEvent('interaction-assigned', { interaction: back, left: null, cause: 'opened' }));
    world.time.pass(1_000);
    assert.deepEqual(texts(view().transcript), ['m1', 'm2', 'unheard']);
  });

  it('of one agent is not shown to the next', () => {
    const { world, tab, view } = reading(2);
    world.time.pass(100);
    tab.adapter.cut();
    world.centre.agent = anAgent({ id: 'ben' });
    tab.adapter.restore();
    tab.adapter.queryFaults.push('silence');
    world.time.pass(20_000);
    assert.equal(tab.workspace.state.agent?.id, 'ben');
    assert.equal(view().transcript.count, 0);
    assert.equal(view().loaded, false);
  });
});
