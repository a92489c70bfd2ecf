import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { of } from 'rxjs';
import { OUTBOX_PATIENCE, outboundText, textDraft } from '../../src/model/index.js';
import type { OutboxItem, Refusal } from '../../src/model/index.js';
import { ANSWER_PATIENCE } from '../../src/streams/commands/answered.js';
import { ECHO_PATIENCE } from '../../src/streams/outbox/index.js';
import { LOOK_AGAIN } from '../../src/streams/tabs/index.js';
import { TRY_AGAIN } from '../../src/streams/storage/safe-storage.js';
import { aMessage, anAgent, anEvent, anOutboxItem } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

const refusal: Refusal = { kind: 'window-closed', sentence: 'Too late.', retryable: false };
const busy: Refusal = { kind: 'unavailable', sentence: 'The database restarts.', retryable: true };

const outbox = ({ workspace }: OpenTab): readonly OutboxItem[] => latest(workspace.outbox$);
const states = (tab: OpenTab): readonly string[] =>
  outbox(tab).map(({ body, step }) => `${outboundText(body)}: ${step.at}`);

const failure = (tab: OpenTab): unknown => {
  const step = outbox(tab)[0]?.step;
  return step?.at === 'failed' ? { cause: step.cause, kind: step.kind } : step;
};

/** What a tab shows of each message, by its text: every step that was told, without repetitions. */
function record({ workspace }: OpenTab): (text: string) => readonly string[] {
  const steps = new Map<string, string[]>();
  workspace.outbox$.subscribe((items) => {
    for (const { body, step } of items) {
      const known = steps.get(outboundText(body)) ?? [];
      if (known.at(-1) !== step.at) known.push(step.at);
      steps.set(outboundText(body), known);
    }
  });
  return (text) => steps.get(text) ?? [];
}

/** Sends two messages, of which the contact centre cannot take the first until it expires. */
function expire(world: World, tab: OpenTab): void {
  tab.adapter.faults.push(...Array.from({ length: 1_000 }, () => busy));
  tab.workspace.sendText(MASHA, 'One');
  tab.workspace.sendText(MASHA, 'Two');
  world.time.pass(OUTBOX_PATIENCE + 20_000);
  tab.adapter.faults.length = 0;
  assert.deepEqual(states(tab), ['One: failed', 'Two: queued']);
}

