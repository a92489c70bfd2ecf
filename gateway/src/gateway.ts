import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import type { Clock } from 'whatsapp-workspace/model';
import { CloudApi } from './cloud-api/index.js';
import type { Config } from './config.js';
import { Authenticator } from './desk/auth.js';
import { Feeds } from './desk/feed.js';
import { Presence } from './desk/presence.js';
import { SocketServer } from './desk/socket-server.js';
import { Tail } from './events/tail.js';
import { demoSecret, registerDemo } from './http/demo.js';
import { registerOperations } from './http/operations.js';
import { registerWebhook } from './http/webhook.js';
import { Ingest } from './inbox/ingest.js';
import { Ledger } from './ledger/ledger.js';
import { errorFields, jsonLog, type Log } from './log.js';
import { Maintenance } from './maintenance.js';
import { Metrics } from './metrics.js';
import { OutboxWorker, type OutboxOptions, type Sender } from './outbox/worker.js';
import { Router } from './routing/router.js';
import { Runner } from './runner.js';
import { clockSkew } from './store/clock-skew.js';
import { openDb, type Db } from './store/db.js';
import { startEmbeddedPostgres } from './store/embedded-postgres.js';
import { migrate } from './store/migrate.js';

/** What a test may replace. */
export interface GatewayDeps {
  readonly clock?: Clock;
  readonly log?: Log;
  /** Who sends over a business number; the Cloud API by default. */
  readonly senderFor?: (channel: string) => Sender;
  /** How often router, outbox and tail look although nobody told them to, in milliseconds; 1,000 by default. */
  readonly sweepInterval?: number;
  /** How often connected agents are told of, in milliseconds; 5,000 by default. */
  readonly heartbeat?: number;
  readonly pace?: OutboxOptions['pace'];
}

/** A gateway that takes requests. */
export interface Gateway {
  readonly url: string;
  readonly port: number;
  readonly metrics: Metrics;
  /** Takes nothing more, finishes what it has begun, sends desks away to come back later. */
  close(): Promise<void>;
}

const DATABASE = 'whatsapp_workspace';
const SWEEP = 1000;
const SYSTEM_CLOCK: Clock = { now: () => Date.now() };
/** How far clocks may differ, in milliseconds. */
const MAX_SKEW = 2000;
/** How long a request may take to come in, in milliseconds: who sends a byte a minute must not keep a connection for ever. */
const REQUEST_TIMEOUT = 30_000;

/**
 * Starts a gateway.
 * @throws When the database cannot be had, the port is taken, or the database is newer than this gateway.
 */
