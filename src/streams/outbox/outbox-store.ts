import { EMPTY, of, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Cursor, OutboxItem } from '../../model/index.js';
import type { AgentScope } from '../storage/index.js';
import { RecentSet, removeOldest, sameElements, SerialSubject } from '../operators/index.js';
import type { Replaced } from '../platform.js';
import type { Store } from '../state/index.js';
import { itemOf } from './lanes.js';

/** How many messages that have left are remembered, so that a late look at the disk does not bring them back. */
const LEFT_REMEMBERED = 1_000;

type Change = (item: OutboxItem) => OutboxItem | null;

interface ChangeOfOne {
  readonly clientId: string;
  readonly change: Change;
}

interface Addition {
  readonly items: readonly OutboxItem[];
  readonly replaced: Replaced;
}

/**
 * The messages of the outbox as this tab knows them. The disk is the truth: what is shown was read from it, and a change is one on the disk, read
 * again. Only what is not on the disk is kept here: what is being saved, what could not be stored yet, and what the disk has let go of before this tab's own
 * log has come so far.
 */
export class OutboxStore {
  readonly #log: Store;
  readonly #isHeldBack: (item: OutboxItem) => boolean | undefined;
  readonly #items$ = new SerialSubject<readonly OutboxItem[]>([]);
  /** What all have been told, or will be in their turn. */
  #told: readonly OutboxItem[] = [];
  #scope: AgentScope | null = null;
  /** As the disk says, with what could not be stored yet. */
  #stored: readonly OutboxItem[] = [];
  /** Being saved, or, at any other step, not stored yet: then this tab alone knows of it. In the order of sending. */
  readonly #unsaved = new Map<string, OutboxItem>();
  /** What could not be stored yet of changes. */
  readonly #changes = new Set<ChangeOfOne>();
  /** Messages and changes that are stored, and have not been read since. */
  readonly #saved = new Set<string | ChangeOfOne>();
  /** What this tab's log has, and where. */
  readonly #left = new Map<string, Cursor>();
  /** What something new, or a draft, has taken the place of: a second request for the same comes from an impatient second press. */
  readonly #replaced = new RecentSet<string>(LEFT_REMEMBERED);
  /** What some log had when it was asked before what to let go of. */
  #aged: readonly OutboxItem[] = [];
  /** How often the disk was to be read since the reading began that is under way. */
  #asked = 0;
  /** Sent before there was a scope. */
  #waiting: Addition[] = [];

  /** Oldest first. Replays. */
  readonly items$: Observable<readonly OutboxItem[]> = this.#items$.asObservable();

