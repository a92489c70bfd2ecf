import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { of } from 'rxjs';
import type { OutboxItem, Refusal } from '../../src/model/index.js';
import { ANSWER_PATIENCE } from '../../src/streams/answered.js';
import { ECHO_PATIENCE } from '../../src/streams/outbox.js';
import { anAgent } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

const refusal: Refusal = { kind: 'window-closed', sentence: 'Too late.', retryable: false };
const busy: Refusal = { kind: 'unavailable', sentence: 'The database restarts.', retryable: true };

const outbox = ({ workspace }: OpenTab): readonly OutboxItem[] => latest(workspace.outbox$);
const states = (tab: OpenTab): readonly string[] =>
  outbox(tab).map(({ content, state }) => `${content.text}: ${state}`);

describe('the outbox', () => {
  it('shows a message at once, sends it, and lets it go when the log shows it', () => {
    const world = new World();
    const tab = world.open();
    const id = tab.workspace.sendText(MASHA, 'Hello');
    assert.deepEqual(outbox(tab), [
      {
        clientId: id,
        interaction: MASHA,
        contact: 'contact-1',
        content: { kind: 'text', text: 'Hello' },
        createdAt: world.time.now(),
        state: 'queued',
        error: null,
      },
    ]);
    world.time.pass(5);
    assert.deepEqual(states(tab), ['Hello: sending']);
    world.time.pass(100);
    assert.deepEqual(outbox(tab), []);
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
    assert.deepEqual(world.browser.disk().outbox, []);
    assert.equal(tab.adapter.sent[0]?.id, id);
  });

  it('stores before it sends', () => {
    const world = new World();
    const tab = world.open();
    const stored: number[] = [];
    const { adapter } = tab;
    const send = adapter.send.bind(adapter);
    adapter.send = (command) => {
      stored.push(world.browser.disk().outbox.length);
      return send(command);
    };
    tab.workspace.sendText(MASHA, 'One');
    assert.deepEqual(adapter.sent, [], 'not before the disk has answered');
    world.time.pass(100);
    assert.deepEqual(stored, [1]);
  });

  it('keeps the order of a contact, each after the one before was accepted, and contacts in parallel', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.sendText(MASHA, 'M1');
    tab.workspace.sendText(MASHA, 'M2');
    tab.workspace.sendText(OMAR, 'O1');
    tab.workspace.sendText(MASHA, 'M3');
    world.time.pass(5);
    assert.deepEqual(states(tab), ['M1: sending', 'M2: queued', 'O1: sending', 'M3: queued']);
    world.time.pass(100);
    assert.deepEqual(world.centre.sentTexts, ['M1', 'O1', 'M2', 'M3']);
    assert.deepEqual(outbox(tab), []);
  });

  it('keeps the order with an adapter that answers at once', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.cut();
    for (const n of [1, 2, 3])
      for (const interaction of [MASHA, OMAR]) tab.workspace.sendText(interaction, `${n}`);
    world.time.pass(1_000);
    const sent: string[] = [];
    tab.adapter.push = () => undefined;
    tab.adapter.send = (command) => {
      sent.push(command.id);
      return of(world.centre.carryOut(command));
    };
    tab.adapter.restore();
    world.time.pass(30_000);
    assert.equal(new Set(sent).size, 6);
    assert.equal(sent.length, 6);
    const toMasha = world.centre.log.flatMap((event) =>
      event.interaction === MASHA && event.type === 'message-sent' ? [event.body.message.content] : [],
    );
    assert.deepEqual(
      toMasha,
      [1, 2, 3].map((n) => ({ kind: 'text', text: `${n}` })),
    );
  });

  it('keeps a hundred messages in order', () => {
    const world = new World();
    const tab = world.open();
    const texts = Array.from({ length: 100 }, (_, i) => `Part ${i}`);
    for (const text of texts) tab.workspace.sendText(MASHA, text);
    world.time.pass(5_000);
    assert.deepEqual(world.centre.sentTexts, texts);
    assert.deepEqual(outbox(tab), []);
  });

  it('waits for the echo of what was accepted', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.push = () => undefined;
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(ECHO_PATIENCE + 1_000);
    assert.deepEqual(states(tab), ['Hello: sending']);
    assert.equal(tab.adapter.sent.length, 1);
  });

  it('takes the place in the log for the echo only after a while', () => {
    const world = new World();
    const tab = world.open();
    const push = tab.adapter.push.bind(tab.adapter);
    tab.adapter.push = () => undefined;
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(100);
    push({ kind: 'cursor', seq: 1 });
    world.time.pass(ECHO_PATIENCE - 200);
    assert.deepEqual(states(tab), ['Hello: sending']);
    world.time.pass(200);
    assert.deepEqual(outbox(tab), []);
  });

  it('sends what was written without a link once there is one', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.cut();
    tab.workspace.sendText(MASHA, 'One');
    tab.workspace.sendText(MASHA, 'Two');
    world.time.pass(60_000);
    assert.deepEqual(states(tab), ['One: queued', 'Two: queued']);
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
    assert.deepEqual(outbox(tab), []);
  });

  for (const fault of ['offline', 'timeout', 'silence'] as const) {
    it(`sends again with the same id, without doubling, after "${fault}"`, () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.push = () => undefined;
      tab.adapter.faults.push(fault, fault);
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(2 * ANSWER_PATIENCE + 20_000);
      assert.deepEqual(
        tab.adapter.sent.map((command) => command.id),
        [id, id, id],
      );
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
    });
  }

  it('takes the echo for the answer when the receipt was lost', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.faults.push('silence');
    tab.workspace.sendText(MASHA, 'One');
    tab.workspace.sendText(MASHA, 'Two');
    world.time.pass(100);
    assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
    assert.deepEqual(outbox(tab), []);
    assert.equal(tab.adapter.sent.length, 2);
  });

  it('shows what was under way as queued when the link is lost, and finds its echo by cursor', () => {
    const world = new World();
    const tab = world.open();
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(5);
    assert.deepEqual(states(tab), ['Hello: sending']);
    const command = tab.adapter.sent[0];
    assert.ok(command);
    tab.adapter.cut();
    assert.deepEqual(states(tab), ['Hello: queued']);
    world.centre.carryOut(command);
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(outbox(tab), []);
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
  });

  it('lets an accepted message go whose echo is hidden in a snapshot', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.push = () => undefined;
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(100);
    assert.deepEqual(states(tab), ['Hello: sending']);
    tab.adapter.cut();
    world.centre.receive('More');
    world.centre.keptFrom = world.centre.head;
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(outbox(tab), []);
    assert.equal(tab.adapter.sent.length, 1);
  });

  it('says so, and does not send again, when the log was replaced between acceptance and echo', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.push = () => undefined;
    tab.workspace.sendText(MASHA, 'Hello');
    world.time.pass(100);
    tab.adapter.cut();
    world.centre.epoch = 'e2';
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(states(tab), ['Hello: failed']);
    assert.equal(outbox(tab)[0]?.error?.kind, 'unavailable');
    assert.equal(tab.adapter.sent.length, 1);
  });

  describe('refusals', () => {
    it('keeps a refused message with its reason, and goes on with the next', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'One');
      tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(1_000);
      assert.deepEqual(states(tab), ['One: failed']);
      assert.deepEqual(outbox(tab)[0]?.error, { kind: 'window-closed', sentence: 'Too late.' });
      assert.deepEqual(world.centre.sentTexts, ['Two']);
      assert.deepEqual(
        world.browser.disk().outbox.map(({ clientId, state }) => [clientId, state]),
        [[id, 'failed']],
      );
    });

    it('shows it after a reload, and does not send it again', () => {
      const world = new World();
      const before = world.open();
      before.adapter.faults.push(refusal);
      before.workspace.sendText(MASHA, 'One');
      world.time.pass(1_000);
      before.workspace.close();
      const tab = world.open();
      assert.deepEqual(states(tab), ['One: failed']);
      assert.deepEqual(tab.adapter.sent, []);
    });

    it('tries a few times where the same may succeed later', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(busy, busy);
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(10_000);
      assert.deepEqual(
        tab.adapter.sent.map((command) => command.id),
        [id, id, id],
      );
      assert.deepEqual(outbox(tab), []);
    });

    it('believes in the end one that never changes', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(...Array.from({ length: 50 }, () => busy));
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(60_000);
      assert.deepEqual(states(tab), ['Hello: failed']);
      assert.equal(outbox(tab)[0]?.error?.kind, 'unavailable');
      assert.equal(tab.adapter.sent.length, 5);
    });

    it('fails what the other side cannot read instead of sending it for ever', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push('invalid');
      tab.workspace.sendText(MASHA, 'One');
      tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(1_000);
      assert.deepEqual(states(tab), ['One: failed']);
      assert.deepEqual(world.centre.sentTexts, ['Two']);
    });

    it('does not count what was lost before it as refusals', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push('offline', 'offline', 'offline', 'offline', busy, busy);
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(60_000);
      assert.deepEqual(outbox(tab), []);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
    });

    it('resends with the same id what was only unavailable, because it may have gone', () => {
      const world = new World();
      const tab = world.open();
      const other = world.open();
      tab.adapter.faults.push(...Array.from({ length: 5 }, () => busy));
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(60_000);
      assert.deepEqual(states(other), ['One: failed']);
      other.workspace.resend(id);
      other.workspace.resend(id);
      world.time.pass(1_000);
      assert.deepEqual([...new Set(tab.adapter.sent.map((command) => command.id))], [id]);
      assert.equal(tab.adapter.sent.length, 6, 'by the tab that sends, once');
      assert.deepEqual(world.centre.sentTexts, ['One']);
      assert.deepEqual([...outbox(tab), ...outbox(other)], []);
      assert.deepEqual(world.browser.disk().outbox, []);
    });

    it('has a message that is sent again stored as such before it leaves', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(...Array.from({ length: 5 }, () => busy));
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(60_000);
      tab.adapter.cut();
      tab.workspace.resend(id);
      world.time.pass(10);
      assert.equal(world.browser.disk().outbox[0]?.state, 'queued');
      tab.die();
      world.open();
      world.time.pass(10_000);
      assert.deepEqual(world.centre.sentTexts, ['One']);
    });

    it('resends with a new id', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      tab.workspace.saveDraft(MASHA, 'Typed since');
      world.time.pass(1_000);
      tab.workspace.resend(id);
      world.time.pass(1_000);
      assert.notEqual(tab.adapter.sent[1]?.id, id);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      assert.deepEqual(outbox(tab), []);
      assert.deepEqual(world.browser.disk().outbox, []);
      assert.equal(latest(tab.workspace.draft$(MASHA)), 'Typed since');
      assert.equal(world.browser.disk().drafts.get(MASHA), 'Typed since');
    });

    it('resends a message that WhatsApp could not deliver', () => {
      const world = new World();
      const tab = world.open();
      const watching = tab.workspace.transcript$(MASHA).subscribe();
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      const sent = world.centre.log.find((event) => event.type === 'message-sent');
      assert.ok(sent);
      const delivery = { state: 'failed', at: 1, error: null } as const;
      tab.workspace.resend(id);
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello'], 'not one that may still arrive');
      world.centre.record({
        ...sent,
        type: 'delivery-changed',
        body: { message: sent.body.message.id, delivery },
      });
      tab.workspace.resend(id);
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello', 'Hello']);
      watching.unsubscribe();
    });

    it('discards by hand, here and in the storage', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      tab.workspace.discard(id);
      world.time.pass(1_000);
      assert.deepEqual(outbox(tab), []);
      assert.deepEqual(world.browser.disk().outbox, []);
    });

    it('discards nothing that may have left', () => {
      const world = new World();
      const tab = world.open();
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(5);
      tab.workspace.discard(id);
      assert.deepEqual(states(tab), ['Hello: sending']);
    });

    it('puts the words back into the draft, before what has been typed since', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      tab.workspace.saveDraft(MASHA, 'and goodbye');
      tab.workspace.edit(id);
      world.time.pass(1_000);
      assert.equal(latest(tab.workspace.draft$(MASHA)), 'Hello\nand goodbye');
      assert.equal(world.browser.disk().drafts.get(MASHA), 'Hello\nand goodbye');
      assert.deepEqual(outbox(tab), []);
      assert.deepEqual(world.browser.disk().outbox, []);
    });
  });

  it('has the words of an edited message stored as a draft before it throws the message away', () => {
    const world = new World();
    const before = world.open();
    before.adapter.faults.push(refusal);
    const id = before.workspace.sendText(MASHA, 'Hello');
    world.time.pass(1_000);
    before.workspace.edit(id);
    before.die();
    assert.equal(latest(world.open().workspace.draft$(MASHA)), 'Hello');
  });

  describe('reload', () => {
    // Every moment of a sending: before it is on the disk, on the disk, on the wire, answered, echoed.
    for (const moment of [0, 1, 2, 5, 10, 11, 12, 13, 20, 40]) {
      it(`loses nothing that was stored and doubles nothing, ${moment} ms after sending`, () => {
        const world = new World();
        const before = world.open();
        before.workspace.sendText(MASHA, 'One');
        before.workspace.sendText(MASHA, 'Two');
        before.workspace.sendText(OMAR, 'Three');
        world.time.pass(moment);
        before.die();
        const tab = world.open();
        world.time.pass(10_000);
        assert.deepEqual([...world.centre.sentTexts].sort(), ['One', 'Three', 'Two']);
        assert.ok(world.centre.sentTexts.indexOf('One') < world.centre.sentTexts.indexOf('Two'));
        assert.deepEqual(outbox(tab), []);
        assert.deepEqual(world.browser.disk().outbox, []);
      });
    }

    it('sends the old before the new', () => {
      const world = new World();
      const before = world.open();
      before.adapter.cut();
      before.workspace.sendText(MASHA, 'Old');
      world.time.pass(100);
      before.die();
      const tab = world.open({ wait: 10 });
      tab.workspace.sendText(MASHA, 'New');
      world.time.pass(10_000);
      assert.deepEqual(world.centre.sentTexts, ['Old', 'New']);
    });

    it('never sends what another agent wrote', () => {
      const world = new World();
      const before = world.open();
      before.adapter.cut();
      before.workspace.sendText(MASHA, 'From Ana');
      world.time.pass(100);
      before.workspace.close();
      world.centre.agent = anAgent({ id: 'ben', name: 'Ben' });
      const ofBen = world.open();
      world.time.pass(10_000);
      assert.deepEqual(outbox(ofBen), []);
      assert.deepEqual(ofBen.adapter.sent, []);
      assert.equal(world.browser.disk('ana').outbox.length, 1);
    });
  });

  it('shows nothing of one agent to the next, not even while the storage is being opened', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.faults.push(refusal);
    tab.workspace.sendText(MASHA, 'From Ana');
    tab.workspace.saveDraft(MASHA, 'More from Ana');
    world.time.pass(1_000);
    tab.adapter.cut();
    world.centre.agent = anAgent({ id: 'ben' });
    tab.adapter.restore();
    while (tab.workspace.state.agent?.id !== 'ben') world.time.pass(1);
    assert.equal(latest(tab.workspace.storage$), 'opening');
    assert.deepEqual(outbox(tab), []);
    assert.equal(latest(tab.workspace.draft$(MASHA)), '');
    world.time.pass(60_000);
    assert.deepEqual(outbox(tab), []);
    assert.equal(world.browser.disk('ana').outbox.length, 1);
    assert.equal(world.browser.disk('ana').drafts.size, 1);
  });

  describe('several tabs', () => {
    it('shows each tab what is on its way in the others', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.adapter.faults.push(refusal);
      two.workspace.sendText(MASHA, 'Hello');
      world.time.pass(4);
      assert.deepEqual(states(one), ['Hello: sending']);
      assert.deepEqual(states(two), ['Hello: sending']);
      world.time.pass(1_000);
      assert.deepEqual(states(one), ['Hello: failed']);
      assert.deepEqual(states(two), ['Hello: failed']);
      one.workspace.discard(outbox(one)[0]?.clientId ?? '');
      assert.deepEqual(states(two), []);
    });

    it('sends from one tab only, in the order of storing', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.workspace.sendText(MASHA, 'One');
      world.time.pass(3);
      two.workspace.sendText(MASHA, 'Two');
      two.workspace.sendText(OMAR, 'Three');
      world.time.pass(1_000);
      assert.equal(one.adapter.sent.length, 3);
      assert.equal(two.adapter.sent.length, 0);
      assert.deepEqual(
        world.centre.sentTexts.filter((text) => text !== 'Three'),
        ['One', 'Two'],
      );
      assert.deepEqual([...outbox(one), ...outbox(two)], []);
    });

    it('lets another tab take over when the one that sends dies', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.adapter.faults.push('silence');
      one.adapter.push = () => undefined;
      two.adapter.push = () => undefined;
      const id = two.workspace.sendText(MASHA, 'One');
      two.workspace.sendText(MASHA, 'Two');
      world.time.pass(50);
      assert.equal(one.adapter.sent.length, 1);
      one.die();
      world.time.pass(1_000);
      assert.equal(two.adapter.sent[0]?.id, id);
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
    });

    it('lets a tab with a link send when the one that sends has none', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.adapter.cut();
      one.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      assert.equal(two.adapter.sent.length, 1);
      one.adapter.restore();
      world.time.pass(30_000);
      assert.deepEqual([...outbox(one), ...outbox(two)], []);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
    });

    it('is not confused by late news of what has left already', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      const id = one.workspace.sendText(MASHA, 'Hello');
      world.time.pass(5);
      const item = outbox(one)[0];
      assert.equal(item?.clientId, id);
      world.time.pass(1_000);
      for (const [name] of two.tab.channels) one.tab.channel(name).post({ kind: 'outbox', item });
      assert.deepEqual(outbox(two), []);
    });
  });

  describe('storage', () => {
    it('says that it is opening, then that it is persistent', () => {
      const world = new World();
      const tab = world.open({ wait: 0 });
      assert.equal(latest(tab.workspace.storage$), 'opening');
      world.time.pass(1_000);
      assert.equal(latest(tab.workspace.storage$), 'persistent');
    });

    for (const storage of ['refused', 'full'] as const) {
      it(`says so and sends from memory when it is ${storage}`, () => {
        const world = new World();
        world.browser.storage = storage;
        const tab = world.open();
        tab.adapter.faults.push(refusal);
        tab.workspace.sendText(MASHA, 'One');
        tab.workspace.sendText(MASHA, 'Two');
        world.time.pass(1_000);
        assert.equal(latest(tab.workspace.storage$), 'memory');
        assert.deepEqual(states(tab), ['One: failed']);
        assert.deepEqual(world.centre.sentTexts, ['Two']);
      });
    }

    it('holds what was written before it was open, and stores it then', () => {
      const world = new World();
      const tab = world.open({ wait: 10 });
      assert.equal(latest(tab.workspace.storage$), 'opening');
      tab.workspace.sendText(MASHA, 'Hello');
      assert.deepEqual(states(tab), ['Hello: queued']);
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
    });
  });
});
