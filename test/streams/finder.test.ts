import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { TRANSCRIPT_HELD, mergeInteractions } from '../../src/model/index.js';
import type { Transcript, TranscriptItem } from '../../src/model/index.js';
import { STALE_DELAY } from '../../src/streams/paging/page-query.js';
import type { TranscriptFinder, TranscriptView } from '../../src/streams/index.js';
import { aMessage, anEvent, anInteraction } from '../support/builders.js';
import { passInTurns, World } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const EARLIER = 'interaction-0';

// It is loaded when it is first asked for, which virtual time knows nothing of.
before(async () => void (await import('../../src/streams/paging/finder.js')));

const texts = ({ chunks }: Transcript): readonly string[] =>
  chunks.flatMap(({ items }) =>
    items.map((item) =>
      item.kind === 'message' && item.message.content.kind === 'text' ? item.message.content.text : item.kind,
    ),
  );

interface Reading {
  readonly world: World;
  readonly tab: OpenTab;
  readonly finder: TranscriptFinder;
  readonly view: () => TranscriptView;
  readonly shown: () => readonly string[];
  /** The id of the message that says this. */
  readonly idOf: (text: string) => string;
}

/** Reads a conversation of so many messages, `m1` to the last, and of some in the interaction before. */
async function reading(messages: number, earlier = 0): Promise<Reading> {
  const world = new World();
  if (earlier > 0) world.centre.earlier.set(MASHA, EARLIER);
  for (let i = 1; i <= earlier; i++) world.centre.receive(`old ${i}`, EARLIER);
  for (let i = 1; i <= messages; i++) world.centre.receive(`m${i}`);
  const tab = world.open();
  let last: TranscriptView | undefined;
  tab.workspace.transcript$(MASHA).subscribe((view) => (last = view));
  await passInTurns(world, 100);
  const view = (): TranscriptView => last ?? assert.fail();
  const idOf = (text: string): string => {
    for (const event of world.centre.log)
      if (event.type === 'message-received' && event.body.message.content.kind === 'text')
        if (event.body.message.content.text === text) return event.body.message.id;
    return assert.fail(`Nobody wrote ${text}.`);
  };
  const finder = await tab.workspace.finder();
  return { world, tab, finder, view, shown: () => texts(view().transcript), idOf };
}

async function goTo({ world, finder, idOf }: Reading, text: string) {
  const outcome = finder.goTo(MASHA, { kind: 'around', item: idOf(text) });
  await passInTurns(world, 100);
  return outcome;
}

async function loadNewer({ world, finder }: Reading): Promise<boolean> {
  const loading = finder.loadNewer(MASHA);
  await passInTurns(world, 100);
  return loading;
}

const numbered = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `m${from + i}`);

/** What a page of a whole conversation says. */
const textsOf = (items: readonly TranscriptItem[]): readonly string[] =>
  texts({ chunks: [{ items }] } as unknown as Transcript);

describe('a whole conversation', () => {
  it('is read page by page up to its beginning, in the interactions before too, and moves no window', async () => {
    const { world, finder, shown } = await reading(120, 60);
    const before = shown();
    const pages: (readonly string[])[] = [];
    const outcome = finder.readWhole(
      MASHA,
      (items) => pages.push(textsOf(items)),
      new AbortController().signal,
    );
    await passInTurns(world, 500);
    assert.deepEqual(await outcome, { ok: true });
    assert.deepEqual(pages.toReversed().flat(), [
      ...Array.from({ length: 60 }, (_, i) => `old ${i + 1}`),
      ...numbered(1, 120),
    ]);
    assert.deepEqual(pages[0], numbered(71, 120));
    assert.deepEqual(shown(), before);
  });

  it('says why where a page cannot be had, after those that could', async () => {
    const { world, tab, finder } = await reading(120);
    const heard: number[] = [];
    const outcome = finder.readWhole(
      MASHA,
      (items) => {
        heard.push(items.length);
        tab.adapter.queryFaults.push('offline');
      },
      new AbortController().signal,
    );
    await passInTurns(world, 500);
    assert.deepEqual(await outcome, { ok: false, why: 'offline' });
    assert.deepEqual(heard, [50]);
  });

  it('is not read on when nobody wants it any more', async () => {
    const { world, finder } = await reading(120);
    const end = new AbortController();
    const heard: number[] = [];
    const outcome = finder.readWhole(
      MASHA,
      (items) => {
        heard.push(items.length);
        end.abort();
      },
      end.signal,
    );
    await passInTurns(world, 500);
    assert.deepEqual(await outcome, { ok: false, why: 'overtaken' });
    assert.deepEqual(heard, [50]);
  });
});

