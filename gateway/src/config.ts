import { join, resolve } from 'node:path';
import { DEFAULT_POLICY, type Policy } from 'whatsapp-workspace/model';
import { findStrangeNames } from './config-names.js';
import { PACE } from './outbox/worker.js';
import type { Pace } from './store/outbox.js';

/** Everything that the environment decides. Made once by `readConfig`; nothing else reads the environment. */
export interface Config {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Absolute path of what this machine keeps: the embedded database, and files where they have no other place. */
  readonly dataDir: string;
  /** Absolute path of the folder for files: one for all gateways on the same database. */
  readonly mediaDir: string;
  /** For how many days files are kept; null for ever. */
  readonly mediaDays: number | null;
  /** Where clamd listens; null scans nothing. */
  readonly clamdUrl: string | null;
  /** A PostgreSQL server; null runs the embedded one in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly whatsapp: {
    /** With the version, without a slash at the end. */
    readonly apiUrl: string;
    /** The business numbers that are ours. */
    readonly phoneNumberIds: readonly string[];
    /** The WhatsApp Business Accounts that they belong to; empty for a gateway without templates. */
    readonly businessAccountIds: readonly string[];
    readonly accessToken: string;
    readonly appSecret: string;
    readonly verifyToken: string;
  };
  readonly auth: {
    /** Who signs agents' tokens; null only in a demo, which then makes a secret of its own. */
    readonly keys: { readonly secret: string } | { readonly jwksUrl: string } | null;
    readonly issuer: string;
    readonly audience: string;
  };
  /** Origins, besides the gateway's own, whose pages may connect. */
  readonly allowedOrigins: readonly string[];
  /** What holds where the centre file is silent. */
  readonly policy: Policy;
  /** The most desks of one agent at this gateway: every tab of a browser is one. */
  readonly desksPerAgent: number;
  /** How fast messages go. */
  readonly pace: Pace;
  /** Absolute path of `centre.json`; null for none. */
  readonly centreFile: string | null;
  /** Serve the demo pages and sign their agents in. */
  readonly demo: boolean;
  /** Sentences about what is set and has no effect. */
  readonly warnings: readonly string[];
}

/** The environment is wrong. `problems` has one sentence for each fault; none of them quotes a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration has faults:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

export const DEFAULT_API_URL = 'https://graph.facebook.com/v23.0';
export const DEFAULT_ISSUER = 'whatsapp-workspace';
export const DEFAULT_AUDIENCE = 'whatsapp-workspace-gateway';
/** Shorter secrets can be guessed offline from one token: HS256 wants 256 bits. */
export const MIN_SECRET_LENGTH = 32;

/** Names that will mean something in a later version. */
const NOT_YET = {
  NATS_URL: 'NATS_URL has no effect yet: gateways hint each other through the database.',
} as const;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from an environment.
 * @param cwd What `DATA_DIR` is relative to.
 * @throws ConfigError with a sentence for each fault.
 */
