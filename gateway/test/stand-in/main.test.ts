import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Receiver, SECRETS } from './receiver.js';

const MAIN = fileURLToPath(new URL('../../stand-in/main.js', import.meta.url));
const GOOD = {
  STAND_IN_PORT: '0',
  WEBHOOK_URL: 'http://127.0.0.1:9/webhooks/whatsapp',
  WHATSAPP_APP_SECRET: SECRETS.appSecret,
  WHATSAPP_ACCESS_TOKEN: SECRETS.accessToken,
  WHATSAPP_PHONE_NUMBER_ID: SECRETS.phoneNumberId,
  WHATSAPP_VERIFY_TOKEN: SECRETS.verifyToken,
};

/** Runs the process until it ends, or until it has said what is waited for. */
async function run(
  env: Record<string, string | undefined>,
  until?: RegExp,
): Promise<[said: string, code: number]> {
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    if (until?.test(said)) child.kill('SIGTERM');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = (await once(child, 'close')) as [number];
  return [said, code];
}

test(
  'it shakes hands with the gateway, says where the phone is, and ends when told to',
  { timeout: 20_000 },
  async () => {
    const receiver = new Receiver();
    const [said, code] = await run({ ...GOOD, WEBHOOK_URL: await receiver.start() }, /takes webhooks/);
    receiver.stop();
    assert.match(said, /phone is at http:\/\/127\.0\.0\.1:\d+\//);
    assert.equal(code, 0);
  },
);

for (const [what, env, sentence] of [
  ['a missing secret', { ...GOOD, WHATSAPP_APP_SECRET: undefined }, /needs WHATSAPP_APP_SECRET\./],
  ['an address that is none', { ...GOOD, WEBHOOK_URL: 'gateway' }, /WEBHOOK_URL is no URL: gateway/],
  ['a port that is none', { ...GOOD, STAND_IN_PORT: 'eighty' }, /STAND_IN_PORT is no port: eighty/],
  ['a host that is not here', { ...GOOD, STAND_IN_HOST: '192.0.2.1' }, /192\.0\.2\.1/],
] as const) {
  test(`${what} is refused with a sentence`, { timeout: 20_000 }, async () => {
    const [said, code] = await run(env);
    assert.match(said, sentence);
    assert.doesNotMatch(said, /\n\s+at /);
    assert.equal(code, 2);
  });
}