describe('a place in a conversation', () => {
  it('is gone to where it is in the window already, without asking', async () => {
    const desk = await reading(60);
    const asked = desk.tab.adapter.asked.length;
    assert.deepEqual(await goTo(desk, 'm30'), { ok: true, item: desk.idOf('m30') });
    assert.equal(desk.tab.adapter.asked.length, asked);
    assert.equal(desk.view().transcript.cut, false);
  });

  it('has the window around it when it is far above, and the way down to the end again', async () => {
    const desk = await reading(300);
    assert.deepEqual(await goTo(desk, 'm100'), { ok: true, item: desk.idOf('m100') });
    assert.deepEqual(desk.shown(), numbered(75, 124));
    assert.equal(desk.view().transcript.cut, true);
    for (let i = 0; i < 4; i++) assert.equal(await loadNewer(desk), true);
    assert.deepEqual(desk.shown(), numbered(75, 300));
    assert.equal(desk.view().transcript.cut, false);
    desk.world.centre.receive('m301');
    assert.deepEqual(desk.shown(), numbered(75, 301));
    desk.tab.workspace.loadOlder(MASHA);
    await passInTurns(desk.world, 100);
    assert.deepEqual(desk.shown(), numbered(25, 301));
  });

  it('lies in an earlier interaction, and the way goes on from that into this one', async () => {
    const desk = await reading(60, 120);
    await goTo(desk, 'old 100');
    assert.equal(desk.shown()[0], 'old 71');
    assert.equal(desk.shown().at(-1), 'old 120');
    await loadNewer(desk);
    assert.equal(desk.shown().at(-1), 'm50');
    assert.equal(desk.view().transcript.cut, true);
    await loadNewer(desk);
    assert.deepEqual(desk.shown().slice(50), numbered(1, 60));
    assert.equal(desk.view().transcript.cut, false);
  });

  it('is found by its time: the first message from then on, else the last one', async () => {
    const desk = await reading(0, 0);
    const day = 24 * 3_600_000;
    for (let i = 1; i <= 200; i++) {
      const content = { kind: 'text', text: `m${i}` } as const;
      const message = aMessage({ id: `id${i}`, at: i * day, content });
      desk.world.centre.record(anEvent('message-received', { message }));
    }
    for (const [at, item] of [
      [0, 'id1'],
      [49.5 * day, 'id50'],
      [50 * day, 'id50'],
      [1000 * day, 'id200'],
    ] as const) {
      const outcome = desk.finder.goTo(MASHA, { kind: 'at', at });
      await passInTurns(desk.world, 100);
      assert.deepEqual(await outcome, { ok: true, item });
    }
  });

  it('loses nothing of what comes while it is gone to, and while the end is reached', async () => {
    const desk = await reading(100);
    const { world, finder } = desk;
    const going = finder.goTo(MASHA, { kind: 'around', item: desk.idOf('m10') });
    world.time.pass(5);
    world.centre.receive('m101');
    await passInTurns(world, 100);
    await going;
    assert.equal(desk.view().transcript.missed, 0, 'it is not above what was here before');
    world.centre.receive('m102');
    assert.equal(desk.view().transcript.missed, 1);
    assert.deepEqual(desk.shown(), numbered(1, 50));
    await loadNewer(desk);
    const reaching = finder.loadNewer(MASHA);
    world.time.pass(5);
    world.centre.receive('m103');
    await passInTurns(world, 100);
    world.centre.receive('m104');
    await passInTurns(world, 4 * STALE_DELAY);
    await reaching;
    assert.deepEqual(desk.shown(), numbered(1, 104));
    assert.deepEqual([desk.view().transcript.cut, desk.view().transcript.missed], [false, 0]);
  });

  it('has what happened to its messages, also while it was on its way', async () => {
    const desk = await reading(100);
    const { world, finder, idOf } = desk;
    const going = finder.goTo(MASHA, { kind: 'around', item: idOf('m10') });
    world.time.pass(5);
    const change = { kind: 'edit', text: 'm10 edited', at: 5 } as const;
    const edited = anEvent('message-changed', { message: idOf('m10'), rev: 1, change } as never);
    world.centre.record(edited);
    await passInTurns(world, 100);
    await going;
    assert.ok(desk.shown().includes('m10 edited'));
  });

  it('that was never there, or is another conversation’s, is gone', async () => {
    const desk = await reading(60);
    const outcome = desk.finder.goTo(MASHA, { kind: 'around', item: 'nothing' });
    await passInTurns(desk.world, 100);
    assert.deepEqual(await outcome, { ok: false, why: 'gone' });
    assert.deepEqual(desk.shown(), numbered(11, 60));
  });

  it('cannot be gone to without a link, nor where the contact centre cannot', async () => {
    const desk = await reading(100);
    desk.tab.adapter.queryFaults.push('offline');
    assert.deepEqual(await goTo(desk, 'm1'), { ok: false, why: 'offline' });
    desk.tab.adapter.queryFaults.push('offline');
    await goTo(desk, 'm2');
    desk.tab.adapter.cut();
    desk.world.centre.features = [];
    desk.tab.adapter.restore();
    await passInTurns(desk.world, 60_000);
    assert.deepEqual(await goTo(desk, 'm1'), { ok: false, why: 'unsupported' });
  });

  it('is overtaken by another one', async () => {
    const desk = await reading(300);
    const first = desk.finder.goTo(MASHA, { kind: 'around', item: desk.idOf('m10') });
    const second = goTo(desk, 'm150');
    assert.deepEqual(await second, { ok: true, item: desk.idOf('m150') });
    assert.deepEqual(await first, { ok: false, why: 'overtaken' });
    assert.equal(desk.shown()[0], 'm125');
  });

  it('is overtaken by the end, to which the reader returns while it is gone to', async () => {
    const desk = await reading(300);
    const { world, tab, finder, idOf } = desk;
    await goTo(desk, 'm10');
    tab.workspace.setReading(MASHA, 'above');
    const cut = finder.goTo(MASHA, { kind: 'around', item: idOf('m150') });
    await passInTurns(world, 10);
    tab.workspace.setReading(MASHA, 'end');
    await passInTurns(world, 100);
    assert.deepEqual(await cut, { ok: false, why: 'overtaken' });
    assert.deepEqual(desk.shown(), numbered(251, 300));
    tab.workspace.setReading(MASHA, 'above');
    const whole = finder.goTo(MASHA, { kind: 'around', item: idOf('m150') });
    await passInTurns(world, 10);
    tab.workspace.setReading(MASHA, 'end');
    await passInTurns(world, 100);
    assert.deepEqual(await whole, { ok: false, why: 'overtaken' });
    assert.deepEqual(desk.shown(), numbered(251, 300));
  });

  it('is not put below the end that is loaded anew, when another conversation ends in this one', async () => {
    const desk = await reading(300);
    const { world, finder, idOf } = desk;
    const going = finder.goTo(MASHA, { kind: 'around', item: idOf('m150') });
    await passInTurns(world, 10);
    const [kept, ended] = [MASHA, 'interaction-2'].map((id) => world.centre.interactions.get(id));
    assert.ok(kept && ended);
    world.centre.record(...mergeInteractions(kept, ended, world.time.now()));
    // The part is answered before the newest page.
    await passInTurns(world, 5);
    assert.equal(desk.tab.workspace.state.transcripts.get(MASHA)?.loaded, false);
    await passInTurns(world, 100);
    assert.deepEqual(await going, { ok: false, why: 'overtaken' });
    assert.deepEqual(desk.shown(), [...numbered(252, 300), 'merge']);
    assert.deepEqual(await goTo(desk, 'm150'), { ok: true, item: idOf('m150') });
    assert.deepEqual(desk.shown(), numbered(125, 174));
  });

  it('is left for the end, which is loaded', async () => {
    const desk = await reading(300);
    await goTo(desk, 'm10');
    desk.world.centre.receive('m301');
    desk.tab.workspace.setReading(MASHA, 'end');
    await passInTurns(desk.world, 100);
    assert.deepEqual(desk.shown(), numbered(252, 301));
    assert.equal(desk.view().transcript.cut, false);
  });

  it('stays where it is over a snapshot, and reaches what came in the gap', async () => {
    const desk = await reading(120);
    await goTo(desk, 'm60');
    desk.tab.adapter.cut();
    for (let i = 121; i <= 125; i++) desk.world.centre.receive(`m${i}`);
    desk.world.centre.keptFrom = desk.world.centre.head;
    desk.tab.adapter.restore();
    await passInTurns(desk.world, 60_000);
    assert.deepEqual(desk.shown(), numbered(35, 84));
    await loadNewer(desk);
    await passInTurns(desk.world, 4 * STALE_DELAY);
    assert.deepEqual(desk.shown(), numbered(35, 125));
    assert.equal(desk.view().transcript.cut, false);
  });

  it('forgets its top when it is read on and on', async () => {
    const desk = await reading(TRANSCRIPT_HELD + 400);
    await goTo(desk, 'm1');
    for (let i = 0; i < TRANSCRIPT_HELD / 50 + 6; i++) await loadNewer(desk);
    const { transcript } = desk.view();
    assert.ok(transcript.count <= TRANSCRIPT_HELD + 100, String(transcript.count));
    assert.equal(transcript.more, true);
    assert.equal(desk.shown().at(-1), `m${TRANSCRIPT_HELD + 350}`);
  });

  it('asks once for what is below, however often that is wanted', async () => {
    const desk = await reading(300);
    await goTo(desk, 'm10');
    const asked = desk.tab.adapter.asked.length;
    void desk.finder.loadNewer(MASHA);
    void desk.finder.loadNewer(MASHA);
    await passInTurns(desk.world, 100);
    assert.equal(desk.tab.adapter.asked.length, asked + 1);
    desk.tab.adapter.queryFaults.push('timeout');
    assert.equal(await loadNewer(desk), false);
    assert.equal(await loadNewer(desk), true);
    assert.deepEqual(desk.shown(), numbered(1, 150));
  });

  it('is nowhere in a conversation that nobody looks at', async () => {
    const desk = await reading(10);
    desk.world.centre.interactions.set('elsewhere', anInteraction({ id: 'elsewhere' }));
    assert.equal(await desk.finder.loadNewer('elsewhere'), true);
    desk.tab.workspace.close();
    const outcome = await desk.finder.goTo('elsewhere', { kind: 'around', item: 'x' });
    assert.equal(outcome.ok, false);
  });
});

