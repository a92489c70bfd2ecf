import { expect } from '@open-wc/testing';
import {
  BehaviorSubject,
  NEVER,
  Observable,
  Subject,
  VirtualTimeScheduler,
  from,
  tap as seeing,
  throwError,
  timer,
} from 'rxjs';
import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { IndexedDbLeases } from '../../src/platform/lease-store.js';
import { FREE, HIDDEN_PACE, VISIBLE_PACE, holdLease } from '../../src/platform/lease.js';
import type { Lease, LeaseOptions, LeaseStore } from '../../src/platform/lease.js';
import { BrowserLocks } from '../../src/platform/locks.js';
import { WebLockCandidate } from '../../src/platform/web-lock.js';
import { LockRecord, lockContract, seeded } from './lock-contract.js';
import type { Hold, LockHarness } from './lock-contract.js';
import { waitUntil } from '../support/wait-until.js';

/** Every tab is a frame with a lock manager of its own: removing it is the end of that tab. */
function webLocks(): LockHarness {
  const frames: HTMLIFrameElement[] = [];
  return {
    tab: async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frames.push(frame);
      const manager = frame.contentWindow?.navigator.locks;
      if (!manager) throw new Error('The frame has no locks.');
      // Not by `BrowserLocks`, which would pass over to leases where it is refused.
      const hold: Hold = (name, visible$) =>
        new Observable((subscriber) => {
          const tell = (held: boolean): void => subscriber.next(held);
          const refused = (): void => {
            if (frame.isConnected) subscriber.error(new Error('Refused.'));
          };
          const candidate = new WebLockCandidate(manager, name, tell, refused);
          const standing = visible$.subscribe((visible) => candidate.stand(visible));
          standing.add(() => candidate.leave());
          return standing;
        });
      return { hold, kill: () => frame.remove() };
    },
    until: (condition) => waitUntil(condition),
    // Each answer comes after those that were asked for before; what follows from them takes some turns.
    settle: async () => {
      for (let turn = 0; turn < 12; turn++) await navigator.locks.query();
    },
    end: () => {
      for (const frame of frames) frame.remove();
    },
  };
}

const MINUTE = 60_000;

/** The clock of all tabs. */
class Time extends VirtualTimeScheduler {
  pass(milliseconds: number): void {
    const end = this.frame + milliseconds;
    this.maxFrames = end;
    this.flush();
    this.frame = end;
  }
}

/** A store that takes its time, one transaction after the other, and may outlive the tab that asked. */
class LaggingStore implements LeaseStore {
  readonly leases = new Map<string, Lease>();
  readonly #time: Time;
  readonly #random: () => number;
  #free = 0;

  constructor(time: Time, random: () => number) {
    this.#time = time;
    this.#random = random;
  }

  change(name: string, to: (lease: Lease) => Lease | null): Observable<unknown> {
    return new Observable((subscriber) => {
      this.#free = Math.max(this.#free, this.#time.frame) + 1 + Math.floor(this.#random() * 40);
      timer(this.#free - this.#time.frame, this.#time).subscribe(() => {
        const next = to(this.leases.get(name) ?? FREE);
        if (next) this.leases.set(name, structuredClone(next));
        // The answer lags too.
        timer(Math.floor(this.#random() * 20), this.#time).subscribe(() => {
          subscriber.next(null);
          subscriber.complete();
        });
      });
    });
  }
}

/** One tab: its timers are late while it is hidden, stand still while it is frozen, and end with it. */
class LeaseTab {
  readonly pagehide$ = new Subject<void>();
  frozen = false;
  /** Timers of the hidden tab come at full minutes only. */
  throttled = false;
  #hidden = false;
  #dead = false;
  readonly #browser: LeaseBrowser;
  readonly #late: (() => void)[] = [];

  constructor(browser: LeaseBrowser) {
    this.#browser = browser;
  }

