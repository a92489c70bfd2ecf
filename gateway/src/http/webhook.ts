import { timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { looksSigned, parseWebhook, verifySignature, type WebhookItem } from '../cloud-api/index.js';
import type { Config } from '../config.js';
import { IngestBusy } from '../inbox/ingest.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { Bodies, BodyRefused, type BodyLimits } from './bodies.js';
import { Refusals } from './refusals.js';

export const WEBHOOK_PATH = '/webhooks/whatsapp';

export interface WebhookOptions {
  readonly whatsapp: Pick<Config['whatsapp'], 'appSecret' | 'verifyToken'>;
  /** Resolves when the items of a body of so many bytes are committed. */
  readonly ingest: (items: readonly WebhookItem[], bytes: number) => Promise<void>;
  readonly now: () => number;
  /** Whether the gateway is about to stop: then it takes nothing more. */
  readonly isStopping: () => boolean;
  readonly bodyLimits?: Partial<BodyLimits>;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Where WhatsApp calls: once to see whether we are the one (GET), then with everything that happens (POST). */
export async function registerWebhook(app: FastifyInstance, options: WebhookOptions): Promise<void> {
  const bodies = new Bodies(options.bodyLimits);
  const refusals = new Refusals(options.log);
  await app.register(async (scope) => {
    // The signature is over the bytes as they came: nothing may parse them before it is checked.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
      bodies.read(payload, Number(request.headers['content-length'] ?? 0)),
    );
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof BodyRefused)) throw error;
      // Of its body no more is wanted.
      return reply.header('connection', 'close').code(error.status).send({ status: WORDS[error.status] });
    });
    // Whatever the sender calls it, it is taken for bytes.
    scope.addHook('onRequest', (request, _reply, done) => {
      request.raw.headers['content-type'] = 'application/octet-stream';
      done();
    });
    scope.get(WEBHOOK_PATH, (request, reply) => {
      const challenge = answerHandshake(
        request.query as Record<string, unknown>,
        options.whatsapp.verifyToken,
      );
      return challenge === null
        ? reply.code(403).type('text/plain').send('The verify token does not match.')
        : reply.type('text/plain').send(challenge);
    });
    // Whoever has not even tried to sign is turned away before up to 3 MB of him are kept.
    const refuseUnsigned = async (request: FastifyRequest, reply: FastifyReply) => {
      if (looksSigned(signatureOf(request))) return;
      options.metrics.forgeries.add();
      await reply.code(401).send({ status: WORDS[401] });
    };
    scope.post(WEBHOOK_PATH, { onRequest: refuseUnsigned }, async (request, reply) => {
      const status = await take(request.body, signatureOf(request), options, refusals);
      return reply.code(status).send({ status: WORDS[status] });
    });
    scope.addHook('onResponse', (_request, reply, done) => {
      options.metrics.webhooks.add(1, String(reply.statusCode));
      if (reply.statusCode === 200) options.metrics.webhookSeconds.observe(reply.elapsedTime / 1000);
      done();
    });
  });
}

function signatureOf({ headers }: FastifyRequest): string | undefined {
  const header = headers['x-hub-signature-256'];
  return typeof header === 'string' ? header : undefined;
}

const WORDS = {
  200: 'stored',
  400: 'not JSON',
  401: 'bad signature',
  408: 'too slow',
  413: 'too long',
  503: 'come again',
} as const;

/** Returns the HTTP status: 200 only when everything is committed. */
async function take(
  body: unknown,
  signature: string | undefined,
  { whatsapp, ingest, now, isStopping, metrics }: WebhookOptions,
  refusals: Refusals,
): Promise<keyof typeof WORDS> {
  if (isStopping()) return 503;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (!verifySignature(whatsapp.appSecret, bytes, signature)) {
    metrics.forgeries.add();
    return 401;
  }
  const json = parse(bytes);
  if (json === undefined) return 400;
  try {
    await ingest(parseWebhook(json, now()), bytes.length);
    return 200;
  } catch (error) {
    // Of what is too much there may be thousands in a second.
    if (!(error instanceof IngestBusy)) refusals.note(error);
    return 503;
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The challenge to send back; null when whoever asks does not know the token that we gave to Meta. */
function answerHandshake(query: Readonly<Record<string, unknown>>, verifyToken: string): string | null {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  if (mode !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string') return null;
  return timingSafeEqual(digest(token), digest(verifyToken)) ? challenge : null;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