export function readConfig(env: Env, cwd: string = process.cwd()): Config {
  const reader = new Reader(env);
  const unknown = reader.refuseMistakes();
  const demo = reader.flag('DEMO');
  if (demo && env['NODE_ENV'] === 'production') {
    reader.fault('DEMO=1 signs everybody in: it is refused when NODE_ENV is production.');
  }
  const apiUrl = (reader.url('WHATSAPP_API_URL', DEFAULT_API_URL, HTTP) ?? '').replace(/\/+$/, '');
  const host = reader.text('HOST', '127.0.0.1');
  const isOpenDemo = demo && !isLoopback(host);
  if (isOpenDemo && isMeta(apiUrl)) {
    reader.fault(
      'DEMO=1 signs everybody in: with a HOST that others reach and the real WHATSAPP_API_URL it is refused.',
    );
  }
  const databaseUrl = reader.url('DATABASE_URL', null, ['postgres:', 'postgresql:']);
  if (demo && databaseUrl !== null && !isOnThisMachine(databaseUrl)) {
    reader.fault(
      'DEMO=1 signs everybody in: it is refused with the DATABASE_URL of another machine, where real conversations may be.',
    );
  }
  if (isPlainAfar(apiUrl)) {
    reader.fault(
      'WHATSAPP_API_URL must begin with https://, unless it is on this machine: the access token could be read on the way.',
    );
  }
  const centreFile = reader.optional('CENTRE_FILE');
  const dataDir = resolve(cwd, reader.text('DATA_DIR', '.data'));
  const mediaDir = reader.optional('MEDIA_DIR');
  const config: Config = {
    host,
    port: reader.integer('PORT', 8080, 0, 65_535),
    dataDir,
    mediaDir: mediaDir === null ? join(dataDir, 'media') : resolve(cwd, mediaDir),
    mediaDays:
      reader.optional('MEDIA_RETENTION_DAYS') === null
        ? null
        : reader.integer('MEDIA_RETENTION_DAYS', 1, 1, 36_500),
    clamdUrl: reader.url('CLAMD_URL', null, ['tcp:', 'unix:']),
    databaseUrl,
    whatsapp: {
      apiUrl,
      phoneNumberIds: reader.requiredIds(
        'WHATSAPP_PHONE_NUMBER_ID',
        'the id of the business phone number, or several separated by commas',
      ),
      businessAccountIds: reader.ids('WHATSAPP_BUSINESS_ACCOUNT_ID'),
      accessToken: reader.required('WHATSAPP_ACCESS_TOKEN', 'the token of the system user'),
      appSecret: reader.required('WHATSAPP_APP_SECRET', 'the secret of the Meta app, which signs webhooks'),
      verifyToken: reader.required(
        'WHATSAPP_VERIFY_TOKEN',
        'the token that Meta shows when it checks the address',
      ),
    },
    auth: readAuth(reader, demo),
    allowedOrigins: reader.origins('ALLOWED_ORIGINS'),
    policy: readPolicy(reader),
    // A browser with more tabs of one agent is a program that has gone wrong.
    desksPerAgent: reader.integer('DESKS_PER_AGENT', 50, 1, 1000),
    pace: readPace(reader),
    centreFile: centreFile === null ? null : resolve(cwd, centreFile),
    demo,
    warnings: [
      ...(unknown.length > 0 ? [`Not known to the gateway, and without effect: ${unknown.join(', ')}.`] : []),
      ...(isOpenDemo ? [`DEMO=1 signs everybody in who reaches this machine at HOST ${host}.`] : []),
      ...Object.entries(NOT_YET).flatMap(([name, sentence]) =>
        reader.optional(name) === null ? [] : [sentence],
      ),
    ],
  };
  reader.finish();
  return config;
}

const HTTP = ['http:', 'https:'] as const;

/** Names of this machine for itself. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** Whether a host is this machine and no other reaches it. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

function isMeta(url: string): boolean {
  return URL.canParse(url) && /(^|\.)(facebook|whatsapp)\.(com|net)\.?$/.test(new URL(url).hostname);
}

function isPlainAfar(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}

function readAuth(reader: Reader, demo: boolean): Config['auth'] {
  const secret = reader.optional('JWT_SECRET');
  const jwksUrl = reader.url('JWKS_URL', null, HTTP);
  const issuer = reader.optional('JWT_ISSUER');
  const audience = reader.text('JWT_AUDIENCE', DEFAULT_AUDIENCE);
  if (secret !== null && jwksUrl !== null) reader.fault('Set JWT_SECRET or JWKS_URL, not both.');
  if (secret !== null && secret.length < MIN_SECRET_LENGTH) {
    reader.fault(`JWT_SECRET is too short: it needs at least ${MIN_SECRET_LENGTH} characters.`);
  }
  if (secret === null && jwksUrl === null && !demo) {
    reader.fault('JWT_SECRET is missing: set it, or JWKS_URL, to say who signs the tokens of agents.');
  }
  if (jwksUrl !== null && isPlainAfar(jwksUrl)) {
    reader.fault(
      'JWKS_URL must begin with https://, unless it is on this machine: keys could be exchanged on the way.',
    );
  }
  if (jwksUrl !== null && issuer === null) {
    reader.fault('JWT_ISSUER is missing: with JWKS_URL it says whose tokens are taken.');
  }
  const keys = jwksUrl === null ? (secret === null ? null : { secret }) : { jwksUrl };
  return { keys, issuer: issuer ?? DEFAULT_ISSUER, audience };
}

function readPolicy(reader: Reader): Policy {
  const seconds = (name: string, fallback: number) => reader.integer(name, fallback / 1000, 1, 86_400) * 1000;
  const policy = {
    ...DEFAULT_POLICY,
    offerTimeout: seconds('OFFER_TIMEOUT_S', DEFAULT_POLICY.offerTimeout),
    agentCapacity: reader.integer('AGENT_CAPACITY', DEFAULT_POLICY.agentCapacity, 1, 1000),
    pendingWarning: seconds('PENDING_WARNING_S', DEFAULT_POLICY.pendingWarning),
    pendingCritical: seconds('PENDING_CRITICAL_S', DEFAULT_POLICY.pendingCritical),
  };
  if (policy.pendingCritical <= policy.pendingWarning) {
    reader.fault('PENDING_CRITICAL_S must be greater than PENDING_WARNING_S.');
  }
  return policy;
}

/** Meta's limits; a number may have been given a higher one, numbers that are also in the WhatsApp Business app have a lower one. */
function readPace(reader: Reader): Pace {
  const rate = reader.integer('SEND_RATE', 1000 / PACE.channel.interval, 1, 1000);
  const interval = reader.integer('CONTACT_SEND_INTERVAL_S', PACE.lane.interval / 1000, 1, 3600) * 1000;
  const burst = reader.integer('CONTACT_SEND_BURST', PACE.lane.burst, 1, 1000);
  return { channel: { interval: 1000 / rate, burst: rate }, lane: { interval, burst } };
}

