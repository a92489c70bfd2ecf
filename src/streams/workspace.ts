import type { Observable } from 'rxjs';
import type {
  AgentStatus,
  Clock,
  Interaction,
  OutboxItem,
  Refusal,
  Transcript,
  WorkspaceState,
} from '../model/index.js';
import type { TransportErrorKind } from '../transport/adapter.js';

/** The link to the contact centre. `refused` is terminal until the credentials change. Instants are milliseconds since the epoch. */
export type Connection =
  | { readonly at: 'connecting'; readonly attempt: number }
  | { readonly at: 'online'; readonly since: number }
  | { readonly at: 'waiting'; readonly retryAt: number; readonly attempt: number }
  | { readonly at: 'refused'; readonly kind: TransportErrorKind; readonly sentence: string };

/** What became of a wish other than a message: carried out, refused for a reason, or not possible now. */
export type CommandOutcome = { readonly ok: true } | { readonly ok: false; readonly error: Refusal };

/** A piece of paged data and how its loading goes. */
export interface Loading {
  readonly loading: boolean;
  /** Why the last page could not be had; asking again clears it. */
  readonly error: { readonly kind: TransportErrorKind; readonly sentence: string } | null;
}

export interface TranscriptView extends Loading {
  readonly transcript: Transcript;
  /** Whether the first page has come. Until then an empty transcript means nothing. */
  readonly loaded: boolean;
}

export interface WorkbinView extends Loading {
  readonly interactions: readonly Interaction[];
  readonly loaded: boolean;
  readonly hasMore: boolean;
}

/** Pendencies that are not being looked at on this page: what title, badge and host are told. */
export interface Attention {
  readonly interactions: readonly Interaction[];
}

/** Whether what the agent writes outlives this page. `memory`: the browser refused or ran out of storage. */
export type StorageState = 'opening' | 'persistent' | 'memory';

/**
 * The agent's desk as streams and wishes. All observables replay their latest value to a new subscriber, synchronously, and neither complete
 * nor error before `close()`. Wishes never throw.
 */
export interface Workspace {
  /** Corrected by the gateway's time. */
  readonly clock: Clock;
  readonly state: WorkspaceState;
  readonly state$: Observable<WorkspaceState>;
  readonly connection$: Observable<Connection>;
  /** All messages of this agent that the log has not shown yet, oldest first. */
  readonly outbox$: Observable<readonly OutboxItem[]>;
  readonly storage$: Observable<StorageState>;
  /** The interaction in front on this page. */
  readonly selected$: Observable<string | null>;
  /** Messages from contacts that this agent has not looked at, by interaction; none is no entry. */
  readonly unread$: Observable<ReadonlyMap<string, number>>;
  readonly attention$: Observable<Attention>;

  interaction$(interaction: string): Observable<Interaction | null>;
  /** Subscribing loads the newest page. */
  transcript$(interaction: string): Observable<TranscriptView>;
  /** Loads the page above; at the interaction's beginning, the contact's interaction before it. Does nothing while a page is on its way. */
  loadOlder(interaction: string): void;
  /** What the agent has typed and not sent. */
  draft$(interaction: string): Observable<string>;
  saveDraft(interaction: string, text: string): void;
  /** Subscribing loads the first page. */
  workbin$(workbin: string): Observable<WorkbinView>;
  loadMoreOfWorkbin(workbin: string): void;

  /** Puts an interaction in front; its unread count goes to zero while the page is visible. */
  select(interaction: string | null): void;
  /** Stores the message, clears the draft and sends it in its turn. Returns the client id. */
  sendText(interaction: string, text: string): string;
  /** Sends the words of a failed message again: as a new message, or as the same one where nobody knows whether it went. */
  resend(clientId: string): void;
  /** Puts the words of a failed message back into the draft, before what has been typed since, and throws the message away. */
  edit(clientId: string): void;
  /** Throws a failed message away. */
  discard(clientId: string): void;

  accept(interaction: string): Promise<CommandOutcome>;
  reject(interaction: string): Promise<CommandOutcome>;
  open(interaction: string): Promise<CommandOutcome>;
  moveToWorkbin(interaction: string, workbin: string): Promise<CommandOutcome>;
  markDone(interaction: string): Promise<CommandOutcome>;
  setStatus(status: AgentStatus, reason: string | null): Promise<CommandOutcome>;

  /** Connects at once instead of waiting out the back-off; after `refused`, tries the present credentials. */
  retryNow(): void;
  close(): void;
}
