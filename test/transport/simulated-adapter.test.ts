import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Observable, Subscription } from 'rxjs';
import { EMPTY_STATE, TEAM_WORKBIN, contentText, personalWorkbin, reduce } from '../../src/model/index.js';
import type {
  Command,
  CommandArgs,
  CommandName,
  Cursor,
  DeliveryState,
  Interaction,
  Receipt,
  TranscriptItem,
  WorkspaceState,
} from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportFrame } from '../../src/transport/adapter.js';
import { parseServerFrame } from '../../src/transport/gateway/protocol.js';
import { PERSONAS, persona, simulatedTransport } from '../../src/transport/simulated/index.js';
import type { SimulatedOptions, SimulatedTransport } from '../../src/transport/simulated/index.js';
import { VirtualTime } from '../support/virtual-time.js';

const SECOND = 1_000;

/** A simulation in virtual time with a desk that folds what arrives. */
class Desk {
  readonly time: VirtualTime;
  readonly transport: SimulatedTransport;
  readonly frames: TransportFrame[] = [];
  readonly errors: TransportError[] = [];
  state: WorkspaceState = EMPTY_STATE;
  #commands = 0;
  #subscription: Subscription | null = null;

  constructor(options: SimulatedOptions = {}, time = new VirtualTime()) {
    this.time = time;
    this.transport = simulatedTransport({ seed: 7, scenario: 'empty', scheduler: time, ...options });
  }

  online(cursor: Cursor | null = null): this {
    this.#subscription = this.transport.connect(cursor).subscribe({
      next: (frame) => {
        this.frames.push(frame);
        this.state = reduce(this.state, frame);
      },
      error: (error: TransportError) => this.errors.push(error),
    });
    this.time.pass(1);
    return this;
  }

  offline(): void {
    this.#subscription?.unsubscribe();
  }

  command<N extends CommandName>(name: N, args: CommandArgs[N], id = `c${++this.#commands}`): Receipt {
    const receipt = result(this.transport.send({ id, name, args } as Command));
    this.time.pass(0);
    assert.ok(receipt.value, `no receipt: ${String(receipt.error)}`);
    return receipt.value;
  }

  say(interaction: string, text: string): Receipt {
    return this.command('send-message', { interaction, content: { kind: 'text', text } });
  }

  interaction(id: string): Interaction {
    const interaction = this.state.interactions.get(id);
    assert.ok(interaction, `${id} is not on the desk`);
    return interaction;
  }

  /** Advances second by second until it is so. */
  until(what: string, isSo: () => boolean, seconds = 300): void {
    for (let i = 0; i < seconds && !isSo(); i++) this.time.pass(SECOND);
    assert.ok(isSo(), `not within ${seconds} s: ${what}`);
  }

  /** Whole transcript of an interaction, page by page. */
  transcript(interaction: string, limit = 50): readonly TranscriptItem[] {
    let items: readonly TranscriptItem[] = [];
    for (let more = true; more;) {
      const before = items[0]?.id ?? null;
      const page = result(this.transport.query({ name: 'transcript', args: { interaction, before, limit } }));
      this.time.pass(0);
      assert.ok(page.value, String(page.error));
      items = [...page.value.items, ...items];
      more = page.value.more;
    }
    return items;
  }

  /** The contact's interaction before this one. */
  earlier(interaction: string): string | null {
    const query = { name: 'transcript', args: { interaction, before: null, limit: 1 } } as const;
    const page = result(this.transport.query(query));
    this.time.pass(0);
    assert.ok(page.value, String(page.error));
    return page.value.earlier;
  }

  texts(interaction: string): readonly (string | null)[] {
    return this.transcript(interaction).flatMap((item) =>
      item.kind === 'message' ? [contentText(item.message.content)] : [],
    );
  }
}

function result<T>(source: Observable<T>) {
  const outcome: { value: T | null; error: unknown } = { value: null, error: null };
  source.subscribe({
    next: (value) => (outcome.value = value),
    error: (error: unknown) => (outcome.error = error),
  });
  return outcome;
}

function kindOf(error: unknown) {
  return error instanceof TransportError ? error.kind : error;
}

/** An agent who accepts all and answers everybody at once. */
function serve(desk: Desk, seconds: number): void {
  for (let i = 0; i < seconds; i++) {
    desk.time.pass(SECOND);
    for (const { id, offer, pendency } of desk.state.interactions.values()) {
      if (offer) desk.command('accept-interaction', { interaction: id });
      else if (pendency) desk.say(id, 'I see.');
    }
  }
}

