import type { FastifyInstance } from 'fastify';
import { atMost } from '../at-most.js';
import type { Metrics } from '../metrics.js';
import type { Watched } from '../progress.js';
import type { Queryable } from '../store/db.js';

export interface OperationsOptions {
  /** The connections without which nothing works: each is asked for a sign of life. */
  readonly databases: readonly Queryable[];
  /** What must make progress. */
  readonly watched: readonly Watched[];
  readonly metrics: Metrics;
  /** Whether the gateway is about to stop. */
  readonly isStopping: () => boolean;
  /** How many other gateways work by another configuration of the centre. */
  readonly disagreeing: () => number;
}

/** How long the database may take to say that it is there, in milliseconds. Who asks has little patience too. */
const PATIENCE = 2000;
const NO_DATABASE = 'The database does not answer';

/** What operators and their machines ask: is it alive, can it work, what has it done. */
export function registerOperations(app: FastifyInstance, options: OperationsOptions): void {
  const { databases, watched, metrics, isStopping, disagreeing } = options;

  app.get('/healthz', () => ({ status: 'alive' }));

  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    const answers = await Promise.all(databases.map(isThere));
    const problems = [
      ...(answers.includes(false) ? [NO_DATABASE] : []),
      ...watched.flatMap((part) => part.problem() ?? []),
    ];
    if (problems.length > 0) return reply.code(503).send({ status: 'not ready', problems });
    const others = disagreeing();
    const detail = others > 0 ? { centre: `differs from that of ${others} other gateways` } : {};
    return reply.send({ status: 'ready', ...detail });
  });

  app.get('/metrics', (_request, reply) => reply.type('text/plain; version=0.0.4').send(metrics.render()));
}

async function isThere(database: Queryable): Promise<boolean> {
  let answered = false;
  const asked = database.query('select 1').then(
    () => (answered = true),
    () => false,
  );
  await atMost(PATIENCE, [asked]);
  return answered;
}
