import type { IDBPObjectStore, IDBPTransaction } from 'idb';
import type { Observable } from 'rxjs';
import type { Draft, OutboxItem, Pendency } from '../model/index.js';
import { forgetOld } from './forget-old.js';
import { COPY, forgetCopyIn, forgetOtherCopies } from './stored-copy.js';
import type { StoredCopy } from './stored-copy.js';
import { DeskConnection } from './desk-connection.js';
import { databaseName } from './desk-database.js';
import type { DeskDatabase, DeskSchema, StoredDraft } from './desk-database.js';
import type { FileStore } from './file-store.js';

/** Stores that change together. */
type Words = ('outbox' | 'drafts')[];

const WORDS: Words = ['outbox', 'drafts'];

/** One database per issuer and agent: nobody sends, or reads, what another agent wrote. */
export class DeskStorage {
  readonly #connection: DeskConnection;
  /** What is being stored, in the order of asking. */
  readonly #storing = new Set<Addition>();
  /** The client ids of messages that another write may have stored with its own. */
  readonly #carried = new Set<string>();

  /** Emits when a later version of this code, in another tab, needs the database: what is asked within the emission is still done, then it closes. */
  readonly outdated$: Observable<void>;

  private constructor(connection: DeskConnection) {
    this.#connection = connection;
    this.outdated$ = connection.outdated$;
  }

  /** Waits as long as the browser does. Rejects when it refuses storage, and with a `VersionError` where a later version of this code has been at work. */
  static async open(identity: { readonly issuer: string; readonly agent: string }): Promise<DeskStorage> {
    const name = databaseName(identity);
    const connection = await DeskConnection.open(name);
    try {
      await connection.run((db) => forgetOld(db, Date.now()));
    } catch (error) {
      connection.close();
      if (!connection.isOutdated) throw error;
    }
    // Nobody was there yet to hear of it.
    if (connection.isOutdated) throw new DOMException('A later version has taken over.', 'VersionError');
    // Nobody waits for it: it is another agent's.
    void forgetOtherCopies(name);
    return new DeskStorage(connection);
  }