describe('a simulated contact centre', () => {
  it('says the same with the same seed, and something else with another', () => {
    const [first, second, other] = [7, 7, 8].map((seed) => {
      const desk = new Desk({ seed, scenario: 'busy' }).online();
      serve(desk, 240);
      return desk.frames;
    });
    assert.ok(first && first.length > 200);
    assert.deepEqual(second, first);
    assert.notDeepEqual(other, first);
  });

  it('sends nothing that the socket protocol could not carry', () => {
    const desk = new Desk({ scenario: 'busy' }).online();
    serve(desk, 600);
    for (const frame of desk.frames) {
      const { kind, ...rest } = frame;
      const carried = JSON.stringify({ type: kind === 'snapshot' ? 'reset' : kind, ...rest });
      const parsed = parseServerFrame(carried);
      assert.deepEqual(parsed, { ok: true, frame: JSON.parse(carried) as unknown });
    }
  });

  it('keeps a desk that folds its events equal to one that comes later', () => {
    const desk = new Desk({ scenario: 'busy' }).online();
    for (let i = 0; i < 20; i++) {
      serve(desk, 15);
      const late = desk.transport.another();
      let snapshot: WorkspaceState = EMPTY_STATE;
      const subscription = late.connect(null).subscribe((frame) => (snapshot = reduce(snapshot, frame)));
      desk.time.pass(1);
      subscription.unsubscribe();
      assert.deepEqual(desk.state.interactions, snapshot.interactions);
      assert.deepEqual(desk.state.workbins, snapshot.workbins);
      assert.deepEqual(desk.state.cursor, snapshot.cursor);
    }
  });

  it('stands still before anybody connects and needs no timer once nobody is connected', () => {
    const desk = new Desk({ scenario: 'busy' });
    assert.equal(desk.time.pending, 0);
    desk.online();
    assert.ok(desk.time.pending > 0);
    desk.offline();
    desk.time.pass(SECOND);
    assert.equal(desk.time.pending, 0);
  });

  it('goes on while nobody is connected: what was missed comes at the next connection, with its own times', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    const [masha] = desk.state.interactions.values();
    assert.ok(masha);
    desk.command('accept-interaction', { interaction: masha.id });
    desk.offline();
    const seen = desk.frames.length;
    const left = desk.time.now();
    desk.time.pass(60 * SECOND);
    assert.equal(desk.frames.length, seen);
    desk.online(desk.state.cursor);
    const missed = desk.frames.slice(seen).flatMap((frame) => (frame.kind === 'event' ? [frame.event] : []));
    assert.ok(missed.length > 0);
    assert.ok(missed.some(({ at }) => at > left && at < desk.time.now() - SECOND));
    assert.ok(!desk.frames.slice(seen).some(({ kind }) => kind === 'snapshot'));
  });

  it('is quiet when it is empty', () => {
    const desk = new Desk({ scenario: 'empty' }).online();
    desk.time.pass(3600 * SECOND);
    assert.deepEqual(
      desk.frames.map(({ kind }) => kind),
      ['welcome', 'snapshot'],
    );
  });

  it('begins busy with conversations of each urgency on the desk and others parked', () => {
    const desk = new Desk({ scenario: 'busy' }).online();
    const waits = [...desk.state.interactions.values()]
      .filter(({ state }) => state === 'active')
      .map(({ pendency }) => pendency && Math.round((desk.time.now() - pendency.since) / SECOND));
    assert.deepEqual(waits, [95, 34, 8]);
    const counts = [...desk.state.workbins.values()].map(({ id, count }) => [id, count]);
    assert.deepEqual(counts, [
      [personalWorkbin('ana'), 1],
      [TEAM_WORKBIN, 2],
    ]);
  });

  it('lets those write first who speak the language asked for, and names the workbins in it', () => {
    const desk = new Desk({ scenario: 'calm', locale: 'ar-EG' }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    assert.equal([...desk.state.interactions.values()][0]?.contact.name, 'نورة الحربي');
    assert.equal(desk.state.workbins.get(TEAM_WORKBIN)?.name, 'الفريق');
  });

  it('plays contacts of one’s own', () => {
    const zoe = persona({ id: 'zoe', name: 'Zoe' }, 'en', { turns: [{ says: ['Anyone?'], answer: 'Yes.' }] });
    const desk = new Desk({ scenario: 'calm', contacts: [zoe] }).online();
    desk.until('Zoe writes', () => desk.state.interactions.size > 0);
    assert.equal([...desk.state.interactions.values()][0]?.lastMessage?.text, 'Anyone?');
  });

  it('has contacts who differ: languages, directions, kinds of content, names', () => {
    const languages = new Set(PERSONAS.map(({ language }) => language));
    for (const language of ['en', 'ar', 'he', 'pt', 'fr', 'ja', 'de'])
      assert.ok(languages.has(language), language);
    const lines = PERSONAS.flatMap(({ turns }) => turns.flatMap(({ says }) => says));
    const kinds = new Set(lines.map((line) => (typeof line === 'string' ? 'text' : line.kind)));
    for (const kind of ['text', 'image', 'audio', 'document', 'location', 'contacts', 'unsupported'] as const)
      assert.ok(kinds.has(kind), kind);
    assert.ok(PERSONAS.some(({ contact }) => (contact.name?.length ?? 0) > 55));
    assert.ok(PERSONAS.some(({ contact }) => contact.name === null));
    assert.ok(PERSONAS.some(({ contact }) => contact.phone === null && contact.bsuid));
    assert.ok(lines.some((line) => typeof line === 'string' && line.length > 1200 && line.length < 4096));
  });
});

