import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  SignJWT,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { EVERYONE, type Clock } from 'whatsapp-workspace/model';
import { atMost } from '../at-most.js';
import type { Config } from '../config.js';

/** Who a token stands for. */
export interface Identity {
  readonly agent: string;
  readonly name: string;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** What it may do beside being an agent (`scope`, RFC 8693). */
  readonly scopes: readonly string[];
}

const SECRET_ALGORITHMS = ['HS256'];
const KEY_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'];
/** Clocks differ, in seconds. */
const TOLERANCE = 5;
const MAX_ID = 128;
/** How old published keys become before they are fetched again, in milliseconds: one that is published no more may be in wrong hands. */
const KEYS_AGE = 10 * 60_000;
/** How long a token waits for that, in milliseconds. */
const KEYS_PATIENCE = 1000;

/** Whoever publishes the keys does not answer: that says nothing about the token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

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
      const set = publishedKeys(new URL(keys.jwksUrl), clock);
      this.#verify = async (token, options) => read((await jwtVerify(token, set, options)).payload, issuer);
    }
  }

  /**
   * Whose token this is; null when it is not good (forged, expired, for somebody else, unreadable).
   * @throws KeysUnavailable when the keys to check it with cannot be had now.
   */
  async identify(token: string): Promise<Identity | null> {
    try {
      return await this.#verify(token, { ...this.#options, currentDate: new Date(this.#clock.now()) });
    } catch (error) {
      if (error instanceof KeysUnavailable) throw error;
      return null;
    }
  }
}

/**
 * The keys at an address. What is wrong with the token is told apart from what is wrong with the address; while nothing can be had from there, the keys that
 * were fetched last hold.
 */
function publishedKeys(url: URL, clock: Clock): JWTVerifyGetKey {
  const set = createRemoteJWKSet(url, { cacheMaxAge: Infinity });
  let fetchedAt = clock.now();
  return async (header, token) => {
    if (clock.now() - fetchedAt >= KEYS_AGE) {
      fetchedAt = clock.now();
      await atMost(KEYS_PATIENCE, [set.reload().catch(() => undefined)]);
    }
    try {
      return await set(header, token);
    } catch (error) {
      const isVerdict = VERDICTS.some((verdict) => error instanceof verdict);
      throw isVerdict ? error : new KeysUnavailable('The keys cannot be fetched.', { cause: error });
    }
  };
}

const VERDICTS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** What is signed is meant, but not always of the type that it should be: an agent whose id were a number would be let in and get nothing. */
function read(claims: Readonly<Record<string, unknown>>, issuer: string): Identity {
  const { sub, exp, name, scope } = claims;
  if (typeof sub !== 'string' || typeof exp !== 'number' || !Number.isFinite(exp))
    throw new Error('A claim is of the wrong type.');
  if (name !== undefined && name !== null && typeof name !== 'string')
    throw new Error('The name is no text.');
  // The same characters that the socket protocol takes for an identifier.
  if (sub.length > MAX_ID || !/^[^\p{Control}\p{Surrogate}]+$/u.test(sub))
    throw new Error('The subject is no identifier.');
  // Events for an agent of this name would be events for all.
  if (sub === EVERYONE) throw new Error('The subject is no single agent.');
  return { agent: sub, name: plainName(name) || sub, issuer, expiresAt: exp * 1000, scopes: scopesOf(scope) };
}

function scopesOf(scope: unknown): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : [];
}

/** A name without what no database or log takes: NUL and other control characters, halves of surrogate pairs. */
function plainName(name: unknown): string {
  if (typeof name !== 'string') return '';
  const cut = name.trim().slice(0, MAX_ID);
  return cut.replace(/[\p{Control}\p{Surrogate}]/gu, '').trim();
}

/**
 * Makes a token, as the backend of a contact centre would.
 * @param lifetime In milliseconds.
 */
export async function signToken(
  auth: { readonly secret: string; readonly issuer: string; readonly audience: string },
  agent: { readonly id: string; readonly name: string; readonly scope?: string },
  now: number,
  lifetime: number,
): Promise<string> {
  return new SignJWT({ name: agent.name, ...(agent.scope !== undefined && { scope: agent.scope }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(agent.id)
    .setIssuer(auth.issuer)
    .setAudience(auth.audience)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor((now + lifetime) / 1000))
    .sign(new TextEncoder().encode(auth.secret));
}
