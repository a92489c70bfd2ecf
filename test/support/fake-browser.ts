import { BehaviorSubject, Observable, Subject, defer, delay, of, throwError, timer } from 'rxjs';
import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import type { FoundFile } from '../../src/model/index.js';
import type {
  DeskIdentity,
  HoldOptions,
  TabChannel,
  WorkspacePlatform,
  WorkspaceStorage,
} from '../../src/streams/index.js';
import { FakeDisk } from './fake-disk.js';
import { FakeLock } from './fake-lock.js';

/** A disk operation takes a moment. In milliseconds. */
export const DISK = 1;

/** How slow a browser is, and what outlives a tab. A test sets what it needs; times are milliseconds. */
export interface BrowserManners {
  /** Until the storage is open. Default: 1. */
  opens: () => number;
  /** From asking the disk to the commit. Default: at once. */
  commit: () => number;
  /** From the commit to the answer. Default: 1. */
  answer: () => number;
  /** From posting to another tab until it hears. Default: 1. */
  channel: () => number;
  /** Until a tab hears that it holds a lock. Default: at once. */
  lock: () => number;
  /** Whether what a tab asked of the disk and had not seen committed outlives its death. Default: always. */
  survives: () => boolean;
  /** Whether a write is broken off in place of its commit. Default: never. */
  breaks: () => boolean;
}

/** A browser with tabs that share disk, locks and channels. */
export class FakeBrowser {
  readonly scheduler: SchedulerLike;
  /** refused: storage cannot be opened. full: nothing can be written. tight: all but files. newer: a later version has changed it. */
  storage: 'well' | 'refused' | 'full' | 'tight' | 'newer' = 'well';
  readonly manners: BrowserManners = {
    opens: () => DISK,
    commit: () => 0,
    answer: () => DISK,
    channel: () => 1,
    lock: () => 0,
    survives: () => true,
    breaks: () => false,
  };
  readonly tabs: FakeTab[] = [];
  readonly #disks = new Map<string, FakeDisk>();
  readonly #locks = new Map<string, FakeLock>();

  constructor(scheduler: SchedulerLike) {
    this.scheduler = scheduler;
  }

  tab(): FakeTab {
    const tab = new FakeTab(this, `tab-${this.tabs.length + 1}`);
    this.tabs.push(tab);
    return tab;
  }

  disk(agent = 'ana', issuer = 'test'): FakeDisk {
    const name = JSON.stringify([issuer, agent]);
    const { manners } = this;
    const disk =
      this.#disks.get(name) ??
      new FakeDisk(this.scheduler, {
        commit: () => manners.commit(),
        answer: () => manners.answer(),
        survives: () => manners.survives(),
        breaks: () => manners.breaks(),
      });
    this.#disks.set(name, disk);
    return disk;
  }

  lock(name: string): FakeLock {
    const lock = this.#locks.get(name) ?? new FakeLock(this.scheduler, () => this.manners.lock());
    this.#locks.set(name, lock);
    return lock;
  }

  /** Tells all channels of a name but the one that posts. */
  post(name: string, from: Subject<unknown>, message: unknown): void {
    const posted: unknown = structuredClone(message);
    for (const tab of this.tabs) {
      for (const other of tab.channels.get(name) ?? []) {
        if (other === from) continue;
        timer(this.manners.channel(), this.scheduler).subscribe(() => tab.dead || other.next(posted));
      }
    }
  }
}

/** One tab, and the platform that its workspace is given. */
export class FakeTab implements WorkspacePlatform {
  readonly name: string;
  readonly visible$ = new BehaviorSubject(true);
  readonly online$ = new BehaviorSubject(true);
  /** Resources in use: what a closed workspace must have given back. */
  readonly open = new Set<string>();
  readonly channels = new Map<string, Set<Subject<unknown>>>();
  /** The browser's, as long as the tab lives. */
  readonly scheduler: SchedulerLike;
  readonly #browser: FakeBrowser;
  readonly #releases = new Set<() => void>();
  /** How often this tab has read its outbox. */
  reads = 0;
  #ids = 0;
  #dead = false;
  readonly #outdated$ = new Subject<void>();
  #storageLost = false;