describe('a simulated conversation', () => {
  function accepted(options: SimulatedOptions = {}): { desk: Desk; id: string } {
    const desk = new Desk(options).online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    desk.command('accept-interaction', { interaction: id });
    return { desk, id };
  }

  it('is offered, accepted, answered, delivered, read, and goes on', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('an offer', () => [...desk.state.interactions.values()].some(({ offer }) => offer));
    const [{ id } = { id: '' }] = desk.state.interactions.values();
    desk.command('accept-interaction', { interaction: id });
    assert.equal(desk.interaction(id).state, 'active');
    desk.until('both lines', () => desk.interaction(id).pendency?.count === 2);
    desk.say(id, 'On Friday.');
    assert.equal(desk.interaction(id).pendency, null);
    desk.until('an answer', () => desk.interaction(id).pendency !== null, 60);
    const states = desk.frames.flatMap((frame): DeliveryState[] =>
      frame.kind === 'event' && frame.event.type === 'delivery-changed'
        ? [(frame.event.body as { delivery: { state: DeliveryState } }).delivery.state]
        : [],
    );
    assert.deepEqual(states, ['sending', 'sent', 'delivered', 'read']);
    assert.equal(desk.texts(id).includes('Friday is good 👍'), true);
  });

  it('keeps the order of states among messages of one contact', () => {
    const { desk, id } = accepted();
    for (let i = 0; i < 10; i++) desk.say(id, `Line ${i}`);
    desk.time.pass(60 * SECOND);
    const sent = desk.frames.flatMap((frame) =>
      frame.kind === 'event' && frame.event.type === 'delivery-changed'
        ? [frame.event.body as { message: string; delivery: { state: DeliveryState } }]
        : [],
    );
    for (const state of ['sent', 'delivered', 'read']) {
      const messages = sent.filter(({ delivery }) => delivery.state === state).map(({ message }) => message);
      assert.equal(messages.length, 10);
      assert.deepEqual(
        messages,
        [...messages].sort((a, b) => Number(a.split('-').at(-1)) - Number(b.split('-').at(-1))),
      );
    }
  });

  it('nudges who does not answer', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    const [{ id } = { id: '' }] = desk.state.interactions.values();
    desk.command('accept-interaction', { interaction: id });
    desk.time.pass(400 * SECOND);
    assert.deepEqual(desk.texts(id).slice(2), [
      'Are you there?',
      'I am with guests from ten on, so a quick answer would help',
    ]);
  });

  it('takes an offer back after its time and rings again', () => {
    const desk = new Desk().online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
    desk.time.pass(30 * SECOND);
    assert.equal(desk.state.interactions.has(id), false);
    desk.time.pass(30 * SECOND);
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
  });

  it('offers nothing to who is not ready, and takes back what rings', () => {
    const desk = new Desk().online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    desk.command('set-agent-status', { status: 'not-ready', reason: 'Lunch' });
    assert.equal(desk.state.interactions.has(id), false);
    assert.equal(desk.state.agent?.reason, 'Lunch');
    desk.time.pass(300 * SECOND);
    assert.equal(desk.state.interactions.has(id), false);
    desk.command('set-agent-status', { status: 'ready', reason: null });
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
  });

  it('offers nothing while nobody is connected', () => {
    const desk = new Desk().online();
    desk.offline();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(300 * SECOND);
    desk.online(desk.state.cursor);
    assert.equal(desk.interaction(id).offer?.expiresAt, desk.time.now() - 1 + 30 * SECOND);
  });

  it('stops offering when the desk is full', () => {
    const desk = new Desk({ policy: { agentCapacity: 2 } }).online();
    for (const who of ['Zoe', 'Yan', 'Xia']) desk.transport.write(who, 'Hello');
    desk.time.pass(1);
    assert.equal(desk.state.interactions.size, 2);
  });

  it('brings a parked interaction back when the contact writes', () => {
    const { desk, id } = accepted();
    desk.command('move-to-workbin', { interaction: id, workbin: TEAM_WORKBIN });
    assert.equal(desk.state.interactions.size, 0);
    assert.equal(desk.state.workbins.get(TEAM_WORKBIN)?.count, 1);
    desk.transport.write('Zoe', 'One more thing');
    desk.time.pass(1);
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
    assert.equal(desk.state.workbins.get(TEAM_WORKBIN)?.count, 0);
  });

  it('lets the contact of a parked conversation come back by themselves', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('somebody leaves the workbins', () => {
      const counts = [...desk.state.workbins.values()].map(({ count }) => count);
      return counts.reduce((a, b) => a + b, 0) < 3;
    });
  });

  it('begins a new interaction after Done, which knows the one before', () => {
    const { desk, id } = accepted();
    desk.command('mark-done', { interaction: id });
    const next = desk.transport.write('Zoe', 'Hello again');
    desk.time.pass(1);
    assert.notEqual(next, id);
    assert.equal(desk.earlier(next), id);
    assert.deepEqual(desk.texts(id), ['Hello']);
  });

  it('has long earlier interactions, the same for the same seed', () => {
    const read = () => {
      const desk = new Desk({ scenario: 'empty' }).online();
      const id = desk.transport.write('joseph', 'Hello');
      desk.time.pass(1);
      const chapters: TranscriptItem[][] = [];
      for (let at: string | null = id; at !== null;) {
        chapters.push([...desk.transcript(at, 37)]);
        at = desk.earlier(at);
      }
      return chapters;
    };
    const chapters = read();
    const counts = chapters.map((items) => items.filter(({ kind }) => kind === 'message').length);
    assert.deepEqual(counts, [1, 22, 340, 30]);
    const all = chapters.toReversed().flat();
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.deepEqual(
      all,
      all.toSorted((a, b) => a.at - b.at),
    );
    assert.deepEqual(read(), chapters);
  });

  it('refuses pages that make no sense', () => {
    const { desk, id } = accepted();
    const questions = [
      { name: 'transcript', args: { interaction: 'nobody', before: null, limit: 5 } },
      { name: 'transcript', args: { interaction: id, before: 'nothing', limit: 5 } },
      { name: 'transcript', args: { interaction: id, before: null, limit: 0 } },
      { name: 'workbin', args: { workbin: personalWorkbin('ben'), after: null, limit: 5 } },
      { name: 'workbin', args: { workbin: TEAM_WORKBIN, after: 'nothing', limit: 5 } },
    ] as const;
    for (const question of questions) {
      const page = result<unknown>(desk.transport.query(question));
      desk.time.pass(1);
      assert.equal(kindOf(page.error), 'invalid', JSON.stringify(question));
    }
  });
});

