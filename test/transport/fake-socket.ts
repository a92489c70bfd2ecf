import type { ClientFrame, ServerFrame } from '../../src/transport/gateway/protocol.js';
import { SUBPROTOCOL } from '../../src/transport/gateway/protocol.js';

type Listener = (event: object) => void;

/** A socket whose other end is the test. */
export class FakeSocket {
  readyState = 0;
  protocol = '';
  /** What the page sent, parsed. */
  readonly sent: ClientFrame[] = [];
  /** With which code the page closed it; null while it has not. */
  closedWith: number | null = null;
  readonly url: string;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(url: string) {
    this.url = url;
  }

  send(data: string): void {
    if (this.readyState !== 1) throw new DOMException('Still connecting', 'InvalidStateError');
    this.sent.push(JSON.parse(data) as ClientFrame);
  }

  close(code?: number): void {
    this.closedWith = code ?? 1005;
    this.readyState = 2;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener as Listener]);
  }

  /** The gateway takes the connection. */
  open(protocol = SUBPROTOCOL as string): void {
    this.readyState = 1;
    this.protocol = protocol;
    this.#emit('open', {});
  }

  /** The gateway sends a frame. */
  says(frame: ServerFrame): void {
    this.saysText(JSON.stringify(frame));
  }

  saysText(data: unknown): void {
    this.#emit('message', { data });
  }

  /** The connection ends. */
  drop(code: number): void {
    this.readyState = 3;
    this.#emit('error', {});
    this.#emit('close', { code, reason: '' });
  }

  #emit(type: string, event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}

/** A class of sockets, and all of them that were opened, oldest first. */
export function fakeSockets() {
  const opened: FakeSocket[] = [];
  class Socket extends FakeSocket {
    constructor(url: string) {
      super(url);
      opened.push(this);
    }
  }
  return { Socket, opened };
}