  /** What another version wrote in another form is left to it. */
  outbox(): Promise<readonly OutboxItem[]> {
    return this.#connection.run(async (db) => {
      const items: readonly Partial<OutboxItem>[] = await db.getAll('outbox');
      return items.filter(isOfThisForm);
    });
  }

  /**
   * Each write carries what is still being stored before it: should the browser break only the first one off, that is not to come behind this one
   * when it is tried again.
   */
  async enqueue(items: readonly OutboxItem[], replaced: Replaced = {}): Promise<void> {
    const addition = { items, replaced };
    const before = [...this.#storing];
    for (const one of before) this.#carried.add(idOf(one));
    this.#storing.add(addition);
    try {
      await this.#connection.run((db) => this.#enqueue(db, before, addition));
      this.#carried.delete(idOf(addition));
    } finally {
      this.#storing.delete(addition);
    }
  }

  updateOutbox(clientId: string, change: (item: OutboxItem) => OutboxItem | null): Promise<void> {
    // What is changed or removed since is not to be stored again as it was.
    for (const one of this.#storing)
      if (one.items.some((item) => item.clientId === clientId)) this.#storing.delete(one);
    return this.#connection.run(async (db) => {
      const transaction = db.transaction('outbox', 'readwrite');
      const changing = async (): Promise<void> => {
        const { store } = transaction;
        const cursor = await store.index('clientId').openCursor(clientId);
        if (!cursor) return;
        const item = cursor.value;
        const changed = change(item);
        if (changed === null) await cursor.delete();
        else if (changed !== item) await cursor.update(changed);
      };
      // Both are waited for at once: of a transaction that breaks, each tells, and the page must not hear of either as unhandled.
      await Promise.all([changing(), transaction.done]);
    });
  }

  drafts(): Promise<ReadonlyMap<string, Draft>> {
    return this.#connection.run(async (db) => {
      const drafts = await db.getAll('drafts');
      return new Map(drafts.map((draft) => [draft.interaction, draftOf(draft)]));
    });
  }

  saveDraft(interaction: string, draft: Draft | null, taken: readonly string[] = []): Promise<DraftSaved> {
    return this.#connection.run(async (db) => {
      const transaction = db.transaction(WORDS, 'readwrite');
      const drafts = transaction.objectStore('drafts');
      const outbox = transaction.objectStore('outbox');
      const known = drafts.get(interaction);
      const asked = draft ? drafts.put(storedDraft(interaction, draft)) : drafts.delete(interaction);
      const removing = Promise.all(taken.map((clientId) => removeFrom(outbox, clientId)));
      // Said as soon as can be, because a page that is being left is not there any more later.
      if (taken.length === 0) transaction.commit();
      const [before, removed] = await Promise.all([known, removing, asked, transaction.done]);
      return { before: before && draftOf(before), gone: taken.filter((_, index) => !removed[index]) };
    });
  }

  /** Loaded with the first file. */
  async files(): Promise<FileStore> {
    const { FileStore: Loaded } = await import('./file-store.js');
    return new Loaded(this.#connection);
  }

  seen(): Promise<ReadonlyMap<string, Pendency>> {
    return this.#connection.run(async (db) => {
      const seen = await db.getAll('seen');
      return new Map(seen.map(({ interaction, pendency }) => [interaction, pendency]));
    });
  }

  saveSeen(interaction: string, pendency: Pendency): Promise<void> {
    return this.#connection.run(async (db) => {
      const transaction = db.transaction('seen', 'readwrite');
      const saving = async (): Promise<void> => {
        const known = (await transaction.store.get(interaction))?.pendency;
        // Another tab may have seen more of the same, and stored it first.
        if (known?.since === pendency.since && known.count > pendency.count) return;
        await transaction.store.put({ interaction, pendency, at: Date.now() });
      };
      await Promise.all([saving(), transaction.done]);
    });
  }

  forget(interaction: string): Promise<void> {
    return this.#connection.run(async (db) => {
      const transaction = db.transaction(['drafts', 'seen', 'transcripts'], 'readwrite');
      await Promise.all([
        transaction.objectStore('drafts').delete(interaction),
        transaction.objectStore('seen').delete(interaction),
        transaction.objectStore('transcripts').delete(interaction),
        transaction.done,
      ]);
    });
  }

  copy(): Promise<StoredCopy | null> {
    return this.#connection.run(async (db) => {
      const transaction = db.transaction(['desk', 'transcripts']);
      const [desk, pages] = await Promise.all([
        transaction.objectStore('desk').get(COPY),
        transaction.objectStore('transcripts').getAll(),
        transaction.done,
      ]);
      if (!desk) return null;
      const byInteraction = new Map(pages.map(({ interaction, page }) => [interaction, page]));
      return { desk: desk.value, at: desk.at, pages: byInteraction };
    });
  }

  saveCopy(desk: unknown, pages: ReadonlyMap<string, unknown>): Promise<void> {
    return this.#connection.run(async (db) => {
      const transaction = db.transaction(['desk', 'transcripts'], 'readwrite');
      const transcripts = transaction.objectStore('transcripts');
      const at = Date.now();
      const asked = [...pages].map(([interaction, page]) =>
        page === null ? transcripts.delete(interaction) : transcripts.put({ interaction, at, page }),
      );
      const kept = transaction.objectStore('desk').put({ name: COPY, at, value: desk });
      // Said as soon as can be: the page may be being left.
      transaction.commit();
      await Promise.all([kept, ...asked, transaction.done]);
    });
  }

  forgetCopy(): Promise<void> {
    return this.#connection.run(async (db) => {
      await forgetCopyIn(db);
    });
  }

  remembered(name: string): Promise<{ readonly value: unknown; readonly at: number } | null> {
    return this.#connection.run(async (db) => {
      return (await db.get('desk', name)) ?? null;
    });
  }

  remember(name: string, change: (value: unknown) => unknown): Promise<void> {
    return this.#connection.run(async (db) => {
      const transaction = db.transaction('desk', 'readwrite');
      const changing = async (): Promise<void> => {
        const { store } = transaction;
        const value = change((await store.get(name))?.value);
        if (value === null) await store.delete(name);
        else await store.put({ name, at: Date.now(), value });
      };
      await Promise.all([changing(), transaction.done]);
    });
  }

  close(): void {
    this.#connection.close();
  }

  async #enqueue(db: DeskDatabase, before: readonly Addition[], addition: Addition): Promise<void> {
    // Strict: the words are on the disk before they are on the wire, also when the machine goes down.
    const transaction = db.transaction<Words, 'readwrite'>(WORDS, 'readwrite', { durability: 'strict' });
    const carried = this.#carried.has(idOf(addition));
    const storing = async (): Promise<void> => {
      // oxlint-disable-next-line no-await-in-loop -- One behind the other.
      for (const one of before) await addOnce(transaction, one);
      await (carried ? addOnce(transaction, addition) : add(transaction, addition));
      // Said as soon as can be, because a page that is being left is not there any more later.
      transaction.commit();
    };
    await Promise.all([storing(), transaction.done]);
  }
}

