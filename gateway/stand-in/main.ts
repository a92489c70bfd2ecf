import { jsonLog } from '../src/log.js';
import { startStandIn, type StandInOptions } from './stand-in.js';

const log = jsonLog();

const REQUIRED = [
  'WEBHOOK_URL',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_VERIFY_TOKEN',
] as const;

/** Reads the environment; returns a sentence when something is missing or wrong. */
function readOptions(env: NodeJS.ProcessEnv): StandInOptions | string {
  const absent = REQUIRED.filter((name) => !env[name]);
  if (absent.length > 0) return `The stand-in needs ${absent.join(', ')}.`;
  const webhookUrl = env['WEBHOOK_URL'] ?? '';
  if (!URL.canParse(webhookUrl)) return `WEBHOOK_URL is no URL: ${webhookUrl}`;
  const port = Number(env['STAND_IN_PORT'] || 8090);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return `STAND_IN_PORT is no port: ${env['STAND_IN_PORT']}`;
  return {
    port,
    host: env['STAND_IN_HOST'] || '127.0.0.1',
    webhookUrl,
    appSecret: env['WHATSAPP_APP_SECRET'] ?? '',
    accessToken: env['WHATSAPP_ACCESS_TOKEN'] ?? '',
    phoneNumberId: env['WHATSAPP_PHONE_NUMBER_ID'] ?? '',
    verifyToken: env['WHATSAPP_VERIFY_TOKEN'] ?? '',
    ...(env['WHATSAPP_BUSINESS_ACCOUNT_ID'] && { businessAccountId: env['WHATSAPP_BUSINESS_ACCOUNT_ID'] }),
    log: (sentence) => log.info(sentence),
  };
}

const options = readOptions(process.env);
if (typeof options === 'string') {
  fail(options);
} else {
  try {
    await run(options);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

async function run(given: StandInOptions): Promise<void> {
  const standIn = await startStandIn(given);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.close());
  log.info(`The contact's phone is at ${standIn.url}/`);
  void standIn.verifyWebhook();
}

function fail(sentence: string): void {
  console.error(`stand-in: ${sentence}`);
  process.exitCode = 2;
}
