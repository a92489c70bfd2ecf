const HOUR = 3_600_000;
/** What clocks are off by, in milliseconds. */
const CLOCKS = [0, HOUR, -HOUR / 3];
/** How long a tab is frozen, and the gateway away, at most. In milliseconds. */
const FROZEN_WITHIN = 8_000;
const AWAY_WITHIN = 3_000;

/** Faults of one run of the trial: what is switched on happens now and then, and is over before the next exit. */
export class TabFaults {
  #all;
  #context;
  #random;
  #faults;
  #counts = { freeze: 0, kill: 0, clock: 0 };
  /** What ends by itself: each resolves when it is over. */
  #running = [];
  #returned = Promise.resolve();

  constructor(all, context, { random, faults }) {
    this.#all = all;
    this.#context = context;
    this.#random = random;
    this.#faults = new Set(faults);
  }

  sums() {
    return [...this.#faults].map((name) => `${this.#counts[name]} ${name}`).join(', ') || 'none';
  }

  /** Gives a page that is not loaded yet a clock of its own. */
  async setClock(page) {
    if (!this.#faults.has('clock')) return;
    await page.addInitScript(giveClock, this.#clock());
  }

  /** Before something is written. */
  async begin(others) {
    if (this.#happens('clock', 0.3))
      for (const page of others) await page.evaluate((off) => (globalThis.clockIsOff = off), this.#clock());
    if (this.#happens('freeze', 0.3)) for (const page of others) await this.#freeze(page);
    if (this.#happens('kill', 0.2)) this.#kill();
  }

  /** Freezes the tab in which something was just written, if it so happens; else it is to be left. */
  async freezeInstead(page) {
    if (!this.#happens('freeze', 0.3)) return false;
    await this.#freeze(page);
    return true;
  }

  /** Resolves when pages can be loaded. */
  async reachable() {
    await this.#returned;
  }

  /** Resolves when all is well again: whether there was a fault. */
  async over() {
    const running = this.#running.splice(0);
    await Promise.all(running);
    return running.length > 0;
  }

  #happens(name, chance) {
    if (!this.#faults.has(name) || this.#random() >= chance) return false;
    this.#counts[name]++;
    return true;
  }

  #clock() {
    return CLOCKS[Math.floor(this.#random() * CLOCKS.length)];
  }

  async #freeze(page) {
    const session = await this.#context.newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const thaw = async () => {
      await this.#pause(FROZEN_WITHIN);
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      await page.bringToFront();
      await session.detach();
    };
    // Crashed or closed meanwhile.
    this.#running.push(thaw().catch(() => undefined));
  }

  #kill() {
    const { gateway } = this.#all;
    const killed = async () => {
      await this.#pause(300);
      await gateway.kill();
      await this.#pause(AWAY_WITHIN);
      await gateway.start();
    };
    this.#returned = killed();
    this.#running.push(this.#returned);
  }

  #pause(within) {
    return new Promise((resolve) => setTimeout(resolve, this.#random() * within));
  }
}

/** Runs in the page, before its scripts: `Date` is off by `clockIsOff` milliseconds. */
function giveClock(off) {
  const RealDate = Date;
  globalThis.clockIsOff = off;
  const now = () => RealDate.now() + globalThis.clockIsOff;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args) => (args.length === 0 ? new target(now()) : new target(...args)),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}