describe('a search in a conversation', () => {
  const search = async ({ world, finder }: Reading, text: string, after: string | null = null) => {
    const outcome = finder.search(MASHA, text, after);
    await passInTurns(world, 100);
    return outcome;
  };

  it('finds what was written, newest first, page by page, also in interactions before', async () => {
    const desk = await reading(150, 20);
    const first = await search(desk, 'm');
    assert.ok(first.ok);
    assert.equal(first.hits.length, 100);
    assert.equal(first.hits[0]?.item, desk.idOf('m150'));
    const second = await search(desk, 'm', first.next);
    assert.ok(second.ok);
    assert.equal(second.hits.length, 50);
    assert.equal(second.next, null);
    const old = await search(desk, 'old 13');
    assert.deepEqual(old.ok && old.hits.map(({ interaction }) => interaction), [EARLIER]);
    assert.deepEqual(await search(desk, 'nowhere'), { ok: true, hits: [], next: null });
  });

  it('is overtaken by a later one, and its answer is dropped', async () => {
    const desk = await reading(10);
    const older = desk.finder.search(MASHA, 'm1', null);
    const newer = await search(desk, 'm2');
    assert.deepEqual(await older, { ok: false, why: 'overtaken' });
    assert.equal(newer.ok && newer.hits[0]?.item, desk.idOf('m2'));
  });

  it('goes on by itself where a part of a long conversation has nothing', async () => {
    const desk = await reading(10);
    const { centre } = desk.world;
    const answer = centre.answer.bind(centre);
    const asked: (string | null)[] = [];
    centre.answer = (query) => {
      if (query.name !== 'transcript-search') return answer(query);
      asked.push(query.args.after);
      const cursor = { epoch: centre.epoch, seq: centre.head };
      if (asked.length < 3) return { items: [], next: `further ${asked.length}`, cursor };
      return answer({ ...query, args: { ...query.args, after: null } });
    };
    const found = await search(desk, 'm3');
    assert.equal(found.ok && found.hits[0]?.item, desk.idOf('m3'));
    assert.deepEqual(asked, [null, 'further 1', 'further 2']);
  });

  it('says why it could not be made', async () => {
    const desk = await reading(10);
    desk.tab.adapter.queryFaults.push('timeout');
    assert.deepEqual(await search(desk, 'm1'), { ok: false, why: 'timeout' });
    desk.tab.adapter.cut();
    assert.deepEqual(await search(desk, 'm1'), { ok: false, why: 'offline' });
    desk.world.centre.features = ['transcript-parts'];
    desk.tab.adapter.restore();
    await passInTurns(desk.world, 60_000);
    assert.deepEqual(await search(desk, 'm1'), { ok: false, why: 'unsupported' });
  });
});
