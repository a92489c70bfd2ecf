import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to a server on which answers take their time: what is sent arrives at once, and long before that is known. */
export class SlowProxy {
  readonly #target: string;
  readonly #delay: number;
  readonly #server: Server;

  /** @param delay In milliseconds. */
  constructor(target: string, delay: number) {
    this.#target = target;
    this.#delay = delay;
    this.#server = createServer((request, response) => {
      this.#forward(request).then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.destroy(),
      );
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #forward(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(`${this.#target}${request.url}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: request.headers.authorization ?? '',
      },
      body: Buffer.concat(chunks),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    await new Promise((resolve) => setTimeout(resolve, this.#delay));
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body };
  }
}
