import { Observable, asyncScheduler, defer, map, of, switchMap, tap, throwError, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { Command, Cursor, MediaRef, Query, QueryName, ReceiptOf, ResultOf } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { DeclaredFile, MediaSource, TransportAdapter, TransportFrame, UploadStep } from '../adapter.js';
import { MAX_CLIENT_FRAME, SUBPROTOCOL } from './frames.js';
import type { ClientFrame, GatewayQuery, SignedSource } from './frames.js';
import type { GatewayFiles } from './files.js';
import { SocketLink } from './socket-link.js';
import { isUsual, readCommandResult, readResult } from './model-shapes.js';
import type { readAnyResult } from './part-shapes.js';
import type { Pending } from './pending.js';
import { number, object, read, string } from './shape.js';
import type { Reading } from './shape.js';
import { gatewayUrl, socketUrl } from './socket.js';
import type { SocketConstructor, SocketLike } from './socket.js';
import { claimsOf } from './token-claims.js';
import type { TokenClaims } from './token-claims.js';

export type { SocketConstructor, SocketLike } from './socket.js';

const signedSource = object<SignedSource>({ path: string, savePath: string, until: number });

/** How often the gateway may end the connection over what was asked before it is not asked again. */
const MAX_BREAKDOWNS = 3;

/** How long an answer to a command or a query may take, in milliseconds. */
export const ANSWER_TIMEOUT = 10_000;

export interface GatewayOptions {
  /** Address of the gateway: http(s) or ws(s), or relative to the page (`/` is the page's own origin). */
  readonly url: string | URL;
  /**
   * The agent's token, or what fetches one: it is called before each connection. Rejecting counts as `offline` and is tried again; to say that
   * there will be no token, reject with a TransportError of kind `unauthorized`.
   */
  readonly token: string | (() => string | Promise<string>);
  /** The page's own by default. */
  readonly WebSocket?: SocketConstructor;
  /** Where time comes from. */
  readonly scheduler?: SchedulerLike;
}

export interface GatewayTransport extends TransportAdapter {
  /** Cold: the command leaves with each subscription. Waits at most ANSWER_TIMEOUT. */
  send<C extends Command>(command: C): Observable<ReceiptOf<C>>;
  /** Cold, as `send`. */
  query<Q extends Query>(query: Q): Observable<ResultOf<Q>>;
  /**
   * Hands over a renewed token: at once to a living connection, else with the next one. It takes the place of the one in the options; a function there
   * is asked again only after the gateway has refused this token.
   */
  setToken(token: string): void;
}

/** Connects a workspace to the gateway by a WebSocket. */
export function gatewayTransport(options: GatewayOptions): GatewayTransport {
  return new SocketTransport(options);
}

class SocketTransport implements GatewayTransport {
  readonly #options: GatewayOptions;
  readonly #scheduler: SchedulerLike;
  #pushed: string | null = null;
  /** What the function answered last. */
  #fetched: string | null = null;
  #link: SocketLink | null = null;
  #queries = 0;
  /** What was under way when the gateway could not read a frame, and how often: one of them is what it cannot read. */
  readonly #suspects = new Map<string, number>();

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#scheduler = options.scheduler ?? asyncScheduler;
  }

  connect(cursor: Cursor | null): Observable<TransportFrame> {
    return new Observable<TransportFrame>((out) => {
      if (this.#link) {
        out.error(new TransportError('invalid', 'This transport is connected already.'));
        return undefined;
      }
      const link = new SocketLink(
        {
          cursor,
          token: this.#token(),
          open: () => this.#open(),
          scheduler: this.#scheduler,
          onBadFrame: (unanswered) => this.#suspect(unanswered),
        },
        out,
      );
      this.#link = link;
      out.add(() => {
        this.#link = null;
        link.end();
      });
      link.start();
      return undefined;
    }).pipe(tap({ error: (error: unknown) => this.#forgetRefused(error) }));
  }

  send<C extends Command>(command: C): Observable<ReceiptOf<C>> {
    const receipts = this.#ask(
      command.id,
      { type: 'command', command },
      command.id,
      (link) => link.receipts,
      // The gateway would close the socket on it, and who sends until there is a receipt would do so for ever.
      (sentence) => {
        const error = { kind: 'invalid', sentence, retryable: false } as const;
        return of({ id: command.id, ok: false, seq: this.#link?.place ?? 0, error } as const);
      },
    );
    return receipts.pipe(
      map((receipt) => {
        if (!receipt.ok) return receipt;
        const name: C['name'] = command.name;
        return { ...receipt, result: fitting(readCommandResult(name, receipt.result)) };
      }),
    );
  }

  query<Q extends Query>(query: Q): Observable<ResultOf<Q>> {
    const name: Q['name'] = query.name;
    return readerOf(name).pipe(
      switchMap((readAs) => this.#query(query).pipe(map((result) => fitting(readAs(name, result))))),
    );
  }

  upload(id: string, blob: Blob, declared: DeclaredFile): Observable<UploadStep> {
    return this.#files((files) => files.upload(id, blob, declared));
  }

  media(ref: MediaRef): Observable<MediaSource> {
    return this.#files((files) => files.source(ref));
  }

  check(): void {
    this.#link?.check();
  }

  claims(): TokenClaims | null {
    const { token } = this.#options;
    const known = this.#pushed ?? (typeof token === 'string' ? token : this.#fetched);
    return known === null ? null : claimsOf(known);
  }

  setToken(token: string): void {
    this.#pushed = token;
    this.#link?.renew(token);
  }

  #query(query: GatewayQuery): Observable<unknown> {
    return defer(() => {
      const id = `q${++this.#queries}`;
      return this.#ask(
        id,
        { type: 'query', id, query },
        JSON.stringify(query),
        (link) => link.results,
        (sentence) => throwError(() => new TransportError('invalid', sentence)),
      );
    });
  }

  /** Files are rare: what speaks of them comes with the first. */
  #files<T>(use: (files: GatewayFiles) => Observable<T>): Observable<T> {
    return defer(() => import('./files.js')).pipe(
      switchMap(({ GatewayFiles }) =>
        use(
          new GatewayFiles({
            address: (path) => gatewayUrl(this.#options.url, globalThis.location?.href, path),
            token: () => this.#token(),
            locate: (media) =>
              this.#query({ name: 'media-source', args: { media } }).pipe(
                map((result) => fitting(read(signedSource, result, 'result'))),
              ),
            scheduler: this.#scheduler,
          }),
        ),
      ),
    );
  }

  #ask<T>(
    id: string,
    frame: ClientFrame,
    name: string,
    pendingOf: (link: SocketLink) => Pending<T>,
    refused: (sentence: string) => Observable<T>,
  ): Observable<T> {
    return defer(() => {
      // The socket would be closed on it: everything else the gateway answers.
      if (new TextEncoder().encode(JSON.stringify(frame)).length > MAX_CLIENT_FRAME) {
        return refused(`The frame is longer than ${MAX_CLIENT_FRAME} bytes.`);
      }
      if ((this.#suspects.get(name) ?? 0) >= MAX_BREAKDOWNS) {
        return refused('The gateway cannot read this: it has ended the connection over it.');
      }
      return new Observable<T>((out) => {
        const link = this.#link;
        if (!link?.live || !link.transmit(frame)) {
          out.error(new TransportError('offline', 'There is no connection to the gateway.'));
          return undefined;
        }
        const late = timer(ANSWER_TIMEOUT, this.#scheduler).subscribe(() =>
          out.error(new TransportError('timeout', 'The gateway did not answer in time.')),
        );
        late.add(pendingOf(link).add(id, out));
        link.unanswered.add(name);
        late.add(() => link.unanswered.delete(name));
        return late;
      }).pipe(tap(() => this.#suspects.delete(name)));
    });
  }

  #token(): Observable<string> {
    const { token } = this.#options;
    if (this.#pushed !== null) return of(this.#pushed);
    if (typeof token === 'string') return of(token);
    return defer(async () => {
      try {
        return (this.#fetched = await token());
      } catch (error) {
        if (error instanceof TransportError) throw error;
        throw new TransportError('offline', 'The token could not be fetched.', { cause: error });
      }
    });
  }

  /** A function may have a better token than the one that was refused. */
  #forgetRefused(error: unknown): void {
    const refused = error instanceof TransportError && error.kind === 'unauthorized';
    if (refused && typeof this.#options.token === 'function') this.#pushed = null;
  }

  #suspect(unanswered: readonly string[]): void {
    for (const name of unanswered) this.#suspects.set(name, (this.#suspects.get(name) ?? 0) + 1);
  }

  #open(): SocketLike {
    const Socket = this.#options.WebSocket ?? globalThis.WebSocket;
    if (typeof Socket !== 'function') {
      throw new TransportError('unsupported', 'There is no WebSocket here: pass one.');
    }
    return new Socket(socketUrl(this.#options.url, globalThis.location?.href), SUBPROTOCOL);
  }
}

/** What reads the answer to a query. Of rare ones it is loaded with the first. */
function readerOf(name: QueryName): Observable<typeof readAnyResult> {
  return isUsual(name)
    ? of(readResult as typeof readAnyResult)
    : defer(() => import('./part-shapes.js')).pipe(map((shapes) => shapes.readAnyResult));
}

/** An answer that does not fit what was asked is nobody's but the asker's: the connection goes on. */
function fitting<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value;
  throw new TransportError('invalid', `The gateway gave an answer that does not fit: ${reading.sentence}`);
}
