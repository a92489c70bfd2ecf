import { createRemoteJWKSet, jwtVerify, SignJWT, type JWTVerifyOptions } from 'jose';
import type { Clock } from 'whatsapp-workspace/model';
import type { Config } from '../config.js';

/** Who a token stands for. */
export interface Identity {
  readonly agent: string;
  readonly name: string;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const SECRET_ALGORITHMS = ['HS256'];
const KEY_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'];
/** Clocks differ, in seconds. */
const TOLERANCE = 5;
const MAX_ID = 128;

/** Checks the tokens of agents: `sub` is the agent's id, `name` how the agent is called. */
export class Authenticator {
  readonly #verify: (token: string, options: JWTVerifyOptions) => Promise<Identity>;
  readonly #options: JWTVerifyOptions;
  readonly #clock: Clock;

  constructor(auth: Config['auth'] & { readonly keys: object }, clock: Clock) {
    const { keys, issuer, audience } = auth;
    this.#clock = clock;
    this.#options = {
      issuer,
      audience,
      algorithms: 'secret' in keys ? SECRET_ALGORITHMS : KEY_ALGORITHMS,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: TOLERANCE,
    };
    if ('secret' in keys) {
      const secret = new TextEncoder().encode(keys.secret);
      this.#verify = async (token, options) =>
        read((await jwtVerify(token, secret, options)).payload, issuer);
    } else {
      const set = createRemoteJWKSet(new URL(keys.jwksUrl));
      this.#verify = async (token, options) => read((await jwtVerify(token, set, options)).payload, issuer);
    }
  }

  /** Whose token this is; null when it is not good (forged, expired, for somebody else, unreadable). */
  async identify(token: string): Promise<Identity | null> {
    try {
      return await this.#verify(token, { ...this.#options, currentDate: new Date(this.#clock.now()) });
    } catch {
      return null;
    }
  }
}

function read(claims: { sub?: string; exp?: number; [claim: string]: unknown }, issuer: string): Identity {
  const { sub = '', exp = 0, name } = claims;
  // The same characters that the socket protocol takes for an identifier.
  if (sub.length > MAX_ID || !/^[^\p{Control}\p{Surrogate}]+$/u.test(sub))
    throw new Error('The subject is no identifier.');
  const called = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, MAX_ID) : sub;
  return { agent: sub, name: called, issuer, expiresAt: exp * 1000 };
}

/**
 * Makes a token, as the backend of a contact centre would.
 * @param lifetime In milliseconds.
 */
export async function signToken(
  auth: { readonly secret: string; readonly issuer: string; readonly audience: string },
  agent: { readonly id: string; readonly name: string },
  now: number,
  lifetime: number,
): Promise<string> {
  return new SignJWT({ name: agent.name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(agent.id)
    .setIssuer(auth.issuer)
    .setAudience(auth.audience)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor((now + lifetime) / 1000))
    .sign(new TextEncoder().encode(auth.secret));
}
