import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isLoopback, type Config } from '../config.js';
import { signToken } from '../desk/auth.js';
import { isSameHost } from '../desk/socket-server.js';

/** The repository, seen from the compiled file. */
const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
const TOKEN_LIFETIME = 10 * 60_000;

/** Agents as whom a demo page may sign in. */
const AGENTS: Readonly<Record<string, string>> = {
  ana: 'Ana Silva',
  ben: 'Ben Okafor',
  carla: 'Carla Moreno',
  dilek: 'Dilek Aydın',
};

/** As strict as a host page can be: the elements must live with it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

export const DEMO_REFUSED =
  'DEMO=1 signs everybody in: it is refused with a database on which a gateway without DEMO has worked, since real conversations may be there. Name another one by DATABASE_URL or DATA_DIR.';

export interface DemoOptions {
  readonly auth: Config['auth'] & { readonly keys: object };
  readonly now: () => number;
  /** What the gateway listens on: on this machine only, pages that pretend to be here under another name get no token. */
  readonly host: string;
  /** Asked before each token: a gateway for production may have begun to work on the database. */
  readonly isForProduction: () => Promise<boolean>;
  /** Folder that holds `demo/` and `dist/`; this repository by default. */
  readonly folder?: string;
}

/** Serves the demo pages at `/` and the built elements at `/dist/`, and signs the demo's agents in. */
export async function registerDemo(app: FastifyInstance, options: DemoOptions): Promise<void> {
  const folder = options.folder ?? REPOSITORY;
  const setHeaders = (reply: { setHeader(name: string, value: string): unknown }, path: string) => {
    reply.setHeader('x-content-type-options', 'nosniff');
    if (path.endsWith('.html')) reply.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  };
  await app.register(fastifyStatic, {
    root: join(folder, 'demo'),
    prefix: '/',
    cacheControl: false,
    setHeaders,
  });
  await app.register(fastifyStatic, {
    root: join(folder, 'dist'),
    prefix: '/dist/',
    decorateReply: false,
    cacheControl: false,
    setHeaders,
  });
  app.get('/demo/token', async (request, reply) => {
    const { origin, host, 'sec-fetch-site': site } = request.headers;
    const isForeign =
      (origin !== undefined && !isSameHost(origin, host)) || (site !== undefined && site !== 'same-origin');
    const isRenamed = isLoopback(options.host) && !isLoopback(nameOf(host));
    if (isForeign || isRenamed) return reply.code(403).send({ error: 'Only the demo pages get tokens.' });
    if (await options.isForProduction()) return reply.code(403).send({ error: DEMO_REFUSED });
    const { agent = 'ana' } = request.query as { agent?: string };
    return answerToken(reply, agent, options);
  });
}

/** A `Host` header without its port. */
function nameOf(host = ''): string {
  return host.replace(/:\d+$/, '');
}

async function answerToken(
  reply: FastifyReply,
  agent: string,
  { auth, now }: DemoOptions,
): Promise<FastifyReply> {
  const name = Object.hasOwn(AGENTS, agent) ? AGENTS[agent] : undefined;
  if (name === undefined) {
    const sentence = `There is no such agent in the demo: choose ${Object.keys(AGENTS).join(', ')}.`;
    return reply.code(404).send({ error: sentence });
  }
  if (!('secret' in auth.keys))
    return reply.code(404).send({ error: 'Tokens are signed elsewhere (JWKS_URL).' });
  const at = now();
  const { issuer, audience, keys } = auth;
  const secret = String(keys.secret);
  const token = await signToken({ secret, issuer, audience }, { id: agent, name }, at, TOKEN_LIFETIME);
  return reply.header('cache-control', 'no-store').send({ token, expiresAt: at + TOKEN_LIFETIME });
}

/** A secret for demo tokens that outlives a restart, so that open demo pages connect again. */
export async function demoSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'demo-secret');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.length >= 32) return known;
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}
