import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outboundText, textDraft } from '../../src/model/index.js';
import type { OutboxItem, Refusal } from '../../src/model/index.js';
import { DRAFT_LAG } from '../../src/streams/drafts/drafts.js';
import { latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';
import { RandomSchedule, SCHEDULES, faultsOfAll } from '../support/schedule.js';

const STEPS = 40;
const CONTACTS = 2;
const TABS = 3;
/** How long a disk hangs at most, in milliseconds: longer than a tab waits for it. */
const HANG = 40_000;

const refused: Refusal = { kind: 'unavailable', sentence: 'Not now.', retryable: false };
const busy: Refusal = { kind: 'unavailable', sentence: 'The database restarts.', retryable: true };

/** What the agent has done with something that was written. */
interface Words {
  readonly interaction: string;
  readonly tab: string;
  /** When it was sent last, among all; null when it was sent anew, which has its place when that is stored. */
  place: number | null;
  /** Whether it is to go: not any more when it is edited. */
  sent: boolean;
  discarded: boolean;
  /** Whether it was known to a tab alone that is not there any more. */
  gone: boolean;
  /** Whether its tab went with something that was not stored: what the disk has of it is older. */
  left: boolean;
}

/** An agent who edits, discards and sends anew in several tabs what was refused, while the disk hangs, is full and breaks writes off. */
class Schedule extends RandomSchedule {
  readonly words = new Map<string, Words>();
  /** By words that were taken back, the message that they were taken from. */
  readonly #edited = new Map<string, string>();
  /** Messages whose words the agent has sent again: another tab may still show them, and the agent knows better. */
  readonly #past = new Set<string>();
  readonly #refusedIds = new Set<string>();
  #tabs: OpenTab[] = [];
  #hang = 0;
  #refuses = 0;
  #busy = false;
  #place = 0;

  constructor(seed: number) {
    super(seed);
    const { centre, browser } = this.world;
    const { commit } = browser.manners;
    browser.manners.commit = () => {
      const hang = this.#hang;
      this.#hang = 0;
      return hang + commit();
    };
    const carryOut = centre.carryOut.bind(centre);
    centre.carryOut = (command) => {
      if (command.name !== 'send-message') return carryOut(command);
      if (this.#busy) return { id: command.id, ok: false, error: busy, seq: centre.head };
      const isKnown = centre.log.some((event) => event.command === command.id);
      if (!isKnown && this.#refuses > 0 && !this.#refusedIds.has(command.id)) {
        this.#refuses--;
        this.#refusedIds.add(command.id);
      }
      return this.#refusedIds.has(command.id)
        ? { id: command.id, ok: false, error: refused, seq: centre.head }
        : carryOut(command);
    };
    this.#open();
  }

  run(): void {
    for (let step = 0; step < STEPS; step++) this.#step();
    this.note('all is well again');
    const { browser, time } = this.world;
    browser.storage = 'well';
    this.#refuses = 0;
    this.#busy = false;
    browser.manners.breaks = () => false;
    if (this.#tabs.length === 0) this.#open();
    for (const { adapter } of this.#tabs) {
      adapter.faults.length = 0;
      adapter.restore();
    }
    time.pass(200_000);
    // What was refused meanwhile.
    for (const { workspace } of this.#tabs.slice(0, 1))
      for (const { clientId, body, step } of latest(workspace.outbox$)) {
        if (step.at !== 'failed') continue;
        this.note('at last', outboundText(body));
        workspace.resend(clientId);
        for (const word of wordsOf(outboundText(body))) this.#resent(word);
      }
    time.pass(200_000);
  }

  faults(): readonly string[] {
    const { centre, browser } = this.world;
    const drafts = [...browser.disk().drafts.values()].flatMap(({ text }) => wordsOf(text));
    const logged = centre.sentTexts.flatMap(wordsOf);
    const shown = this.#tabs.flatMap(({ workspace }) =>
      latest(workspace.outbox$).flatMap(({ body }) => wordsOf(outboundText(body))),
    );
    const faults: string[] = [];
    for (const [word, { discarded, gone, left }] of this.words) {
      const times = [...logged, ...drafts].filter((one) => one === word).length;
      if (times > 1 && !left) faults.push(`${word} is doubled`);
      if (times === 0 && !discarded && !gone) faults.push(`${word} is lost`);
      if (shown.includes(word)) faults.push(`${word} is stuck`);
    }
    for (const item of browser.disk().unsent)
      faults.push(`${outboundText(item.body)} is ${item.step.at} on the disk`);
    for (const { tab, workspace } of this.#tabs)
      for (let n = 1; n <= CONTACTS; n++) {
        const there = browser.disk().drafts.get(`interaction-${n}`)?.text ?? '';
        const here = latest(workspace.draft$(`interaction-${n}`)).text;
        if (here !== there) faults.push(`${tab.name} shows the draft ${here}, stored is ${there}`);
      }
    return [...faults, ...this.#overtaken(logged)];
  }

  /** What the same tab has sent to the same contact goes in that order, but for what was sent anew. */
  #overtaken(logged: readonly string[]): readonly string[] {
    const faults: string[] = [];
    const last = new Map<string, readonly [place: number, word: string]>();
    for (const word of logged) {
      const known = this.words.get(word);
      if (!known || known.place === null) continue;
      const lane = `${known.tab} ${known.interaction}`;
      const [place, before] = last.get(lane) ?? [0, ''];
      if (known.place < place) faults.push(`${word} is behind ${before}`);
      else last.set(lane, [known.place, word]);
    }
    return faults;
  }

  #step(): void {
    const luck = this.random();
    const tab = this.any(this.#tabs);
    if (!tab || (luck < 0.06 && this.#tabs.length < TABS)) this.#open();
    else if (luck < 0.3) this.#send(tab);
    else if (luck < 0.36) this.#leave(tab, luck < 0.33);
    else if (luck < 0.4) tab.adapter.cut();
    else if (luck < 0.46) for (const { adapter } of this.#tabs) adapter.restore();
    else if (luck < 0.5) tab.adapter.faults.push(luck < 0.48 ? 'silence' : 'timeout');
    else if (luck < 0.53) this.note('busy', (this.#busy = !this.#busy));
    else if (luck < 0.6) this.note('refuses', ++this.#refuses);
    else if (luck < 0.66) this.note('hangs', (this.#hang = Math.floor(this.random() * HANG)));
    else if (luck < 0.7) this.#turn();
    else if (luck < 0.92) this.#act(tab);
    else this.pass(this.random() * 20_000);
    this.pass(this.random() * 300);
  }

  #turn(): void {
    const { browser } = this.world;
    browser.storage = browser.storage === 'full' ? 'well' : 'full';
    this.note('the disk is', browser.storage);
  }

  #open(): void {
    const tab = this.world.open({ wait: 0, random: this.random });
    this.#tabs.push(tab);
    this.note('open', tab.tab.name);
    this.pass(this.random() * 1_500);
  }

  /** Closed or killed: what this tab alone had goes with it. */
  #leave(tab: OpenTab, killed: boolean): void {
    this.note(tab.tab.name, killed ? 'is killed' : 'is closed');
    const { outbox, drafts } = this.world.browser.disk();
    const stored = new Set(outbox.flatMap(({ body }) => wordsOf(outboundText(body))));
    const prepared = new Set([...drafts.values()].flatMap(({ text }) => wordsOf(text)));
    const isAllStored = latest(tab.workspace.storage$) === 'persistent';
    for (const [word, known] of this.words) {
      if (known.tab !== tab.tab.name) continue;
      known.left ||= !isAllStored || !stored.has(word);
      known.gone ||= !stored.has(word) && !prepared.has(word);
    }
    if (killed) tab.die();
    else tab.workspace.close();
    this.#tabs = this.#tabs.filter((one) => one !== tab);
  }

  #send({ workspace, tab }: OpenTab): void {
    const interaction = `interaction-${1 + Math.floor(this.random() * CONTACTS)}`;
    const found = latest(workspace.draft$(interaction)).text;
    // Sent by another tab, which has not been heard of yet.
    if (wordsOf(found).some((word) => this.words.get(word)?.sent)) return;
    const text = found === '' ? `${interaction.at(-1)}.${this.words.size + 1}` : found;
    workspace.saveDraft(interaction, textDraft(text));
    this.pass(DRAFT_LAG + this.random() * 100);
    if (latest(workspace.draft$(interaction)).text !== text) return;
    this.note(tab.name, 'sends', text);
    workspace.sendText(interaction, text);
    const place = ++this.#place;
    for (const word of wordsOf(text)) this.#past.add(this.#edited.get(word) ?? '');
    for (const word of wordsOf(text))
      this.words.set(word, {
        interaction,
        tab: tab.name,
        place,
        sent: true,
        discarded: false,
        gone: false,
        left: false,
      });
    this.pass(this.random() * 60);
  }

  #act({ workspace, tab }: OpenTab): void {
    const item = this.any(latest(workspace.outbox$).filter(isActedOn));
    if (!item || this.#past.has(item.clientId)) return;
    const text = outboundText(item.body);
    const act = this.any(['edit', 'discard', 'resend'] as const) ?? 'edit';
    if (act === 'resend' && item.step.at !== 'failed') return;
    this.note(tab.name, act, text, `(${item.step.at})`);
    workspace[act](item.clientId);
    for (const word of wordsOf(text)) {
      const known = this.words.get(word);
      if (!known) continue;
      if (act === 'discard') known.discarded = true;
      if (act === 'edit') this.#edited.set(word, item.clientId);
      if (act === 'edit') this.words.set(word, { ...known, tab: tab.name, place: null, sent: false });
      if (act === 'resend') this.#resent(word);
    }
  }

  #resent(word: string): void {
    const known = this.words.get(word);
    if (known) this.words.set(word, { ...known, place: null, sent: true });
  }
}

/** Whether the desk offers something to be done with a message. */
function isActedOn({ step }: OutboxItem): boolean {
  return step.at === 'failed' || (step.at === 'saving' && step.yields !== undefined);
}

function wordsOf(text: string): readonly string[] {
  return text.split('\n').filter((word) => word !== '');
}

describe('whatever is done with messages while the disk hangs and fails', () => {
  it(`nothing is lost, doubled, overtaken or stuck, in ${SCHEDULES} schedules`, () => {
    assert.deepEqual(
      faultsOfAll((seed) => new Schedule(seed)),
      [],
    );
  });
});
