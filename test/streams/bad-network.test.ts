import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTranscript } from '../../src/model/index.js';
import type { Transcript } from '../../src/model/index.js';
import { createWorkspace } from '../../src/streams/index.js';
import type { Workspace } from '../../src/streams/index.js';
import { simulatedTransport } from '../../src/transport/simulated/index.js';
import type { SimulatedTransport } from '../../src/transport/simulated/index.js';
import { latest } from '../support/desk.js';
import { FakeBrowser } from '../support/fake-browser.js';
import type { FakeTab } from '../support/fake-browser.js';
import { seededRandom } from '../support/random.js';
import { VirtualTime } from '../support/virtual-time.js';

const MESSAGES = 60;
const CONTACTS = ['Masha', 'Omar', 'Li'];

/** An agent at work: writes, while links break, answers get lost, frames come twice, and tabs are killed and opened again. */
class BadDay {
  readonly time = new VirtualTime();
  readonly browser = new FakeBrowser(this.time);
  readonly transport: SimulatedTransport;
  readonly interactions: readonly string[];
  readonly #random: () => number;
  #tab: FakeTab | null = null;
  workspace: Workspace;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.transport = simulatedTransport({ scheduler: this.time, seed, contacts: [] });
    this.interactions = CONTACTS.map((name) => this.transport.write(name, 'Hello'));
    this.workspace = this.open();
    for (const interaction of this.interactions) void this.workspace.accept(interaction);
    this.time.pass(1_000);
    this.transport.faults.latency = 40;
    this.transport.faults.duplicateFrames = true;
  }

  open(): Workspace {
    this.#tab = this.browser.tab();
    const platform = this.#tab;
    const transport = this.transport.another();
    this.workspace = createWorkspace({ transport, platform, random: this.#random, scheduler: this.time });
    this.time.pass(1_000);
    return this.workspace;
  }

  live(): void {
    const { faults } = this.transport;
    for (let n = 0; n < MESSAGES; n++) {
      const interaction = this.interactions[n % CONTACTS.length] ?? '';
      this.workspace.sendText(interaction, `${n}`);
      this.time.pass(Math.floor(this.#random() * 400));
      const luck = this.#random();
      if (luck < 0.15) faults.dropLink();
      else if (luck < 0.3) faults.loseReceipts++;
      else if (luck < 0.4) this.transport.write(CONTACTS[n % CONTACTS.length] ?? '', 'More');
      else if (luck < 0.5) this.#reload();
    }
    faults.latency = 0;
    this.time.pass(120_000);
  }

  /** What the log says was sent, by contact, in its order. */
  sent(interaction: string): readonly string[] {
    let transcript: Transcript = openTranscript(interaction);
    const subscription = this.workspace
      .transcript$(interaction)
      .subscribe((view) => (transcript = view.transcript));
    this.time.pass(1_000);
    this.workspace.loadOlder(interaction);
    this.time.pass(1_000);
    subscription.unsubscribe();
    return transcript.chunks.flatMap(({ items }) =>
      items.flatMap((item) =>
        item.kind === 'message' &&
        item.message.direction === 'outbound' &&
        item.message.content.kind === 'text'
          ? [item.message.content.text]
          : [],
      ),
    );
  }

  /** Kills the tab a moment after the disk has what was written. */
  #reload(): void {
    this.time.pass(2);
    this.#tab?.die();
    this.workspace.close();
    this.open();
  }
}

describe('a desk on a bad network', () => {
  for (let seed = 1; seed <= 12; seed++) {
    it(`loses nothing, doubles nothing and keeps the order (${seed})`, () => {
      const day = new BadDay(seed);
      day.live();
      assert.deepEqual(latest(day.workspace.outbox$), []);
      for (const [index, interaction] of day.interactions.entries()) {
        const expected = Array.from(
          { length: MESSAGES / CONTACTS.length },
          (_, i) => `${i * CONTACTS.length + index}`,
        );
        assert.deepEqual(day.sent(interaction), expected);
      }
    });
  }
});
