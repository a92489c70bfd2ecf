import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OutboundTemplate } from 'whatsapp-workspace/model';
import { readOutboundContent } from 'whatsapp-workspace/protocol';
import type { Rules } from '../commands/facts.js';
import { sendNotification, type NotificationRequest } from '../commands/send-notification.js';
import { KeysUnavailable, type Authenticator, type Identity } from '../desk/auth.js';
import type { Ledger } from '../ledger/ledger.js';
import { isUnavailable } from '../store/db.js';
import { identityOf } from './bearer.js';

export interface NotificationRoutesOptions {
  readonly auth: Authenticator;
  readonly ledger: Ledger;
  readonly rules: () => Rules;
  /** The business numbers that are ours; empty for all. */
  readonly numbers: readonly string[];
  /** Whether the gateway is about to stop: then it takes nothing more. */
  readonly isStopping: () => boolean;
}

export const NOTIFICATION_PATH = '/v1/notifications';
/** What a token's `scope` must have. */
export const NOTIFICATION_SCOPE = 'notifications:send';

const KEY = /^[^\p{Control}\p{Surrogate}]{1,255}$/u;
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['not-found', 404],
  ['id-reused', 409],
]);

/** Sends templates to contacts for other systems, as when an order ships: once for each `Idempotency-Key` of a system. */
export function registerNotifications(app: FastifyInstance, options: NotificationRoutesOptions): void {
  app.post(NOTIFICATION_PATH, async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (options.isStopping()) return refuse(reply, 503, 'The gateway stops.');
    const system = await identify(request, options);
    if (system === 'later') return refuse(reply, 503, 'The token cannot be checked now.');
    if (!system) return refuse(reply, 401, 'The token is missing or not good.');
    if (!system.scopes.includes(NOTIFICATION_SCOPE))
      return refuse(reply, 403, `The token does not have the scope ${NOTIFICATION_SCOPE}.`);
    const { 'idempotency-key': key } = request.headers;
    if (typeof key !== 'string' || !KEY.test(key))
      return refuse(
        reply,
        400,
        'Idempotency-Key is missing: 1 to 255 characters that are the notification’s own.',
      );
    const wanted = readRequest(request.body, options.numbers);
    if (typeof wanted === 'string') return refuse(reply, 400, wanted);
    return answer(reply, options, system, key, wanted);
  });
}

async function answer(
  reply: FastifyReply,
  { ledger, rules }: NotificationRoutesOptions,
  system: Identity,
  key: string,
  wanted: NotificationRequest,
): Promise<FastifyReply> {
  try {
    const by = { id: system.agent, name: system.name };
    const outcome = await sendNotification(ledger, rules(), by, key, wanted);
    if (outcome.ok) return await reply.code(202).send({ id: outcome.id });
    const { kind, sentence } = outcome.error;
    return await reply.code(STATUSES.get(kind) ?? 422).send({ error: sentence, kind });
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return refuse(reply, 503, 'The gateway cannot reach its database now.');
  }
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error });
}

/** What is to be sent, or what is wrong with the request. */
function readRequest(body: unknown, numbers: readonly string[]): NotificationRequest | string {
  const fields = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  const {
    phone,
    name,
    language,
    values,
    header,
    channel = numbers.length === 1 ? numbers[0] : undefined,
  } = fields;
  const digits = typeof phone === 'string' ? phone.replaceAll(/[\s().+-]/g, '') : '';
  if (!/^\d{7,15}$/.test(digits)) return 'phone is no number of 7 to 15 digits.';
  if (
    typeof channel !== 'string' ||
    !/^\d{1,32}$/.test(channel) ||
    !(numbers.length === 0 || numbers.includes(channel))
  )
    return 'channel is no phone number id of ours.';
  const given = typeof values === 'object' && values !== null ? values : {};
  const content = {
    kind: 'template',
    name,
    language,
    values: { header: {}, body: {}, buttons: {}, ...given },
    ...(header !== undefined && header !== null && { header }),
  };
  const reading = readOutboundContent(content);
  if (!reading.ok) return reading.sentence.replace('content.', '');
  return { channel, phone: digits, content: reading.value as OutboundTemplate };
}

async function identify(
  request: FastifyRequest,
  { auth }: NotificationRoutesOptions,
): Promise<Identity | 'later' | null> {
  try {
    return await identityOf(request, auth);
  } catch (error) {
    if (error instanceof KeysUnavailable) return 'later';
    throw error;
  }
}