  get options(): LeaseOptions {
    const { time, store } = this.#browser;
    return {
      store: {
        change: (name, to) =>
          new Observable((subscriber) => {
            if (this.#dead) return undefined;
            const inTab = (lease: Lease): Lease | null => (this.#dead || this.frozen ? null : to(lease));
            return from(store.change(name, inTab)).subscribe({
              next: (value) => this.#run(() => subscriber.next(value)),
              error: (error: unknown) => this.#run(() => subscriber.error(error)),
            });
          }),
      },
      channel: () => this.#browser.channel(this),
      pagehide$: this.pagehide$,
      newId: () => `${Math.random()}`,
      now: () => time.frame + this.#browser.slept,
      scheduler: this.#scheduler(),
    };
  }

  kill(): void {
    this.#dead = true;
  }

  thaw(): void {
    this.frozen = false;
    this.#catchUp();
  }

  show(visible: boolean): void {
    this.#hidden = !visible;
    if (visible) this.#catchUp();
  }

  #catchUp(): void {
    for (const work of this.#late.splice(0)) work();
  }

  #tick(work: () => void): void {
    const early = this.#browser.time.frame % MINUTE;
    if (!this.throttled || !this.#hidden || early === 0) this.#run(work);
    else if (this.#late.push(work) === 1) {
      this.#browser.time.schedule(() => this.#run(() => this.#catchUp()), MINUTE - early);
    }
  }

  hear(subject: Subject<unknown>): void {
    this.#run(() => subject.next('look'));
  }

  #run(work: () => void): void {
    if (this.#dead) return;
    if (this.frozen) this.#late.push(work);
    else work();
  }

  #scheduler(): SchedulerLike {
    const { time } = this.#browser;
    const tick = (work: () => void): void => this.#tick(work);
    return {
      now: () => time.now(),
      schedule<T>(
        work: (this: SchedulerAction<T>, state?: T) => void,
        delay: number = 0,
        state?: T,
      ): Subscription {
        return time.schedule<T>(
          function (this: SchedulerAction<T>, value?: T) {
            tick(() => work.call(this, value));
          },
          delay,
          state,
        );
      },
    };
  }
}

class LeaseBrowser {
  readonly time: Time;
  readonly store: LeaseStore;
  hints = true;
  /** How long the machine has slept, in milliseconds. */
  slept = 0;
  readonly #channels = new Map<Subject<unknown>, LeaseTab>();

  constructor(store?: LeaseStore, time: Time = new Time()) {
    this.time = time;
    this.store = store ?? new LaggingStore(time, seeded(42));
  }