  constructor(browser: FakeBrowser, name: string) {
    this.#browser = browser;
    this.name = name;
    this.scheduler = new TabScheduler(this, browser.scheduler);
  }

  get dead(): boolean {
    return this.#dead;
  }

  readonly locks = {
    hold: (name: string, { visible$ = of(true) }: HoldOptions = {}): Observable<boolean> =>
      new Observable((subscriber) => {
        if (this.#dead) return undefined;
        const lock = this.#browser.lock(name);
        const release = lock.queue(visible$, (held) => this.#dead || subscriber.next(held));
        this.#releases.add(release);
        return () => {
          this.#releases.delete(release);
          release();
        };
      }),
  };

  /** The tab is killed: its timers stand still, its locks are free, and what its workspace goes on doing reaches nobody. */
  die(): void {
    this.#dead = true;
    this.channels.clear();
    for (const release of this.#releases) release();
  }

  /** A later version of the code takes the storage over. */
  outdate(): void {
    // What is asked for while it is told is still done.
    this.#outdated$.next();
    this.#storageLost = true;
  }

  openStorage({ issuer, agent }: DeskIdentity): Observable<WorkspaceStorage> {
    const refusal = new Error('Refused.');
    if (this.#browser.storage === 'newer') refusal.name = 'VersionError';
    return defer(() =>
      ['refused', 'newer'].includes(this.#browser.storage) ? throwError(() => refusal) : of(null),
    ).pipe(
      delay(this.#browser.manners.opens(), this.scheduler),
      (opened$) =>
        new Observable((subscriber) =>
          opened$.subscribe({
            next: () => {
              this.open.add('storage');
              subscriber.next(this.#storage(this.#browser.disk(agent, issuer)));
            },
            error: (error: unknown) => subscriber.error(error),
          }),
        ),
    );
  }

  channel(name: string): TabChannel {
    const messages$ = new Subject<unknown>();
    const mine = this.channels.get(name) ?? new Set();
    this.channels.set(name, mine.add(messages$));
    this.open.add('channel');
    return {
      messages$,
      post: (message) => {
        if (!this.#dead) this.#browser.post(name, messages$, message);
      },
      close: () => {
        mine.delete(messages$);
        this.open.delete('channel');
      },
    };
  }

  /** What files are, by the type that they declare. */
  inspectFile(file: Blob): Observable<FoundFile | null> {
    return of(file.type === '' ? null : { mimeType: file.type });
  }

  newId(): string {
    return `${this.name}-${++this.#ids}`;
  }

  #storage(disk: FakeDisk): WorkspaceStorage {
    const isDead = (): boolean => this.#dead;
    const isFull = (): boolean => this.#storageLost || this.#browser.storage === 'full';
    const isTight = (): boolean => this.#browser.storage === 'tight';
    const storage = disk.storage({
      get dead() {
        return isDead();
      },
      get full() {
        return isFull();
      },
      get tight() {
        return isTight();
      },
      outdated$: this.#outdated$,
      closed: () => this.open.delete('storage'),
    });
    const counted = (): ReturnType<WorkspaceStorage['outbox']> => {
      this.reads++;
      return storage.outbox();
    };
    return { ...storage, outbox: counted };
  }
}

/** What a tab has begun ends with it. */
class TabScheduler implements SchedulerLike {
  readonly #tab: FakeTab;
  readonly #scheduler: SchedulerLike;

  constructor(tab: FakeTab, scheduler: SchedulerLike) {
    this.#tab = tab;
    this.#scheduler = scheduler;
  }

  now(): number {
    return this.#scheduler.now();
  }

  schedule<T>(work: (this: SchedulerAction<T>, state: T) => void, delayed = 0, state?: T): Subscription {
    const tab = this.#tab;
    return this.#scheduler.schedule<T>(
      function (this: SchedulerAction<T>, given?: T) {
        if (!tab.dead) work.call(this, given as T);
      },
      delayed,
      state,
    );
  }
}
