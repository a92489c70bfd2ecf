import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

interface Pair {
  readonly page: Socket;
  readonly gateway: Socket;
  /** Became a WebSocket: only those are swallowed, so that a page can still be loaded. */
  upgraded: boolean;
}

/** The network between pages and the gateway: bytes go through it until it is told to fail. */
export class Network {
  readonly #server: Server;
  readonly #target: number;
  readonly #pairs = new Set<Pair>();
  #down = false;
  #socketsDown = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((page) => this.#join(page));
  }

  /** @param port Of the gateway, on this machine. */
  static async to(port: number): Promise<Network> {
    const network = new Network(port);
    network.#server.listen(0, '127.0.0.1');
    await once(network.#server, 'listening');
    return network;
  }

  /** What pages are loaded from. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection, and each new one at once. */
  goDown(): void {
    this.#down = true;
    this.drop();
  }

  /** Breaks every connection; new ones work. */
  drop(): void {
    for (const { page } of this.#pairs) page.destroy();
  }

  comeUp(): void {
    this.#down = false;
    this.#socketsDown = false;
  }

  /** Breaks every WebSocket, and each new one at once; pages can still be loaded. */
  socketsGoDown(): void {
    this.#socketsDown = true;
    for (const { page } of this.#sockets()) page.destroy();
  }

  /** What pages send on their present WebSockets has left them and never arrives. */
  swallowUpstream(): void {
    for (const { page, gateway } of this.#sockets()) {
      page.unpipe(gateway);
      page.resume();
    }
  }

  /** What the gateway says on the present WebSockets never arrives. */
  swallowDownstream(): void {
    for (const { page, gateway } of this.#sockets()) {
      gateway.unpipe(page);
      gateway.resume();
    }
  }

  /** What the gateway says on the present WebSockets is late: it arrives when the returned function is called. */
  holdDownstream(): () => void {
    const held = this.#sockets();
    for (const { page, gateway } of held) {
      gateway.unpipe(page);
      gateway.pause();
    }
    return () => {
      for (const { page, gateway } of held) gateway.pipe(page);
    };
  }

  async close(): Promise<void> {
    this.goDown();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #sockets(): readonly Pair[] {
    const sockets = [...this.#pairs].filter(({ upgraded }) => upgraded);
    if (sockets.length === 0) throw new Error('No page has a WebSocket open.');
    return sockets;
  }

  #join(page: Socket): void {
    if (this.#down) {
      page.destroy();
      return;
    }
    const gateway = connect(this.#target, '127.0.0.1');
    const pair: Pair = { page, gateway, upgraded: false };
    this.#pairs.add(pair);
    page.on('data', (chunk: Buffer) => {
      pair.upgraded ||= /^upgrade: websocket/im.test(chunk.toString('latin1'));
      if (pair.upgraded && this.#socketsDown) page.destroy();
    });
    page.pipe(gateway);
    gateway.pipe(page);
    const end = (): void => {
      this.#pairs.delete(pair);
      for (const socket of [page, gateway]) socket.destroy();
    };
    for (const socket of [page, gateway]) socket.on('error', end).on('close', end);
  }
}
