import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Clock, Policy } from 'whatsapp-workspace/model';
import { atMost } from './at-most.js';
import { Centre } from './centre/centre.js';
import { changedTemplatesOf, CloudApi, CloudTemplates } from './cloud-api/index.js';
import { ConfigError, type Config } from './config.js';
import { Authenticator } from './desk/auth.js';
import { Feeds } from './desk/feed.js';
import { Presence, SEEN_FOR } from './desk/presence.js';
import { SocketServer } from './desk/socket-server.js';
import { Tail } from './events/tail.js';
import type { BodyLimits } from './http/bodies.js';
import { DEMO_REFUSED, demoSecret, registerDemo } from './http/demo.js';
import { registerMedia } from './http/media.js';
import { registerNotifications } from './http/notifications.js';
import { registerOperations } from './http/operations.js';
import { closeHttp, openHttp } from './http/server.js';
import { registerUploads } from './http/uploads.js';
import { registerWebhook } from './http/webhook.js';
import { Ingest, type IngestLimits } from './inbox/ingest.js';
import { Unclaimed } from './inbox/unclaimed.js';
import { Ledger } from './ledger/ledger.js';
import { importDemoLibrary } from './library/demo-library.js';
import { errorFields, jsonLog, type Log } from './log.js';
import { Maintenance } from './maintenance.js';
import { openMedia } from './media/media.js';
import { Metrics } from './metrics.js';
import { OutboxWorker, type OutboxOptions, type Sender } from './outbox/worker.js';
import { ReadReceipts, type Reader } from './receipts/read-receipts.js';
import { Router } from './routing/router.js';
import { Runner } from './runner.js';
import { boundInstants } from './store/bound-instants.js';
import { clockSkew } from './store/clock-skew.js';
import { DatabaseClock } from './store/database-clock.js';
import { openDb, type Db } from './store/db.js';
import { startEmbeddedPostgres } from './store/embedded-postgres.js';
import { migrate } from './store/migrate.js';
import { onceStarted } from './store/once-started.js';
import { isForProduction, keepForProduction } from './store/production.js';
import { openPools, type Pools } from './store/pools.js';
import type { TemplatePace } from './store/templates.js';
import { KnownTemplates } from './templates/known-templates.js';
import { TemplateSynchronisation } from './templates/synchronisation.js';

/** What a test may replace. */
export interface GatewayDeps {
  /** Of everything that gateways share; the database's by default. */
  readonly clock?: Clock;
  /** Of this machine. */
  readonly machineClock?: Clock;
  readonly log?: Log;
  /** Who sends over a business number; the Cloud API by default. */
  readonly senderFor?: (channel: string) => Sender;
  /** What tells WhatsApp that messages were read. */
  readonly readerFor?: (channel: string) => Reader;
  /** How often router, outbox and tail look although nobody told them to, in milliseconds; 1,000 by default. */
  readonly sweepInterval?: number;
  /** How often connected agents are told of, in milliseconds; 5,000 by default. */
  readonly heartbeat?: number;
  readonly pace?: OutboxOptions['pace'];
  /** When templates are read again. */
  readonly templatePace?: TemplatePace;
  readonly stopwatch?: OutboxOptions['stopwatch'];
  /** How long the database may take for one statement, in milliseconds; 5,000 by default. */
  readonly answerTimeout?: number;
  readonly ingestLimits?: Partial<IngestLimits>;
  /** How long work may stand still before `/readyz` says so, in milliseconds; 10,000 by default. */
  readonly stalledAfter?: number;
  /** How long a request may take to come in, in milliseconds; 30,000 by default. */
  readonly requestTimeout?: number;
  /** What bodies of webhooks may take before their signature is checked. */
  readonly bodyLimits?: Partial<BodyLimits>;
  /** The most sockets that have said nothing yet; 2,000 by default. */
  readonly maxSilent?: number;
  /** Ends a start that waits for the database. */
  readonly stopping?: AbortSignal;
}

/** A gateway that takes requests. */
export interface Gateway {
  readonly url: string;
  readonly port: number;
  readonly metrics: Metrics;
  /** Reads the centre file again. One with faults changes nothing, and the log says so. */
  reload(): Promise<void>;
  /** Takes nothing more, finishes what it has begun, sends desks away to come back later. */
  close(): Promise<void>;
  /** For a process that ends now: a database of our own is asked to end when nobody is connected to it any more. */
  readonly abandon: () => void;
}

