import { once } from 'node:events';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { OutgoingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.map': 'application/json',
};

/** A web server on an origin of its own that serves the files of folders. */
export class WebServer {
  /** Sent with every file. */
  headers: OutgoingHttpHeaders = {};
  /** Which folder each first part of a path stands for. */
  folders: Readonly<Record<string, string>> = {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const [, first = '', rest = ''] = /^\/([^/]+)\/(.*)$/.exec(normalize(pathname)) ?? [];
      const path = join(this.folders[first] ?? '', rest);
      if (!Object.hasOwn(this.folders, first) || !existsSync(path) || !statSync(path).isFile()) {
        response.writeHead(404, this.headers).end();
        return;
      }
      response.writeHead(200, { ...this.headers, 'content-type': TYPES[extname(path)] });
      createReadStream(path).pipe(response);
    });
  }

  static async start(): Promise<WebServer> {
    const server = new WebServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
