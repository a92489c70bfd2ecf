import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outboundText, textDraft } from '../../src/model/index.js';
import type { OutboxItem, Refusal } from '../../src/model/index.js';
import { DRAFT_LAG } from '../../src/streams/drafts/drafts.js';
import { TRY_AGAIN } from '../../src/streams/storage/safe-storage.js';
import { aContact, anInteraction } from '../support/builders.js';
import { latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';
import { RandomSchedule, SCHEDULES, faultsOfAll } from '../support/schedule.js';

const STEPS = 60;
const CONTACTS = 3;
const TABS = 3;
/** How long facts are under way to a tab at most, in milliseconds. */
const LAG = 400;

const busy: Refusal = { kind: 'unavailable', sentence: 'The database restarts.', retryable: true };

/** A tab of the schedule, with all that its outbox has ever shown. */
interface Tab extends OpenTab {
  readonly shown: (readonly OutboxItem[])[];
}

/**
 * An agent at work in several tabs, which are opened, closed, hidden, killed and reloaded while links break and lag, disks lag and break writes off, and the
 * contact centre is busy.
 */
class Schedule extends RandomSchedule {
  /** By contact: what the agent has sent, in the order in which it was sent last. */
  readonly sent = new Map<string, string[]>();
  /** What left a tab's view before its own log had it. */
  readonly early: string[] = [];
  #tabs: Tab[] = [];
  #busy = false;
  #texts = 0;

  constructor(seed: number) {
    super(seed);
    const { centre } = this.world;
    for (let n = 1; n <= CONTACTS; n++) {
      const contact = aContact({ id: `contact-${n}` });
      centre.interactions.set(`interaction-${n}`, anInteraction({ id: `interaction-${n}`, contact }));
    }
    const carryOut = centre.carryOut.bind(centre);
    centre.carryOut = (command) =>
      this.#busy && command.name === 'send-message'
        ? { id: command.id, ok: false, error: busy, seq: centre.head }
        : carryOut(command);
    this.#open();
  }

  run(): void {
    for (let step = 0; step < STEPS; step++) this.#step();
    this.#busy = false;
    this.world.browser.manners.breaks = () => false;
    for (const { adapter } of this.#tabs) {
      adapter.faults.length = 0;
      adapter.restore();
    }
    if (this.#tabs.length === 0) this.#open();
    this.world.time.pass(120_000);
  }

  /** What is wrong in the end, and what was wrong on the way. */
  faults(): readonly string[] {
    return [...this.early, ...this.#lostAndDoubled(), ...this.#stuck(), ...this.#tabs.flatMap(ghosts)];
  }

  #lostAndDoubled(): readonly string[] {
    const { log } = this.world.centre;
    const drafts = [...this.world.browser.disk().drafts.values()].map(({ text }) => text);
    return [...this.sent].flatMap(([interaction, texts]) => {
      const logged = log.flatMap((event) =>
        event.type === 'message-sent' && event.interaction === interaction
          ? [textOf(event.body.message.content)]
          : [],
      );
      const expected = texts.filter((text) => !drafts.includes(text));
      return String(logged) === String(expected)
        ? []
        : [`${interaction}: sent ${expected.join(',')}, logged ${logged.join(',')}`];
    });
  }

  #stuck(): readonly string[] {
    const { outbox } = this.world.browser.disk();
    const stuck = outbox.map(({ body, step }) => `${outboundText(body)} is ${step.at} on the disk`);
    return this.#tabs.reduce(
      (all, { tab, workspace }) => [
        ...all,
        ...latest(workspace.outbox$).map(
          ({ body, step }) => `${outboundText(body)} is ${step.at} in ${tab.name}`,
        ),
      ],
      stuck,
    );
  }

  #step(): void {
    const luck = this.random();
    const tab = this.any(this.#tabs);
    if (!tab || (luck < 0.06 && this.#tabs.length < TABS)) this.#open();
    else if (luck < 0.5) this.#send(tab);
    else if (luck < 0.56) this.#close(tab);
    else if (luck < 0.66) this.#kill(tab);
    else if (luck < 0.72) this.#cut(tab);
    else if (luck < 0.78) this.#restore();
    else if (luck < 0.82) tab.adapter.faults.push(luck < 0.8 ? 'silence' : 'timeout');
    else if (luck < 0.86) this.note('busy', (this.#busy = !this.#busy));
    else if (luck < 0.9) tab.tab.visible$.next(!tab.tab.visible$.value);
    else if (luck < 0.93) this.world.centre.keptFrom = this.world.centre.head;
    else this.pass(this.random() * 20_000);
    this.pass(this.random() * 300);
  }

  #open(): void {
    const tab = this.world.open({ wait: 0, random: this.random });
    tab.adapter.lag = Math.floor(this.random() * 2) * LAG;
    const shown: (readonly OutboxItem[])[] = [];
    tab.workspace.outbox$.subscribe((items) => {
      this.#watch(tab, shown.at(-1) ?? [], items);
      shown.push(items);
    });
    this.#tabs.push({ ...tab, shown });
    this.note('open', tab.tab.name);
    this.pass(this.random() * 1_500);
  }

  #watch({ workspace, tab }: OpenTab, before: readonly OutboxItem[], now: readonly OutboxItem[]): void {
    const known = workspace.state.cursor?.seq ?? 0;
    const logged = new Set(
      this.world.centre.log.flatMap(({ type, seq, body }) =>
        type === 'message-sent' && seq <= known ? [body.message.clientId] : [],
      ),
    );
    for (const { clientId, body } of before)
      if (!logged.has(clientId) && !now.some((item) => item.clientId === clientId))
        this.early.push(`${outboundText(body)} left ${tab.name} before its log had it`);
  }

  /** What the agent finds in the composer is sent as it stands; else something new is written. */
  #send({ workspace, tab }: Tab): void {
    const interaction = `interaction-${1 + Math.floor(this.random() * CONTACTS)}`;
    const found = latest(workspace.draft$(interaction)).text;
    const text = found === '' ? `${interaction.at(-1)}.${++this.#texts}` : found;
    workspace.saveDraft(interaction, textDraft(text));
    this.pass(DRAFT_LAG);
    // Words that the disk has had no time for can be lost with the tab.
    const { drafts } = this.world.browser.disk();
    for (let waited = 0; waited < 2 * TRY_AGAIN && drafts.get(interaction)?.text !== text; waited += 10)
      this.pass(10);
    // Sent by another tab, which had it from here.
    if (latest(workspace.draft$(interaction)).text !== text) return;
    this.note(tab.name, 'sends', text);
    workspace.sendText(interaction, text);
    const before = this.sent.get(interaction) ?? [];
    this.sent.set(interaction, [...before.filter((one) => one !== text), text]);
    this.pass(this.random() < 0.5 ? this.random() * 60 : 60);
  }

  #close(tab: Tab): void {
    this.note(tab.tab.name, 'is closed');
    tab.workspace.close();
    this.#tabs = this.#tabs.filter((one) => one !== tab);
  }

  #kill(tab: Tab): void {
    this.note(tab.tab.name, 'is killed');
    tab.die();
    this.#tabs = this.#tabs.filter((one) => one !== tab);
  }

  #cut(tab: Tab): void {
    this.note(tab.tab.name, 'is cut off');
    tab.adapter.cut();
  }

  #restore(): void {
    this.note('links are back');
    for (const { adapter } of this.#tabs) adapter.restore();
  }
}

/** What has left a tab's outbox must not come back to it, and what was stored is not being saved any more. */
function ghosts({ tab, shown }: Tab): readonly string[] {
  const left = new Set<string>();
  const stored = new Set<string>();
  const faults: string[] = [];
  let before: readonly OutboxItem[] = [];
  for (const items of shown) {
    const ids = new Set(items.map(({ clientId }) => clientId));
    for (const { clientId } of before) if (!ids.has(clientId)) left.add(clientId);
    for (const { clientId, body, step } of items) {
      if (left.has(clientId)) faults.push(`${outboundText(body)} came back to ${tab.name}`);
      if (step.at !== 'saving') stored.add(clientId);
      else if (stored.has(clientId)) faults.push(`${outboundText(body)} was saved twice in ${tab.name}`);
    }
    before = items;
  }
  return faults;
}

function textOf(content: { readonly kind: string }): string {
  return content.kind === 'text' && 'text' in content ? String(content.text) : content.kind;
}

describe('whatever tabs, links and disks do', () => {
  it(`nothing is lost, doubled, overtaken or stuck, in ${SCHEDULES} schedules`, () => {
    assert.deepEqual(
      faultsOfAll((seed) => new Schedule(seed)),
      [],
    );
  });
});