/** The embedded server's database. */
export const DATABASE = 'whatsapp_workspace';
const SWEEP = 1000;
/** How long what was begun may take when the gateway stops, in milliseconds: together with closing the database it stays below the limit of stopping. */
const FINISH_PATIENCE = 20_000;
/** How long what should be over at once may take then, in milliseconds. */
const GOODBYE = 1000;
const SYSTEM_CLOCK: Clock = { now: () => Date.now() };
/** How far clocks may differ, in milliseconds. */
const MAX_SKEW = 2000;
/** How long a request may take to come in, in milliseconds: who sends a byte a minute must not keep a connection for ever. */
const REQUEST_TIMEOUT = 30_000;

/**
 * Starts a gateway. A database that cannot be reached, or that goes away meanwhile, is waited for.
 * @throws When the database lets nobody in, the port is taken, or the database is newer than this gateway.
 */
export async function createGateway(config: Config, deps: GatewayDeps = {}): Promise<Gateway> {
  const log = deps.log ?? jsonLog();
  const { pools, url, close, ...ofDatabase } = await openDatabase(config, deps, log);
  try {
    const { stopping } = deps;
    await onceStarted(log, () => bringUpToDate(url, config, log), stopping);
    const db = pools.background;
    await onceStarted(log, () => checkClock(db, deps.machineClock ?? SYSTEM_CLOCK, log), stopping);
    const clock = await onceStarted(log, () => startClock(db, config, deps, log), stopping);
    const closeDatabase = async () => {
      clock.stop();
      await close();
    };
    return await run(
      config,
      deps,
      await makeParts(config, deps, { log, pools, clock, closeDatabase, ...ofDatabase }),
    );
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Over a connection of its own: a migration takes as long as it takes.
 * @throws ConfigError when a demo would get at what a gateway for production has left.
 */
export async function bringUpToDate(url: string, { demo }: Config, log: Log): Promise<void> {
  const db = openDb(url, () => undefined, { max: 1, purpose: 'migration', answerTimeout: null });
  try {
    if (demo && (await isForProduction(db))) throw new ConfigError([DEMO_REFUSED]);
    const applied = await migrate(db);
    if (!demo) await keepForProduction(db);
    if (applied.length > 0) log.info('Migrated the database', { to: applied.at(-1) ?? 0 });
  } finally {
    await db.close();
  }
}

/** Gateways go by the database's clock; but WhatsApp and whoever signs tokens go by the right one. */
async function checkClock(db: Db, clock: Clock, log: Log): Promise<void> {
  const ahead = await clockSkew(db, clock);
  if (Math.abs(ahead) <= MAX_SKEW) return;
  const sentence =
    'The clocks of this machine and of the database differ, so that one of them is wrong: synchronise them. The database’s is used';
  log.error(sentence, { aheadMs: Math.round(ahead) });
}

/** The clock of everything that gateways share. What a wrong clock has left behind is put right now, and whenever the clock was set. */
async function startClock(
  db: Db,
  { policy }: Config,
  deps: GatewayDeps,
  log: Log,
): Promise<Clock & { stop(): void }> {
  const bound = (clock: Clock) =>
    boundInstants(db, clock.now(), { offer: policy.offerTimeout, presence: SEEN_FOR });
  if (deps.clock) {
    const { clock } = deps;
    await bound(clock);
    return { now: () => clock.now(), stop: () => undefined };
  }
  const failed = (error: unknown) => log.warn('Instants could not be put right', errorFields(error));
  const clock = new DatabaseClock({ db, log, onJump: () => void bound(clock).catch(failed) });
  await clock.start();
  try {
    await bound(clock);
  } catch (error) {
    clock.stop();
    throw error;
  }
  return clock;
}

async function openDatabase(
  { databaseUrl, dataDir }: Config,
  { answerTimeout, stopping }: GatewayDeps,
  log: Log,
): Promise<
  Pick<Base, 'pools' | 'abandon' | 'shortenLog'> & {
    readonly url: string;
    readonly close: () => Promise<void>;
  }
> {
  const embedded = databaseUrl === null ? await startEmbeddedPostgres(dataDir, log) : null;
  // A server of our own that died is started again; one that somebody else runs comes back by itself.
  const revive = new Runner(async () => {
    const failed = (error: unknown) =>
      log.error('The database could not be started again', errorFields(error));
    await embedded?.revive().catch(failed);
  });
  const url =
    databaseUrl ?? (await onceStarted(log, async () => embedded?.database(DATABASE), stopping)) ?? '';
  const onBroken = (error: Error) => {
    log.warn('A database connection broke', errorFields(error));
    revive.hint();
  };
  const pools = openPools(url, onBroken, answerTimeout);
  const close = async () => {
    await revive.stop();
    await pools.close();
    await embedded?.stop();
  };
  const shorten = async () => embedded?.shortenLog();
  return { pools, url, close, abandon: () => embedded?.abandon(), shortenLog: shorten };
}

interface Base {
  readonly log: Log;
  readonly pools: Pools;
  readonly clock: Clock;
  readonly closeDatabase: () => Promise<void>;
  readonly abandon: () => void;
  readonly shortenLog: () => Promise<void>;
}

type Parts = Awaited<ReturnType<typeof makeParts>>;

/** Makes everything that works behind the HTTP server; nothing of it runs yet. */
async function makeParts(config: Config, deps: GatewayDeps, base: Base) {
  const { log, pools, clock } = base;
  const { sweepInterval = SWEEP, stopwatch, pace = config.pace } = deps;
  const watch = { sweepInterval, stalledAfter: deps.stalledAfter };
  const metrics = new Metrics();
  const isShared = config.databaseUrl !== null;
  const ledger = new Ledger({ db: pools.background, clock, notify: isShared });
  const tail = new Tail({ ...watch, db: pools.background, log, listen: isShared });
  const { heartbeat } = deps;
  const centre = await Centre.open({
    ledger,
    log,
    file: config.centreFile,
    policy: config.policy,
    heartbeat,
  });
  metrics.disagreeing.from(() => centre.disagreeing);
  // As it is whenever somebody looks.
  const live = <T extends object>(rest: T) =>
    Object.defineProperty(rest as T & { readonly policy: Policy }, 'policy', { get: () => centre.policy });
  const router = new Router(live({ ...watch, ledger, log, heartbeat }));
  const media = await openMedia(
    live({
      ...watch,
      ledger: ledger.over(pools.outbox),
      desks: ledger.over(pools.desks),
      config,
      metrics,
      log,
      receives: () => centre.receives,
      released: () => outbox.hint(),
    }),
  );
  const accounts = config.whatsapp.businessAccountIds;
  const templates = new KnownTemplates(accounts);
  const synchronisation = new TemplateSynchronisation({
    ledger: { db: pools.background, clock },
    accounts,
    cloud: cloudTemplates(config),
    log,
    pace: deps.templatePace,
  });
  const senderFor = deps.senderFor ?? cloudApiSenders(config);
  const outbox: OutboxWorker = new OutboxWorker({
    ...watch,
    ledger: ledger.over(pools.outbox),
    senderFor,
    findMedia: (ref, channel) => media.outgoing.find(ref, channel),
    findTemplate: (template, channel) => templates.find(pools.outbox, channel, template),
    onRefused: (channel, code) => void synchronisation.failed(channel, code),
    metrics,
    log,
    pace,
    stopwatch,
  });
  const receipts = new ReadReceipts(
    live({
      ledger: ledger.over(pools.background),
      readerFor: deps.readerFor ?? cloudApiSenders(config),
      log,
    }),
  );
  const unclaimed = new Unclaimed({ numbers: config.whatsapp.phoneNumberIds, metrics, log });
  const limits = deps.ingestLimits;
  const ingest = new Ingest(live({ ledger: ledger.over(pools.webhooks), metrics, log, unclaimed, limits }));
  const feeds = new Feeds(pools.desks, tail, log);
  const presence = new Presence(pools.background, clock, log, deps.heartbeat);
  const maintenance = new Maintenance(ledger.over(pools.outbox), log, {
    retryPoison: () => ingest.retryPoison(),
    shortenLog: base.shortenLog,
    dropOldFiles: () => media.dropOld(),
  });
  const auth = { ...config.auth, keys: config.auth.keys ?? { secret: await demoSecret(config.dataDir) } };
  const authenticator = new Authenticator(auth, clock);
  const onJoin = () => router.hint();
  const { sources } = media;
  const told = {
    receipts,
    sources,
    templates,
    feeds,
    presence,
    metrics,
    log,
    onJoin,
    desksPerAgent: config.desksPerAgent,
  };
  const services = live({ ...told, ledger: ledger.over(pools.desks), auth: authenticator });
  const sockets = new SocketServer({
    services,
    allowedOrigins: config.allowedOrigins,
    maxSilent: deps.maxSilent,
  });
  ledger.onCommit(({ events, statuses }) => {
    tail.hint();
    for (const { channel, error } of statuses) void synchronisation.failed(channel, error?.code ?? null);
    for (const { type } of events) if (type === 'interaction-offered') metrics.routed.add();
  });
  const { fetching, handing } = media;
  const running = {
    centre,
    tail,
    outbox,
    router,
    feeds,
    presence,
    maintenance,
    fetching,
    handing,
    receipts,
    synchronisation,
  };
  return {
    ...base,
    ledger,
    metrics,
    ingest,
    unclaimed,
    auth,
    authenticator,
    media,
    templates,
    sockets,
    running,
  };
}

/** Takes requests, and starts what works behind them. */
async function run(config: Config, deps: GatewayDeps, parts: Parts): Promise<Gateway> {
  const { log, metrics, ingest, running } = parts;
  let stopping = false;
  const { requestTimeout = REQUEST_TIMEOUT } = deps;
  const routes = (server: FastifyInstance) =>
    addRoutes(server, config, parts, () => stopping, deps.bodyLimits);
  const app = await openHttp(routes, log, requestTimeout);
  const stop = async () => {
    stopping = true;
    await stopParts(app, parts);
  };
  try {
    if (config.demo) await seedDemo(parts);
    for (const part of Object.values(running))
      await onceStarted(log, async () => part.start(), deps.stopping);
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await stop();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  log.info('The gateway takes requests', { host: config.host, port });
  void parts.unclaimed
    .claim(parts.pools.webhooks)
    .then(() => ingest.retryPoison())
    .catch((error: unknown) => log.warn('Items could not be retried', errorFields(error)));
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    port,
    metrics,
    reload: () => running.centre.reload(),
    close: async () => {
      if (stopping) return;
      log.info('The gateway stops');
      await stop();
      await parts.closeDatabase();
    },
    abandon: parts.abandon,
  };
}

async function seedDemo({ ledger, media, running, log }: Parts): Promise<void> {
  const { disk, scanner } = media;
  await importDemoLibrary({ ledger, disk, scanner, policy: running.centre.policy, log });
}

async function addRoutes(
  server: FastifyInstance,
  config: Config,
  {
    sockets,
    ingest,
    metrics,
    log,
    ledger,
    pools,
    auth,
    authenticator,
    clock,
    unclaimed,
    media,
    templates,
    running,
  }: Parts,
  isStopping: () => boolean,
  bodyLimits?: Partial<BodyLimits>,
): Promise<void> {
  const now = () => clock.now();
  await sockets.register(server);
  await registerWebhook(server, {
    whatsapp: config.whatsapp,
    ingest: async (items, bytes) => {
      await ingest.add(items, bytes);
      void running.synchronisation.changed(items.flatMap((item) => changedTemplatesOf(item) ?? []));
      for (const item of items)
        if (item.kind === 'message' && unclaimed.isOurs(item)) running.outbox.countInbound(item.channel, 1);
    },
    now,
    isStopping,
    bodyLimits,
    metrics,
    log,
  });
  const { allowedOrigins } = config;
  await registerUploads(server, { uploads: media.uploads, auth: authenticator, allowedOrigins, isStopping });
  await registerMedia(server, { ...media, db: pools.desks, now, allowedOrigins, metrics });
  const { tail, outbox, router, centre, fetching, handing } = running;
  registerNotifications(server, {
    auth: authenticator,
    ledger: ledger.over(pools.desks),
    rules: () => ({ policy: centre.policy, templates }),
    numbers: config.whatsapp.phoneNumberIds,
    isStopping,
  });
  registerOperations(server, {
    databases: [pools.webhooks, pools.desks],
    watched: [ingest, tail, outbox, router, fetching, handing],
    metrics,
    isStopping,
    disagreeing: () => centre.disagreeing,
  });
  if (config.demo)
    await registerDemo(server, {
      auth,
      now,
      host: config.host,
      isForProduction: () => isForProduction(pools.desks),
    });
}

/** What was begun is finished side by side, as far as the time allows; what the others need stops last. */
async function stopParts(app: FastifyInstance, { sockets, ingest, running }: Parts): Promise<void> {
  const { centre, tail, outbox, router, feeds, presence, maintenance, fetching, handing, receipts } = running;
  const { synchronisation } = running;
  await atMost(FINISH_PATIENCE, [sockets.stop(), outbox.stop(), ingest.idle()]);
  // What they have not finished, whoever comes next does.
  await atMost(GOODBYE, [fetching.stop(), handing.stop(), receipts.stop(), synchronisation.stop()]);
  await closeHttp(app);
  presence.stop();
  await atMost(GOODBYE, [centre.stop(), router.stop(), maintenance.stop()]);
  feeds.stop();
  await tail.stop();
}

/** What reads templates. */
export function cloudTemplates({ whatsapp }: Config): CloudTemplates {
  const { apiUrl, accessToken } = whatsapp;
  return new CloudTemplates({ baseUrl: apiUrl, accessToken });
}

/** One client for each business number that the webhooks have shown. */
function cloudApiSenders({ whatsapp }: Config): (channel: string) => CloudApi {
  const senders = new Map<string, CloudApi>();
  return (channel) => {
    const { apiUrl, accessToken } = whatsapp;
    const sender =
      senders.get(channel) ?? new CloudApi({ baseUrl: apiUrl, phoneNumberId: channel, accessToken });
    senders.set(channel, sender);
    return sender;
  };
}
