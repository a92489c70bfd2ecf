import type { Observable, ObservableInput } from 'rxjs';
import type { Draft, FoundFile, OutboxItem, Pendency } from '../model/index.js';

/** Whose desk it is: what is stored is kept apart by both. */
export interface DeskIdentity {
  readonly issuer: string;
  readonly agent: string;
}

/** What new messages take the place of. */
export interface Replaced {
  /** The client id of a message that is sent anew. When it is gone, or accepted, that was done already, and nothing is stored. */
  readonly message?: string;
  /** The draft that has become a message; what is stored is removed if it is that one: any other was written meanwhile, and stays. */
  readonly draft?: { readonly interaction: string; readonly isSent: (stored: Draft) => boolean };
}

/** What a stored draft has taken the place of. */
export interface DraftSaved {
  readonly before: Draft | undefined;
  /** The client ids of messages whose words it was to have, and that something else has been made of. */
  readonly gone: readonly string[];
}

/** A file that waits in a draft or in the outbox. */
export interface StoredFile {
  /** Also the id of its upload. */
  readonly id: string;
  /** Where it was attached. */
  readonly interaction: string;
  readonly blob: Blob;
  /** By its content. */
  readonly mimeType: string;
  readonly fileName: string | null;
}

/** Where files wait. Every call may error. */
export interface FileStore {
  /** Stores a file, before the draft or message that names it. */
  save(file: StoredFile): ObservableInput<unknown>;
  /** null when there is none. */
  get(id: string): ObservableInput<StoredFile | null>;
  /** Forgets those of the files that no draft names, and no message that is still to be accepted; of others, those that are old. */
  forget(ids: readonly string[]): ObservableInput<unknown>;
}

export interface Remembered {
  readonly value: unknown;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

export interface StoredCopy {
  readonly desk: unknown;
  /** By interaction. */
  readonly pages: ReadonlyMap<string, unknown>;
  /** When the desk was kept, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What one agent's desk keeps in this browser, shared by all tabs. Every call may error, because the browser refuses or has run out of room; the
 * workspace then goes on in memory.
 */
export interface WorkspaceStorage {
  /** In the order in which they were first stored. */
  outbox(): ObservableInput<readonly OutboxItem[]>;
  /** Stores new messages, behind all others, with what they replace: all or nothing. Answers when they are safe. */
  enqueue(items: readonly OutboxItem[], replaced?: Replaced): ObservableInput<unknown>;
  /** Reads, changes and writes a stored message in one transaction, in its place; null removes it. Does nothing when it is gone. */
  updateOutbox(clientId: string, change: (item: OutboxItem) => OutboxItem | null): ObservableInput<unknown>;
  /** By interaction. */
  drafts(): ObservableInput<ReadonlyMap<string, Draft>>;
  /**
   * Stores a draft (null forgets it) and removes the failed messages whose words it has: all or nothing. Answers what stood there, and which of the messages
   * were not there, or not failed, any more.
   */
  saveDraft(interaction: string, draft: Draft | null, taken?: readonly string[]): ObservableInput<DraftSaved>;
  /** The files of drafts and messages. */
  files(): ObservableInput<FileStore>;
  /** How much of which pendency the agent has looked at, by interaction. */
  seen(): ObservableInput<ReadonlyMap<string, Pendency>>;
  saveSeen(interaction: string, seen: Pendency): ObservableInput<unknown>;
  /** Forgets draft, seen mark and page of an interaction that is over. */
  forget(interaction: string): ObservableInput<unknown>;
  /** A single thing by its name; null when there is none. Another version may have written it: whoever reads it looks at its form. */
  remembered(name: string): ObservableInput<Remembered | null>;
  /** Reads, changes and writes a single thing in one transaction: `undefined` when there is none, null to remove it. */
  remember(name: string, change: (value: unknown) => unknown): ObservableInput<unknown>;
  /** What a reload without a link shows; null when there is nothing. Another version may have written it. */
  copy(): ObservableInput<StoredCopy | null>;
  /** Keeps the desk as it is. Pages of transcripts are added by their interactions, or removed (null); others stay. */
  saveCopy(desk: unknown, pages: ReadonlyMap<string, unknown>): ObservableInput<unknown>;
  forgetCopy(): ObservableInput<unknown>;
  /**
   * Emits when a later version of this code, in another tab, needs the storage: what is asked within the emission is still done, everything later
   * errors. Completes when it is closed.
   */
  readonly outdated$: Observable<unknown>;
  close(): void;
}

export interface HoldOptions {
  /** Whether this tab can be seen: one that can goes before those that cannot. Replays. Default: always. */
  readonly visible$?: Observable<boolean>;
}

export interface Locks {
  /**
   * Cold: subscribing queues for the lock; unsubscribing releases it, and so does the end of the tab. Emits true when it is held, and false before it
   * is let go, after which it queues again: what is done under the lock must end within that emission. A hidden holder yields to a visible tab that
   * queues; among equals whoever holds it keeps it. Where the browser can neither lock nor store, every tab holds it, and a tab that was frozen may
   * for a moment believe that it does: what is elected must be harmless when done twice.
   */
  hold(name: string, options?: HoldOptions): Observable<boolean>;
}

/** A channel to the other tabs. Messages are structured clones; none comes back to the channel that posted it. */
export interface TabChannel {
  readonly messages$: Observable<unknown>;
  post(message: unknown): void;
  close(): void;
}

/** What a workspace needs of the browser. `browserPlatform()` has it; tests and other hosts bring their own. */
export interface WorkspacePlatform {
  /** Errors when the browser refuses; with an error named `VersionError` when a later version of this code has been at work. */
  openStorage(identity: DeskIdentity): ObservableInput<WorkspaceStorage>;
  readonly locks: Locks;
  /** Whether the page can be seen. Replays. */
  readonly visible$: Observable<boolean>;
  /** Whether the browser believes that there is a network. Replays. */
  readonly online$: Observable<boolean>;
  channel(name: string): TabChannel;
  /** What the content of a file says that it is; null when that says nothing that is known. Errors when the file cannot be read. */
  inspectFile(file: Blob): ObservableInput<FoundFile | null>;
  /** A new id that nobody else makes. */
  newId(): string;
}