describe('simulated faults', () => {
  const status = { status: 'not-ready', reason: null } as const;
  const wish = { id: 'wish', name: 'set-agent-status', args: status } as const;

  it('drops the link, and takes the next connection', () => {
    const desk = new Desk().online();
    desk.transport.faults.dropLink();
    assert.deepEqual(
      desk.errors.map(({ kind }) => kind),
      ['offline'],
    );
    assert.equal(desk.online(desk.state.cursor).frames.at(-1)?.kind, 'welcome');
  });

  it('takes no connection during an outage', () => {
    const desk = new Desk().online();
    desk.transport.faults.outage(30);
    desk.time.pass(29 * SECOND);
    desk.online();
    desk.time.pass(SECOND);
    desk.online();
    assert.deepEqual(
      desk.errors.map(({ kind }) => kind),
      ['offline', 'offline'],
    );
    assert.equal(desk.frames.at(-1)?.kind, 'snapshot');
  });

  it('refuses the credentials of living and new connections until it accepts them again', () => {
    const desk = new Desk().online();
    desk.transport.faults.refuseCredentials = true;
    desk.online();
    assert.deepEqual(
      desk.errors.map(({ kind }) => kind),
      ['unauthorized', 'unauthorized'],
    );
    desk.transport.faults.refuseCredentials = false;
    assert.equal(desk.online().frames.at(-1)?.kind, 'snapshot');
  });

  it('lets everything take its time in both directions', () => {
    const desk = new Desk();
    desk.transport.faults.latency = 400;
    desk.online();
    desk.time.pass(798);
    assert.equal(desk.frames.length, 0);
    desk.time.pass(1);
    assert.equal(desk.frames.length, 2);
    const receipt = result(desk.transport.send(wish));
    desk.time.pass(799);
    assert.ok(!receipt.value);
    desk.time.pass(1);
    assert.deepEqual(receipt.value, { id: 'wish', ok: true, seq: 1 });
  });

  it('keeps the order when the way becomes shorter', () => {
    const desk = new Desk().online();
    desk.transport.faults.latency = 5_000;
    desk.transport.write('Zoe', 'First');
    desk.transport.faults.latency = 0;
    desk.transport.write('Zoe', 'Second');
    desk.time.pass(5_000);
    const seqs = desk.frames.flatMap((frame) => (frame.kind === 'event' ? [frame.event.seq] : []));
    assert.ok(seqs.length > 1);
    assert.deepEqual(
      seqs,
      seqs.toSorted((a, b) => a - b),
    );
  });

  it('stalls, and then brings all at once', () => {
    const desk = new Desk().online();
    desk.transport.faults.stall(20);
    desk.transport.write('Zoe', 'Hello');
    desk.time.pass(19_990);
    assert.equal(desk.frames.length, 2);
    desk.time.pass(20);
    assert.ok(desk.frames.length > 2);
    assert.equal(desk.errors.length, 0);
  });

  it('loses receipts and keeps the effect; the same id gets the receipt later', () => {
    const desk = new Desk().online();
    desk.transport.faults.loseReceipts = 1;
    const lost = result(desk.transport.send(wish));
    desk.time.pass(9_999);
    assert.ok(lost.value === null && lost.error === null);
    assert.equal(desk.state.agent?.status, 'not-ready');
    desk.time.pass(1);
    assert.equal(kindOf(lost.error), 'timeout');
    const head = desk.state.cursor?.seq;
    const again = result(desk.transport.send(wish));
    desk.time.pass(1);
    assert.deepEqual(again.value, { id: 'wish', ok: true, seq: head });
    assert.equal(desk.state.cursor?.seq, head);
  });

  it('does not know what became of a command when the link drops meanwhile', () => {
    const desk = new Desk().online();
    const outcome = result(desk.transport.send(wish));
    desk.transport.faults.dropLink();
    assert.equal(kindOf(outcome.error), 'timeout');
    assert.equal(kindOf(result(desk.transport.send(wish)).error), 'offline');
  });

  it('sends events twice', () => {
    const desk = new Desk().online();
    desk.transport.faults.duplicateFrames = true;
    desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    const ids = desk.frames.flatMap((frame) => (frame.kind === 'event' ? [frame.event.id] : []));
    assert.equal(ids.length, 2 * new Set(ids).size);
  });

  it('refuses commands as long as it is told to', () => {
    const desk = new Desk().online();
    desk.transport.faults.refuseCommands = 'unavailable';
    const refused = desk.command('set-agent-status', status, 'wish');
    assert.ok(!refused.ok && refused.error.kind === 'unavailable' && refused.error.retryable);
    assert.equal(desk.state.agent?.status, 'ready');
    desk.transport.faults.refuseCommands = null;
    assert.ok(desk.command('set-agent-status', status, 'wish').ok);
  });

  for (const code of [131026, 131047, 424242]) {
    it(`lets messages fail at WhatsApp with ${code}, and the contact waits again`, () => {
      const desk = new Desk().online();
      const id = desk.transport.write('Zoe', 'Hello');
      desk.time.pass(1);
      desk.command('accept-interaction', { interaction: id });
      desk.transport.faults.failMessages = code;
      desk.say(id, 'Hello Zoe');
      assert.equal(desk.interaction(id).pendency, null);
      desk.time.pass(5 * SECOND);
      const item = desk.transcript(id).at(-1);
      assert.ok(item?.kind === 'message');
      assert.equal(item.message.delivery?.state, 'failed');
      assert.equal(item.message.delivery.error?.code, code);
      assert.equal(desk.interaction(id).pendency?.count, 1);
    });
  }

  it('withholds statuses', () => {
    const desk = new Desk().online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    desk.command('accept-interaction', { interaction: id });
    desk.transport.faults.withholdStatuses = true;
    desk.say(id, 'Hello Zoe');
    desk.time.pass(600 * SECOND);
    const item = desk.transcript(id).at(-1);
    assert.equal(item?.kind === 'message' && item.message.delivery?.state, 'queued');
  });
});
