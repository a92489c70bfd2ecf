import { of, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { OutboxItem } from '../../model/index.js';
import type { AgentScope } from '../storage/index.js';
import { RecentSet, sameElements, SerialSubject } from '../operators/index.js';
import type { Replaced } from '../platform.js';
import { itemOf } from './lanes.js';

/** How many messages that have left are remembered, so that a late look at the disk does not bring them back. */
const LEFT_REMEMBERED = 1_000;

type Change = (item: OutboxItem) => OutboxItem | null;

interface Addition {
  readonly items: readonly OutboxItem[];
  readonly replaced: Replaced;
}

/**
 * The messages of the outbox as this tab knows them. The disk is the truth: what is shown was read from it, and a change is one on the disk, read
 * again. Only what is not on the disk is kept here: what is being saved, and what the browser refuses to store.
 */
export class OutboxStore {
  readonly #items$ = new SerialSubject<readonly OutboxItem[]>([]);
  /** What all have been told, or will be in their turn. */
  #told: readonly OutboxItem[] = [];
  #scope: AgentScope | null = null;
  #stored: readonly OutboxItem[] = [];
  /** Being saved, or, at any other step, not storable: then this tab alone knows of it. In the order of sending. */
  readonly #unsaved = new Map<string, OutboxItem>();
  /** Saved, and not read since. */
  readonly #saved = new Set<string>();
  /** What became of stored messages where the browser refused to store it. */
  readonly #overrides = new Map<string, OutboxItem | null>();
  readonly #left = new RecentSet<string>(LEFT_REMEMBERED);
  /** What something new has taken the place of: a second wish for the same comes from an impatient second press. */
  readonly #replaced = new RecentSet<string>(LEFT_REMEMBERED);
  #reading = false;
  #readAgain = false;
  /** Sent before there was a scope. */
  #waiting: Addition[] = [];

  /** Oldest first. Replays. */
  readonly items$: Observable<readonly OutboxItem[]> = this.#items$.asObservable();

  /** What `items$` has told, or will in its turn. */
  get items(): readonly OutboxItem[] {
    return this.#shown();
  }

  get(clientId: string): OutboxItem | undefined {
    return itemOf(this.#shown(), clientId);
  }

  /** Whether other tabs can know of a message. */
  isStored({ clientId }: OutboxItem): boolean {
    return !this.#unsaved.has(clientId);
  }

  /** Goes on with the storage of another agent; with null, forgets what was that of the former. */
  use(scope: AgentScope | null): void {
    this.#scope = scope;
    if (scope) {
      for (const addition of this.#waiting.splice(0)) this.#save(scope, addition);
      return;
    }
    this.#waiting = [];
    this.#stored = [];
    this.#reading = this.#readAgain = false;
    for (const kept of [this.#unsaved, this.#overrides, this.#saved]) kept.clear();
    this.#tell();
  }

  /**
   * Shows new messages at once, as being saved.
   * @returns Whether they are new: what takes the place of a message does so once.
   */
  add(items: readonly OutboxItem[], replaced: Replaced = {}): boolean {
    const { message } = replaced;
    if (message !== undefined && this.#replaced.has(message)) return false;
    if (message !== undefined) this.#replaced.add(message);
    for (const item of items) this.#unsaved.set(item.clientId, { ...item, step: { at: 'saving' } });
    this.#tell();
    if (this.#scope) this.#save(this.#scope, { items, replaced });
    else this.#waiting.push({ items, replaced });
    return true;
  }

  /** Changes a message as it then is; null removes it. Does nothing when it is gone. */
  change(clientId: string, change: Change): void {
    const unsaved = this.#unsaved.get(clientId);
    if (unsaved && unsaved.step.at !== 'saving') {
      this.#changeInMemory(clientId, change(unsaved));
      return;
    }
    const scope = this.#scope;
    scope?.storage
      .write((storage) => storage.updateOutbox(clientId, change))
      .subscribe((done) => {
        if (this.#scope !== scope) return;
        if (done) this.#reread(scope);
        else this.#override(clientId, change);
      });
  }

  /** Shows a message no more that leaves the disk by another change. */
  hide(clientId: string): void {
    this.#overrides.set(clientId, null);
    this.#unsaved.delete(clientId);
    this.#tell();
  }

  /** Removes messages that are in the log. */
  leave(...clientIds: readonly string[]): void {
    for (const clientId of clientIds) {
      const known = this.get(clientId);
      this.#left.add(clientId);
      if (known) this.change(clientId, () => null);
      this.#unsaved.delete(clientId);
    }
    this.#tell();
  }

  /** Reads the disk now. Emits once and completes when what it says is shown. */
  read$(): Observable<unknown> {
    const scope = this.#scope;
    if (!scope) return of(null);
    const saved = new Set(this.#saved);
    return scope.storage
      .read<readonly OutboxItem[] | null>((storage) => storage.outbox(), null)
      .pipe(tap((items) => this.#scope === scope && this.#take(items, saved)));
  }

  /** Reads the disk soon: whatever asks while it is being read is answered by one more reading. */
  refresh(): void {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = true;
    this.read$().subscribe(() => {
      this.#reading = false;
      if (!this.#readAgain) return;
      this.#readAgain = false;
      this.refresh();
    });
  }

  /** The storage is a later version's now: what is on it is not to be shown or sent here any more. */
  forgetStored(): void {
    this.#stored = [];
    this.#overrides.clear();
    this.#tell();
  }

  close(): void {
    this.#scope = null;
    this.#items$.complete();
  }

  #save(scope: AgentScope, { items, replaced }: Addition): void {
    // Behind messages that could not be stored, later ones of the same conversation must not be sent by another tab.
    if (items.some((item) => this.#isBehindMemory(item))) {
      this.#keepInMemory(items, replaced);
      return;
    }
    // Told before it is done as well: should this tab be closed meanwhile, those that look now wait for it.
    scope.tabs.post({ kind: 'changed', what: 'outbox' });
    if (replaced.draft) scope.tabs.post({ kind: 'changed', what: 'drafts' });
    scope.storage
      .write((storage) => storage.enqueue(items, replaced))
      .subscribe((done) => {
        if (this.#scope !== scope) return;
        if (!done) {
          this.#keepInMemory(items, replaced);
          return;
        }
        for (const { clientId } of items) this.#saved.add(clientId);
        this.#reread(scope);
        if (replaced.draft) scope.tabs.post({ kind: 'changed', what: 'drafts' });
      });
  }

  #isBehindMemory({ interaction, clientId }: OutboxItem): boolean {
    return [...this.#unsaved.values()].some(
      (item) => item.interaction === interaction && item.clientId !== clientId && item.step.at !== 'saving',
    );
  }

  #keepInMemory(items: readonly OutboxItem[], { message }: Replaced): void {
    for (const item of items) if (this.#unsaved.has(item.clientId)) this.#unsaved.set(item.clientId, item);
    if (message !== undefined && !this.#unsaved.delete(message)) this.#override(message, () => null);
    this.#tell();
  }

  #changeInMemory(clientId: string, item: OutboxItem | null): void {
    if (item) this.#unsaved.set(clientId, item);
    else this.#unsaved.delete(clientId);
    this.#tell();
  }

  #override(clientId: string, change: Change): void {
    const item = this.get(clientId);
    if (!item) return;
    this.#overrides.set(clientId, change(item));
    this.#tell();
  }

  #reread(scope: AgentScope): void {
    scope.tabs.post({ kind: 'changed', what: 'outbox' });
    this.refresh();
  }

  /** @param saved What had been saved when the disk was asked. */
  #take(items: readonly OutboxItem[] | null, saved: ReadonlySet<string>): void {
    // Unreadable is not empty.
    if (!items) return;
    const known = this.#stored;
    this.#stored = items.map((item) => same(itemOf(known, item.clientId), item));
    for (const clientId of saved) this.#saved.delete(clientId);
    for (const clientId of [...saved, ...items.map((item) => item.clientId)]) this.#unsaved.delete(clientId);
    for (const clientId of this.#overrides.keys())
      if (!itemOf(items, clientId)) this.#overrides.delete(clientId);
    for (const { clientId } of items) if (this.#left.has(clientId)) this.change(clientId, () => null);
    this.#tell();
  }

  #shown(): readonly OutboxItem[] {
    const shown: OutboxItem[] = [];
    for (const item of this.#stored) {
      const now = this.#overrides.get(item.clientId);
      if (now !== null && !this.#left.has(item.clientId)) shown.push(now ?? item);
    }
    for (const item of this.#unsaved.values()) if (!itemOf(shown, item.clientId)) shown.push(item);
    return shown;
  }

  #tell(): void {
    const shown = this.#shown();
    if (sameElements(shown, this.#told)) return;
    this.#told = shown;
    this.#items$.next(shown);
  }
}

/** What has not changed stays the same object, so that nobody renders it again. */
function same(known: OutboxItem | undefined, read: OutboxItem): OutboxItem {
  return known && JSON.stringify(known) === JSON.stringify(read) ? known : read;
}
