import { tmpdir } from 'node:os';
import { DEFAULT_POLICY, type Policy } from 'whatsapp-workspace/model';
import { DEFAULT_AUDIENCE, DEFAULT_ISSUER, type Config } from '../../src/config.js';
import { signToken } from '../../src/desk/auth.js';
import { createGateway, type Gateway, type GatewayDeps } from '../../src/gateway.js';
import { PACE } from '../../src/outbox/worker.js';
import { temporaryFolder } from './folder.js';
import { silentLog } from './log.js';
import { APP_SECRET } from './webhooks.js';

export const SECRET = 'a secret of at least thirty-two characters';
export const VERIFY_TOKEN = 'verify-me';
export const ACCESS_TOKEN = 'access-token';
export const ORIGIN = 'https://crm.example.com';

export interface TestGatewayOptions {
  readonly databaseUrl: string;
  readonly apiUrl?: string;
  /** Any free one by default. */
  readonly port?: number;
  readonly policy?: Partial<Policy>;
  readonly centreFile?: string;
  /** One of its own by default, gone at the end. */
  readonly mediaDir?: string;
  /** For ever by default. */
  readonly mediaDays?: number;
  readonly clamdUrl?: string;
  /** The business numbers that are ours; all by default. */
  readonly numbers?: readonly string[];
  /** The business accounts whose templates are read; none by default. */
  readonly accounts?: readonly string[];
  readonly deps?: GatewayDeps;
}

export function testConfig({
  databaseUrl,
  apiUrl,
  port,
  policy,
  numbers,
  accounts,
  centreFile,
  mediaDir,
  mediaDays,
  clamdUrl,
}: TestGatewayOptions): Config {
  return {
    host: '127.0.0.1',
    port: port ?? 0,
    dataDir: tmpdir(),
    mediaDays: mediaDays ?? null,
    clamdUrl: clamdUrl ?? null,
    mediaDir: mediaDir ?? temporaryFolder(),
    databaseUrl,
    whatsapp: {
      apiUrl: apiUrl ?? 'http://127.0.0.1:9/v23.0',
      phoneNumberIds: numbers ?? [],
      businessAccountIds: accounts ?? [],
      accessToken: ACCESS_TOKEN,
      appSecret: APP_SECRET,
      verifyToken: VERIFY_TOKEN,
    },
    auth: { keys: { secret: SECRET }, issuer: DEFAULT_ISSUER, audience: DEFAULT_AUDIENCE },
    allowedOrigins: [ORIGIN],
    policy: { ...DEFAULT_POLICY, ...policy },
    desksPerAgent: 50,
    pace: PACE,
    centreFile: centreFile ?? null,
    demo: false,
    warnings: [],
  };
}

/** A gateway in this process that looks often, so that tests do not wait for its sweeps. */
export async function startGateway(options: TestGatewayOptions): Promise<Gateway> {
  return createGateway(testConfig(options), {
    log: silentLog,
    sweepInterval: 50,
    heartbeat: 100,
    ...options.deps,
  });
}

/** A token such as the backend of a contact centre makes. */
export async function tokenFor(
  agent: string,
  lifetime = 600_000,
  now = Date.now(),
  scope?: string,
): Promise<string> {
  const auth = { secret: SECRET, issuer: DEFAULT_ISSUER, audience: DEFAULT_AUDIENCE };
  return signToken(auth, { id: agent, name: `Agent ${agent}`, scope }, now, lifetime);
}
