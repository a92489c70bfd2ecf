import { CHECK_PATIENCE } from '../adapter.js';
import type { Probe } from './probe.js';
import { kindOfFailure, newId } from './probe.js';
import { expect, expectSame } from './expect.js';
import type { Case } from './scene.js';

const MANY = 20;

/** Welcome, snapshot, order, resuming, and how a link ends. */
export const CONNECTION_CASES: readonly Case[] = [
  {
    name: 'a connection begins with a welcome, then a snapshot where there was no cursor',
    run: async (scene) => {
      const desk = await scene.online();
      expectSame(
        desk.frames.slice(0, 2).map(({ kind }) => kind),
        ['welcome', 'snapshot'],
        'The beginning of a connection',
      );
      const { welcome, snapshots } = desk;
      expect(welcome.epoch !== '' && welcome.issuer !== '', 'A welcome names the epoch and the issuer.');
      expect(Math.abs(welcome.serverTime - Date.now()) < 3_600_000, 'The server’s time is in milliseconds.');
      expect(
        (snapshots[0]?.seq ?? -1) >= welcome.head,
        'A snapshot is at least as new as the welcome’s head.',
      );
      expectSame(snapshots[0]?.agent, welcome.agent, 'The agent of the snapshot');
      const owner = snapshots[0]?.workbins[0]?.owner;
      expectSame(owner, welcome.agent.id, 'The owner of the first workbin');
    },
  },
  {
    name: 'nothing happens before it is subscribed to, and nothing comes after it is unsubscribed from',
    run: async (scene) => {
      scene.harness.adapter.connect(null);
      const desk = await scene.ready();
      desk.disconnect();
      const seen = desk.frames.length;
      await scene.harness.contactWrites('Hello', 'Zoe');
      const again = await scene.online();
      expectSame(desk.frames.length, seen, 'The number of frames after unsubscribing');
      again.disconnect();
    },
  },
  {
    name: 'a connection may be given up before it is made',
    run: async (scene) => {
      const early = scene.probe();
      for (let i = 0; i < 3; i++) {
        early.connect(null);
        early.disconnect();
      }
      await scene.online();
      expectSame(early.frames, [], 'Frames on a connection that was given up');
    },
  },
  {
    name: 'events come in the order of the log, each once, to each connection of the agent alike',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const other = await scene.online(scene.harness.otherAdapter);
      const from = other.cursor.seq;
      for (let i = 0; i < MANY; i++) await scene.harness.contactWrites(`Line ${i}`, 'Zoe');
      await desk.does('send-message', { interaction: id, content: { kind: 'text', text: 'Thank you' } });
      for (const probe of [desk, other]) await allReceived(probe, MANY);
      await other.until('the same place', () => other.cursor.seq >= desk.cursor.seq);
      await desk.until('the same place', () => desk.cursor.seq >= other.cursor.seq);
      expectRising(desk);
      expectRising(other);
      const texts = desk.eventsOf('message-received').map(({ body }) => body.message.content);
      const expected = Array.from({ length: MANY }, (_, i) => ({ kind: 'text', text: `Line ${i}` }));
      expectSame(texts.slice(-MANY), expected, 'What the contact wrote');
      expectSame(
        desk.events.filter(({ seq }) => seq > from),
        other.events,
        'What one connection got',
      );
    },
  },
  {
    name: 'a desk that folds events is equal to a fresh snapshot',
    run: async (scene) => {
      const { desk } = await scene.accepted();
      await scene.accepted('Yan', desk);
      await scene.harness.contactWrites('Anyone?', 'Zoe');
      await desk.until('the message', () => desk.find('Zoe')?.pendency?.count === 2);
      const fresh = await scene.online(scene.harness.otherAdapter);
      await desk.until('the place of the snapshot', () => desk.cursor.seq >= fresh.cursor.seq);
      await fresh.until('the place of the desk', () => fresh.cursor.seq >= desk.cursor.seq);
      expectSame(desk.state.interactions, fresh.state.interactions, 'The desk');
      expectSame(desk.state.workbins, fresh.state.workbins, 'The workbins');
    },
  },
  {
    name: 'after a gap, exactly what was missed comes, without a snapshot',
    run: async (scene) => {
      const { desk } = await scene.accepted();
      const { cursor } = desk;
      const seen = desk.events.length;
      desk.disconnect();
      for (let i = 0; i < MANY; i++) await scene.harness.contactWrites(`Missed ${i}`, 'Zoe');
      desk.connect(cursor);
      await allReceived(desk, MANY);
      await scene.harness.contactWrites('Live again', 'Zoe');
      await allReceived(desk, MANY + 1);
      expectRising(desk);
      expectSame(desk.snapshots.length, 1, 'The number of snapshots');
      expect(
        desk.events.slice(seen).every(({ seq }) => seq > cursor.seq),
        'Nothing from before the cursor comes.',
      );
      const texts = desk.eventsOf('message-received').map(({ body }) => body.message.content);
      const expected = Array.from({ length: MANY }, (_, i) => ({ kind: 'text', text: `Missed ${i}` }));
      expectSame(texts.slice(-MANY - 1, -1), expected, 'What was missed');
      expectSame(texts.at(-1), { kind: 'text', text: 'Live again' }, 'What came last');
    },
  },
  {
    name: 'at the head of the log there is nothing to catch up with',
    run: async (scene) => {
      const { desk } = await scene.accepted();
      const { cursor } = desk;
      desk.disconnect();
      const from = desk.frames.length;
      desk.connect(cursor);
      await desk.until('a welcome', () => desk.frames.length > from);
      await scene.harness.contactWrites('Hello again', 'Zoe');
      await desk.until('the message', () => desk.find('Zoe')?.pendency?.count === 2);
      expectSame(desk.snapshots.length, 1, 'The number of snapshots');
      expectRising(desk);
    },
  },
  ...[
    { what: 'of another log', change: { epoch: 'another-epoch' } },
    { what: 'beyond the head of the log', change: { seq: 1_000_000 } },
  ].map(({ what, change }) => ({
    name: `a cursor ${what} gets a snapshot`,
    run: async (scene: Parameters<Case['run']>[0]) => {
      const { desk, id } = await scene.accepted();
      const { cursor } = desk;
      desk.disconnect();
      const late = await scene.online(scene.harness.otherAdapter, { ...cursor, ...change });
      expectSame(late.interaction(id).state, 'active', 'The interaction in the snapshot');
    },
  })),
  {
    name: 'a cursor that the log no longer reaches gets a snapshot',
    needs: ['forget'],
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const { cursor } = desk;
      await scene.harness.contactWrites('One more', 'Zoe');
      await desk.until('the message', () => desk.interaction(id).pendency?.count === 2);
      await scene.harness.forget?.();
      const late = await scene.online(scene.harness.otherAdapter, cursor);
      expectSame(late.interaction(id).pendency?.count, 2, 'The pendency in the snapshot');
    },
  },
  {
    name: 'a lost link is an error: offline',
    run: async (scene) => {
      const desk = await scene.online();
      await scene.harness.dropLink();
      expectSame(await desk.lost(), 'offline', 'The kind of the error');
      desk.connect(desk.cursor);
      await desk.until(
        'another welcome',
        () => desk.frames.filter(({ kind }) => kind === 'welcome').length === 2,
      );
    },
  },
  {
    name: 'refused credentials are an error: unauthorized',
    run: async (scene) => {
      const desk = scene.probe(scene.harness.refusedAdapter).connect(null);
      expectSame(await desk.lost(), 'unauthorized', 'The kind of the error');
      expectSame(desk.frames, [], 'Frames for whom the contact centre does not know');
    },
  },
  {
    name: 'without a connection nothing leaves: offline',
    run: async (scene) => {
      const never = scene.probe();
      const args = { status: 'not-ready', reason: null } as const;
      const command = () => ({ id: newId(), name: 'set-agent-status', args }) as const;
      const query = { name: 'workbin', args: { workbin: 'team', after: null, limit: 10 } } as const;
      expectSame(await kindOfFailure(never.send(command())), 'offline', 'A command before connecting');
      expectSame(await kindOfFailure(never.query(query)), 'offline', 'A query before connecting');
      const desk = await scene.online();
      await scene.harness.dropLink();
      await desk.lost();
      expectSame(await kindOfFailure(desk.send(command())), 'offline', 'A command after the loss');
      expectSame(await kindOfFailure(desk.query(query)), 'offline', 'A query after the loss');
    },
  },
  {
    name: 'a living link holds when it is asked for a sign of life',
    asks: ['check'],
    run: async (scene) => {
      const never = scene.probe();
      scene.harness.adapter.check?.();
      expectSame(never.error, null, 'The error without a connection');
      const desk = await scene.online();
      for (let i = 0; i < 3; i++) scene.harness.adapter.check?.();
      await desk.does('set-agent-status', { status: 'not-ready', reason: null });
      expectSame(desk.error, null, 'The error of a living link');
    },
  },
  {
    name: 'a link that died without a word is lost when it is asked for a sign of life',
    needs: ['stallLink'],
    asks: ['check'],
    run: async (scene) => {
      const desk = await scene.online();
      await scene.harness.stallLink?.();
      scene.harness.adapter.check?.();
      expectSame(await desk.lost(CHECK_PATIENCE), 'offline', 'The kind of the error');
    },
  },
];

async function allReceived(probe: Probe, count: number): Promise<void> {
  await probe.until(`${count} messages`, () => probe.eventsOf('message-received').length >= count);
}

/** Each event once, in the order of the log. */
function expectRising(probe: Probe): void {
  const seqs = probe.frames.flatMap((frame) => {
    if (frame.kind === 'event') return [frame.event.seq];
    return frame.kind === 'cursor' ? [frame.seq] : [];
  });
  const rising = seqs.every((seq, i) => i === 0 || seq > (seqs[i - 1] ?? 0));
  expect(rising, `Places come in order, each once: ${seqs.join(' ')}`);
  const ids = probe.events.map(({ id }) => id);
  expectSame(new Set(ids).size, ids.length, 'The number of ids of events');
}
