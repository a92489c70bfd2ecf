import { Subscription, interval, timer } from 'rxjs';
import type { Observable, SchedulerLike, Subscriber } from 'rxjs';
import type { Cursor, Query, Receipt, ResultOf } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { TransportErrorKind, TransportFrame } from '../adapter.js';
import { CloseCode, PING_INTERVAL, SUBPROTOCOL } from './frames.js';
import type { ClientFrame, ServerFrame } from './frames.js';
import { parseServerFrame } from './parse-server-frame.js';
import { Pending } from './pending.js';
import { OPEN } from './socket.js';
import type { SocketLike } from './socket.js';

/** How long the gateway may take to say welcome, in milliseconds. */
export const WELCOME_TIMEOUT = 15_000;

export interface LinkOptions {
  /** Emits once; an error is the link's. */
  readonly token: Observable<string>;
  /** Opens a socket; may throw. */
  readonly open: () => SocketLike;
  readonly cursor: Cursor | null;
  readonly scheduler: SchedulerLike;
}

/** The life of one socket, from the token to the close. */
export class Link {
  readonly receipts = new Pending<Receipt>();
  readonly results = new Pending<ResultOf<Query>>();
  readonly #out: Subscriber<TransportFrame>;
  readonly #options: LinkOptions;
  readonly #life = new Subscription();
  #socket: SocketLike | null = null;
  #token: string | null = null;
  #greeted = false;
  #welcomed = false;
  /** Up to where the log has come; null while it is not known. */
  #place: number | null = null;
  #heardAt = 0;
  /** When the silence was last questioned; null when it was not. */
  #askedAt: number | null = null;
  #closeCode = 1000;

  constructor(options: LinkOptions, out: Subscriber<TransportFrame>) {
    this.#options = options;
    this.#out = out;
  }

  /** Whether commands and queries can leave. */
  get live(): boolean {
    return this.#welcomed && this.#socket?.readyState === OPEN;
  }

  /** Up to where the log has come, 0 before anything of it is known. */
  get place(): number {
    return this.#place ?? 0;
  }