  channel(tab: LeaseTab): ReturnType<LeaseOptions['channel']> {
    const messages$ = new Subject<unknown>();
    this.#channels.set(messages$, tab);
    return {
      messages$,
      post: () => {
        for (const [subject, other] of this.#channels) {
          if (subject !== messages$ && this.hints) timer(3, this.time).subscribe(() => other.hear(subject));
        }
      },
      close: () => this.#channels.delete(messages$),
    };
  }
}

function leases(prepare: (browser: LeaseBrowser, tab: LeaseTab) => void = () => undefined): LockHarness {
  const browser = new LeaseBrowser();
  return {
    tab: async () => {
      const tab = new LeaseTab(browser);
      prepare(browser, tab);
      const hold: Hold = (name, visible$) => {
        const seen$ = visible$.pipe(seeing((visible) => tab.show(visible)));
        return holdLease(name, seen$, tab.options);
      };
      return { hold, kill: () => tab.kill() };
    },
    until: async (condition) => {
      for (let second = 0; !condition(); second++) {
        if (second > 600) throw new Error('It did not become true within ten minutes.');
        browser.time.pass(1_000);
      }
    },
    settle: async () => browser.time.pass(200_000),
    end: () => undefined,
  };
}

if (navigator.locks) lockContract('Web Locks', webLocks);
lockContract('leases', () => leases());
lockContract('leases, where tabs cannot give each other hints', () =>
  leases((browser) => (browser.hints = false)),
);
lockContract('leases, where timers come once a minute', () =>
  leases((_browser, tab) => (tab.throttled = true)),
);

describe('a lease', () => {
  const browser = (store?: LeaseStore): LeaseBrowser => new LeaseBrowser(store);

  /** Stands for the lock in a new tab. */
  function stand(
    inside: LeaseBrowser,
    record: LockRecord,
    label: string,
    visible = true,
  ): { tab: LeaseTab; visible$: BehaviorSubject<boolean>; held: Subscription } {
    const tab = new LeaseTab(inside);
    const visible$ = new BehaviorSubject(visible);
    const held = holdLease('lock', visible$, tab.options).subscribe((holds) => record.tell(label, holds));
    return { tab, visible$, held };
  }

  it('is given up by a tab that was frozen before it does anything else, when another has taken it', () => {
    const inside = browser();
    const record = new LockRecord();
    const one = stand(inside, record, 'one');
    inside.time.pass(5_000);
    one.tab.frozen = true;
    stand(inside, record, 'two');
    inside.time.pass(VISIBLE_PACE.expires + 10_000);
    one.tab.thaw();
    inside.time.pass(60_000);
    expect(record.told).to.deep.equal(['one holds', 'two holds', 'one yields']);
  });

  it('stays where it is over a sleep of the machine, and two never hold it', () => {
    const inside = browser();
    const record = new LockRecord();
    stand(inside, record, 'one');
    inside.time.pass(5_000);
    stand(inside, record, 'two');
    stand(inside, record, 'three', false);
    for (const sleep of [30_000, 3_600_000, 9_000]) {
      inside.time.pass(7_300);
      inside.slept += sleep;
      inside.time.pass(60_000);
    }
    expect(record.most).to.equal(1);
    expect(record.holder).to.equal('one');
  });

  it('is not trusted for longer than the store answers', () => {
    const inside = browser();
    let stuck = false;
    const { store } = inside;
    const change: LeaseStore['change'] = (name, to) => (stuck ? NEVER : store.change(name, to));
    const record = new LockRecord();
    stand(new LeaseBrowser({ change }, inside.time), record, 'one');
    inside.time.pass(1_000);
    expect(record.told).to.deep.equal(['one holds']);
    stuck = true;
    inside.time.pass(VISIBLE_PACE.trusts);
    expect(record.told).to.deep.equal(['one holds', 'one yields']);
  });

  it('is let go when the page is left, and taken up when it is back', () => {
    const inside = browser();
    const record = new LockRecord();
    const one = stand(inside, record, 'one');
    inside.time.pass(1_000);
    one.visible$.next(false);
    one.tab.pagehide$.next();
    expect(record.told).to.deep.equal(['one holds', 'one yields']);
    inside.time.pass(HIDDEN_PACE.expires);
    expect(record.told).to.have.length(2);
    one.visible$.next(true);
    inside.time.pass(1_000);
    expect(record.told).to.deep.equal(['one holds', 'one yields', 'one holds']);
  });

  it('is held by every tab where nothing can be stored', () => {
    const inside = browser({ change: () => throwError(() => new Error('Refused.')) });
    const record = new LockRecord();
    stand(inside, record, 'one');
    stand(inside, record, 'two');
    expect(record.told).to.deep.equal(['one holds', 'two holds']);
  });

  it('leaves nothing running when nobody wants it any more', () => {
    const inside = browser();
    const record = new LockRecord();
    const one = stand(inside, record, 'one');
    inside.time.pass(5_000);
    one.held.unsubscribe();
    inside.time.pass(1_000);
    expect(inside.time.actions.filter((action) => !action.closed)).to.have.length(0);
  });
});

describe('leases in IndexedDB', () => {
  it('change one after the other, also those of two connections', async () => {
    const [one, two] = [new IndexedDbLeases(), new IndexedDbLeases()];
    const name = crypto.randomUUID();
    const add = (lease: Lease): Lease => ({ ...lease, beat: lease.beat + 1 });
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? one : two).change(name, add)));
    let read = -1;
    await one.change(name, ({ beat }) => {
      read = beat;
      return null;
    });
    expect(read).to.equal(40);
    await Promise.all([one.close(), two.close()]);
  });
});

describe('locks of this browser', () => {
  it('are leases where there are no Web Locks, and where those are refused', async () => {
    const refusing = { request: () => Promise.reject(new DOMException('No.', 'SecurityError')) };
    for (const manager of [null, refusing as unknown as LockManager]) {
      const record = new LockRecord();
      const name = crypto.randomUUID();
      const stand = (label: string): Subscription =>
        new BrowserLocks(manager).hold(name).subscribe((held) => record.tell(label, held));
      const one = stand('one');
      await waitUntil(() => record.holder === 'one');
      const two = stand('two');
      one.unsubscribe();
      record.holders.delete('one');
      await waitUntil(() => record.holder === 'two');
      two.unsubscribe();
      expect(record.most).to.equal(1);
    }
  });
});