/** A socket in a folder, or an address of this machine. */
function isOnThisMachine(databaseUrl: string): boolean {
  if (!URL.canParse(databaseUrl)) return true;
  const { hostname, searchParams } = new URL(databaseUrl);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  return host === '' || host.startsWith('/') || isLoopback(host);
}

/** Reads single variables and gathers what is wrong with them. Empty counts as not set. */
class Reader {
  readonly #env: Env;
  readonly #problems: string[] = [];

  constructor(env: Env) {
    this.#env = env;
  }

  fault(sentence: string): void {
    this.#problems.push(sentence);
  }

  finish(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }

  /** Returns names that look like ours and are none. */
  refuseMistakes(): readonly string[] {
    const { mistakes, unknown } = findStrangeNames(this.#env);
    for (const [name, meant] of mistakes) {
      this.fault(`${name} is not a name that the gateway knows: did you mean ${meant}?`);
    }
    return unknown;
  }

  /** Ids of digits, separated by commas. */
  ids(name: string): readonly string[] {
    const ids = (this.optional(name) ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
    for (const id of ids)
      if (!/^\d+$/.test(id)) this.fault(`${name} holds "${id}", which is no id of digits.`);
    return ids;
  }

  requiredIds(name: string, meaning: string): readonly string[] {
    this.required(name, meaning);
    return this.ids(name);
  }

  optional(name: string): string | null {
    return this.#env[name]?.trim() || null;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  required(name: string, meaning: string): string {
    const value = this.optional(name);
    if (value === null) this.fault(`${name} is missing: ${meaning}.`);
    return value ?? '';
  }

  flag(name: string): boolean {
    const value = this.optional(name);
    if (value !== null && value !== '0' && value !== '1') this.fault(`${name} must be 1 or 0.`);
    return value === '1';
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const value = this.optional(name);
    if (value === null) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    this.fault(`${name} must be a whole number from ${min} to ${max}.`);
    return fallback;
  }

  url(name: string, fallback: string | null, protocols: readonly string[]): string | null {
    const value = this.optional(name);
    if (value === null) return fallback;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (!url || !protocols.includes(url.protocol)) {
      this.fault(`${name} must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
    }
    return value;
  }

  origins(name: string): readonly string[] {
    const values = (this.optional(name) ?? '').split(',').map((value) => value.trim());
    const origins = values.filter((value) => value !== '');
    for (const origin of origins) {
      const url = URL.canParse(origin) ? new URL(origin) : null;
      if (!url || !(HTTP as readonly string[]).includes(url.protocol) || url.origin !== origin) {
        this.fault(`${name} holds "${origin}", which is no origin such as https://crm.example.com.`);
      }
    }
    return origins;
  }
}
