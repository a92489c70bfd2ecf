import type { Observable, ObservableInput } from 'rxjs';
import type {
  Agent,
  Command,
  Cursor,
  DomainEvent,
  MediaRef,
  Policy,
  Query,
  ReceiptOf,
  ResultOf,
  Snapshot,
  UnknownEvent,
} from '../model/index.js';

/**
 * What arrives on a connection. The first frame is always a `welcome`. A `snapshot` follows where the cursor could not be resumed from
 * (none was given, another epoch, too old). Then come events in the order of the log; `cursor` says that nothing up to `seq` concerns this agent.
 */
export type TransportFrame =
  | WelcomeFrame
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'event'; readonly event: DomainEvent | UnknownEvent }
  | { readonly kind: 'cursor'; readonly seq: number }
  /** What the other side's clock shows now, as near as can be told. */
  | { readonly kind: 'time'; readonly serverTime: number }
  /** A renewed token was taken on the living connection; until when it is good, in milliseconds since the epoch by the other side's clock. */
  | { readonly kind: 'token'; readonly expiresAt: number };

export interface WelcomeFrame {
  readonly kind: 'welcome';
  readonly agent: Agent;
  /** Names the system whose agents these are; what a desk stores is kept apart by issuer and agent. */
  readonly issuer: string;
  readonly epoch: string;
  /** The newest place in the log: the desk is up to date when it has come this far. */
  readonly head: number;
  /** The other side's clock, in milliseconds since the epoch: a wrong clock at the agent's must not change what waits how long. */
  readonly serverTime: number;
  readonly policy: Policy;
  /**
   * What the other side can do beyond the least: `send-text`, `send-media`, `send-template`, `send-reaction`, `send-location`, `send-contacts` and
   * `send-interactive` for kinds of messages, `forward-media` when a file of a message that the agent may read can be sent on, `mark-read` for that
   * command, `upload` and `media` for files, `transcript-parts` for the query `transcript-part`, `transcript-search` for the query of that name,
   * `responses` for the queries `responses` and `response-categories`,
   * `favourite-responses` for the commands `set-favourite-response` and `note-response-used` and for `of` in the query `responses`, `templates` for the query of that name. None when left out.
   */
  readonly features?: readonly string[];
  /** When the credentials end, in milliseconds since the epoch by the other side's clock; null or left out where that is not known. */
  readonly tokenExpiresAt?: number | null;
}

/**
 * Connects a workspace to a contact centre. Reconnecting, backing off, resuming and sending again are *not* the adapter's business: the workspace
 * does them once for all adapters. `whatsapp-workspace/testing` has the suite that an adapter must pass.
 */
export interface TransportAdapter {
  /** Cold: subscribing opens, unsubscribing closes. Emits what follows `cursor` exactly in order, or a fresh snapshot. Errors with a TransportError
      when the link is lost; never completes by itself. One subscription at a time. */
  connect(cursor: Cursor | null): Observable<TransportFrame>;
  /** Idempotent by `command.id`: the same id twice has one effect and the same receipt. Emits one receipt. Errors with a TransportError: `offline`
      when the command did not leave, `timeout` when it left and no answer came (it may or may not have had its effect). */
  send<C extends Command>(command: C): ObservableInput<ReceiptOf<C>>;
  /** A page of what is too much to push. Emits one result, or errors with a TransportError. */
  query<Q extends Query>(query: Q): ObservableInput<ResultOf<Q>>;
  /**
   * Asks the other side for a sign of life on the living connection: if none comes within CHECK_PATIENCE, `connect` errs with `offline`. Returns at once, and
   * does nothing while there is no connection. Called when there is reason for doubt: the network is back, the page is visible again, an answer stayed away.
   * An adapter that cannot ask leaves it out.
   */
  check?(): void;
  /**
   * Optional: whom the credentials name, before anything has been asked of the other side, as its welcome will; null when that cannot be told. Nothing is
   * decided by it: a page without a link shows that agent what this browser keeps for the agent.
   */
  claims?(): { readonly issuer: string; readonly agent: string } | null;
  /**
   * Cold: takes a file to the contact centre, which keeps it; `send-message` names it then. Idempotent and resumable by `id`, which the desk makes once for a
   * file: what the other side has got of it is not sent again, and the same id again ends with the same reference. Emits how much has been taken, which
   * never goes back, then the reference, and completes. Unsubscribing breaks it off. Errors with a TransportError: `offline` when the link was lost (try
   * again), `invalid` when the file is not taken (kind, size, an id that was used for another file). Only with the feature `upload`.
   */
  upload?(id: string, blob: Blob, declared: DeclaredFile): ObservableInput<UploadStep>;
  /** Where a file can be fetched from now, for `img`, `video`, `audio` and links. Emits once, or errors with a TransportError. Only with the feature `media`. */
  media?(ref: MediaRef): ObservableInput<MediaSource>;
}

/** What the page says a file is; the contact centre looks for itself. */
export interface DeclaredFile {
  readonly mimeType: string;
  /** null for what has none: a voice message, a picture from the clipboard. */
  readonly fileName: string | null;
}

/** How far an upload has come; bytes. */
export type UploadStep =
  | { readonly at: 'uploading'; readonly taken: number; readonly of: number }
  | { readonly at: 'stored'; readonly media: MediaRef };

export interface MediaSource {
  readonly url: string;
  /** Until when it is good, in milliseconds since the epoch by the other side's clock; null when it does not end. */
  readonly until: number | null;
  /**
   * The same file as something to keep under its name, where that is another address: across origins a page cannot ask for it by `download`. Good as long.
   */
  readonly saveUrl?: string;
  /** The file itself, where this page has it: a page's policy may not let it be read from a `blob:` address. */
  readonly content?: Blob;
}

/** How long a sign of life may take that was asked for, in milliseconds. */
export const CHECK_PATIENCE = 5_000;

/**
 * offline: no link, nothing left this page. timeout: something left and no answer came. unauthorized: the credentials were refused; terminal until they
 * change. refused: the other side does not want us (origin, version); terminal. invalid: the other side sent or got what does not fit the contract.
 * unsupported: this adapter cannot do that. too-many: the agent has as many desks open as the other side allows; tried again, but not soon.
 */
export type TransportErrorKind =
  'offline' | 'timeout' | 'refused' | 'invalid' | 'unauthorized' | 'unsupported' | 'too-many';

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: TransportErrorKind;

  /** @param message A plain English sentence. */
  constructor(kind: TransportErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
