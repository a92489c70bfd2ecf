import type { Observable, ObservableInput } from 'rxjs';
import type { OutboxItem, Pendency } from '../model/index.js';

/** Whose desk it is: what is stored is kept apart by both. */
export interface DeskIdentity {
  readonly issuer: string;
  readonly agent: string;
}

/**
 * What one agent's desk keeps in this browser, shared by all tabs. Every call may error, because the browser refuses or has run out of room; the
 * workspace then goes on in memory.
 */
export interface WorkspaceStorage {
  /** In the order in which they were first stored. */
  outbox(): ObservableInput<readonly OutboxItem[]>;
  /** Stores a new message and, if so wished, forgets the draft of its interaction: both or neither. Answers when it is safe. */
  enqueue(item: OutboxItem, draft: 'forget' | 'keep'): ObservableInput<unknown>;
  /** Replaces a stored message, in its place; adds nothing when it is gone. */
  updateOutbox(item: OutboxItem): ObservableInput<unknown>;
  deleteFromOutbox(clientId: string): ObservableInput<unknown>;
  /** By interaction. */
  drafts(): ObservableInput<ReadonlyMap<string, string>>;
  /** An empty text forgets the draft. */
  saveDraft(interaction: string, text: string): ObservableInput<unknown>;
  /** How much of which pendency the agent has looked at, by interaction. */
  seen(): ObservableInput<ReadonlyMap<string, Pendency>>;
  saveSeen(interaction: string, seen: Pendency): ObservableInput<unknown>;
  /** Forgets draft and seen mark of an interaction that is over. */
  forget(interaction: string): ObservableInput<unknown>;
  close(): void;
}

export interface Locks {
  /**
   * Cold: subscribing queues for the lock, emits once when it is held and then stays silent; unsubscribing releases it, and so does the end of the
   * tab. Where the browser has no locks, emits at once: what is elected must be harmless when done twice.
   */
  hold(name: string): Observable<unknown>;
}

/** A channel to the other tabs. Messages are structured clones; none comes back to the channel that posted it. */
export interface TabChannel {
  readonly messages$: Observable<unknown>;
  post(message: unknown): void;
  close(): void;
}

/** What a workspace needs of the browser. `browserPlatform()` has it; tests and other hosts bring their own. */
export interface WorkspacePlatform {
  /** Errors when the browser refuses. */
  openStorage(identity: DeskIdentity): ObservableInput<WorkspaceStorage>;
  readonly locks: Locks;
  /** Whether the page can be seen. Replays. */
  readonly visible$: Observable<boolean>;
  /** Whether the browser believes that there is a network. Replays. */
  readonly online$: Observable<boolean>;
  channel(name: string): TabChannel;
  /** A new id that nobody else makes. */
  newId(): string;
}