export async function createGateway(config: Config, deps: GatewayDeps = {}): Promise<Gateway> {
  const log = deps.log ?? jsonLog();
  const { db, close } = await openDatabase(config, log);
  try {
    const applied = await migrate(db);
    if (applied.length > 0) log.info('Migrated the database', { to: applied.at(-1) ?? 0 });
    await checkClock(db, deps.clock ?? SYSTEM_CLOCK, log);
    return await run(config, await makeParts(config, deps, { log, db, closeDatabase: close }));
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gateways agree by the clock on what has run out. A clock that is off is no reason to leave contacts without any gateway. */
async function checkClock(db: Db, clock: Clock, log: Log): Promise<void> {
  const ahead = await clockSkew(db, clock);
  if (Math.abs(ahead) <= MAX_SKEW) return;
  const sentence =
    'The clocks of this machine and of the database differ: synchronise them, or offers end and messages are given up at wrong times';
  log.error(sentence, { aheadMs: Math.round(ahead) });
}

async function openDatabase(
  { databaseUrl, dataDir }: Config,
  log: Log,
): Promise<{ readonly db: Db; readonly close: () => Promise<void> }> {
  const embedded = databaseUrl === null ? await startEmbeddedPostgres(dataDir, log) : null;
  // A server of our own that died is started again; one that somebody else runs comes back by itself.
  const revive = new Runner(async () => {
    const failed = (error: unknown) =>
      log.error('The database could not be started again', errorFields(error));
    await embedded?.revive().catch(failed);
  });
  const db = openDb(databaseUrl ?? (await embedded?.database(DATABASE)) ?? '', (error) => {
    log.warn('A database connection broke', errorFields(error));
    revive.hint();
  });
  const close = async () => {
    await revive.stop();
    await db.close();
    await embedded?.stop();
  };
  return { db, close };
}

interface Base {
  readonly log: Log;
  readonly db: Db;
  readonly closeDatabase: () => Promise<void>;
}

type Parts = Awaited<ReturnType<typeof makeParts>>;

/** Makes everything that works behind the HTTP server; nothing of it runs yet. */
async function makeParts(config: Config, deps: GatewayDeps, base: Base) {
  const { log, db } = base;
  const { policy } = config;
  const { clock = SYSTEM_CLOCK, sweepInterval = SWEEP, pace } = deps;
  const metrics = new Metrics();
  const isShared = config.databaseUrl !== null;
  const ledger = new Ledger({ db, clock, notify: isShared });
  const tail = new Tail({ db, log, listen: isShared, pollInterval: sweepInterval });
  const router = new Router({ ledger, policy, log, sweepInterval });
  const senderFor = deps.senderFor ?? cloudApiSenders(config);
  const outbox = new OutboxWorker({ ledger, senderFor, metrics, log, sweepInterval, pace });
  const ingest = new Ingest({ ledger, policy, metrics, log });
  const feeds = new Feeds(db, tail, log);
  const presence = new Presence(db, clock, log, deps.heartbeat);
  const maintenance = new Maintenance(ledger, log);
  const auth = { ...config.auth, keys: config.auth.keys ?? { secret: await demoSecret(config.dataDir) } };
  const authenticator = new Authenticator(auth, clock);
  const onJoin = () => router.hint();
  const services = { ledger, policy, auth: authenticator, feeds, presence, metrics, log, onJoin };
  const sockets = new SocketServer({ services, allowedOrigins: config.allowedOrigins });
  ledger.onCommit(({ events }) => {
    tail.hint();
    for (const { type } of events) if (type === 'interaction-offered') metrics.routed.add();
  });
  const running = { tail, outbox, router, feeds, presence, maintenance };
  return { ...base, clock, metrics, ingest, auth, sockets, running };
}

/** Takes requests, and starts what works behind them. */
async function run(config: Config, parts: Parts): Promise<Gateway> {
  const { log, metrics, ingest, running } = parts;
  let stopping = false;
  const app = await openHttp((server) => addRoutes(server, config, parts, () => stopping), log);
  const stop = async () => {
    stopping = true;
    await stopParts(app, parts);
  };
  try {
    for (const part of Object.values(running)) await part.start();
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await stop();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  log.info('The gateway takes requests', { host: config.host, port });
  void ingest
    .retryPoison()
    .catch((error: unknown) => log.warn('Items could not be retried', errorFields(error)));
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    port,
    metrics,
    close: async () => {
      if (stopping) return;
      log.info('The gateway stops');
      await stop();
      await parts.closeDatabase();
    },
  };
}

async function addRoutes(
  server: FastifyInstance,
  config: Config,
  { sockets, ingest, metrics, log, db, auth, clock }: Parts,
  isStopping: () => boolean,
): Promise<void> {
  const now = () => clock.now();
  await sockets.register(server);
  await registerWebhook(server, {
    whatsapp: config.whatsapp,
    ingest: (items) => ingest.add(items),
    now,
    metrics,
    log,
  });
  registerOperations(server, { db, metrics, isStopping });
  if (config.demo) await registerDemo(server, { auth, now, host: config.host });
}

/** Desks first, so that they go elsewhere; then requests, then the work that they left, readers of the log last. */
async function stopParts(app: FastifyInstance, { sockets, ingest, running }: Parts): Promise<void> {
  const { tail, outbox, router, feeds, presence, maintenance } = running;
  await sockets.stop();
  await app.close();
  await ingest.idle();
  presence.stop();
  await Promise.all([router.stop(), outbox.stop(), maintenance.stop()]);
  feeds.stop();
  await tail.stop();
}

async function openHttp(
  register: (app: FastifyInstance) => Promise<void>,
  log: Log,
): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT,
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

/** One client for each business number that the webhooks have shown. */
function cloudApiSenders({ whatsapp }: Config): (channel: string) => Sender {
  const senders = new Map<string, Sender>();
  return (channel) => {
    const { apiUrl, accessToken } = whatsapp;
    const sender =
      senders.get(channel) ?? new CloudApi({ baseUrl: apiUrl, phoneNumberId: channel, accessToken });
    senders.set(channel, sender);
    return sender;
  };
}
