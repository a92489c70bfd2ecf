import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { graphError, type GraphError } from './graph-error.js';

const INVALID_TOKEN = graphError(401, 190, 'Invalid OAuth access token - Cannot parse access token');

/** What is wrong with a request's token; null when nothing is. */
export function checkToken({ headers }: FastifyRequest, accessToken: string): GraphError | null {
  return sameSecret(headers.authorization ?? '', `Bearer ${accessToken}`) ? null : INVALID_TOKEN;
}

export function refuse(reply: FastifyReply, { status, body, retryAfterSeconds }: GraphError): FastifyReply {
  if (retryAfterSeconds !== null) void reply.header('retry-after', String(retryAfterSeconds));
  if (typeof body === 'string') void reply.type('text/html');
  return reply.code(status).send(body);
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
