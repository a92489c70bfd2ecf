import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMPTY_DRAFT, textDraft } from '../../src/model/index.js';
import { DRAFT_LAG } from '../../src/streams/drafts/drafts.js';
import { LOOK_AGAIN } from '../../src/streams/tabs/index.js';
import { TRY_AGAIN } from '../../src/streams/storage/safe-storage.js';
import { anAgent, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';
const HOUR = 3_600_000;

const draft = ({ workspace }: OpenTab, interaction = MASHA): string =>
  latest(workspace.draft$(interaction)).text;

describe('drafts', () => {
  it('are empty at first, and what was typed at once', () => {
    const { workspace } = new World().open();
    const texts: string[] = [];
    workspace.draft$(MASHA).subscribe(({ text }) => texts.push(text));
    workspace.saveDraft(MASHA, textDraft('H'));
    workspace.saveDraft(MASHA, textDraft('H'));
    workspace.saveDraft(OMAR, textDraft('Other'));
    workspace.saveDraft(MASHA, textDraft('He'));
    assert.deepEqual(texts, ['', 'H', 'He']);
  });

  it('are the same observable for the same interaction', () => {
    const { workspace } = new World().open();
    assert.equal(workspace.draft$(MASHA), workspace.draft$(MASHA));
  });

  it('are stored while the agent goes on typing without a pause', () => {
    const world = new World();
    const tab = world.open();
    for (let i = 0; i < 20; i++) {
      tab.workspace.saveDraft(MASHA, textDraft('x'.repeat(i + 1)));
      world.time.pass(100);
    }
    const stored = world.browser.disk().drafts.get(MASHA)?.text.length ?? 0;
    assert.ok(stored >= 20 - Math.ceil(DRAFT_LAG / 100), `${stored} of 20 characters are stored`);
  });

  it('survive a crash', () => {
    const world = new World();
    const before = world.open();
    before.workspace.saveDraft(MASHA, textDraft('Hello'));
    before.workspace.saveDraft(OMAR, textDraft('Salam'));
    world.time.pass(DRAFT_LAG + 10);
    before.die();
    const tab = world.open();
    assert.equal(draft(tab), 'Hello');
    assert.equal(draft(tab, OMAR), 'Salam');
  });

  it('are stored at once when the page is hidden, and when the workspace is closed', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, textDraft('Hello'));
    tab.tab.visible$.next(false);
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Hello');
    tab.workspace.saveDraft(MASHA, textDraft('Hello again'));
    tab.workspace.close();
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Hello again');
  });

  it('are cleared by sending, in the storage too, and stay so', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(DRAFT_LAG - 10);
    tab.workspace.sendText(MASHA, 'Hello');
    assert.equal(draft(tab), '');
    world.time.pass(1_000);
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('that say something else stay when a text is sent, here and in the storage', () => {
    const world = new World();
    const tab = world.open();
    const texts: string[] = [];
    tab.workspace.draft$(MASHA).subscribe(({ text }) => texts.push(text));
    tab.workspace.saveDraft(MASHA, textDraft('Half a sent'));
    world.time.pass(1_000);
    tab.workspace.sendText(MASHA, 'A prepared answer');
    world.time.pass(1_000);
    assert.deepEqual(texts, ['', 'Half a sent']);
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Half a sent');
    assert.deepEqual(world.centre.sentTexts, ['A prepared answer']);
  });

  it('keep all but the words that were sent, and hand on what they answer', () => {
    const world = new World();
    const tab = world.open();
    const attachments = [
      {
        id: 'f1',
        name: 'a.pdf',
        as: 'document' as const,
        mimeType: 'application/pdf',
        caption: '',
        bytes: 9,
      },
    ];
    tab.workspace.saveDraft(MASHA, { ...textDraft('See above'), replyTo: 'message-7', attachments });
    world.time.pass(1_000);
    tab.workspace.sendText(MASHA, 'See above');
    const rest = { ...EMPTY_DRAFT, attachments };
    assert.deepEqual(latest(tab.workspace.draft$(MASHA)), rest);
    world.time.pass(1_000);
    assert.deepEqual(latest(tab.workspace.draft$(MASHA)), rest);
    assert.deepEqual(world.browser.disk().drafts.get(MASHA), rest);
    const [command] = tab.adapter.sent;
    assert.ok(command?.name === 'send-message');
    assert.equal(command.args.replyTo, 'message-7');
  });

  it('keep what they answer when another text is sent', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, { ...textDraft('Half'), replyTo: 'message-7' });
    tab.workspace.sendText(MASHA, 'A prepared answer');
    world.time.pass(1_000);
    assert.equal(latest(tab.workspace.draft$(MASHA)).replyTo, 'message-7');
    const [command] = tab.adapter.sent;
    assert.ok(command?.name === 'send-message');
    assert.equal(command.args.replyTo, null);
  });

  it('with the words of a failed message are stored with its removal, and not once more', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.adapter.faults.push({ kind: 'invalid', retryable: false, sentence: 'No.' });
    const failed = one.workspace.sendText(MASHA, 'Hello');
    world.time.pass(1_000);
    one.workspace.saveDraft(MASHA, textDraft('and more'));
    one.workspace.edit(failed);
    world.time.pass(10);
    assert.equal(draft(two), 'Hello\nand more');
    two.workspace.sendText(MASHA, 'Hello\nand more');
    world.time.pass(DRAFT_LAG + 1_000);
    assert.equal(draft(two), '');
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('that another tab has typed meanwhile are not cleared by sending', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(1_000);
    two.workspace.saveDraft(MASHA, textDraft('Hello, and more'));
    one.workspace.sendText(MASHA, 'Hello');
    world.time.pass(1_000);
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Hello, and more');
    for (const tab of [one, two]) assert.equal(draft(tab), 'Hello, and more');
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
  });

  it('are what the disk says and what was typed since it was read', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    world.browser.manners.answer = () => 50;
    one.workspace.saveDraft(MASHA, textDraft('From one'));
    one.tab.visible$.next(false);
    world.time.pass(30);
    const texts: string[] = [];
    two.workspace.draft$(MASHA).subscribe(({ text }) => texts.push(text));
    two.workspace.saveDraft(MASHA, textDraft('From two'));
    two.tab.visible$.next(false);
    world.time.pass(1_000);
    // Both were typed at the same time.
    assert.deepEqual(texts, ['', 'From two', 'From one\nFrom two']);
    assert.equal(draft(one), 'From one\nFrom two');
  });

  it('have the words of a message whose tab died before it was stored', () => {
    const world = new World();
    const before = world.open();
    world.browser.manners.commit = () => 20;
    world.browser.manners.survives = () => false;
    before.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(1_000);
    const shown: string[] = [];
    before.workspace.outbox$.subscribe((items) => shown.push(...items.map(({ step }) => step.at)));
    before.workspace.sendText(MASHA, 'Hello');
    world.time.pass(10);
    assert.deepEqual(shown, ['saving']);
    before.die();
    const tab = world.open();
    assert.equal(draft(tab), 'Hello');
    assert.deepEqual(world.centre.sentTexts, []);
  });

  it('are gone from the other tabs when the tab dies that has just sent them', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(1_000);
    assert.equal(draft(two), 'Hello');
    world.browser.manners.commit = () => 5;
    world.browser.manners.answer = () => 50;
    one.workspace.sendText(MASHA, 'Hello');
    world.time.pass(20);
    one.die();
    world.time.pass(2_000);
    assert.equal(draft(two), '');
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
  });

  it('that nobody could tell of are found by the other tabs', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    world.browser.manners.answer = () => 50;
    one.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(DRAFT_LAG + 10);
    one.die();
    world.time.pass(2_000);
    assert.equal(draft(two), 'Hello');
  });

  describe('that could not be stored', () => {
    it('are stored when that is possible again, though nothing more is typed', () => {
      const world = new World();
      const tab = world.open();
      world.browser.storage = 'full';
      tab.workspace.saveDraft(MASHA, textDraft('Hello'));
      world.time.pass(TRY_AGAIN * 3);
      assert.equal(world.browser.disk().drafts.has(MASHA), false);
      world.browser.storage = 'well';
      world.time.pass(TRY_AGAIN + 100);
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Hello');
      assert.equal(draft(tab), 'Hello');
    });

    it('stay in the tab that wrote them until they are, and what another tab has stored is not lost', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      world.browser.storage = 'full';
      one.workspace.saveDraft(MASHA, textDraft('From one'));
      two.workspace.saveDraft(MASHA, textDraft('From two'));
      one.workspace.saveDraft(OMAR, textDraft('Sent by one'));
      two.workspace.saveDraft(OMAR, textDraft('From two'));
      world.time.pass(LOOK_AGAIN);
      assert.deepEqual([draft(one), draft(two)], ['From one', 'From two']);
      one.workspace.sendText(OMAR, 'Sent by one');
      world.browser.storage = 'well';
      world.time.pass(2 * LOOK_AGAIN);
      assert.deepEqual(
        [one, two].map((tab) => draft(tab)),
        Array(2).fill('From one\nFrom two'),
      );
      assert.deepEqual(
        [one, two].map((tab) => draft(tab, OMAR)),
        ['From two', 'From two'],
      );
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'From one\nFrom two');
      assert.deepEqual(world.centre.sentTexts, ['Sent by one']);
    });

    it('are seen by a tab whose disk did not answer in time', () => {
      const world = new World();
      const one = world.open();
      world.browser.manners.commit = () => 2 * LOOK_AGAIN;
      one.workspace.saveDraft(MASHA, textDraft('Hello'));
      world.time.pass(DRAFT_LAG);
      world.browser.manners.commit = () => 0;
      one.workspace.close();
      const two = world.open();
      world.time.pass(LOOK_AGAIN);
      assert.equal(draft(two), '');
      world.time.pass(2 * LOOK_AGAIN);
      assert.equal(draft(two), 'Hello');
    });

    it('are written again when the browser has broken the write off, and stay as they are meanwhile', () => {
      const world = new World();
      const tab = world.open();
      tab.workspace.saveDraft(MASHA, textDraft('Old'));
      world.time.pass(1_000);
      world.browser.manners.commit = () => 500;
      let broken = 1;
      world.browser.manners.breaks = () => broken-- > 0;
      const texts: string[] = [];
      tab.workspace.draft$(MASHA).subscribe(({ text }) => texts.push(text));
      tab.workspace.saveDraft(MASHA, textDraft('New'));
      world.time.pass(DRAFT_LAG + 10);
      // Looks at the disk while it is being written.
      tab.tab.visible$.next(false);
      tab.tab.visible$.next(true);
      world.time.pass(TRY_AGAIN * 2);
      assert.deepEqual(texts, ['Old', 'New']);
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'New');
    });

    it('do not come back from the disk when they were sent or forgotten here', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      tab.workspace.saveDraft(MASHA, textDraft('Hello'));
      world.time.pass(1_000);
      world.browser.storage = 'full';
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(100);
      tab.tab.visible$.next(false);
      tab.tab.visible$.next(true);
      world.time.pass(1_000);
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Hello');
      assert.equal(draft(tab), '');
      assert.equal(draft(other), 'Hello');
    });

    it('are gone everywhere when they were sent, as soon as that can be stored', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      tab.workspace.saveDraft(MASHA, textDraft('Hello'));
      world.time.pass(1_000);
      world.browser.storage = 'full';
      const texts: string[] = [];
      tab.workspace.sendText(MASHA, 'Hello');
      tab.workspace.draft$(MASHA).subscribe(({ text }) => texts.push(text));
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      world.browser.storage = 'well';
      world.time.pass(TRY_AGAIN + 1_000);
      for (const one of [tab, other]) {
        one.tab.visible$.next(false);
        one.tab.visible$.next(true);
      }
      world.time.pass(1_000);
      assert.equal(world.browser.disk().drafts.has(MASHA), false);
      assert.deepEqual([draft(tab), draft(other)], ['', '']);
      assert.deepEqual(texts, ['']);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
    });

    it('take no older words with them into the composers when they were sent', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      tab.workspace.saveDraft(MASHA, textDraft('Hel'));
      world.time.pass(1_000);
      tab.workspace.saveDraft(MASHA, textDraft('Hello'));
      let writes = 0;
      world.browser.manners.breaks = () => writes++ === 0;
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(2 * TRY_AGAIN);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      assert.equal(world.browser.disk().drafts.has(MASHA), false);
      assert.deepEqual([draft(tab), draft(other)], ['', '']);
    });

    it('do not come back to the composer while the storing of their message is tried again', () => {
      const world = new World();
      const tab = world.open();
      tab.workspace.saveDraft(MASHA, textDraft('Hello'));
      world.time.pass(1_000);
      const texts: string[] = [];
      world.browser.manners.answer = () => 20;
      let broken = 2;
      world.browser.manners.breaks = () => broken-- > 0;
      tab.workspace.sendText(MASHA, 'Hello');
      tab.workspace.draft$(MASHA).subscribe(({ text }) => texts.push(text));
      for (let waited = 0; waited < 100; waited += 5) {
        tab.tab.visible$.next(false);
        tab.tab.visible$.next(true);
        world.time.pass(5);
      }
      world.time.pass(TRY_AGAIN);
      assert.deepEqual(texts, ['']);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      assert.equal(world.browser.disk().drafts.has(MASHA), false);
    });

    it('are stored with the removal of the failed message whose words they took back, or neither is', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      tab.adapter.faults.push({ kind: 'invalid', retryable: false, sentence: 'No.' });
      const failed = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      const onDisk = (): unknown => [
        world.browser.disk().outbox.map(({ clientId }) => clientId),
        world.browser.disk().drafts.get(MASHA)?.text,
      ];
      world.browser.storage = 'full';
      tab.workspace.edit(failed);
      world.time.pass(1_000);
      assert.deepEqual(onDisk(), [[failed], undefined]);
      assert.equal(latest(tab.workspace.storage$), 'memory');
      tab.workspace.saveDraft(MASHA, textDraft('Hello, Masha'));
      world.time.pass(1_000);
      assert.deepEqual(latest(tab.workspace.outbox$), []);
      world.browser.storage = 'well';
      world.time.pass(TRY_AGAIN + 1_000);
      assert.deepEqual(onDisk(), [[], 'Hello, Masha']);
      assert.equal(latest(tab.workspace.storage$), 'persistent');
      assert.equal(draft(other), 'Hello, Masha');
      assert.deepEqual(latest(other.workspace.outbox$), []);
    });

    it('take the failed message from the disk also when they were sent before that could be stored', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push({ kind: 'invalid', retryable: false, sentence: 'No.' });
      const failed = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      world.browser.storage = 'full';
      tab.workspace.edit(failed);
      world.time.pass(1_000);
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      world.browser.storage = 'well';
      world.time.pass(TRY_AGAIN + 1_000);
      const { unsent, drafts } = world.browser.disk();
      assert.deepEqual(unsent, []);
      assert.equal(drafts.has(MASHA), false);
      assert.equal(draft(tab), '');
    });

    it('leave the tab open to what others do, whatever it was that could not be stored', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      two.workspace.saveDraft(MASHA, textDraft('Hello'));
      world.time.pass(1_000);
      let writes = 0;
      world.browser.manners.breaks = () => writes++ < 3;
      two.workspace.changeSettings({ panelTab: 'notes' });
      world.time.pass(1_000);
      one.workspace.sendText(MASHA, 'Hello');
      world.time.pass(5_000);
      assert.equal(draft(two), '');
      two.workspace.saveDraft(MASHA, textDraft('More'));
      world.time.pass(1_000);
      one.workspace.sendText(MASHA, 'More');
      world.time.pass(5_000);
      assert.equal(draft(two), '');
    });

    it('are stored as they are by then', () => {
      const world = new World();
      const tab = world.open();
      world.browser.storage = 'full';
      tab.workspace.saveDraft(MASHA, textDraft('Hello'));
      world.time.pass(1_000);
      world.browser.storage = 'well';
      tab.workspace.saveDraft(MASHA, textDraft('Hello, Masha'));
      world.time.pass(TRY_AGAIN * 3);
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Hello, Masha');
    });
  });

  it('are stored before a later version takes the storage over', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, textDraft('Typed last'));
    tab.tab.outdate();
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Typed last');
  });

  it('are cleared in the same moment in which the message is stored', () => {
    const world = new World();
    const before = world.open();
    before.adapter.cut();
    before.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(1_000);
    before.workspace.sendText(MASHA, 'Hello');
    before.die();
    const tab = world.open();
    assert.equal(draft(tab), '');
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
  });

  it('are the same in all tabs', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(DRAFT_LAG + 10);
    assert.equal(draft(two), 'Hello');
    two.workspace.sendText(MASHA, 'Hello');
    world.time.pass(10);
    assert.equal(draft(one), '');
  });

  it('are not torn from under the fingers by another tab, whose words stand before them', () => {
    const world = new World();
    const [one, two] = [world.open(), world.open()];
    one.workspace.saveDraft(MASHA, textDraft('From one'));
    world.time.pass(DRAFT_LAG - 50);
    two.workspace.saveDraft(MASHA, textDraft('From two'));
    world.time.pass(1_000);
    assert.deepEqual(
      [one, two].map((tab) => draft(tab)),
      Array(2).fill('From one\nFrom two'),
    );
    two.workspace.saveDraft(MASHA, textDraft('From two'));
    world.time.pass(1_000);
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'From two');
  });

  it('that are typed before the storage is open stand behind what is in it, and are stored', () => {
    const world = new World();
    world.browser.disk().drafts.set(MASHA, textDraft('Old')).set(OMAR, textDraft('Kept'));
    world.browser.manners.opens = () => 2_000;
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, textDraft('New'));
    world.time.pass(2_000);
    assert.equal(draft(tab), 'Old\nNew');
    assert.equal(draft(tab, OMAR), 'Kept');
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Old\nNew');
    tab.workspace.saveDraft(MASHA, textDraft('Another'));
    world.time.pass(1_000);
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Another');
  });

  it('that lie in a storage that opens late are not written over by what was typed, sent or deleted before', () => {
    const world = new World();
    world.browser.disk().drafts.set(MASHA, textDraft('Old')).set(OMAR, textDraft('Kept'));
    world.browser.manners.opens = () => HOUR;
    world.browser.manners.answer = () => DRAFT_LAG;
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, textDraft('Sent'));
    tab.workspace.sendText(MASHA, 'Sent');
    tab.workspace.saveDraft(OMAR, textDraft('Ty'));
    world.time.pass(60_000);
    tab.workspace.saveDraft(OMAR, textDraft(''));
    world.time.pass(HOUR);
    assert.deepEqual(world.centre.sentTexts, ['Sent']);
    const { drafts } = world.browser.disk();
    assert.deepEqual([drafts.get(MASHA)?.text, drafts.get(OMAR)?.text], ['Old', 'Kept']);
    assert.deepEqual([draft(tab), draft(tab, OMAR)], ['Old', 'Kept']);
  });

  it('that are typed while the storage is being read do not write over it', () => {
    const world = new World();
    world.browser.disk().drafts.set(MASHA, textDraft('Old'));
    world.browser.manners.answer = () => 4 * DRAFT_LAG;
    const tab = world.open({ wait: 50 });
    tab.workspace.saveDraft(MASHA, textDraft('New'));
    tab.tab.visible$.next(false);
    world.time.pass(60_000);
    assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Old\nNew');
  });

  it('that were sent before the storage is open do not come back from it', () => {
    const world = new World();
    world.browser.disk().drafts.set(MASHA, textDraft('Hello'));
    const tab = world.open({ wait: 10 });
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(1_000);
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('are forgotten when the interaction is done', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.saveDraft(MASHA, textDraft('Hello'));
    world.time.pass(1_000);
    const interaction = anInteraction({ state: 'done', agent: null });
    world.centre.record(anEvent('interaction-done', { interaction, fromWorkbin: null }));
    world.time.pass(1_000);
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('are kept apart by agent', () => {
    const world = new World();
    const before = world.open();
    before.workspace.saveDraft(MASHA, textDraft('From Ana'));
    before.workspace.close();
    world.centre.agent = anAgent({ id: 'ben' });
    const tab = world.open();
    assert.equal(draft(tab), '');
    assert.equal(world.browser.disk('ana').drafts.get(MASHA)?.text, 'From Ana');
  });
});