  start(): void {
    this.#life.add(
      this.#options.token.subscribe({
        next: (token) => {
          this.#token ??= token;
          this.#connect();
        },
        error: (error: unknown) => this.#out.error(error),
      }),
    );
  }

  /** @returns Whether the frame left. */
  transmit(frame: ClientFrame): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** A fresh token: for the greeting if that is still to come, else at once. */
  renew(token: string): void {
    this.#token = token;
    if (this.#greeted) this.transmit({ type: 'token', token });
  }

  end(): void {
    this.#life.unsubscribe();
    this.#socket?.close(this.#closeCode);
    this.#socket = null;
    const lost = new TransportError('timeout', 'The link was lost before the answer came.');
    this.receipts.failAll(lost);
    this.results.failAll(lost);
  }

  /** A frame did not fit the contract: nothing that follows can be trusted to. */
  breach(sentence: string): void {
    this.#closeCode = CloseCode.badFrame;
    this.#fail('invalid', sentence);
  }

  #fail(kind: TransportErrorKind, sentence: string, cause?: unknown): void {
    this.#out.error(new TransportError(kind, sentence, { cause }));
  }

  #connect(): void {
    const { open, scheduler } = this.#options;
    let socket: SocketLike;
    try {
      socket = open();
    } catch (error) {
      if (error instanceof TransportError) this.#out.error(error);
      else this.#fail('refused', 'The browser does not open a connection to this address.', error);
      return;
    }
    this.#socket = socket;
    const ifCurrent = (action: () => void) => {
      if (this.#socket === socket) action();
    };
    socket.addEventListener('open', () => ifCurrent(() => this.#onOpen(socket)));
    socket.addEventListener('message', ({ data }) => ifCurrent(() => this.#onMessage(data)));
    socket.addEventListener('close', (event) => ifCurrent(() => this.#onClose(event.code)));
    // A close follows each error and says more; without a listener, Node's sockets would throw.
    socket.addEventListener('error', () => undefined);
    this.#life.add(
      timer(WELCOME_TIMEOUT, scheduler).subscribe(() => {
        if (!this.#welcomed) this.#fail('offline', 'The gateway did not answer in time.');
      }),
    );
  }

  #onOpen(socket: SocketLike): void {
    if (socket.protocol !== SUBPROTOCOL) {
      this.#fail('refused', 'What answers at this address is not a gateway of this version.');
      return;
    }
    const { cursor, scheduler } = this.#options;
    this.#heardAt = scheduler.now();
    this.#greeted = this.transmit({ type: 'hello', token: this.#token ?? '', cursor });
    let tickedAt = this.#heardAt;
    this.#life.add(
      interval(PING_INTERVAL, scheduler).subscribe(() => {
        const now = scheduler.now();
        this.#onTick(now, now - tickedAt);
        tickedAt = now;
      }),
    );
  }

  /**
   * After three silent intervals the link is lost. But a timer that comes late says that the page was asleep or throttled, and what has come meanwhile may
   * wait behind this very task: then something is sent, which a host that has forgotten the connection answers with its end, and one more tick is waited for.
   */
  #onTick(now: number, elapsed: number): void {
    if (now - this.#heardAt < 3 * PING_INTERVAL) {
      this.#askedAt = null;
      return;
    }
    const late = elapsed > 1.5 * PING_INTERVAL;
    if (late && this.#askedAt === null) {
      this.#askedAt = now;
      this.transmit({ type: 'pong' });
      return;
    }
    this.#fail('offline', 'The gateway has been silent for too long.');
  }

  #onMessage(data: unknown): void {
    this.#heardAt = this.#options.scheduler.now();
    if (typeof data !== 'string') {
      this.breach('The gateway sent bytes instead of text.');
      return;
    }
    const parsed = parseServerFrame(data);
    if (parsed.ok) this.#onFrame(parsed.frame);
    else this.breach(parsed.sentence);
  }

  #onFrame(frame: ServerFrame): void {
    if (frame.type === 'ping') {
      this.transmit({ type: 'pong' });
    } else if ((frame.type === 'welcome') === this.#welcomed) {
      this.breach(
        this.#welcomed ? 'The gateway said welcome twice.' : 'The gateway did not say welcome first.',
      );
    } else if (frame.type === 'receipt') {
      this.receipts.answer(frame.receipt.id, frame.receipt);
    } else if (frame.type === 'result') {
      if (frame.ok) this.results.answer(frame.id, frame.result);
      else this.results.fail(frame.id, queryError(frame.error));
    } else {
      this.#onLogFrame(frame);
    }
  }

  #onLogFrame(frame: Extract<ServerFrame, { type: 'welcome' | 'reset' | 'event' | 'cursor' }>): void {
    const { cursor } = this.#options;
    switch (frame.type) {
      case 'welcome': {
        this.#welcomed = true;
        this.#place = cursor?.epoch === frame.epoch ? cursor.seq : null;
        const { type: kind, ...welcome } = frame;
        this.#out.next({ kind, ...welcome });
        return;
      }
      case 'reset':
        this.#place = frame.snapshot.seq;
        this.#out.next({ kind: 'snapshot', snapshot: frame.snapshot });
        return;
      case 'event':
        if (this.#advance(frame.event.seq)) this.#out.next({ kind: 'event', event: frame.event });
        return;
      case 'cursor':
        // The same place again is a sign of life and no news.
        if (frame.seq !== this.#place && this.#advance(frame.seq))
          this.#out.next({ kind: 'cursor', seq: frame.seq });
    }
  }

  #advance(seq: number): boolean {
    if (this.#place === null) {
      this.breach('The gateway went on from a place that it could not know.');
      return false;
    }
    if (seq <= this.#place) {
      this.breach('The gateway sent events out of order.');
      return false;
    }
    this.#place = seq;
    return true;
  }

  #onClose(code: number): void {
    this.#socket = null;
    switch (code) {
      case CloseCode.token:
        this.#fail(
          'unauthorized',
          'The gateway does not accept the token: it is missing, wrong or has expired.',
        );
        return;
      case CloseCode.origin:
        this.#fail('refused', 'The gateway does not accept connections from pages of this origin.');
        return;
      case CloseCode.badFrame:
        this.#fail('invalid', 'The gateway could not read what this page sent.');
        return;
      default:
        this.#fail('offline', `The connection to the gateway ended (${code}).`);
    }
  }
}

function queryError({ retryable, sentence }: { retryable: boolean; sentence: string }): TransportError {
  return new TransportError(retryable ? 'timeout' : 'invalid', sentence);
}
