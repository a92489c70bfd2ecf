import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TRANSCRIPT_HELD, TRANSCRIPT_WINDOW } from '../../src/model/index.js';
import type { Transcript, TranscriptPage } from '../../src/model/index.js';
import { PAGE_SIZE, STALE_DELAY } from '../../src/streams/paging/page-query.js';
import { TRANSCRIPTS_KEPT } from '../../src/streams/paging/kept-transcripts.js';
import { GRACE } from '../../src/streams/operators/share-grace.js';
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
function reading(
  messages: number,
  prepare: (world: World) => void = () => undefined,
): {
  world: World;
  tab: OpenTab;
  views: TranscriptView[];
  view: () => TranscriptView;
  stop: () => void;
} {
  const world = new World();
  for (let i = 1; i <= messages; i++) world.centre.receive(`m${i}`);
  const tab = world.open();
  prepare(world);
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
      const { world, tab, view } = reading(3, ({ centre }) => {
        const answer = centre.answer.bind(centre);
        centre.answer = (query) => {
          centre.answer = answer;
          return { ...answer(query), items: [], cursor };
        };
      });
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

  it('stays with what has come since when it is left, while its interaction is on the desk', () => {
    const { world, tab, stop } = reading(3);
    world.time.pass(100);
    stop();
    world.time.pass(GRACE + 1);
    world.centre.receive('m4');
    world.time.pass(3_600_000);
    const views: TranscriptView[] = [];
    tab.workspace.transcript$(MASHA).subscribe((view) => views.push(view));
    world.time.pass(1_000);
    assert.ok(
      views.every(({ loaded, loading }) => loaded && !loading),
      'never shown as not loaded',
    );
    assert.deepEqual(texts(views.at(-1)?.transcript ?? assert.fail()), ['m1', 'm2', 'm3', 'm4']);
    assert.equal(transcriptQueries(tab).length, 1);
  });

  it('is forgotten when it is left and its interaction is not, or no longer, on the desk', () => {
    const { world, tab, stop } = reading(3);
    world.time.pass(100);
    const elsewhere = tab.workspace.transcript$('interaction-elsewhere').subscribe();
    world.time.pass(100);
    assert.deepEqual([...tab.workspace.state.transcripts.keys()], [MASHA, 'interaction-elsewhere']);
    elsewhere.unsubscribe();
    stop();
    world.time.pass(GRACE + 1);
    assert.deepEqual([...tab.workspace.state.transcripts.keys()], [MASHA]);
    const interaction = anInteraction({ state: 'done', agent: null });
    world.centre.record(anEvent('interaction-done', { interaction, fromWorkbin: null }));
    assert.equal(tab.workspace.state.transcripts.size, 0);
  });

  it('is loaded anew after a snapshot, which may hide a gap', () => {
    const { world, tab, stop } = reading(3);
    world.time.pass(100);
    stop();
    world.time.pass(GRACE + 1);
    tab.adapter.cut();
    for (let i = 0; i < 5; i++) world.centre.receive(`missed ${i}`);
    world.centre.keptFrom = world.centre.head;
    tab.adapter.restore();
    world.time.pass(60_000);
    assert.equal(tab.workspace.state.transcripts.size, 0);
    tab.workspace.transcript$(MASHA).subscribe();
    world.time.pass(100);
    assert.equal(texts(latest(tab.workspace.transcript$(MASHA)).transcript).length, 8);
  });

  it('is kept of those left last, and of no more than so many', () => {
    const world = new World();
    const ids = Array.from({ length: TRANSCRIPTS_KEPT + 3 }, (_, i) => `many-${i}`);
    for (const id of ids) world.centre.interactions.set(id, anInteraction({ id }));
    const tab = world.open();
    for (const id of ids) {
      const reader = tab.workspace.transcript$(id).subscribe();
      world.time.pass(100);
      reader.unsubscribe();
      world.time.pass(GRACE + 1);
    }
    assert.deepEqual([...tab.workspace.state.transcripts.keys()], ids.slice(3));
    const again = tab.workspace.transcript$('many-3').subscribe();
    const more = tab.workspace.transcript$('many-0').subscribe();
    world.time.pass(100);
    more.unsubscribe();
    world.time.pass(GRACE + 1);
    again.unsubscribe();
    world.time.pass(GRACE + 1);
    assert.equal(tab.workspace.state.transcripts.size, TRANSCRIPTS_KEPT);
    assert.ok(
      tab.workspace.state.transcripts.has('many-3'),
      'looked at again, it is not the oldest any more',
    );
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

  describe('that somebody reads above its end', () => {
    it('keeps what is read while thousands of messages come, and loads its end for who comes back', () => {
      const { world, tab, view, views } = reading(120);
      world.time.pass(100);
      tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      const read = texts(view().transcript);
      tab.workspace.setReading(MASHA, 'above');
      views.length = 0;
      for (let i = 1; i <= TRANSCRIPT_HELD + 500; i++) world.centre.receive(`n${i}`);
      world.time.pass(100);
      assert.ok(views.length > 0);
      for (const { transcript } of views) {
        assert.deepEqual(texts(transcript).slice(0, read.length), read);
        assert.ok(transcript.count <= TRANSCRIPT_HELD);
      }
      views.length = 0;
      tab.workspace.setReading(MASHA, 'end');
      world.time.pass(100);
      assert.ok(views.every(({ loaded, transcript }) => loaded && transcript.count > 0));
      assert.equal(texts(view().transcript).at(-1), `n${TRANSCRIPT_HELD + 500}`);
      assert.equal(view().transcript.count, PAGE_SIZE);
      tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      assert.equal(texts(view().transcript).at(0), `n${TRANSCRIPT_HELD + 500 - 2 * PAGE_SIZE + 1}`);
      world.centre.receive('after it');
      world.time.pass(100);
      assert.equal(texts(view().transcript).at(-1), 'after it');
    });

    it('keeps what is read also when a snapshot has come meanwhile', () => {
      const { world, tab, view } = reading(PAGE_SIZE);
      world.time.pass(100);
      tab.workspace.setReading(MASHA, 'above');
      tab.adapter.cut();
      world.centre.keptFrom = Infinity;
      tab.adapter.restore();
      world.time.pass(60_000);
      const read = texts(view().transcript);
      assert.equal(read.length, PAGE_SIZE);
      for (let i = 1; i <= TRANSCRIPT_WINDOW + 500; i++) world.centre.receive(`n${i}`);
      world.time.pass(100);
      assert.deepEqual(texts(view().transcript).slice(0, read.length), read);
      tab.workspace.setReading(MASHA, 'end');
      world.time.pass(100);
      assert.equal(texts(view().transcript).includes('m1'), false);
    });

    it('stays where it is over a snapshot of the same log, and has what was missed for who comes back', () => {
      const { world, tab, view, views } = reading(3 * PAGE_SIZE);
      world.time.pass(100);
      tab.workspace.setReading(MASHA, 'above');
      for (let i = 0; i < 2; i++) {
        tab.workspace.loadOlder(MASHA);
        world.time.pass(100);
      }
      const read = texts(view().transcript);
      assert.equal(read.length, 3 * PAGE_SIZE);
      views.length = 0;
      tab.adapter.cut();
      world.centre.receive('missed');
      world.centre.keptFrom = Infinity;
      tab.adapter.restore();
      world.time.pass(60_000);
      world.centre.receive('heard');
      for (const { transcript, loading } of views) {
        assert.deepEqual(texts(transcript), read);
        assert.equal(loading, false);
      }
      tab.workspace.setReading(MASHA, 'end');
      world.time.pass(100);
      assert.deepEqual(texts(view().transcript).slice(-3), [`m${3 * PAGE_SIZE}`, 'missed', 'heard']);
    });

    it('begins anew where the log is another', () => {
      const { world, tab, view } = reading(2 * PAGE_SIZE);
      world.time.pass(100);
      tab.workspace.loadOlder(MASHA);
      world.time.pass(100);
      tab.workspace.setReading(MASHA, 'above');
      tab.adapter.cut();
      world.centre.epoch = 'e2';
      tab.adapter.restore();
      world.time.pass(60_000);
      assert.equal(view().transcript.count, PAGE_SIZE);
    });

    it('is as at the end for who comes later', () => {
      const { world, tab, stop } = reading(10);
      world.time.pass(100);
      tab.workspace.setReading(MASHA, 'above');
      stop();
      world.time.pass(GRACE + 1);
      assert.equal(tab.workspace.state.transcripts.get(MASHA)?.reading ?? 'end', 'end');
    });
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
      const earlier = new Map([
        [MASHA, 'empty'],
        ['empty', 'interaction-0'],
      ]);
      const { world, tab, view } = reading(2, ({ centre }) => {
        const answer = centre.answer.bind(centre);
        centre.receive('from before', 'interaction-0');
        centre.answer = (query) => {
          assert.equal(query.name, 'transcript');
          if (query.name !== 'transcript') return answer(query);
          const interaction = earlier.get(query.args.interaction);
          const next = interaction === undefined ? null : { interaction, before: null };
          return { ...(answer(query) as TranscriptPage), next };
        };
      });
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
    world.centre.record(anEvent('interaction-parked', { interaction: parked, fromWorkbin: null }));
    assert.equal(tab.workspace.state.transcripts.size, 0);
    world.centre.interactions.set(MASHA, anInteraction());
    const message = aMessage({ id: 'unheard', content: { kind: 'text', text: 'unheard' } });
    world.centre.recordUnheard(anEvent('message-received', { message }));
    const back = anInteraction({ version: 5 });
    world.centre.record(
      anEvent('interaction-assigned', { interaction: back, fromWorkbin: null, cause: 'opened' }),
    );
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
