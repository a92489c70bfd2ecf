import { BehaviorSubject, NEVER, Observable, Subject, defer, delay, of, throwError } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { OutboxItem, Pendency } from '../../src/model/index.js';
import type {
  DeskIdentity,
  TabChannel,
  WorkspacePlatform,
  WorkspaceStorage,
} from '../../src/streams/index.js';

/** A disk operation takes a moment. In milliseconds. */
export const DISK = 1;

/** What is on the disk of one agent. */
export class FakeDisk {
  readonly outbox: OutboxItem[] = [];
  readonly drafts = new Map<string, string>();
  readonly seen = new Map<string, Pendency>();
}

/** A browser with tabs that share disk, locks and channels. */
export class FakeBrowser {
  readonly scheduler: SchedulerLike;
  /** refused: storage cannot be opened. full: nothing can be written. */
  storage: 'well' | 'refused' | 'full' = 'well';
  readonly tabs: FakeTab[] = [];
  readonly #disks = new Map<string, FakeDisk>();
  readonly #queues = new Map<string, Set<() => void>>();

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
    const disk = this.#disks.get(name) ?? new FakeDisk();
    this.#disks.set(name, disk);
    return disk;
  }

  /** Queues for a lock; returns what leaves the queue, and gives the lock to the next. */
  queue(name: string, held: () => void): () => void {
    const queue = this.#queues.get(name) ?? new Set();
    this.#queues.set(name, queue);
    queue.add(held);
    if (queue.size === 1) held();
    return () => {
      const [holder] = queue;
      queue.delete(held);
      const [next] = queue;
      if (holder === held) next?.();
    };
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
  readonly #browser: FakeBrowser;
  readonly #releases = new Set<() => void>();
  #ids = 0;
  #dead = false;

  constructor(browser: FakeBrowser, name: string) {
    this.#browser = browser;
    this.name = name;
  }

  readonly locks = {
    hold: (name: string): Observable<unknown> =>
      new Observable((subscriber) => {
        const release = this.#browser.queue(name, () => subscriber.next('held'));
        this.#releases.add(release);
        return () => {
          this.#releases.delete(release);
          release();
        };
      }),
  };

  /** The tab is killed: its locks are free, and what its workspace goes on doing reaches nobody. */
  die(): void {
    this.#dead = true;
    this.channels.clear();
    for (const release of this.#releases) release();
  }

  openStorage({ issuer, agent }: DeskIdentity): Observable<WorkspaceStorage> {
    const { scheduler } = this.#browser;
    return defer(() =>
      this.#browser.storage === 'refused' ? throwError(() => new Error('Refused.')) : of(null),
    ).pipe(
      delay(DISK, scheduler),
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
        if (this.#dead) return;
        for (const tab of this.#browser.tabs) {
          for (const other of tab.channels.get(name) ?? []) {
            if (other !== messages$) other.next(structuredClone(message));
          }
        }
      },
      close: () => {
        mine.delete(messages$);
        this.open.delete('channel');
      },
    };
  }

  newId(): string {
    return `${this.name}-${++this.#ids}`;
  }

  #storage(disk: FakeDisk): WorkspaceStorage {
    const read = <T>(ask: () => T): Observable<T> => defer(() => this.#later(structuredClone(ask())));
    const write = (act: () => void): Observable<unknown> =>
      defer(() => {
        if (this.#dead) return NEVER;
        if (this.#browser.storage === 'full') return throwError(() => new Error('The disk is full.'));
        act();
        return this.#later(null);
      });
    const place = (clientId: string): number => disk.outbox.findIndex((item) => item.clientId === clientId);
    return {
      outbox: () => read(() => disk.outbox),
      enqueue: (item, draft) =>
        write(() => {
          disk.outbox.push(structuredClone(item));
          if (draft === 'forget') disk.drafts.delete(item.interaction);
        }),
      updateOutbox: (item) =>
        write(() => {
          if (place(item.clientId) >= 0) disk.outbox[place(item.clientId)] = structuredClone(item);
        }),
      deleteFromOutbox: (clientId) =>
        write(() => {
          if (place(clientId) >= 0) disk.outbox.splice(place(clientId), 1);
        }),
      drafts: () => read(() => disk.drafts),
      saveDraft: (interaction, text) =>
        write(() => {
          if (text === '') disk.drafts.delete(interaction);
          else disk.drafts.set(interaction, text);
        }),
      seen: () => read(() => disk.seen),
      saveSeen: (interaction, seen) => write(() => disk.seen.set(interaction, seen)),
      forget: (interaction) =>
        write(() => {
          disk.drafts.delete(interaction);
          disk.seen.delete(interaction);
        }),
      close: () => this.open.delete('storage'),
    };
  }

  #later<T>(value: T): Observable<T> {
    return of(value).pipe(delay(DISK, this.#browser.scheduler));
  }
}
