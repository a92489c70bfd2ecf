import fastify, { type FastifyInstance } from 'fastify';
import { errorFields, type Log } from '../log.js';

/** How long open requests may take when the server closes, in milliseconds. */
const GOODBYE = 1000;

/** An HTTP server that takes what is registered, and does not listen yet. @param requestTimeout How long a request may take to come in, in milliseconds. */
export async function openHttp(
  register: (app: FastifyInstance) => Promise<void>,
  log: Log,
  requestTimeout: number,
): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: 'idle',
    requestTimeout,
    // Node takes the longer of the two for the whole request, and looks only so often.
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: Math.min(requestTimeout, 5000) },
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('A request failed', errorFields(error));
    return reply.code(status).send({ error: status >= 500 ? 'Something went wrong.' : error.message });
  });
  await register(app);
  return app;
}

/** Takes no request any more. Nobody's request is waited for who takes his time with it: what was to be stored is stored by now. */
export async function closeHttp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), GOODBYE);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}