describe('the outbox', () => {
  it('shows a message at once, sends it, and lets it go when the log shows it', () => {
    const world = new World();
    const tab = world.open();
    const id = tab.workspace.sendText(MASHA, 'Hello');
    assert.deepEqual(outbox(tab), [
      {
        v: 1,
        clientId: id,
        lane: 'contact-1',
        interaction: MASHA,
        createdAt: world.time.now(),
        expiresAt: world.time.now() + OUTBOX_PATIENCE,
        batch: null,
        replyTo: null,
        body: { kind: 'text', text: 'Hello' },
        step: { at: 'saving' },
      },
    ]);
    world.time.pass(5);
    assert.deepEqual(states(tab), ['Hello: sending']);
    world.time.pass(100);
    assert.deepEqual(outbox(tab), []);
    assert.deepEqual(world.centre.sentTexts, ['Hello']);
    assert.deepEqual(world.browser.disk().unsent, []);
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
    assert.deepEqual(states(tab), ['Hello: accepted']);
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
    assert.deepEqual(states(tab), ['Hello: accepted']);
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
    assert.deepEqual(states(tab), ['Hello: accepted']);
    tab.adapter.cut();
    world.centre.receive('More');
    world.centre.keptFrom = world.centre.head;
    tab.adapter.restore();
    world.time.pass(20_000);
    assert.deepEqual(outbox(tab), []);
    assert.equal(tab.adapter.sent.length, 1);
  });

  describe('that the log has', () => {
    const steps = (world: World): readonly string[] => world.browser.disk().outbox.map(({ step }) => step.at);

    it('stays on the disk as accepted for half a minute, and no longer than a whole one', () => {
      const world = new World();
      const tab = world.open();
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(100);
      assert.deepEqual(outbox(tab), []);
      assert.deepEqual(world.browser.disk().outbox[0]?.step, {
        at: 'accepted',
        cursor: { epoch: 'e1', seq: world.centre.head },
        logged: true,
      });
      world.time.pass(LOOK_AGAIN - 100);
      assert.deepEqual(steps(world), ['accepted']);
      world.time.pass(LOOK_AGAIN);
      assert.deepEqual(steps(world), []);
      assert.deepEqual(outbox(tab), []);
    });

    it('stays in a tab whose own log is behind, also when the disk has let go of it', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      two.adapter.lag = 5 * LOOK_AGAIN;
      const watched = record(two);
      two.workspace.sendText(MASHA, 'Hello');
      for (let waited = 0; waited < 4 * LOOK_AGAIN; waited += 1_000) {
        world.time.pass(1_000);
        assert.deepEqual(states(two), ['Hello: accepted']);
      }
      assert.deepEqual(steps(world), []);
      assert.deepEqual(outbox(one), []);
      world.time.pass(2 * LOOK_AGAIN);
      assert.deepEqual(outbox(two), []);
      assert.deepEqual(watched('Hello'), ['saving', 'queued', 'sending', 'accepted']);
    });

    it('stays in a tab whose own log is behind until a snapshot covers its place', () => {
      const world = new World();
      const [, two] = [world.open(), world.open()];
      two.adapter.push = () => undefined;
      two.workspace.sendText(MASHA, 'Hello');
      world.time.pass(3 * LOOK_AGAIN);
      assert.deepEqual(states(two), ['Hello: accepted']);
      two.adapter.cut();
      world.centre.keptFrom = world.centre.head;
      two.adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual(outbox(two), []);
    });

    it('is in no doubt in a tab that was behind when the log was replaced', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.adapter.push = () => undefined;
      two.workspace.sendText(MASHA, 'Hello');
      world.time.pass(100);
      assert.deepEqual([states(one), states(two)], [['Hello: accepted'], []]);
      for (const { adapter } of [one, two]) adapter.cut();
      world.centre.epoch = 'e2';
      for (const { adapter } of [one, two]) adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual([...outbox(one), ...outbox(two)], []);
    });

    it('is sent again after the log was replaced, although a tab had seen it in the former one', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.adapter.push = () => undefined;
      const id = two.workspace.sendText(MASHA, 'Hello');
      // Before the disk knows: what the second tab has seen there is not stored.
      two.workspace.state$.subscribe(({ cursor }) => {
        if (cursor?.seq === 1) two.tab.outdate();
      });
      world.time.pass(100);
      assert.deepEqual(steps(world), ['accepted']);
      one.adapter.cut();
      world.centre.epoch = 'e2';
      one.adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual(failure(one), { cause: 'doubt', kind: 'unavailable' });
      const before = one.adapter.sent.length;
      one.workspace.resend(id);
      world.time.pass(1_000);
      assert.equal(one.adapter.sent.length, before + 1);
    });
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
    assert.deepEqual(failure(tab), { cause: 'doubt', kind: 'unavailable' });
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
      assert.deepEqual(outbox(tab)[0]?.step, {
        at: 'failed',
        cause: 'refusal',
        kind: 'window-closed',
        sentence: 'Too late.',
      });
      assert.deepEqual(world.centre.sentTexts, ['Two']);
      assert.deepEqual(
        world.browser.disk().unsent.map(({ clientId, step }) => [clientId, step.at]),
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

    it('tries again where the same may succeed later', () => {
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

    it('holds the lane, and says so in every tab, until the message expires', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      const watched = [tab, other].map(record);
      tab.adapter.faults.push(...Array.from({ length: 1_000 }, () => busy));
      tab.workspace.sendText(MASHA, 'One');
      tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(OUTBOX_PATIENCE - 1_000);
      for (const one of [tab, other]) assert.deepEqual(states(one), ['One: busy', 'Two: queued']);
      world.time.pass(20_000);
      for (const one of [tab, other]) assert.deepEqual(states(one), ['One: failed', 'Two: queued']);
      assert.deepEqual(failure(tab), { cause: 'expiry', kind: 'unavailable' });
      assert.deepEqual(world.centre.sentTexts, []);
      for (const steps of watched)
        assert.deepEqual(steps('One').slice(-4), ['queued', 'sending', 'busy', 'failed']);
      assert.ok(tab.adapter.sent.length > 60, 'with pauses of at most ten seconds');
    });

    it('lets what could not be taken in time go before what waits behind it, at the next try', () => {
      const world = new World();
      const tab = world.open();
      expire(world, tab);
      tab.workspace.resend(outbox(tab)[0]?.clientId ?? '');
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
      assert.deepEqual(outbox(tab), []);
    });

    for (const wish of ['discard', 'edit'] as const) {
      it(`lets what waits behind it go when the agent chooses to ${wish} it`, () => {
        const world = new World();
        const tab = world.open();
        expire(world, tab);
        tab.workspace[wish](outbox(tab)[0]?.clientId ?? '');
        world.time.pass(1_000);
        assert.deepEqual(world.centre.sentTexts, ['Two']);
        assert.deepEqual(outbox(tab), []);
      });
    }

    it('gives a message all its time once there is a link', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.cut();
      tab.workspace.sendText(MASHA, 'One');
      world.time.pass(3 * OUTBOX_PATIENCE);
      tab.adapter.restore();
      tab.adapter.faults.push(busy, busy, busy);
      world.time.pass(60_000);
      assert.deepEqual(world.centre.sentTexts, ['One']);
    });

    it('fails what the other side cannot read instead of sending it for ever', () => {
      const world = new World();
      const tab = world.open();
      const send = tab.adapter.send.bind(tab.adapter);
      const asked: string[] = [];
      tab.adapter.send = (command) => {
        asked.push(command.id);
        if (command.id === asked[0]) tab.adapter.faults.push('invalid');
        return send(command);
      };
      const steps = record(tab);
      const one = tab.workspace.sendText(MASHA, 'One');
      const two = tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(3_600_000);
      assert.deepEqual(asked, [one, two]);
      assert.deepEqual(steps('One'), ['saving', 'queued', 'failed']);
      assert.deepEqual(failure(tab), { cause: 'transport', kind: 'invalid' });
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
      expire(world, tab);
      const id = outbox(other)[0]?.clientId ?? '';
      const before = tab.adapter.sent.length;
      other.workspace.resend(id);
      other.workspace.resend(id);
      world.time.pass(1_000);
      const again = tab.adapter.sent.slice(before).map((command) => command.id);
      assert.equal(again[0], id);
      assert.equal(again.length, 2, 'by the tab that sends, once each');
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
      assert.deepEqual([...outbox(tab), ...outbox(other)], []);
      assert.deepEqual(world.browser.disk().unsent, []);
    });

    it('has a message that is sent again stored as such before it leaves', () => {
      const world = new World();
      const tab = world.open();
      expire(world, tab);
      tab.adapter.cut();
      tab.workspace.resend(outbox(tab)[0]?.clientId ?? '');
      world.time.pass(10);
      assert.equal(world.browser.disk().outbox[0]?.step.at, 'queued');
      tab.die();
      world.open();
      world.time.pass(10_000);
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
    });

    it('puts one that is sent anew behind what waits, and once however often it is asked', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(1_000);
      for (const { adapter } of [tab, other]) adapter.cut();
      tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(100);
      for (const { workspace } of [tab, tab, other]) workspace.resend(id);
      world.time.pass(100);
      for (const { adapter } of [tab, other]) adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual(world.centre.sentTexts, ['Two', 'One']);
      assert.deepEqual([...outbox(tab), ...outbox(other)], []);
    });

    it('sends anew what two tabs want sent anew on a full disk once, when there is room, and goes on meanwhile', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(1_000);
      world.browser.storage = 'full';
      for (const { workspace } of [tab, other]) {
        workspace.resend(id);
        world.time.pass(1_000);
      }
      assert.deepEqual([tab, other].map(states), [['One: saving'], ['One: saving']]);
      tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Two']);
      world.browser.storage = 'well';
      world.time.pass(60_000);
      assert.deepEqual(world.centre.sentTexts, ['Two', 'One']);
      assert.deepEqual([...outbox(tab), ...outbox(other)], []);
      assert.deepEqual(world.browser.disk().unsent, []);
    });

    for (const act of ['edit', 'discard'] as const) {
      it(`sends nothing that one tab wants sent anew when another, which was first, could ${act} it`, () => {
        const world = new World();
        const [tab, other] = [world.open(), world.open()];
        tab.adapter.faults.push(refusal);
        const id = tab.workspace.sendText(MASHA, 'One');
        world.time.pass(1_000);
        world.browser.storage = 'full';
        other.workspace[act](id);
        world.time.pass(1_000);
        tab.workspace.resend(id);
        world.time.pass(1_000);
        world.browser.storage = 'well';
        world.time.pass(60_000);
        assert.deepEqual(world.centre.sentTexts, []);
        assert.equal(world.browser.disk().drafts.get(MASHA)?.text, act === 'edit' ? 'One' : undefined);
        assert.deepEqual([...outbox(tab), ...outbox(other)], []);
      });
    }

    for (const act of ['edit', 'discard'] as const) {
      it(`are settled by ${act} also while there is no room to send them anew`, () => {
        const world = new World();
        const [tab, other] = [world.open(), world.open()];
        tab.adapter.faults.push(refusal);
        const id = tab.workspace.sendText(MASHA, 'One');
        world.time.pass(1_000);
        world.browser.storage = 'full';
        const anew = tab.workspace.resend(id);
        world.time.pass(1_000);
        tab.workspace[act](anew ?? '');
        assert.deepEqual(states(tab), []);
        assert.equal(latest(tab.workspace.draft$(MASHA)).text, act === 'edit' ? 'One' : '');
        world.time.pass(60_000);
        assert.deepEqual([tab, other].map(states), [[], ['One: failed']]);
        world.browser.storage = 'well';
        world.time.pass(60_000);
        assert.deepEqual(world.centre.sentTexts, []);
        assert.equal(world.browser.disk().drafts.get(MASHA)?.text, act === 'edit' ? 'One' : undefined);
        assert.deepEqual([...outbox(tab), ...outbox(other)], []);
        assert.deepEqual(world.browser.disk().unsent, []);
      });
    }

    for (const first of ['edit', 'resend'] as const) {
      it(`has one end where two tabs edit it and send it anew while the disk hangs, and ${first} was first`, () => {
        const world = new World();
        const [tab, other] = [world.open(), world.open()];
        tab.adapter.faults.push(refusal);
        const id = tab.workspace.sendText(MASHA, 'One');
        world.time.pass(1_000);
        world.browser.manners.commit = () => 20_000;
        tab.workspace[first](id);
        world.browser.manners.commit = () => 0;
        world.time.pass(100);
        other.workspace[first === 'edit' ? 'resend' : 'edit'](id);
        world.time.pass(60_000);
        const isEdited = first === 'edit';
        assert.deepEqual(world.centre.sentTexts, isEdited ? [] : ['One']);
        for (const one of [tab, other]) {
          assert.deepEqual(states(one), []);
          assert.equal(latest(one.workspace.draft$(MASHA)).text, isEdited ? 'One' : '');
        }
        assert.equal(world.browser.disk().drafts.get(MASHA)?.text, isEdited ? 'One' : undefined);
      });
    }

    it('is in the draft when it was edited while the disk hung over sending it anew', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(1_000);
      world.browser.manners.commit = () => 30_000;
      const anew = tab.workspace.resend(id) ?? '';
      world.browser.manners.commit = () => 0;
      world.time.pass(20_000);
      tab.workspace.edit(anew);
      world.time.pass(60_000);
      assert.deepEqual(world.centre.sentTexts, []);
      assert.deepEqual(states(tab), []);
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'One');
      assert.equal(latest(tab.workspace.draft$(MASHA)).text, 'One');
    });

    it('keeps what was typed since when its words leave the draft again', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(1_000);
      world.browser.manners.commit = () => 5_000;
      tab.workspace.resend(id);
      world.browser.manners.commit = () => 0;
      other.workspace.edit(id);
      other.workspace.saveDraft(MASHA, textDraft('One\nTwo'));
      world.time.pass(60_000);
      assert.deepEqual(world.centre.sentTexts, ['One']);
      for (const one of [tab, other]) assert.equal(latest(one.workspace.draft$(MASHA)).text, 'Two');
    });

    it('is taken back by two tabs at once into one draft', () => {
      const world = new World();
      const tabs = [world.open(), world.open()];
      tabs[0]?.adapter.faults.push(refusal);
      const id = tabs[0]?.workspace.sendText(MASHA, 'One') ?? '';
      world.time.pass(1_000);
      world.browser.manners.commit = () => 100;
      for (const { workspace } of tabs) workspace.edit(id);
      world.time.pass(60_000);
      for (const one of tabs) assert.equal(latest(one.workspace.draft$(MASHA)).text, 'One');
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'One');
      assert.deepEqual(world.browser.disk().unsent, []);
    });

    it('does not come back with the next message when it was discarded while the disk hung', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      world.browser.manners.commit = () => 20_000;
      const id = tab.workspace.sendText(MASHA, 'One');
      world.browser.manners.commit = () => 0;
      world.time.pass(15_000);
      assert.deepEqual(states(tab), ['One: failed']);
      tab.workspace.discard(id);
      tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(60_000);
      assert.deepEqual(world.centre.sentTexts, ['Two']);
      assert.deepEqual(states(tab), []);
      assert.deepEqual(world.browser.disk().unsent, []);
    });

    it('do not keep a conversation open while there is no room to send them anew', async () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(1_000);
      world.browser.storage = 'full';
      tab.workspace.resend(id);
      world.time.pass(1_000);
      const done = tab.workspace.markDone(MASHA);
      world.time.pass(ANSWER_PATIENCE);
      assert.equal((await done).ok, true);
    });

    it('is there again where the tab dies that wanted it sent anew on a full disk', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'One');
      world.time.pass(1_000);
      world.browser.storage = 'full';
      tab.workspace.resend(id);
      world.time.pass(1_000);
      tab.die();
      world.browser.storage = 'well';
      assert.deepEqual(states(world.open()), ['One: failed']);
      assert.deepEqual(world.centre.sentTexts, []);
    });

    it('resends with a new id', () => {
      const world = new World();
      const tab = world.open();
      tab.adapter.faults.push(refusal);
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      tab.workspace.saveDraft(MASHA, textDraft('Typed since'));
      world.time.pass(1_000);
      tab.workspace.resend(id);
      world.time.pass(1_000);
      assert.notEqual(tab.adapter.sent[1]?.id, id);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      assert.deepEqual(outbox(tab), []);
      assert.deepEqual(world.browser.disk().unsent, []);
      assert.equal(latest(tab.workspace.draft$(MASHA)).text, 'Typed since');
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Typed since');
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

    it('puts the words of a message that WhatsApp could not deliver into the draft once, however often that is asked for', () => {
      const world = new World();
      const tab = world.open();
      tab.workspace.transcript$(MASHA).subscribe();
      const id = tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      const sent = world.centre.log.find((event) => event.type === 'message-sent');
      assert.ok(sent);
      const body = {
        message: sent.body.message.id,
        delivery: { state: 'failed', at: 1, error: null },
      } as const;
      world.centre.record({ ...sent, type: 'delivery-changed', body });
      tab.workspace.saveDraft(MASHA, textDraft('and goodbye'));
      tab.workspace.edit(id);
      tab.workspace.edit(id);
      assert.equal(latest(tab.workspace.draft$(MASHA)).text, 'Hello\nand goodbye');
    });

    it('keeps what a message answers, in the draft that takes its words back and when it is sent again', () => {
      const world = new World();
      const tab = world.open();
      tab.workspace.transcript$(MASHA).subscribe();
      world.centre.record(anEvent('message-received', { message: aMessage({ id: 'message-7' }) }));
      const answers = () =>
        tab.adapter.sent.map((command) => (command.name === 'send-message' ? command.args.replyTo : null));
      tab.adapter.faults.push(refusal);
      tab.workspace.saveDraft(MASHA, { ...textDraft('That one'), replyTo: 'message-7' });
      const refused = tab.workspace.sendText(MASHA, 'That one');
      world.time.pass(1_000);
      tab.workspace.edit(refused);
      world.time.pass(1_000);
      assert.equal(latest(tab.workspace.draft$(MASHA)).replyTo, 'message-7');
      const undelivered = tab.workspace.sendText(MASHA, 'That one');
      world.time.pass(1_000);
      const sent = world.centre.log.find((event) => event.type === 'message-sent');
      assert.ok(sent);
      const { message } = sent.body;
      assert.equal(message.context?.replyTo, 'message-7');
      const delivery = { state: 'failed', at: 1, error: null } as const;
      world.centre.record({ ...sent, type: 'delivery-changed', body: { message: message.id, delivery } });
      tab.workspace.resend(undelivered);
      world.time.pass(1_000);
      assert.deepEqual(answers(), ['message-7', 'message-7', 'message-7']);
      tab.workspace.saveDraft(MASHA, { ...textDraft('Typed since'), replyTo: 'message-8' });
      tab.workspace.edit(undelivered);
      assert.equal(latest(tab.workspace.draft$(MASHA)).replyTo, 'message-8', 'what was chosen since holds');
    });

    it('sends what is no part of the draft, and leaves the draft as it is', () => {
      const world = new World();
      const tab = world.open();
      tab.workspace.saveDraft(MASHA, textDraft('Forwarded'));
      tab.workspace.sendContent(MASHA, { kind: 'text', text: 'Forwarded' });
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Forwarded']);
      assert.equal(latest(tab.workspace.draft$(MASHA)).text, 'Forwarded');
    });

    it('lets a reaction leave with the change of its message, in every tab', () => {
      const world = new World();
      const tabs = [world.open(), world.open()];
      world.centre.record(anEvent('message-received', { message: aMessage({ id: 'message-7' }) }));
      tabs[0]?.workspace.sendContent(MASHA, { kind: 'reaction', message: 'message-7', emoji: '👍' });
      world.time.pass(1_000);
      assert.equal(world.centre.log.at(-1)?.type, 'message-changed');
      assert.deepEqual(tabs.map(outbox), [[], []]);
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
      assert.deepEqual(world.browser.disk().unsent, []);
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
      tab.workspace.saveDraft(MASHA, textDraft('and goodbye'));
      tab.workspace.edit(id);
      world.time.pass(1_000);
      assert.equal(latest(tab.workspace.draft$(MASHA)).text, 'Hello\nand goodbye');
      assert.equal(world.browser.disk().drafts.get(MASHA)?.text, 'Hello\nand goodbye');
      assert.deepEqual(outbox(tab), []);
      assert.deepEqual(world.browser.disk().unsent, []);
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
    assert.equal(latest(world.open().workspace.draft$(MASHA)).text, 'Hello');
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
        assert.deepEqual(world.browser.disk().unsent, []);
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

  it('doubts nothing of one agent when another signs in on the link that is up', () => {
    const world = new World();
    const tab = world.open();
    const push = tab.adapter.push.bind(tab.adapter);
    tab.adapter.push = () => undefined;
    tab.workspace.sendText(MASHA, 'From Ana');
    world.time.pass(100);
    assert.deepEqual(states(tab), ['From Ana: accepted']);
    world.centre.agent = anAgent({ id: 'ben' });
    // What it cannot read makes the desk ask for all anew, on the same link.
    const agent = { ...anAgent(), mood: 'new' };
    const event = {
      ...anEvent('agent-status-changed', { agent }),
      type: 'agent-moved',
      seq: world.centre.head,
      id: 'e',
    };
    push({ kind: 'event', event } as never);
    world.time.pass(60_000);
    assert.equal(tab.workspace.state.agent?.id, 'ben');
    assert.deepEqual(
      world.browser.disk('ana').outbox.map(({ step }) => step.at),
      ['accepted'],
    );
  });

  it('shows nothing of one agent to the next, not even while the storage is being opened', () => {
    const world = new World();
    const tab = world.open();
    tab.adapter.faults.push(refusal);
    tab.workspace.sendText(MASHA, 'From Ana');
    tab.workspace.saveDraft(MASHA, textDraft('More from Ana'));
    world.time.pass(1_000);
    tab.adapter.cut();
    world.centre.agent = anAgent({ id: 'ben' });
    tab.adapter.restore();
    while (tab.workspace.state.agent?.id !== 'ben') world.time.pass(1);
    assert.equal(latest(tab.workspace.storage$), 'opening');
    assert.deepEqual(outbox(tab), []);
    assert.equal(latest(tab.workspace.draft$(MASHA)).text, '');
    world.time.pass(60_000);
    assert.deepEqual(outbox(tab), []);
    assert.equal(world.browser.disk('ana').outbox.length, 1);
    assert.equal(world.browser.disk('ana').drafts.size, 1);
  });

  it('tells all observers the same, in the same order, also when one of them acts on what it hears', () => {
    const world = new World();
    const tab = world.open();
    let more = ['Two', 'Three'];
    tab.workspace.outbox$.subscribe(() => {
      const [text, ...rest] = more;
      more = rest;
      if (text !== undefined) tab.workspace.sendText(MASHA, text);
    });
    const lengths: number[] = [];
    tab.workspace.outbox$.subscribe((items) => lengths.push(items.length));
    more = ['Four', 'Five'];
    tab.workspace.sendText(MASHA, 'One');
    assert.deepEqual(lengths, [2, 3, 4, 5]);
  });

  describe('several tabs', () => {
    it('shows each tab what is on its way in the others', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      const watched = [one, two].map(record);
      one.adapter.faults.push(refusal);
      two.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      assert.deepEqual(
        watched.map((steps) => steps('Hello')),
        [
          ['queued', 'sending', 'failed'],
          ['saving', 'queued', 'sending', 'failed'],
        ],
      );
      one.workspace.discard(outbox(one)[0]?.clientId ?? '');
      world.time.pass(10);
      assert.deepEqual([...outbox(one), ...outbox(two)], []);
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

    it('finds and sends what a tab stored that died before it could say so', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      world.browser.manners.commit = () => 20;
      two.workspace.sendText(MASHA, 'One');
      world.time.pass(10);
      two.die();
      world.time.pass(200);
      assert.deepEqual(world.centre.sentTexts, ['One']);
      one.workspace.sendText(MASHA, 'Two');
      world.time.pass(200);
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
      assert.deepEqual(outbox(one), []);
    });

    it('finds what is on the disk also when no tab lives to tell', () => {
      const world = new World();
      const tab = world.open();
      const stored = anOutboxItem({ clientId: 'of-a-dead-tab', createdAt: world.time.now() });
      world.browser.disk().outbox.push(stored);
      world.time.pass(LOOK_AGAIN + 1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      assert.deepEqual(outbox(tab), []);
    });

    it('looks at the disk when the page wakes, and when the link is back', () => {
      const world = new World();
      const tab = world.open();
      const stored = (clientId: string): OutboxItem =>
        anOutboxItem({ clientId, body: { kind: 'text', text: clientId }, createdAt: world.time.now() });
      tab.tab.visible$.next(false);
      world.browser.disk().outbox.push(stored('One'));
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, []);
      tab.tab.visible$.next(true);
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['One']);
      tab.adapter.cut();
      world.browser.disk().outbox.push(stored('Two'));
      tab.adapter.restore();
      world.time.pass(2_000);
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two']);
    });

    it('shows no ghosts in a tab that gets a snapshot instead of the echo', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      two.workspace.sendText(MASHA, 'Hello');
      world.time.pass(6);
      assert.deepEqual(states(two), ['Hello: sending']);
      two.adapter.cut();
      world.time.pass(1_000);
      world.centre.receive('More');
      world.centre.keptFrom = world.centre.head;
      two.adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual([...outbox(one), ...outbox(two)], []);
    });

    it('refuses neither Mark Done nor Discard for what another tab has settled unheard', async () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.adapter.faults.push(refusal);
      two.adapter.push = () => undefined;
      const id = two.workspace.sendText(MASHA, 'Refused');
      two.workspace.sendText(OMAR, 'Gone');
      world.time.pass(6);
      world.browser.manners.channel = () => 10 * LOOK_AGAIN;
      world.time.pass(500);
      assert.deepEqual(states(two), ['Refused: sending', 'Gone: sending']);
      two.workspace.discard(id);
      const done = two.workspace.markDone(OMAR);
      world.time.pass(1_000);
      assert.deepEqual(states(two), ['Gone: accepted']);
      assert.deepEqual(await done, { ok: true });
    });

    it('looks at the disk twice a minute and no more while nothing happens', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      one.workspace.sendText(MASHA, 'Hello');
      world.time.pass(10_000);
      const reads = [one, two].map(({ tab }) => tab.reads);
      world.time.pass(10 * 60_000);
      assert.deepEqual(
        [one, two].map(({ tab }, i) => tab.reads - (reads[i] ?? 0)),
        [20, 20],
      );
    });

    it('is not confused by late news of what has left already', () => {
      const world = new World();
      const [one, two] = [world.open(), world.open()];
      const id = one.workspace.sendText(MASHA, 'Hello');
      world.time.pass(5);
      const item = outbox(one)[0];
      assert.equal(item?.clientId, id);
      world.time.pass(2 * LOOK_AGAIN);
      assert.deepEqual(world.browser.disk().outbox, []);
      assert.ok(item);
      const told: number[] = [];
      two.workspace.outbox$.subscribe((items) => told.push(items.length));
      // Of a tab whose browser took so long to store it.
      world.browser.disk().outbox.push(item);
      for (const [name] of two.tab.channels) {
        one.tab.channel(name).post({ kind: 'changed', what: 'outbox' });
        two.tab.channel(name).post({ kind: 'changed', what: 'outbox' });
      }
      world.time.pass(1_000);
      assert.deepEqual(told, [0]);
      assert.deepEqual(world.browser.disk().unsent, []);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
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

    it('that does not answer holds up neither the sending nor what is written meanwhile, and doubles nothing', () => {
      const world = new World();
      const tab = world.open();
      const states: string[] = [];
      tab.workspace.storage$.subscribe((state) => states.push(state));
      world.browser.manners.commit = () => 60_000;
      tab.workspace.sendText(MASHA, 'first');
      world.time.pass(1_000);
      world.browser.manners.commit = () => 0;
      tab.workspace.sendText(MASHA, 'second');
      assert.deepEqual(world.centre.sentTexts, []);
      world.time.pass(20_000);
      assert.deepEqual(world.centre.sentTexts, ['first', 'second']);
      world.time.pass(120_000);
      assert.deepEqual(world.centre.sentTexts, ['first', 'second']);
      assert.deepEqual(states, ['persistent', 'memory', 'persistent']);
      assert.deepEqual(world.browser.disk().unsent, []);
      assert.deepEqual(latest(tab.workspace.outbox$), []);
    });

    for (const act of ['discard', 'resend', 'edit'] as const) {
      it(`that answers late brings back nothing that was refused meanwhile, after ${act}`, () => {
        const world = new World();
        const [tab, other] = [world.open(), world.open()];
        // The contact centre gives the same answer whenever it is asked the same.
        const carryOut = world.centre.carryOut.bind(world.centre);
        world.centre.carryOut = (command) =>
          command.id === id ? { id, ok: false, error: refusal, seq: world.centre.head } : carryOut(command);
        world.browser.manners.commit = () => 40_000;
        const id = tab.workspace.sendText(MASHA, 'One');
        world.browser.manners.commit = () => 0;
        world.time.pass(15_000);
        assert.deepEqual(states(tab), ['One: failed']);
        tab.workspace[act](id);
        const shown = new Set<string>();
        tab.workspace.outbox$.subscribe((items) => items.forEach(({ clientId }) => shown.add(clientId)));
        world.time.pass(60_000);
        assert.deepEqual(world.centre.sentTexts, act === 'resend' ? ['One'] : []);
        assert.equal(world.browser.disk().drafts.get(MASHA)?.text, act === 'edit' ? 'One' : undefined);
        assert.deepEqual([...outbox(tab), ...outbox(other)], []);
        assert.deepEqual(world.browser.disk().unsent, []);
        assert.ok(!shown.has(id));
      });
    }

    it('that does not answer holds up no tab that comes later', () => {
      const world = new World();
      world.browser.manners.answer = () => 600_000;
      const tab = world.open();
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(30_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
      assert.equal(latest(tab.workspace.storage$), 'memory');
    });

    it('is left to a later version that takes it over, and what is written since is sent from here', () => {
      const world = new World();
      const [old, late] = [world.open(), world.open()];
      for (const { adapter } of [old, late]) adapter.cut();
      old.workspace.sendText(MASHA, 'Before');
      world.time.pass(100);
      old.tab.outdate();
      assert.equal(latest(old.workspace.storage$), 'outdated');
      assert.deepEqual(states(old), []);
      for (const { adapter } of [late, old]) adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual(world.centre.sentTexts, ['Before']);
      assert.equal(old.adapter.sent.length, 0, 'by the tab of the later version');
      old.workspace.sendText(MASHA, 'Since');
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Before', 'Since']);
      assert.deepEqual([...outbox(old), ...outbox(late)], []);
    });

    it('keeps the order of a contact when it becomes full in between', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      for (const { adapter } of [tab, other]) adapter.cut();
      other.workspace.sendText(MASHA, 'One');
      world.time.pass(100);
      world.browser.storage = 'full';
      other.workspace.sendText(MASHA, 'Two');
      world.time.pass(100);
      world.browser.storage = 'well';
      other.workspace.sendText(MASHA, 'Three');
      world.time.pass(100);
      for (const { adapter } of [tab, other]) adapter.restore();
      world.time.pass(20_000);
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two', 'Three']);
      assert.deepEqual([...outbox(tab), ...outbox(other)], []);
    });

    it('says that a later version has changed it', () => {
      const world = new World();
      world.browser.storage = 'newer';
      const tab = world.open();
      assert.equal(latest(tab.workspace.storage$), 'outdated');
      tab.workspace.sendText(MASHA, 'Hello');
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
    });

    it('that breaks a write off is asked again at once, and has what is written since in its order', () => {
      const world = new World();
      const tab = world.open();
      const other = world.open();
      for (const { adapter } of [tab, other]) adapter.cut();
      let broken = 2;
      world.browser.manners.breaks = () => broken-- > 0;
      tab.workspace.sendText(MASHA, 'One');
      world.time.pass(100);
      tab.workspace.sendText(MASHA, 'Two');
      world.time.pass(100);
      assert.deepEqual(
        world.browser.disk().outbox.map(({ body }) => outboundText(body)),
        ['One', 'Two'],
      );
      assert.equal(latest(tab.workspace.storage$), 'persistent');
    });

    it('that could not be written has what was kept in memory when it can again, in its order', () => {
      const world = new World();
      const [tab, other] = [world.open(), world.open()];
      for (const { adapter } of [tab, other]) adapter.cut();
      world.browser.storage = 'full';
      for (const text of ['One', 'Two']) tab.workspace.sendText(MASHA, text);
      world.time.pass(100);
      assert.equal(latest(tab.workspace.storage$), 'memory');
      world.browser.storage = 'well';
      tab.workspace.sendText(MASHA, 'Three');
      assert.deepEqual(world.browser.disk().unsent, []);
      world.time.pass(TRY_AGAIN + 100);
      assert.equal(latest(tab.workspace.storage$), 'persistent');
      tab.die();
      other.adapter.restore();
      world.time.pass(30_000);
      assert.deepEqual(world.centre.sentTexts, ['One', 'Two', 'Three']);
      assert.deepEqual(outbox(other), []);
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
      assert.deepEqual(states(tab), ['Hello: saving']);
      world.time.pass(1_000);
      assert.deepEqual(world.centre.sentTexts, ['Hello']);
    });
  });
});
