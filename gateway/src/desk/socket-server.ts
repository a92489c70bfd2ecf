import { setTimeout as wait } from 'node:timers/promises';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CloseCode, MAX_CLIENT_FRAME, SOCKET_PATH, SUBPROTOCOL } from 'whatsapp-workspace/protocol';
import { atMost } from '../at-most.js';
import { DeskSocket, type DeskServices } from './desk-socket.js';

export interface SocketServerOptions {
  readonly services: DeskServices;
  /** Origins, besides the gateway's own, whose pages may connect. */
  readonly allowedOrigins: readonly string[];
  /** The most sockets that have said nothing yet; 2,000 by default. */
  readonly maxSilent?: number;
}

/** More desks than one process should serve: further ones are sent to another gateway. */
const MAX_SOCKETS = 20_000;
/** A desk says hello as soon as it can: of more that do not, the oldest goes, so that those who say nothing keep nobody out. */
const MAX_SILENT = 2000;
/** How long what desks have asked for may take when the gateway stops, in milliseconds. What is not done then, they ask for elsewhere. */
const STOP_PATIENCE = 5000;
/** How long desks may take to say goodbye, in milliseconds. */
const GOODBYE = 1000;

/** The socket endpoint of desks. */
export class SocketServer {
  readonly #options: SocketServerOptions;
  readonly #sockets = new Map<DeskSocket, () => void>();
  /** Those that have said nothing yet, the oldest first. */
  readonly #silent = new Set<DeskSocket>();
  #stopping = false;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    options.services.metrics.sockets.from(() => this.#sockets.size);
  }

  /** Adds the endpoint to the HTTP server. */
  async register(app: FastifyInstance): Promise<void> {
    await app.register(websocket, {
      options: {
        maxPayload: MAX_CLIENT_FRAME,
        handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
      },
      // The gateway closes its sockets itself, with a code that tells desks to come back.
      preClose: (done) => done(),
    });
    app.get(SOCKET_PATH, { websocket: true }, (socket, request) => {
      const desk = new DeskSocket(socket, this.#options.services);
      this.#sockets.set(desk, () => socket.terminate());
      socket.on('close', () => {
        this.#sockets.delete(desk);
        this.#silent.delete(desk);
        desk.ended();
      });
      // The close follows.
      socket.on('error', () => undefined);
      if (!isWelcome(request, this.#options.allowedOrigins)) {
        return desk.close(CloseCode.origin, 'Pages of this origin are not on the gateway’s list.');
      }
      if (socket.protocol !== SUBPROTOCOL) {
        return desk.close(CloseCode.badFrame, `The subprotocol must be ${SUBPROTOCOL}.`);
      }
      if (this.#stopping || this.#sockets.size > MAX_SOCKETS) {
        return desk.close(CloseCode.restart, 'The gateway takes no more desks now.');
      }
      this.#admit(desk);
      socket.on('message', (data: Buffer | ArrayBuffer | readonly Buffer[], isBinary: boolean) => {
        this.#silent.delete(desk);
        if (isBinary) desk.close(CloseCode.badFrame, 'Frames are text.');
        else desk.receive(textOf(data));
      });
    });
  }

  /** Takes a socket that has said nothing yet, in place of the oldest when there are too many. */
  #admit(desk: DeskSocket): void {
    this.#silent.add(desk);
    const [oldest] = this.#silent;
    if (!oldest || this.#silent.size <= (this.#options.maxSilent ?? MAX_SILENT)) return;
    this.#silent.delete(oldest);
    oldest.close(CloseCode.helloLate, 'Too many desks say nothing.');
    // It would not say goodbye either.
    this.#sockets.get(oldest)?.();
  }

  /** Sends every desk away, to come back to another gateway or to the next one. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const desks = [...this.#sockets.keys()];
    await atMost(
      STOP_PATIENCE,
      desks.map((desk) => desk.idle()),
    );
    for (const desk of desks) desk.drop();
    for (const desk of desks) desk.close(CloseCode.restart, 'The gateway restarts.');
    const until = performance.now() + GOODBYE;
    while (this.#sockets.size > 0 && performance.now() < until) {
      await wait(10);
    }
    for (const terminate of this.#sockets.values()) terminate();
  }
}

function textOf(data: Buffer | ArrayBuffer | readonly Buffer[]): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.concat([...data])).toString('utf8');
}

/** Programs send no origin and need a token all the same; pages cannot hide theirs. */
function isWelcome({ headers }: FastifyRequest, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  return origin === undefined || allowed.includes(origin) || isSameHost(origin, host);
}

/** Whether a page came from this very server. The scheme is not compared: a proxy before us may have ended TLS. */
export function isSameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
