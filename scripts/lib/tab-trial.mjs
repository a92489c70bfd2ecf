import { Desk } from '../../.build/test/e2e/desk.js';
import { Installation, eventually } from '../../.build/test/e2e/support.js';
import { seededRandom } from '../../.build/test/support/random.js';
import { TabFaults } from './tab-faults.mjs';
import { deliveries, stateOf, stored } from './tab-inspection.mjs';

// So many that WhatsApp's rate for each of them is not met.
const CONTACTS = ['Masha', 'Omar', 'Li', 'Noura', 'Ben', 'Chidi', 'Dina', 'Emre'];
/** What the contact centre does not have by then is late. In milliseconds. */
const SOON = 5_000;
/** The same after a fault, from its end: links come back by and by. */
const SOON_AFTER_FAULT = 30_000;
/** How long after Enter the tab goes, at most. In milliseconds. */
const LEAVES_WITHIN = 60;
/** An exit that takes longer hangs. In milliseconds. */
const EXIT_WITHIN = 180_000;
/** After so many exits in a row that could not be carried out, the trial ends. */
const PATIENCE = 3;

/** An agent's two tabs at a gateway, and what became of all that was written in them. */
export class TabTrial {
  #all;
  #context;
  #random;
  #faults;
  #url;
  #tabs = [];
  #cancelled = false;
  /** By contact: what was sent, in the order in which it was sent last. */
  #sent = new Map(CONTACTS.map((name) => [name, []]));
  #figures = {
    exits: 0,
    replies: 0,
    drafts: 0,
    lost: [],
    doubled: [],
    overtaken: [],
    late: [],
    stuck: [],
    unknown: [],
    complaints: [],
  };

  static async start({ seed, faults }) {
    const trial = new TabTrial();
    trial.#random = seededRandom(seed);
    trial.#all = await Installation.start();
    trial.#context = await trial.#all.browser.newContext({ viewport: { width: 1280, height: 800 } });
    trial.#url = `${trial.#all.network.url}/?agent=ana`;
    trial.#faults = new TabFaults(trial.#all, trial.#context, { random: trial.#random, faults });
    return trial;
  }

  async run(exits) {
    await this.#begin();
    let inVain = 0;
    for (let n = 1; n <= exits && !this.#cancelled && inVain < PATIENCE; n++) {
      try {
        await within(EXIT_WITHIN, this.#leave(n));
        inVain = 0;
      } catch (error) {
        inVain++;
        await this.complain(`exit ${n}`, error);
        await within(EXIT_WITHIN, this.#replaceTabs());
      }
      if (n % 25 === 0) console.log(`${n} exits…`);
    }
    await this.#judge();
  }

  /** The exit that is under way is the last one. */
  cancel() {
    this.#cancelled = true;
  }

  /** Says all that there is to know of what went wrong, and goes on. */
  async complain(where, error) {
    this.#figures.complaints.push(where);
    console.log(`${where}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    for (const [i, desk] of this.#tabs.entries()) {
      const asked = [stateOf(desk), stored(desk)].map((one) => orReason(within(SOON, one)));
      const [state, disk] = await Promise.all(asked);
      console.log(`tab ${i + 1}`, JSON.stringify({ state, disk, complaints: desk.complaints.slice(-10) }));
    }
  }

  async stop() {
    await this.#all.stop().catch((error) => console.log(`It could not be stopped: ${error.message}`));
  }

  sums() {
    const { exits, replies, drafts, ...lists } = this.#figures;
    const counts = Object.entries(lists).map(
      ([name, list]) => `${list.length} ${name}${list.length > 0 ? ` (${list.join(' ')})` : ''}`,
    );
    return `${exits} exits, ${replies} replies: ${counts.join(', ')}; ${drafts} left as drafts; faults: ${this.#faults.sums()}`;
  }

  /** What is of unknown outcome may be: then the gateway was killed while WhatsApp was answering. */
  isClean() {
    const { lost, doubled, overtaken, late, stuck, complaints } = this.#figures;
    return [lost, doubled, overtaken, late, stuck, complaints].every((list) => list.length === 0);
  }

  async #begin() {
    this.#tabs = [await this.#openTab()];
    const [desk] = this.#tabs;
    await desk.becomeReady();
    for (const [index, name] of CONTACTS.entries()) {
      const contact = { name, phone: `2547000${2000 + index}` };
      this.#all.standIn.writeAsContact({ contact, text: `Hello from ${name}` });
      await desk.accept(name);
    }
    this.#tabs.push(await this.#openTab());
  }

  async #openTab() {
    const page = await this.#context.newPage();
    await this.#faults.setClock(page);
    return Desk.open(page, this.#url);
  }

  async #replaceTabs() {
    await this.#faults.over();
    for (const { page } of this.#tabs) await within(SOON, page.close()).catch(() => undefined);
    this.#tabs = [await this.#openTab(), await this.#openTab()];
  }

  /** Writes one to three replies in one of the tabs, and leaves it a moment after the last. */
  async #leave(n) {
    const desk = this.#pick(this.#tabs);
    const name = this.#pick(CONTACTS);
    await desk.page.bringToFront();
    await desk.goTo(name);
    const found = await desk.composer.inputValue();
    const texts = Array.from(
      { length: 1 + Math.floor(this.#random() * 3) },
      (_, i) => `Reply ${n}.${i + 1} to ${name}.`,
    );
    if (found !== '') texts[0] = found;
    const others = this.#tabs.filter((one) => one !== desk);
    await this.#faults.begin(others.map(({ page }) => page));
    for (const text of texts) await this.#write(desk, name, text);
    await new Promise((resolve) => setTimeout(resolve, this.#random() * LEAVES_WITHIN));
    if (!(await this.#faults.freezeInstead(desk.page))) await this.#exit(desk);
    this.#figures.exits++;
    const disturbed = await this.#faults.over();
    await this.#soon(texts, disturbed ? SOON_AFTER_FAULT : SOON);
  }

  async #write(desk, name, text) {
    await desk.composer.fill(text);
    // Typing takes longer than storing the draft.
    const isStored = async () => {
      const { drafts } = await stored(desk);
      if (!drafts.includes(text)) throw new Error(`“${text}” is not stored as a draft.`);
    };
    await eventually(isStored);
    await desk.composer.press('Enter');
    this.#figures.replies++;
    this.#sent.set(name, [...this.#sent.get(name).filter((one) => one !== text), text]);
  }

  async #exit(desk) {
    const luck = this.#random();
    if (luck < 0.25) {
      await this.#faults.reachable();
      await desk.page.reload();
      return;
    }
    if (luck < 0.5) {
      const session = await this.#context.newCDPSession(desk.page);
      const crashed = new Promise((resolve) => desk.page.once('crash', resolve));
      session.send('Page.crash').catch(() => undefined);
      await crashed;
    }
    await desk.page.close();
    this.#tabs = this.#tabs.filter((one) => one !== desk);
    await this.#faults.reachable();
    this.#tabs.push(await this.#openTab());
  }

  /** Waits until the contact centre has the replies, or the disk has them as a draft; what is on its way longer is late. */
  async #soon(texts, within) {
    const isOver = async () => {
      const { outbox } = await stored(this.#tabs[0]);
      const late = texts.filter((text) => outbox.some((one) => one.startsWith(text)));
      if (late.length > 0) throw new Error(late.join(' '));
    };
    try {
      await eventually(isOver, within);
    } catch (error) {
      this.#figures.late.push(error.message);
    }
  }

  async #judge() {
    await this.#faults.over();
    const texts = [...this.#sent.values()].flat();
    const delivered = () => new Set(this.#all.standIn.messages().map(({ text }) => text));
    const everything = async () => {
      const { drafts } = await stored(this.#tabs[0]);
      const there = delivered();
      const missing = texts.filter((text) => !there.has(text) && !drafts.includes(text));
      if (missing.length > 0) throw new Error(missing.join(' '));
    };
    const isThere = await eventually(everything, 60_000).then(
      () => true,
      () => false,
    );
    const { drafts, outbox } = await stored(this.#tabs[0]);
    this.#figures.drafts = drafts.length;
    this.#figures.stuck = outbox;
    const known = isThere ? new Map() : await deliveries(this.#tabs[0], texts);
    for (const [name, sent] of this.#sent) this.#compare(name, sent, drafts, known);
  }

  #compare(name, texts, drafts, known) {
    const { doubled, unknown, lost, overtaken } = this.#figures;
    const contact = this.#all.standIn.contacts().find((one) => one.name === name);
    const arrived = this.#all.standIn
      .messages()
      .filter(({ author, contact: id }) => author === 'business' && id === contact.id)
      .map(({ text }) => text);
    for (const text of texts) {
      const times = arrived.filter((one) => one === text).length;
      if (times > 1) doubled.push(text);
      if (times > 0 || drafts.includes(text)) continue;
      (known.get(text) === 'unknown' ? unknown : lost).push(text);
    }
    const expected = texts.filter((text) => arrived.includes(text));
    const order = [...new Set(arrived)];
    expected.forEach((text, i) => order[i] === text || overtaken.push(text));
  }

  #pick(list) {
    return list[Math.floor(this.#random() * list.length)];
  }
}

/** Rejects when it takes longer. */
async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`It took longer than ${milliseconds / 1_000} s.`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const orReason = (promise) => promise.catch((error) => `unknown: ${error.message.split('\n')[0]}`);
