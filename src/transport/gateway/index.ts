import { Observable, asyncScheduler, defer, map, of, tap, throwError, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { Command, Cursor, Query, Receipt, ResultOf } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { TransportAdapter, TransportFrame } from '../adapter.js';
import { SUBPROTOCOL } from './frames.js';
import type { ClientFrame } from './frames.js';
import { Link } from './link.js';
import type { Pending } from './pending.js';
import { parseClientFrame } from './parse-client-frame.js';
import { socketUrl } from './socket.js';
import type { SocketConstructor, SocketLike } from './socket.js';

export type { SocketConstructor, SocketLike } from './socket.js';

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
  send(command: Command): Observable<Receipt>;
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
  #link: Link | null = null;
  #queries = 0;

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
      const link = new Link(
        { cursor, token: this.#token(), open: () => this.#open(), scheduler: this.#scheduler },
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

  send(command: Command): Observable<Receipt> {
    return this.#ask(
      command.id,
      { type: 'command', command },
      (link) => link.receipts,
      // The gateway would close the socket on it, and who sends until there is a receipt would do so for ever.
      (sentence) => {
        const error = { kind: 'invalid', sentence, retryable: false } as const;
        return of({ id: command.id, ok: false, seq: this.#link?.place ?? 0, error });
      },
    );
  }

  query<Q extends Query>(query: Q): Observable<ResultOf<Q>> {
    return defer(() => {
      const id = `q${++this.#queries}`;
      const results = this.#ask(
        id,
        { type: 'query', id, query },
        (link) => link.results,
        (sentence) => throwError(() => new TransportError('invalid', sentence)),
      );
      return results.pipe(map((result) => this.#fitting(query, result)));
    });
  }

  setToken(token: string): void {
    this.#pushed = token;
    this.#link?.renew(token);
  }

  #ask<T>(
    id: string,
    frame: ClientFrame,
    pendingOf: (link: Link) => Pending<T>,
    refused: (sentence: string) => Observable<T>,
  ): Observable<T> {
    return defer(() => {
      const parsed = parseClientFrame(JSON.stringify(frame));
      if (!parsed.ok) return refused(parsed.sentence);
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
        return late;
      });
    });
  }

  /** A page of something else than was asked for ends the connection. */
  #fitting<Q extends Query>(query: Q, result: ResultOf<Query>): ResultOf<Q> {
    if ((query.name === 'transcript') === 'items' in result) return result as ResultOf<Q>;
    const sentence = 'The gateway answered another query than it was asked.';
    this.#link?.breach(sentence);
    throw new TransportError('invalid', sentence);
  }

  #token(): Observable<string> {
    const { token } = this.#options;
    if (this.#pushed !== null) return of(this.#pushed);
    if (typeof token === 'string') return of(token);
    return defer(async () => {
      try {
        return await token();
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

  #open(): SocketLike {
    const Socket = this.#options.WebSocket ?? globalThis.WebSocket;
    if (typeof Socket !== 'function') {
      throw new TransportError('unsupported', 'There is no WebSocket here: pass one.');
    }
    return new Socket(socketUrl(this.#options.url, globalThis.location?.href), SUBPROTOCOL);
  }
}
