import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';

/** A way to a PostgreSQL socket that first refuses connections, as a server does that starts or recovers, or breaks them, as one that goes down again. */
export class StartingServer {
  /** How many connections have been refused. */
  refused = 0;
  /** How many connections have been broken. */
  broken = 0;
  readonly #server: Server;
  readonly #url: URL;

  /**
   * @param times How many connections are refused.
   * @param breaks How many of those that follow are broken: each a little later than the one before, when its client says something.
   */
  constructor(databaseUrl: string, times: number, breaks = 0) {
    this.#url = new URL(databaseUrl);
    const path = `${this.#url.searchParams.get('host')}/.s.PGSQL.5432`;
    this.#server = createServer((near) => {
      near.on('error', () => undefined);
      if (this.refused < times) {
        this.refused++;
        near.once('data', () => near.end(REFUSAL));
        return;
      }
      const far = connect(path).on('error', () => near.destroy());
      near.pipe(far).pipe(near);
      if (this.broken === breaks) return;
      let said = ++this.broken;
      near.on('data', () => {
        if (said-- > 0) return;
        near.destroy();
        far.destroy();
      });
    });
  }

  /** Returns the URL of the database by this way. */
  async start(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.urlAt((this.#server.address() as AddressInfo).port);
  }

  /** The URL of the database by this way, were it at a port. */
  urlAt(port: number): string {
    return `postgresql://${this.#url.username}@127.0.0.1:${port}${this.#url.pathname}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** An ErrorResponse of the protocol. */
const REFUSAL = errorResponse({
  S: 'FATAL',
  V: 'FATAL',
  C: '57P03',
  M: 'the database system is starting up',
});

function errorResponse(fields: Readonly<Record<string, string>>): Buffer {
  const body = `${Object.entries(fields)
    .map(([name, value]) => `${name}${value}\0`)
    .join('')}\0`;
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(Buffer.byteLength(body) + 4, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}
