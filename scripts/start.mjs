// Installs and builds what is missing, then runs the gateway; without WHATSAPP_* variables also the Cloud API stand-in.
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, buildIsCurrent } from './lib/build-steps.mjs';
import { root } from './lib/run.mjs';
import { Service, assertPortFree } from './lib/service.mjs';
import { ensurePackages } from './setup.mjs';

const DEMO_PHONE_NUMBER_ID = '106540352242922';
const DEMO_BUSINESS_ACCOUNT_ID = '100000000000001';
const GRAPH_VERSION = 'v23.0';

const { STAND_IN_PORT: standInPort = '8090', ...environment } = process.env;
const port = environment.PORT ?? '8080';
const host = environment.HOST ?? '127.0.0.1';
const dataDir = environment.DATA_DIR ?? join(root, '.data');
const logFolder = join(dataDir, 'logs');
const withStandIn = !Object.keys(environment).some((name) => name.startsWith('WHATSAPP_'));
const services = [];
let stopping = false;

const hadTerminal = hasTerminal();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void shutDown(0));
process.on('SIGHUP', onHangUp);
stopWithNpm();

try {
  await ensurePackages();
  await buildIfNeeded();
  await assertPortFree(port, host, 'PORT');
  if (withStandIn) {
    await assertPortFree(standInPort, '127.0.0.1', 'STAND_IN_PORT');
    await startDemo();
  } else {
    await startGateway({});
  }
  if (!stopping) console.log(`Open http://localhost:${port}/`);
} catch (error) {
  // What fails because we are being stopped is no news.
  if (!stopping) {
    console.error(error.message);
    await shutDown(1);
  }
}

async function buildIfNeeded() {
  if (buildIsCurrent()) return;
  console.log('Building…');
  if (!(await buildAll())) throw new Error('The build failed.');
}

/**
 * The stand-in plays the Cloud API: both sides share secrets that are made afresh at each start. The one that signs agents in is the gateway's own,
 * which keeps it, so that open pages outlive a restart.
 */
async function startDemo() {
  console.log('No WHATSAPP_* variable is set: using the Cloud API stand-in.');
  const secrets = {
    WHATSAPP_PHONE_NUMBER_ID: DEMO_PHONE_NUMBER_ID,
    WHATSAPP_BUSINESS_ACCOUNT_ID: DEMO_BUSINESS_ACCOUNT_ID,
    WHATSAPP_ACCESS_TOKEN: secret(),
    WHATSAPP_APP_SECRET: secret(),
    WHATSAPP_VERIFY_TOKEN: secret(),
  };
  const standIn = startService('stand-in', 'gateway/dist/stand-in/main.js', {
    ...secrets,
    STAND_IN_PORT: standInPort,
    WEBHOOK_URL: `http://127.0.0.1:${port}/webhooks/whatsapp`,
  });
  await startGateway({
    ...secrets,
    DEMO: environment.DEMO ?? '1',
    WHATSAPP_API_URL: `http://127.0.0.1:${standInPort}/${GRAPH_VERSION}`,
  });
  await standIn.ready(`http://127.0.0.1:${standInPort}/`);
  if (!stopping) console.log(`The contact's phone: http://localhost:${standInPort}/`);
}

async function startGateway(variables) {
  console.log('Starting the gateway…');
  const gateway = startService('gateway', 'gateway/dist/src/main.js', {
    ...variables,
    PORT: port,
    DATA_DIR: dataDir,
  });
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  await gateway.ready(`http://${address}:${port}/readyz`);
}

function startService(name, script, variables) {
  const service = new Service(name, script, { ...environment, ...variables }, logFolder);
  services.push(service);
  void service.ended.then((sentence) => {
    if (stopping) return;
    console.error(`${sentence}; see ${join(logFolder, `${name}.log`)}`);
    void shutDown(1);
  });
  return service;
}

/** A signal to npm ends its shell but not us: notice that by our new parent. */
function stopWithNpm() {
  if (!environment.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void shutDown(0);
  }, 500).unref();
}

/** The gateway reads its centre file again; but a terminal that was closed ends everything that was started in it. */
function onHangUp() {
  if (hadTerminal && !hasTerminal()) void shutDown(0);
  else services.find(({ name }) => name === 'gateway')?.signal('SIGHUP');
}

function hasTerminal() {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}

/** Stops what was started last first: the gateway finishes its sends while the stand-in still answers. */
async function shutDown(code) {
  if (stopping) return;
  stopping = true;
  for (const service of services.reverse()) await service.stop();
  process.exit(code);
}

function secret() {
  return randomBytes(32).toString('base64url');
}
