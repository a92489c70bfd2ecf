import { expect } from '@open-wc/testing';
import { Ticker } from '../../src/elements/base/clock-controller.js';

/** Timers that a test moves by hand. */
class HandTimers {
  time = 0;
  isHidden = false;
  sets = 0;
  #timer: { readonly run: () => void; readonly at: number } | null = null;
  #visibility = new Set<() => void>();

  now = (): number => this.time;
  hidden = (): boolean => this.isHidden;
  set = (run: () => void, ms: number): unknown => {
    this.sets++;
    return (this.#timer = { run, at: this.time + ms });
  };
  clear = (timer: unknown): void => {
    if (timer === this.#timer) this.#timer = null;
  };
  onVisibility = (changed: () => void): (() => void) => {
    this.#visibility.add(changed);
    return () => this.#visibility.delete(changed);
  };

  get idle(): boolean {
    return this.#timer === null && this.#visibility.size === 0;
  }

  show(visible: boolean): void {
    this.isHidden = !visible;
    for (const changed of new Set(this.#visibility)) changed();
  }

  forward(ms: number): void {
    const until = this.time + ms;
    while (this.#timer && this.#timer.at <= until) {
      const { run, at } = this.#timer;
      this.#timer = null;
      this.time = at;
      run();
    }
    this.time = until;
  }
}

describe('Ticker', () => {
  let timers: HandTimers;
  let ticker: Ticker;
  let ran: string[];
  const named = (name: string): (() => void) => {
    return () => ran.push(`${name} ${timers.time}`);
  };

  beforeEach(() => {
    timers = new HandTimers();
    ticker = new Ticker(timers);
    ran = [];
  });

  it('calls each when it is due, by one timer', () => {
    ticker.set(named('late'), 500);
    ticker.set(named('early'), 200);
    ticker.set(named('also early'), 200);
    timers.forward(1_000);
    expect(ran).to.deep.equal(['early 200', 'also early 200', 'late 500']);
    expect(timers.idle).to.equal(true);
  });

  it('does not touch its timer for those that come after the next one', () => {
    ticker.set(named('first'), 10);
    for (let i = 0; i < 1_000; i++) ticker.set(named('other'), 1_000 + i);
    expect(timers.sets).to.equal(1);
  });

  it('lets one be set again, and forgotten', () => {
    const one = named('one');
    const other = named('other');
    ticker.set(one, 100);
    ticker.set(one, 300);
    ticker.set(other, 200);
    ticker.clear(other);
    timers.forward(1_000);
    expect(ran).to.deep.equal(['one 300']);
  });

  it('rests when nobody waits', () => {
    const one = named('one');
    ticker.set(one, 100);
    ticker.clear(one);
    expect(timers.idle).to.equal(true);
  });

  it('goes once a minute while the page is hidden, and catches up when it is seen', () => {
    const again = (): void => {
      ran.push(`tick ${timers.time}`);
      ticker.set(again, 1_000);
    };
    timers.isHidden = true;
    ticker.set(again, 1_000);
    timers.forward(130_000);
    expect(ran).to.deep.equal(['tick 60000', 'tick 120000']);
    timers.show(true);
    timers.forward(0);
    expect(ran.at(-1)).to.equal('tick 130000');
    timers.forward(2_000);
    expect(ran.slice(-2)).to.deep.equal(['tick 131000', 'tick 132000']);
  });

  it('does not trust one timer for days', () => {
    ticker.set(named('far'), 30 * 86_400_000);
    timers.forward(31 * 86_400_000);
    expect(ran).to.deep.equal([`far ${30 * 86_400_000}`]);
    expect(timers.sets).to.be.above(24);
  });

  it('goes on when one of them is set again from within', () => {
    let rounds = 0;
    const round = (): void => {
      rounds++;
      if (rounds < 5) ticker.set(round, 100);
    };
    ticker.set(round, 100);
    timers.forward(1_000);
    expect(rounds).to.equal(5);
    expect(timers.idle).to.equal(true);
  });
});
