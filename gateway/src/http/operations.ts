import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.js';
import type { Db } from '../store/db.js';

export interface OperationsOptions {
  readonly db: Db;
  readonly metrics: Metrics;
  /** Whether the gateway is about to stop. */
  readonly isStopping: () => boolean;
}

/** What operators and their machines ask: is it alive, can it work, what has it done. */
export function registerOperations(
  app: FastifyInstance,
  { db, metrics, isStopping }: OperationsOptions,
): void {
  app.get('/healthz', () => ({ status: 'alive' }));

  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    try {
      await db.query('select 1');
      return await reply.send({ status: 'ready' });
    } catch {
      return reply.code(503).send({ status: 'no database' });
    }
  });

  app.get('/metrics', (_request, reply) => reply.type('text/plain; version=0.0.4').send(metrics.render()));
}
