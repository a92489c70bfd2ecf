import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ATTENTION_LAG } from '../../src/streams/attention/attention.js';
import { mergeInteractions, textDraft } from '../../src/model/index.js';
import type { Transcript } from '../../src/model/index.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const KEPT = 'interaction-1';
const ENDED = 'interaction-2';

const texts = ({ chunks }: Transcript): readonly string[] =>
  chunks.flatMap(({ items }) =>
    items.map((item) =>
      item.kind === 'message' && item.message.content.kind === 'text' ? item.message.content.text : item.kind,
    ),
  );

/** Both contacts turn out to be one person. */
function merge({ centre }: World): void {
  const [kept, ended] = [KEPT, ENDED].map((id) => centre.interactions.get(id));
  assert.ok(kept && ended);
  centre.record(...mergeInteractions(kept, ended, centre.scheduler.now()));
}

const draftText = ({ workspace }: OpenTab, interaction: string): string =>
  latest(workspace.draft$(interaction)).text;

describe('an interaction that another one of the same person has ended in', () => {
  it('leaves the transcript of the other one alive for those who look at it', () => {
    const world = new World();
    world.centre.receive('before');
    const tab = world.open();
    const view$ = tab.workspace.transcript$(KEPT);
    view$.subscribe();
    world.time.pass(1_000);
    merge(world);
    world.time.pass(1_000);
    world.centre.receive('after');
    assert.deepEqual(texts(latest(view$).transcript), ['before', 'merge', 'after']);
    assert.equal(latest(view$).loading, false);
  });

  it('is told once, with who the two were, when it is part of the state', () => {
    const world = new World();
    const tab = world.open();
    const told: unknown[] = [];
    tab.workspace.merged$.subscribe(({ body: { interaction, into, contacts } }) =>
      told.push([
        [interaction.id, into.id, contacts?.ended.id, contacts?.kept.id],
        tab.workspace.state.interactions.has(ENDED),
      ]),
    );
    const [kept, ended] = [KEPT, ENDED].map((id) => world.centre.interactions.get(id)?.contact.id);
    world.centre.receive('before');
    merge(world);
    world.time.pass(1_000);
    assert.deepEqual(told, [[[ENDED, KEPT, ended, kept], false]]);
  });

  it('is counted as unread at once, and calls for attention, under the other one', () => {
    const world = new World();
    const tab = world.open();
    world.centre.receive('hello', ENDED);
    tab.workspace.select(KEPT);
    tab.workspace.select(null);
    assert.deepEqual(Object.fromEntries(latest(tab.workspace.unread$)), { [ENDED]: 1 });
    merge(world);
    assert.deepEqual(Object.fromEntries(latest(tab.workspace.unread$)), { [KEPT]: 1 });
    world.time.pass(ATTENTION_LAG);
    const [call, ...others] = latest(tab.workspace.attention$).interactions;
    assert.deepEqual(others, []);
    assert.equal(call, tab.workspace.state.interactions.get(KEPT));
  });

  it('gives its place in front to the other one, and nothing is in front between', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.select(ENDED);
    const fronts: (string | null)[] = [];
    tab.workspace.selected$.subscribe((selected) => fronts.push(selected));
    world.centre.receive('seen', ENDED);
    tab.workspace.select(KEPT);
    tab.workspace.select(ENDED);
    fronts.length = 0;
    const unread: Record<string, number>[] = [];
    tab.workspace.unread$.subscribe((counts) => unread.push(Object.fromEntries(counts)));
    const calls: (readonly string[])[] = [];
    tab.workspace.attention$.subscribe(({ interactions }) => calls.push(interactions.map(({ id }) => id)));
    merge(world);
    assert.deepEqual(fronts, [KEPT]);
    assert.deepEqual(unread, [{}]);
    assert.deepEqual(calls, [[KEPT], []]);
  });

  it('gives its draft to the other one, before what stands there, once over all tabs', () => {
    const world = new World();
    const tabs = [world.open(), world.open()];
    tabs[0]?.workspace.saveDraft(ENDED, textDraft('half a sentence'));
    tabs[0]?.workspace.saveDraft(KEPT, textDraft('another'));
    world.time.pass(2_000);
    merge(world);
    world.time.pass(60_000);
    for (const tab of [...tabs, world.open()]) {
      assert.equal(draftText(tab, KEPT), 'half a sentence\nanother');
      assert.equal(draftText(tab, ENDED), '');
    }
  });

  it('gives its draft to the other one where what waits is read before the drafts are', () => {
    const world = new World();
    const before = world.open();
    before.adapter.cut();
    before.workspace.sendText(ENDED, 'Hello');
    before.workspace.saveDraft(ENDED, textDraft('half a sentence'));
    before.workspace.saveDraft(KEPT, textDraft('another'));
    world.time.pass(1_000);
    before.die();
    merge(world);
    // Each answer of the disk takes longer than those before.
    let asked = 0;
    world.browser.manners.answer = () => 20 * asked++;
    const tab = world.open({ wait: 60_000 });
    assert.equal(draftText(tab, KEPT), 'half a sentence\nanother');
    assert.equal(draftText(tab, ENDED), '');
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
  });

  it('leaves its draft to a tab that has not heard of it and is written in, until it has', () => {
    const world = new World();
    const [behind, other] = [world.open(), world.open()];
    behind.adapter.cut();
    merge(world);
    for (const text of ['half', 'half a', 'half a sentence']) {
      behind.workspace.saveDraft(ENDED, textDraft(text));
      world.time.pass(2_000);
    }
    assert.equal(draftText(behind, ENDED), 'half a sentence');
    assert.equal(draftText(other, KEPT), '');
    behind.adapter.restore();
    world.time.pass(60_000);
    for (const tab of [behind, other]) {
      assert.equal(draftText(tab, KEPT), 'half a sentence');
      assert.equal(draftText(tab, ENDED), '');
    }
  });

  // `replay`: the desk hears of it when the link is back. `snapshot`: it finds only one of the two there.
  for (const how of ['replay', 'snapshot'] as const) {
    describe(`while there was no link, after a ${how}`, () => {
      function written(open = true): { readonly world: World; readonly tab: OpenTab; readonly id: string } {
        const world = new World();
        if (!open) {
          for (const one of world.centre.interactions.values())
            world.centre.interactions.set(one.id, { ...one, windowClosesAt: 0 });
        }
        const tab = world.open();
        tab.adapter.cut();
        const id = tab.workspace.sendText(ENDED, 'Hello');
        tab.workspace.saveDraft(ENDED, textDraft('half a sentence'));
        tab.workspace.saveDraft(KEPT, textDraft('another'));
        world.time.pass(1_000);
        merge(world);
        if (how === 'snapshot') world.centre.keptFrom = world.centre.head;
        tab.adapter.restore();
        world.time.pass(60_000);
        return { world, tab, id };
      }
      const sentTo = ({ centre }: World): readonly unknown[] =>
        centre.log.filter(({ type }) => type === 'message-sent').map(({ interaction }) => interaction);
      const contactOf = ({ workspace }: OpenTab) => workspace.state.interactions.get(KEPT)?.contact.id;

      it('sends what was written into the other one, once', () => {
        const { world, tab } = written();
        assert.deepEqual(sentTo(world), [KEPT]);
        assert.deepEqual(latest(tab.workspace.outbox$), []);
      });

      it('gives its place in front to the other one', () => {
        const world = new World();
        const tab = world.open();
        tab.workspace.select(ENDED);
        tab.adapter.cut();
        merge(world);
        if (how === 'snapshot') world.centre.keptFrom = world.centre.head;
        tab.adapter.restore();
        world.time.pass(60_000);
        assert.equal(latest(tab.workspace.selected$), KEPT);
      });

      it('gives its draft to the other one, also after a reload', () => {
        const { world, tab } = written();
        for (const one of [tab, world.open()]) {
          assert.equal(draftText(one, KEPT), 'half a sentence\nanother');
          assert.equal(draftText(one, ENDED), '');
        }
      });

      it('shows what was refused in the other one, also after a reload', () => {
        const { world, tab, id } = written(false);
        assert.deepEqual(sentTo(world), []);
        for (const one of [tab, world.open()]) {
          assert.deepEqual(
            latest(one.workspace.outbox$).map(({ clientId, interaction, lane }) => [
              clientId,
              interaction,
              lane,
            ]),
            [[id, KEPT, contactOf(one)]],
          );
        }
      });

      it('sends what was refused into the other one when it is tried again', () => {
        const { world, tab, id } = written(false);
        world.centre.receive('I write again', KEPT);
        tab.workspace.resend(id);
        world.time.pass(1_000);
        assert.deepEqual(sentTo(world), [KEPT]);
        assert.deepEqual(latest(tab.workspace.outbox$), []);
      });

      it('puts what was refused into the draft of the other one when it is edited', () => {
        const { world, tab, id } = written(false);
        tab.workspace.edit(id);
        world.time.pass(1_000);
        assert.equal(draftText(tab, KEPT), 'Hello\nhalf a sentence\nanother');
        assert.equal(draftText(tab, ENDED), '');
        assert.deepEqual(latest(tab.workspace.outbox$), []);
      });
    });
  }
});
