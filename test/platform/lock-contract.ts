import { expect } from '@open-wc/testing';
import { BehaviorSubject } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';

/** A tab that stands for a lock. */
export interface LockTab {
  readonly name: string;
  readonly visible$: BehaviorSubject<boolean>;
  /** Stops standing, in order. */
  close(): void;
  /** Is killed in whatever it is doing. */
  die(): void;
}

export type Hold = (lock: string, visible$: Observable<boolean>) => Observable<boolean>;

/** One browser in which locks of one kind can be held. */
export interface LockHarness {
  /** A new tab's way to the locks, and how to kill that tab. */
  tab(): Promise<{ hold: Hold; kill(): void }>;
  /** Waits until something has become true. */
  until(condition: () => boolean): Promise<void>;
  /** Lets all that is under way come to rest. */
  settle(): Promise<void>;
  end(): void;
}

/** Who holds a lock, as its tabs were told, from the first moment. */
export class LockRecord {
  readonly told: string[] = [];
  readonly holders = new Set<string>();
  /** How many held it at the same time, at most. */
  most = 0;

  tell(tab: string, held: boolean): void {
    this.told.push(`${tab} ${held ? 'holds' : 'yields'}`);
    if (held) this.holders.add(tab);
    else this.holders.delete(tab);
    this.most = Math.max(this.most, this.holders.size);
  }

  get holder(): string | null {
    return [...this.holders][0] ?? null;
  }
}

let count = 0;

/** What every kind of lock promises. */
export function lockContract(kind: string, create: () => LockHarness): void {
  describe(`locks by ${kind}`, () => {
    let harness: LockHarness;
    let record: LockRecord;
    let name: string;
    const open: LockTab[] = [];

    async function tab(label: string, visible = true): Promise<LockTab> {
      const made = await harness.tab();
      const visible$ = new BehaviorSubject(visible);
      const mine = record;
      let alive = true;
      const held: Subscription = made.hold(name, visible$).subscribe((holds) => {
        if (alive) mine.tell(label, holds);
      });
      const close = (): void => {
        held.unsubscribe();
        mine.holders.delete(label);
      };
      const die = (): void => {
        made.kill();
        alive = false;
        mine.holders.delete(label);
      };
      const opened = { name: label, visible$, close, die };
      open.push(opened);
      return opened;
    }

    beforeEach(() => {
      harness = create();
      record = new LockRecord();
      name = `lock ${++count} ${Math.random()}`;
    });

    afterEach(async () => {
      for (const one of open.splice(0)) one.close();
      await harness.settle();
      harness.end();
      expect(record.most, 'holders at once').to.be.at.most(1);
    });

    const heldBy = (label: string): Promise<void> => harness.until(() => record.holder === label);

    it('are held by one, and by the next when that one closes', async () => {
      const one = await tab('one');
      await heldBy('one');
      const two = await tab('two');
      const three = await tab('three');
      await harness.settle();
      expect(record.told).to.deep.equal(['one holds']);
      two.close();
      one.close();
      await heldBy('three');
      three.close();
      expect(record.told).to.deep.equal(['one holds', 'three holds']);
    });

    it('are held by another when the holder is killed', async () => {
      const one = await tab('one');
      await heldBy('one');
      await tab('two');
      await harness.settle();
      one.die();
      await heldBy('two');
    });

    it('go from a hidden tab to a visible one, who asks first to let go', async () => {
      await tab('old', false);
      await heldBy('old');
      await tab('new');
      await heldBy('new');
      expect(record.told).to.deep.equal(['old holds', 'old yields', 'new holds']);
    });

    it('stay with a visible tab while others are visible too', async () => {
      await tab('one');
      await heldBy('one');
      await tab('two');
      await tab('three', false);
      await harness.settle();
      expect(record.told).to.deep.equal(['one holds']);
    });

    it('go to the visible tab that waits when the holder is hidden, past hidden ones that waited longer', async () => {
      const one = await tab('one');
      await heldBy('one');
      await tab('hidden', false);
      await harness.settle();
      await tab('two');
      await harness.settle();
      one.visible$.next(false);
      await heldBy('two');
      expect(record.told).to.deep.equal(['one holds', 'one yields', 'two holds']);
    });

    it('stay where they are while all are hidden, and when the holder is seen again', async () => {
      const one = await tab('one');
      await heldBy('one');
      await tab('two', false);
      await harness.settle();
      one.visible$.next(false);
      await harness.settle();
      one.visible$.next(true);
      await harness.settle();
      expect(record.told).to.deep.equal(['one holds']);
    });

    it('go to a waiting tab that becomes visible', async () => {
      await tab('one', false);
      await heldBy('one');
      const two = await tab('two', false);
      await harness.settle();
      two.visible$.next(true);
      await heldBy('two');
    });

    it('are held by a hidden tab when no visible one is left', async () => {
      const one = await tab('one');
      await heldBy('one');
      await tab('two', false);
      await tab('three', false);
      await harness.settle();
      one.die();
      await harness.until(() => record.holder !== null);
    });

    for (const seed of [1, 2, 3]) {
      it(`are never held by two, and by a visible tab in the end, whatever the tabs do (${seed})`, async () => {
        const random = seeded(seed);
        const tabs: LockTab[] = [await tab('t0')];
        for (let step = 1; step < 40; step++) {
          const one = tabs[Math.floor(random() * tabs.length)];
          const act = random();
          if (!one || act < 0.2) tabs.push(await tab(`t${step}`, random() < 0.5));
          else if (act < 0.75) one.visible$.next(!one.visible$.value);
          else {
            tabs.splice(tabs.indexOf(one), 1);
            if (act < 0.9) one.close();
            else one.die();
          }
          if (random() < 0.4) await harness.settle();
        }
        await tab('last');
        const seen = (): boolean => tabs.some((one) => one.name === record.holder && one.visible$.value);
        await harness.until(() => record.holder === 'last' || seen());
      });
    }
  });
}

/** The same numbers for the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