  /** @param isHeldBack Whether a message is not to be stored yet. */
  constructor(log: Store, isHeldBack: (item: OutboxItem) => boolean | undefined) {
    this.#log = log;
    this.#isHeldBack = isHeldBack;
  }

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
      // What a desk without storage had to keep.
      const items = [...this.#unsaved.values()].filter(({ step }) => step.at !== 'saving');
      for (const addition of [{ items, replaced: {} }, ...this.#waiting.splice(0)])
        this.#save(scope, addition);
      return;
    }
    this.#waiting = [];
    this.#stored = [];
    this.#asked = 0;
    for (const kept of [this.#unsaved, this.#changes, this.#saved]) kept.clear();
    this.#tell();
  }

  /**
   * Shows new messages at once, as being saved.
   * @returns Whether they are new: what takes the place of a message does so once.
   */
  add(items: readonly OutboxItem[], replaced: Replaced = {}): boolean {
    const { message = '' } = replaced;
    if (this.#replaced.has(message)) return false;
    // What failed before it was ever stored is not looked for on the disk.
    const addition = { items, replaced: this.#unsaved.has(message) ? {} : replaced };
    for (const item of items) this.#unsaved.set(item.clientId, { ...item, step: { at: 'saving' } });
    if (message) this.hide(message);
    this.#tell();
    if (this.#scope) this.#save(this.#scope, addition);
    else this.#waiting.push(addition);
    return true;
  }

  /** Changes a message as it then is; null removes it. Does nothing when it is gone. */
  change(clientId: string, change: Change): void {
    const unsaved = this.#unsaved.get(clientId);
    if (unsaved && unsaved.step.at !== 'saving') {
      const changed = change(unsaved);
      if (changed) this.#unsaved.set(clientId, changed);
      else this.hide(clientId);
      this.#tell();
      return;
    }
    const scope = this.#scope;
    const one = { clientId, change };
    scope?.storage
      .write((storage) => storage.updateOutbox(clientId, change))
      .subscribe((done) => {
        if (this.#scope !== scope) return;
        if (done) {
          this.#saved.add(one);
          this.#reread(scope);
        } else {
          this.#changes.add(one);
          this.#stored = changed(this.#stored, one);
          this.#tell();
        }
      });
  }

  /**
   * Takes back that a message is to be sent anew, while there is no room for that.
   * @returns The failed one, which may be acted on again; any other message is returned as it is.
   */
  withdraw(clientId: string): string {
    const step = this.#unsaved.get(clientId)?.step;
    if (step?.at !== 'saving' || !step.yields) return clientId;
    this.hide(clientId);
    // Whoever takes it back says what becomes of it.
    this.#replaced.delete(step.yields);
    return step.yields;
  }

  /**
   * Shows a message no more that is over. One whose words a draft takes back leaves the disk with the storing of that. One that is not known to be stored
   * may be yet, by a write that the browser has not answered: its removal stands behind that.
   */
  hide(clientId: string): void {
    this.#replaced.add(clientId);
    if (this.#unsaved.delete(clientId))
      this.#scope?.storage.write((disk) => disk.updateOutbox(clientId, () => null));
    this.#tell();
  }

  /** Shows messages no more that this tab's log has, at a place or before it, and says so to those that are behind. */
  leave(place: Cursor, clientIds: readonly (string | null)[]): void {
    for (const clientId of clientIds) {
      if (clientId === null) continue;
      const known = this.get(clientId);
      this.#left.set(clientId, place);
      if (this.#left.size > LEFT_REMEMBERED) removeOldest(this.#left);
      if (known) this.#mark(known, place);
      this.#unsaved.delete(clientId);
    }
    this.#tell();
  }

  /** Lets go of what some log has had since the call before: by now every tab that is awake has read it as accepted. */
  letGo(): void {
    const storage = this.#scope?.storage;
    if (!storage || storage.waits) return;
    for (const item of this.#aged)
      if (this.#stored.includes(item))
        storage.write((disk) => disk.updateOutbox(item.clientId, (now) => (isLogged(now) ? null : now)));
    this.#aged = this.#stored.filter(isLogged);
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
    if (this.#asked++ > 0) return;
    this.read$().subscribe(() => {
      const again = this.#asked > 1;
      this.#asked = 0;
      if (again) this.refresh();
    });
  }

  /** The storage is a later version's now: what is on it is not to be shown or sent here any more. */
  forgetStored(): void {
    this.#stored = [];
    this.#tell();
  }

  close(): void {
    this.#scope = null;
    this.#items$.complete();
  }

  #save(scope: AgentScope, { items, replaced }: Addition): void {
    if (items.length === 0) return;
    const { draft } = replaced;
    // Told before it is done as well: should this tab be closed meanwhile, those that look now wait for it.
    scope.tabs.postChanged('outbox');
    if (draft) scope.tabs.postChanged('drafts');
    scope.storage
      .write((storage) => {
        const unsaved = this.#unsavedOf(items);
        // As what there is no room for.
        if (unsaved.some(this.#isHeldBack)) throw new Error('It is held back.');
        // Withdrawn: what it was to take the place of stays.
        return replaced.message && unsaved.length === 0 ? EMPTY : storage.enqueue(unsaved, replaced);
      })
      .subscribe((done) => {
        if (this.#scope !== scope) return;
        for (const item of items) {
          const { clientId } = item;
          if (done) this.#saved.add(clientId);
          else if (this.#unsaved.get(clientId)?.step.at === 'saving')
            // What takes the place of a message that other tabs have as well does so on the disk before it goes, or both would.
            this.#unsaved.set(
              clientId,
              replaced.message ? { ...item, step: { at: 'saving', yields: replaced.message } } : item,
            );
        }
        this.#tell();
        if (!done) return;
        this.#reread(scope);
        if (draft) scope.tabs.postChanged('drafts');
      });
  }

  /** As they are by now; what has been sent from memory meanwhile is left out. */
  #unsavedOf(items: readonly OutboxItem[]): readonly OutboxItem[] {
    return items.flatMap((item) => {
      const now = this.#unsaved.get(item.clientId);
      return now?.step.at === 'saving' ? item : (now ?? []);
    });
  }

  /** Says of a stored message that this tab's log has it. */
  #mark(item: OutboxItem, place: Cursor): void {
    if (this.#isPresent(place) && !isLogged(item))
      this.change(item.clientId, (now) =>
        this.#isPresent(place) ? { ...now, step: { at: 'accepted', cursor: place, logged: true } } : now,
      );
  }

  #reread(scope: AgentScope): void {
    scope.tabs.postChanged('outbox');
    this.refresh();
  }

  /** @param saved What had been saved when the disk was asked. */
  #take(items: readonly OutboxItem[] | null, saved: ReadonlySet<string | ChangeOfOne>): void {
    // Unreadable is not empty.
    if (!items) return;
    const known = this.#stored;
    for (const one of saved) {
      this.#saved.delete(one);
      if (typeof one === 'string') this.#unsaved.delete(one);
      else this.#changes.delete(one);
    }
    const kept = this.#shown().filter(
      (item) => item.step.at === 'accepted' && this.isStored(item) && !itemOf(items, item.clientId),
    );
    const now = [...this.#changes].reduce(changed, [...kept, ...items]);
    this.#stored = now.map((item) => same(itemOf(known, item.clientId), item));
    for (const { clientId } of items) this.#unsaved.delete(clientId);
    for (const item of this.#stored) {
      const place = this.#left.get(item.clientId);
      if (place) this.#mark(item, place);
    }
    this.#tell();
  }

  #shown(): readonly OutboxItem[] {
    const shown = this.#stored.filter((item) => !this.#isOver(item));
    for (const item of this.#unsaved.values()) if (!itemOf(shown, item.clientId)) shown.push(item);
    return shown;
  }

  /** What a log had that was replaced may have to be sent again. */
  #isPresent({ epoch }: Cursor): boolean {
    return epoch === this.#log.state.epoch;
  }

  /** Whether nothing is to be shown of a message any more. */
  #isOver(item: OutboxItem): boolean {
    const place = this.#left.get(item.clientId);
    return place
      ? isLogged(item) || this.#isPresent(place)
      : item.step.at !== 'accepted' && this.#replaced.has(item.clientId);
  }

  #tell(): void {
    const shown = this.#shown();
    if (sameElements(shown, this.#told)) return;
    this.#told = shown;
    this.#items$.next(shown);
  }
}

function isLogged({ step }: OutboxItem): boolean {
  return step.at === 'accepted' && step.logged === true;
}

function changed(items: readonly OutboxItem[], { clientId, change }: ChangeOfOne): readonly OutboxItem[] {
  return items.flatMap((item) => (item.clientId === clientId ? (change(item) ?? []) : item));
}

/** What has not changed stays the same object, so that nobody renders it again. */
function same(known: OutboxItem | undefined, read: OutboxItem): OutboxItem {
  return known && JSON.stringify(known) === JSON.stringify(read) ? known : read;
}
