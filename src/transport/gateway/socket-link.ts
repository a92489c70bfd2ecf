import { Subscription, interval, timer } from 'rxjs';
import type { Observable, SchedulerLike, Subscriber } from 'rxjs';
import type { Cursor, Refusal } from '../../model/index.js';
import { CHECK_PATIENCE, TransportError } from '../adapter.js';
import type { TransportErrorKind, TransportFrame } from '../adapter.js';
import { CloseCode, PING_INTERVAL, SUBPROTOCOL } from './frames.js';
import type { AnyReceipt, ClientFrame, ServerFrame } from './frames.js';
import { parseServerFrame } from './parse-server-frame.js';
import { Pending } from './pending.js';
import { OPEN } from './socket.js';
import type { SocketLike } from './socket.js';

/** How long the gateway may take to say welcome, in milliseconds. */
export const WELCOME_TIMEOUT = 15_000;

/** How often to look how long the gateway has been silent, in milliseconds. */
const TICK = 5_000;

export interface SocketLinkOptions {
  /** Emits once; an error is the link's. */
  readonly token: Observable<string>;
  /** Opens a socket; may throw. */
  readonly open: () => SocketLike;
  readonly cursor: Cursor | null;
  readonly scheduler: SchedulerLike;
  /** Told what was not answered yet when the gateway ended the connection over a frame that it could not read. */
  readonly onBadFrame: (unanswered: readonly string[]) => void;
}

/** The life of one socket, from the token to the close. */
export class SocketLink {
  readonly receipts = new Pending<AnyReceipt>();
  readonly results = new Pending<unknown>();
  /** Names of the questions that are under way. */
  readonly unanswered = new Set<string>();
  readonly #out: Subscriber<TransportFrame>;
  readonly #options: SocketLinkOptions;
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
  #features: readonly string[] = [];
  /** The wait for a pong, and since when; null while none is waited for. */
  #check: { readonly since: number; readonly wait: Subscription } | null = null;
  #closeCode = 1000;

  constructor(options: SocketLinkOptions, out: Subscriber<TransportFrame>) {
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

  /** Asks for a sign of life, unless that is under way: when none comes in CHECK_PATIENCE, the link is lost. */
  check(): void {
    if (!this.live || this.#check || !this.#features.includes('ping')) return;
    this.#ping(this.#options.scheduler.now(), false);
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
  #breach(sentence: string): void {
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
      interval(TICK, scheduler).subscribe(() => {
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
    const late = elapsed > 2 * TICK;
    // A clock that was put back would show no silence for as long as that.
    if (elapsed < 0) this.#heardAt = now;
    if (late || elapsed < 0) this.check();
    if (now - this.#heardAt < 3 * PING_INTERVAL) {
      this.#askedAt = null;
      return;
    }
    if (late && this.#askedAt === null) {
      this.#askedAt = now;
      this.transmit({ type: 'pong' });
      return;
    }
    this.#fail('offline', 'The gateway has been silent for too long.');
  }

  /** @param again Whether this is the second time, because the first wait was overslept. */
  #ping(since: number, again: boolean): void {
    const { scheduler } = this.#options;
    const start = scheduler.now();
    this.transmit({ type: 'ping' });
    const wait = timer(CHECK_PATIENCE, scheduler).subscribe(() => {
      this.#check = null;
      const now = scheduler.now();
      const overslept = now - start > 2 * CHECK_PATIENCE;
      // The answer may stand behind much else that is coming in.
      const busy = this.#heardAt > since && now - this.#heardAt < CHECK_PATIENCE;
      if (busy || (overslept && !again)) this.#ping(since, again || overslept);
      else this.#fail('offline', 'The gateway did not answer when it was asked for a sign of life.');
    });
    this.#check = { since, wait };
    this.#life.add(wait);
  }

  #onPong(serverTime: number): void {
    const check = this.#check;
    if (!check) return;
    this.#check = null;
    check.wait.unsubscribe();
    // It was so half a round trip ago.
    const half = (this.#options.scheduler.now() - check.since) / 2;
    // Else the clock has jumped on the way.
    if (half >= 0 && half <= CHECK_PATIENCE) this.#out.next({ kind: 'time', serverTime: serverTime + half });
    else this.check();
  }

  #onMessage(data: unknown): void {
    this.#heardAt = this.#options.scheduler.now();
    if (typeof data !== 'string') {
      this.#breach('The gateway sent bytes instead of text.');
      return;
    }
    const parsed = parseServerFrame(data);
    if (!parsed.ok) this.#breach(parsed.sentence);
    else if (parsed.frame.type !== 'later') this.#onFrame(parsed.frame);
  }

  #onFrame(frame: ServerFrame): void {
    if (frame.type === 'ping') {
      this.transmit({ type: 'pong' });
    } else if ((frame.type === 'welcome') === this.#welcomed) {
      this.#breach(
        this.#welcomed ? 'The gateway said welcome twice.' : 'The gateway did not say welcome first.',
      );
    } else {
      this.#onGreetedFrame(frame);
    }
  }

  #onGreetedFrame(frame: Exclude<ServerFrame, { type: 'ping' }>): void {
    switch (frame.type) {
      case 'receipt':
        return this.receipts.answer(frame.receipt.id, frame.receipt);
      case 'result':
        if (frame.ok) this.results.answer(frame.id, frame.result);
        else this.results.fail(frame.id, queryError(frame.error));
        return;
      case 'pong':
        return this.#onPong(frame.serverTime);
      case 'token':
        return this.#out.next({ kind: 'token', expiresAt: frame.expiresAt });
      default:
        this.#onLogFrame(frame);
    }
  }

  #onLogFrame(frame: Extract<ServerFrame, { type: 'welcome' | 'reset' | 'event' | 'cursor' }>): void {
    const { cursor } = this.#options;
    switch (frame.type) {
      case 'welcome': {
        this.#welcomed = true;
        this.#features = frame.features;
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
      this.#breach('The gateway went on from a place that it could not know.');
      return false;
    }
    if (seq <= this.#place) {
      this.#breach('The gateway sent events out of order.');
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
      case CloseCode.tooManyDesks:
        this.#fail('too-many', 'The agent has as many desks open as the gateway allows.');
        return;
      case CloseCode.badFrame:
        this.#options.onBadFrame([...this.unanswered]);
        this.#fail('invalid', 'The gateway could not read what this page sent.');
        return;
      default:
        this.#fail('offline', `The connection to the gateway ended (${code}).`);
    }
  }
}

function queryError({ kind, retryable, sentence }: Refusal): TransportError {
  if (kind === 'unsupported') return new TransportError('unsupported', sentence);
  return new TransportError(retryable ? 'timeout' : 'invalid', sentence);
}