function isOfThisForm(item: Partial<OutboxItem>): item is OutboxItem {
  return item.v === 1;
}

/** A draft that has become a message. */
interface Sent {
  readonly interaction: string;
  /** Whether a stored draft is that of the message; any other was written meanwhile and stays. */
  readonly isSent: (stored: Draft) => boolean;
}

interface DraftSaved {
  readonly before: Draft | undefined;
  readonly gone: readonly string[];
}

interface Replaced {
  readonly message?: string;
  readonly draft?: Sent;
}

interface Addition {
  readonly items: readonly OutboxItem[];
  readonly replaced: Replaced;
}

type Writing = IDBPTransaction<DeskSchema, Words, 'readwrite'>;

/** Of the first message: they are stored together. */
function idOf({ items: [first] }: Addition): string {
  return first?.clientId ?? '';
}

async function addOnce(transaction: Writing, addition: Addition): Promise<void> {
  const key = await transaction.objectStore('outbox').index('clientId').getKey(idOf(addition));
  if (key === undefined) await add(transaction, addition);
}

async function add(transaction: Writing, { items, replaced: { message, draft } }: Addition): Promise<void> {
  const outbox = transaction.objectStore('outbox');
  // Sent anew by another tab, or by an impatient second click.
  const gone = message !== undefined && !(await removeFrom(outbox, message));
  const added = gone ? [] : items.map((item) => outbox.add(item));
  await Promise.all([...added, draft && clearDraft(transaction.objectStore('drafts'), draft)]);
}

async function clearDraft(
  drafts: IDBPObjectStore<DeskSchema, Words, 'drafts', 'readwrite'>,
  { interaction, isSent }: Sent,
): Promise<void> {
  const stored = await drafts.get(interaction);
  if (stored && isSent(stored)) await drafts.delete(interaction);
}

/** Whether there was a failed message to be removed: none that another tab has made something else of meanwhile. */
async function removeFrom(
  outbox: IDBPObjectStore<DeskSchema, Words, 'outbox', 'readwrite'>,
  clientId: string,
): Promise<boolean> {
  const cursor = await outbox.index('clientId').openCursor(clientId);
  if (!cursor || cursor.value.step.at !== 'failed') return false;
  await cursor.delete();
  return true;
}

function draftOf({ interaction: _interaction, at: _at, ...draft }: StoredDraft): Draft {
  return draft;
}

function storedDraft(interaction: string, draft: Draft): StoredDraft {
  return { ...draft, interaction, at: Date.now() };
}
