import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** The network between pages and the gateway: bytes go through it until it is told to fail. */
export class Network {
  readonly #server: Server;
  readonly #target: number;
  readonly #pairs = new Set<readonly [page: Socket, gateway: Socket]>();
  #down = false;

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
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }

  comeUp(): void {
    this.#down = false;
  }

  /** What pages send goes no further: it has left them and never arrives. Until the connections are dropped. */
  swallowUpstream(): void {
    for (const [page, gateway] of this.#pairs) {
      page.unpipe(gateway);
      page.resume();
    }
  }

  /** What the gateway answers goes no further. Until the connections are dropped. */
  swallowDownstream(): void {
    for (const [page, gateway] of this.#pairs) {
      gateway.unpipe(page);
      gateway.resume();
    }
  }

  async close(): Promise<void> {
    this.goDown();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(page: Socket): void {
    if (this.#down) {
      page.destroy();
      return;
    }
    const gateway = connect(this.#target, '127.0.0.1');
    const pair = [page, gateway] as const;
    this.#pairs.add(pair);
    page.pipe(gateway);
    gateway.pipe(page);
    const end = (): void => {
      this.#pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
  }
}
