import type { FastifyInstance, FastifyReply } from 'fastify';
import { isSameHost } from '../desk/socket-server.js';

export interface CrossOriginOptions {
  /** Origins, besides the gateway's own, whose pages may ask. */
  readonly allowedOrigins: readonly string[];
  readonly methods: string;
  /** Headers of requests beyond the usual ones. */
  readonly headers: string;
  /** Headers of answers that pages may read. */
  readonly exposed: string;
}

/** How long a browser may remember what it is allowed, in seconds. */
const REMEMBERED = 7200;

/** Lets pages of the listed origins ask what is registered in a scope: nothing there goes by cookies. Those of others are refused. */
export function allowOrigins(scope: FastifyInstance, options: CrossOriginOptions): void {
  scope.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers;
    void reply.header('vary', 'origin');
    if (origin === undefined || isSameHost(origin, host)) return;
    if (!options.allowedOrigins.includes(origin)) return refuse(reply);
    void reply.header('access-control-allow-origin', origin);
    void reply.header('access-control-expose-headers', options.exposed);
    if (request.method !== 'OPTIONS') return;
    await reply
      .header('access-control-allow-methods', options.methods)
      .header('access-control-allow-headers', options.headers)
      .header('access-control-max-age', String(REMEMBERED))
      .code(204)
      .send();
  });
}

async function refuse(reply: FastifyReply): Promise<void> {
  await reply.code(403).send({ error: 'Pages of this origin are not on the gateway’s list.' });
}
