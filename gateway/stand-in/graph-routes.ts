import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContactLife } from './contact-life.js';
import type { Faults, SendFault } from './faults.js';
import { checkToken, refuse } from './graph-checks.js';
import { graphError, invalid, type GraphError } from './graph-error.js';
import type { MediaStore } from './media-store.js';
import type { BusinessNumber } from './payloads.js';
import { readSendRequest, type SendRequest } from './send-request.js';
import type { TemplateStore } from './templates.js';

export interface GraphRoutesOptions {
  readonly business: BusinessNumber;
  readonly accessToken: string;
  readonly life: ContactLife;
  readonly faults: Faults;
  readonly media: MediaStore;
  readonly templates: TemplateStore;
}

interface Params {
  readonly version: string;
  readonly phoneNumberId: string;
}

/** The part of the Graph API that is played: sending messages. */
export function graphRoutes(app: FastifyInstance, options: GraphRoutesOptions): void {
  app.setErrorHandler((error: { statusCode?: number; message: string }, _, reply) => {
    return refuse(reply, graphError(error.statusCode ?? 500, 100, `(#100) ${error.message}`));
  });
  app.post<{ Params: Params }>('/:version/:phoneNumberId/messages', async (request, reply) => {
    const complaint = checkAddress(request, options) ?? playFault(options.faults);
    if (complaint !== null) return refuse(reply, complaint);
    const read = readMark(request.body);
    if (read !== null) {
      const known = options.life.markRead(read.wamid, read.typing);
      return known ? { success: true } : refuse(reply, invalid('There is no such message of a contact'));
    }
    const send = readSendRequest(request.body, options.templates);
    if ('status' in send) return refuse(reply, send);
    if (send.mediaId !== null && !options.media.get(send.mediaId))
      return refuse(reply, invalid(`There is no media with the id ${send.mediaId}`));
    return answer(send, request, reply, options);
  });
}

/** That a message of a contact was read; null for what is to be sent. */
function readMark(body: unknown): { readonly wamid: string; readonly typing: boolean } | null {
  const { status, message_id: wamid, typing_indicator: typing } = Object(body) as Record<string, unknown>;
  return status === 'read' && typeof wamid === 'string'
    ? { wamid, typing: Object(typing).type === 'text' }
    : null;
}

function checkAddress(
  request: FastifyRequest<{ Params: Params }>,
  options: GraphRoutesOptions,
): GraphError | null {
  const { version, phoneNumberId } = request.params;
  if (!/^v\d+\.\d+$/.test(version)) {
    return graphError(400, 2500, `Unknown path components: /${phoneNumberId}/messages`);
  }
  const stranger = checkToken(request, options.accessToken);
  if (stranger !== null) return stranger;
  if (phoneNumberId !== options.business.phoneNumberId) {
    const message = `Unsupported post request. There is no object ${phoneNumberId}, or the token may not use it.`;
    return graphError(400, 100, message, { type: 'GraphMethodException', subcode: 33 });
  }
  return null;
}

/** The faults that strike before a message is accepted. */
function playFault(faults: Faults): GraphError | null {
  const { sendFault, retryAfterSeconds } = faults.settings;
  const refusal = refusalOf(sendFault, retryAfterSeconds);
  if (refusal !== null) faults.takeSendFault();
  return refusal;
}

function refusalOf(fault: SendFault, retryAfterSeconds: number): GraphError | null {
  switch (fault) {
    case 'rate-limit':
      return graphError(429, 130429, '(#130429) Rate limit hit', { retryAfterSeconds });
    case 'pair-rate':
      return graphError(400, 131056, '(#131056) Pair rate limit hit');
    case 'unavailable':
      return graphError(503, 131016, '(#131016) Service unavailable', { retryAfterSeconds });
    case 'server-error':
      return { status: 500, body: '<html>Sorry, something went wrong.</html>', retryAfterSeconds: null };
    case 'expired-token':
      return graphError(401, 190, 'Error validating access token: Session has expired');
    case 'none':
    case 'cut-after-accept':
    case 'silent-after-accept':
    case 'held-for-quality':
      return null;
  }
}

/** Accepts the message; then answers, unless a fault keeps the answer back. */
function answer(
  send: SendRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  { life, faults }: GraphRoutesOptions,
): unknown {
  const { wamid, contact } = life.accept(send);
  const fault = faults.takeSendFault();
  if (fault === 'cut-after-accept' || fault === 'silent-after-accept') {
    reply.hijack();
    if (fault === 'cut-after-accept') request.raw.socket.destroy();
    return reply;
  }
  const status = fault === 'held-for-quality' ? 'held_for_quality_assessment' : 'accepted';
  const address = send.bsuid === null ? { wa_id: contact.phone ?? send.input } : { user_id: contact.bsuid };
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input: send.input, ...address }],
    messages: [{ id: wamid, ...(send.template && { message_status: status }) }],
  };
}
