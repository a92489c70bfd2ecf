import type { Observable, ObservableInput } from 'rxjs';
import type {
  Agent,
  Command,
  Cursor,
  DomainEvent,
  Policy,
  Query,
  Receipt,
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
  | { readonly kind: 'cursor'; readonly seq: number };

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
  send(command: Command): ObservableInput<Receipt>;
  /** A page of what is too much to push. Emits one result, or errors with a TransportError. */
  query<Q extends Query>(query: Q): ObservableInput<ResultOf<Q>>;
}

/**
 * offline: no link, nothing left this page. timeout: something left and no answer came. unauthorized: the credentials were refused; terminal until they
 * change. refused: the other side does not want us (origin, version); terminal. invalid: the other side sent or got what does not fit the contract.
 * unsupported: this adapter cannot do that.
 */
export type TransportErrorKind =
  'offline' | 'timeout' | 'refused' | 'invalid' | 'unauthorized' | 'unsupported';

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: TransportErrorKind;

  /** @param message A plain English sentence. */
  constructor(kind: TransportErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
