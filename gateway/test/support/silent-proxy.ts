import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a PostgreSQL socket that can fall silent as networks do: nothing is refused, nothing is closed, nothing comes through. */
export class SilentProxy {
  readonly #socketPath: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isSilent = false;
  #url: URL;

  /** @param databaseUrl Names the folder of a socket. */
  constructor(databaseUrl: string) {
    this.#url = new URL(databaseUrl);
    this.#socketPath = `${this.#url.searchParams.get('host')}/.s.PGSQL.5432`;
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#join(near));
  }

  /** Returns the URL of the database by this way. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return `postgresql://${this.#url.username}@127.0.0.1:${port}${this.#url.pathname}`;
  }

  /** What is connected stays silent for ever, what connects until `heal`. */
  silence(): void {
    this.#isSilent = true;
    for (const socket of this.#sockets) socket.pause().removeAllListeners('data');
  }

  /** New connections come through again. */
  heal(): void {
    this.#isSilent = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket): void {
    this.#keep(near);
    if (this.#isSilent) return;
    const far = connect(this.#socketPath);
    this.#keep(far);
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => near.write(data));
    near.on('end', () => far.end());
    far.on('end', () => near.end());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
