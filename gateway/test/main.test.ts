import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { GatewayProcess } from './support/process.js';
import { freePort } from './support/stand-in.js';

const database = await useDatabase();
const gateway = new GatewayProcess(await freePort(), { DATABASE_URL: database.url });
atEnd(() => gateway.kill());

test('Ctrl+C, which reaches the gateway and who started it, stops it in order', async () => {
  await gateway.start();
  const code = await gateway.stop('SIGINT', 'SIGTERM');
  assert.equal(code, 0);
  assert.match(gateway.output, /"The gateway stops"/);
});
