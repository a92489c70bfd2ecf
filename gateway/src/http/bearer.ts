import type { FastifyRequest } from 'fastify';
import type { Authenticator, Identity } from '../desk/auth.js';

/**
 * Whom the token of a request names (`Authorization: Bearer`); null when there is none, or it is not good.
 * @throws KeysUnavailable when it cannot be checked now.
 */
export async function identityOf(
  { headers }: FastifyRequest,
  auth: Pick<Authenticator, 'identify'>,
): Promise<Identity | null> {
  const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  return token === undefined ? null : auth.identify(token);
}
