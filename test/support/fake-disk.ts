import { AsyncSubject, Observable, defer, delay, finalize, of, throwError, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { Draft, OutboxItem, Pendency } from '../../src/model/index.js';
import type {
  DraftSaved,
  Remembered,
  Replaced,
  StoredCopy,
  StoredFile,
  WorkspaceStorage,
} from '../../src/streams/index.js';

/** How a disk behaves. Times are milliseconds. */
export interface DiskManners {
  /** From asking to the commit. 0: at once. */
  readonly commit: () => number;
  /** From the commit to the answer. */
  readonly answer: () => number;
  /** Whether what a tab asked for and had not seen committed outlives its death. */
  readonly survives: () => boolean;
  /** Whether a write is broken off in place of its commit. */
  readonly breaks: () => boolean;
}

interface Addition {
  readonly items: readonly OutboxItem[];
  readonly replaced: Replaced;
}

/** Whoever uses a disk. */
export interface DiskUser {
  readonly dead: boolean;
  /** Nothing can be written. */
  readonly full: boolean;
  /** There is no room for files. */
  readonly tight: boolean;
  /** Emits when a later version takes the storage over. */
  readonly outdated$: Observable<unknown>;
  closed(): void;
}

/**
 * What is on the disk of one agent. Writes are carried out one after the other, in the order in which they were asked for, whichever tab asked:
 * as those of IndexedDB that write to the same stores.
 */
export class FakeDisk {
  readonly outbox: OutboxItem[] = [];
  readonly drafts = new Map<string, Draft>();
  readonly seen = new Map<string, Pendency>();
  readonly files = new Map<string, StoredFile>();
  copy: StoredCopy | null = null;
  readonly things = new Map<string, Remembered>();
  readonly #scheduler: SchedulerLike;
  readonly #manners: DiskManners;
  readonly #lost = new WeakSet<DiskUser>();
  #freeAt = 0;

  constructor(scheduler: SchedulerLike, manners: DiskManners) {
    this.#scheduler = scheduler;
    this.#manners = manners;
  }

  /** What the contact centre has not accepted. */
  get unsent(): readonly OutboxItem[] {
    return this.outbox.filter(({ step }) => step.at !== 'accepted');
  }

  storage(user: DiskUser): WorkspaceStorage {
    const read = <T>(ask: () => T): Observable<T> =>
      this.#transaction(user, () => structuredClone(ask()), 'read');
    const write = <T>(act: () => T): Observable<T> =>
      user.full ? throwError(() => new Error('The disk is full.')) : this.#transaction(user, act, 'write');
    return {
      ...this.#outboxStore(read, write),
      drafts: () => read(() => this.drafts),
      saveDraft: (interaction, draft, taken = []) =>
        write((): DraftSaved => {
          const before = structuredClone(this.drafts.get(interaction));
          if (draft) this.drafts.set(interaction, structuredClone(draft));
          else this.drafts.delete(interaction);
          return { before, gone: taken.filter((clientId) => !this.#remove(clientId)) };
        }),
      files: () =>
        of({
          save: (file: StoredFile) =>
            user.tight
              ? throwError(() => new Error('The disk has no room for a file.'))
              : write(() => this.files.set(file.id, file)),
          // Not copied: a blob never changes.
          get: (id: string) => this.#transaction(user, () => this.files.get(id) ?? null, 'read'),
          forget: (ids: readonly string[]) => write(() => this.#forgetFiles(ids)),
        }),
      seen: () => read(() => this.seen),
      saveSeen: (interaction, seen) => write(() => this.seen.set(interaction, seen)),
      forget: (interaction) => write(() => [this.drafts.delete(interaction), this.seen.delete(interaction)]),
      copy: () => read(() => this.copy),
      saveCopy: (desk, pages) =>
        write(() => {
          const kept = new Map([...(this.copy?.pages ?? []), ...pages]);
          for (const [id, page] of kept) if (page === null) kept.delete(id);
          this.copy = structuredClone({ desk, pages: kept, at: this.#scheduler.now() });
        }),
      forgetCopy: () => write(() => (this.copy = null)),
      remembered: (name) => read(() => this.things.get(name) ?? null),
      remember: (name, change) =>
        write(() => {
          const value = change(structuredClone(this.things.get(name)?.value));
          if (value === null) this.things.delete(name);
          else this.things.set(name, structuredClone({ value, at: this.#scheduler.now() }));
        }),
      outdated$: user.outdated$,
      close: () => user.closed(),
    };
  }

  #outboxStore(
    read: <T>(ask: () => T) => Observable<T>,
    write: <T>(act: () => T) => Observable<T>,
  ): Pick<WorkspaceStorage, 'outbox' | 'enqueue' | 'updateOutbox'> {
    const storing = new Set<Addition>();
    /** The client ids of messages that another write may have stored with its own. */
    const carried = new Set<string | undefined>();
    return {
      outbox: () => read(() => this.outbox),
      // Each write carries what the same tab is still storing: should that be broken off, it is not to come behind.
      enqueue: (items, replaced = {}) =>
        defer(() => {
          const addition = { items, replaced };
          const before = [...storing];
          for (const one of before) carried.add(one.items[0]?.clientId);
          storing.add(addition);
          return write(() => {
            for (const one of before) this.#add(one, true);
            this.#add(addition, carried.has(items[0]?.clientId));
          }).pipe(finalize(() => storing.delete(addition)));
        }),
      updateOutbox: (clientId, change) => {
        // What is changed or removed since is not to be there again as it was.
        for (const one of storing)
          if (one.items.some((item) => item.clientId === clientId)) storing.delete(one);
        return write(() => {
          const at = this.outbox.findIndex((item) => item.clientId === clientId);
          const item = this.outbox[at];
          if (!item) return;
          const changed = change(structuredClone(item));
          if (changed === null) this.outbox.splice(at, 1);
          else this.outbox[at] = structuredClone(changed);
        });
      },
    };
  }

  #add({ items, replaced: { message, draft } }: Addition, once: boolean): void {
    if (once && this.outbox.some(({ clientId }) => clientId === items[0]?.clientId)) return;
    const gone = message !== undefined && !this.#remove(message);
    if (!gone) this.outbox.push(...structuredClone(items));
    const stored = draft && this.drafts.get(draft.interaction);
    if (stored && draft.isSent(stored)) this.drafts.delete(draft.interaction);
  }

  #forgetFiles(ids: readonly string[]): void {
    const inDrafts = [...this.drafts.values()].flatMap(({ attachments }) => attachments.map(({ id }) => id));
    const inOutbox = this.unsent.flatMap(({ body }) => (body.kind === 'media' ? [body.upload] : []));
    for (const id of ids) if (![...inDrafts, ...inOutbox].includes(id)) this.files.delete(id);
  }

  #remove(clientId: string): boolean {
    const at = this.outbox.findIndex((item) => item.clientId === clientId && item.step.at === 'failed');
    if (at >= 0) this.outbox.splice(at, 1);
    return at >= 0;
  }

  /** Begun when it is subscribed to, for good; a tab that dies hears no answer. */
  #transaction<T>(user: DiskUser, act: () => T, kind: 'read' | 'write'): Observable<T> {
    return new Observable((subscriber) => {
      if (user.dead) return undefined;
      const answer$ = new AsyncSubject<T>();
      const carryOut = (): void => {
        if (this.#isLost(user)) return;
        if (kind === 'write' && this.#manners.breaks()) {
          answer$.error(new Error('The write was broken off.'));
          return;
        }
        answer$.next(act());
        answer$.complete();
      };
      const { commit, answer } = this.#manners;
      const now = this.#scheduler.now();
      // Reading waits for what was asked to be written before, and holds nothing up.
      this.#freeAt = Math.max(now, this.#freeAt) + (kind === 'write' ? commit() : 0);
      if (this.#freeAt === now) carryOut();
      else timer(this.#freeAt - now, this.#scheduler).subscribe(carryOut);
      return answer$.pipe(delay(answer(), this.#scheduler)).subscribe({
        next: (value) => user.dead || subscriber.next(value),
        error: (error: unknown) => user.dead || subscriber.error(error),
        complete: () => user.dead || subscriber.complete(),
      });
    });
  }

  /** Of what a dead tab had asked for, a beginning may outlive it: what comes behind something that is lost is lost too. */
  #isLost(user: DiskUser): boolean {
    if (!user.dead) return false;
    if (!this.#lost.has(user) && !this.#manners.survives()) this.#lost.add(user);
    return this.#lost.has(user);
  }
}
